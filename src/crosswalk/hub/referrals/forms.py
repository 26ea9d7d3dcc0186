"""What people type on the public forms: one question a page for everybody, one page for hospitals and street teams."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crosswalk.hub.pages.policy import edition
from crosswalk.hub.referrals.words import help_words

WHO = (
    ("self", _("For me")),
    ("family", _("For somebody in my family")),
    ("friend", _("For a friend or neighbor")),
    ("helper", _("For somebody I help in my work")),
)
TEAMS = (("hospital", _("Hospital or clinic")), ("street", _("Street team")), ("shelter", _("Shelter")))
#: What is asked on each page of the public form.
STEPS: tuple[tuple[str, ...], ...] = (
    ("who",), ("needs", "words"), ("name", "born"), ("reach", "place"), ("asker", "asker_reach"), ("agreed",),
)  # fmt: skip
#: Help that people ask for in their own words, with the kind of help behind it.
PLAIN = (
    ("shelter", _("A bed for tonight")),
    ("housing", _("A place to live")),
    ("ecm", _("Somebody who helps with doctors, papers and plans")),
    ("cs.mtm", _("Meals for somebody who is ill")),
    ("food", _("Food")),
    ("cs.recup", _("A place to get well after the hospital")),
    ("legal", _("Help with a landlord, papers or the law")),
    ("other", _("Something else")),
)


def _text(label: Any, most: int, *, needed: bool = False, hint: Any = "", **attrs: str) -> forms.CharField:
    asked = {"required": _("Write something here.")}
    return forms.CharField(
        label=label, required=needed, max_length=most, help_text=hint, error_messages=asked,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
    )  # fmt: skip


class Ask(forms.Form):
    """The public form; each page asks only some of it."""

    who = forms.ChoiceField(
        label=_("Who needs help?"), choices=WHO, widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )  # fmt: skip
    needs = forms.MultipleChoiceField(
        label=_("What would help?"), choices=PLAIN, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("Anything else we should know?"), required=False, max_length=600,
        help_text=_("You do not have to write anything here."), widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    name = _text(_("What is the person’s name?"), 120, needed=True, hint=_("As people call them."))
    born = _text(
        _("When were they born?"), 40, hint=_("The year is enough. Leave it empty if you do not know.")
    )
    reach = _text(_("How can we reach them?"), 160, hint=_("A telephone number, an e-mail, or a friend’s."))
    place = _text(_("Where are they?"), 160, needed=True, hint=_("A town, a street, a park, a shelter."))
    asker = _text(_("What is your name?"), 120, needed=True)
    asker_reach = _text(
        _("How can we reach you?"), 160, needed=True, hint=_("A telephone number or an e-mail.")
    )
    agreed = forms.BooleanField(
        label=_("The person knows that I ask, or I ask for myself."),
        error_messages={"required": _("Ask the person first. If you cannot, call us.")},
    )
    website = forms.CharField(required=False)
    """Nobody sees this field; what fills it is a robot."""

    def __init__(self, *args: Any, asked: tuple[str, ...] = (), **named: Any) -> None:
        super().__init__(*args, **named)
        for name in set(self.fields) - set(asked) - {"website"}:
            del self.fields[name]


class Short(forms.Form):
    """One page for hospitals and street teams."""

    who = forms.ChoiceField(label=_("Who you are"), choices=TEAMS)
    asker = _text(_("Your name and team"), 160, needed=True)
    asker_reach = _text(_("How we reach you"), 160, needed=True, inputmode="tel")
    name = _text(_("The person’s name"), 120, needed=True)
    born = _text(_("Birth date or year"), 40)
    reach = _text(_("How to reach the person"), 160)
    place = _text(_("Where the person is now"), 160, needed=True)
    needs = forms.MultipleChoiceField(
        label=_("What is needed"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )  # fmt: skip
    words = forms.CharField(
        label=_("What else matters (no diagnosis)"), required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=_("The person knows that I ask."), error_messages={"required": _("Ask the person first.")}
    )
    website = forms.CharField(required=False)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        rows = edition(timezone.localdate()).table("network/services")
        self.fields["needs"].choices = [(row["code"], help_words(row["code"])) for row in rows]
