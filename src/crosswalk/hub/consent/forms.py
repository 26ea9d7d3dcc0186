"""What people type about a consent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crosswalk.core.consent.decide import CARE_PARTNERS
from crosswalk.core.policy.disclosure import PURPOSES
from crosswalk.hub.access.models import Organization
from crosswalk.hub.consent.models import Answer, Method, Signer
from crosswalk.hub.consent.words import (
    STATEMENTS,
    category_words,
    form_words,
    purpose_words,
    table,
    who_words,
)

_DAY = {"type": "date"}


class _Checks(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class RecordConsent(forms.Form):
    """A form that a person signed or refused, as it stands on the paper."""

    answer = forms.ChoiceField(label=_("What the person said"), choices=Answer.choices, initial=Answer.GIVEN)
    form = forms.ChoiceField(label=_("Form"))
    version = forms.CharField(label=_("Its version"), required=False, max_length=60)
    language = forms.CharField(label=_("Language of the form"), required=False, max_length=40)
    categories = _Checks(label=_("What may be shared"))
    holders = _Checks(label=_("By whom"))
    recipients = _Checks(label=_("With whom"))
    intermediary = forms.CharField(
        label=_("Through whom"), required=False, max_length=200,
        help_text=_("An exchange or hub that the form names as intermediary."),
    )  # fmt: skip
    purposes = _Checks(label=_("What for"))
    limits = forms.CharField(label=_("Limits that the person set"), required=False, max_length=400)
    signed_on = forms.DateField(label=_("Signed on"), widget=forms.DateInput(attrs=_DAY))
    expires_on = forms.DateField(
        label=_("Ends on"), required=False, widget=forms.DateInput(attrs=_DAY),
        help_text=_("The first day on which it no longer holds."),
    )  # fmt: skip
    expires_when = forms.CharField(
        label=_("Or ends when"), required=False, max_length=200,
        help_text=_("An event, or “none” where the form may have no end."),
    )  # fmt: skip
    signer = forms.ChoiceField(label=_("Signed by"), choices=Signer.choices)
    authority = forms.CharField(
        label=_("Why this signer may sign"), required=False, max_length=200,
        help_text=_("For a representative or a minor: the authority, or the care consented to."),
    )  # fmt: skip
    method = forms.ChoiceField(label=_("How it was signed"), choices=Method.choices)
    statements = _Checks(label=_("The form says"), required=False, choices=list(STATEMENTS.items()))
    copy_given = forms.BooleanField(label=_("The person got a copy"), required=False)
    document = forms.CharField(
        label=_("Where the signed form is kept"), required=False, max_length=200,
        help_text=_("A folder or a system; no names."),
    )  # fmt: skip
    paper = forms.FileField(
        label=_("The signed form as a file"), required=False,
        help_text=_("Only its fingerprint (SHA-256) is kept here, to prove later that it is the same paper."),
    )  # fmt: skip
    origin = forms.CharField(label=_("Where the record comes from"), required=False, max_length=120)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        organizations = [(str(one.pk), one.name) for one in Organization.objects.order_by("name")]
        choices: dict[str, list[Any]] = {
            "form": [("", "—"), *((form, form_words(form)) for form in table().forms)],
            "categories": [(one, category_words(one)) for one in table().titles],
            "holders": [("any", who_words("any")), *organizations],
            "recipients": [(CARE_PARTNERS, who_words(CARE_PARTNERS)), *organizations],
            "purposes": [("any", purpose_words("any")), *((one, purpose_words(one)) for one in PURPOSES)],
        }
        for name, listed in choices.items():
            self.fields[name].choices = listed


class Revoke(forms.Form):
    """How a person revoked."""

    how = forms.CharField(
        label=_("How did the person revoke it?"),
        max_length=200,
        help_text=_("On paper, by telephone, in person …"),
    )
