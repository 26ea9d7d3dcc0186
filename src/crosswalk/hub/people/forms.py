"""What is asked about somebody whom no file holds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crosswalk.hub.network.words import counties
from crosswalk.hub.people.adding import Said


def _text(label: Any, most: int, hint: Any = "", **attrs: str) -> forms.CharField:
    shown = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return forms.CharField(label=label, required=False, max_length=most, help_text=hint, widget=shown)


class NewPerson(forms.Form):
    """Only a name is needed; everything else may be learned later."""

    first_name = _text(_("First name"), 60)
    last_name = _text(_("Last name"), 80)
    born = forms.DateField(
        label=_("Birth date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty where it is not known for sure."),
        error_messages={"invalid": _("This is no day. Write it as year, month, day.")},
    )  # fmt: skip
    phone = _text(_("Telephone"), 30, inputmode="tel")
    zip = forms.RegexField(
        r"^\d{5}$", label=_("ZIP code"), required=False, error_messages={"invalid": _("Write five digits.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip
    county = forms.ChoiceField(label=_("County"), required=False)
    language = _text(_("Language"), 40)
    cin = _text(_("Medi-Cal number"), 20, _("Eight digits and a letter, from the card."))

    def __init__(self, *args: Any, on: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        chosen: Any = self.fields["county"]
        chosen.choices = [("", _("not known")), *sorted(counties(on).items(), key=lambda one: one[1])]

    def said(self) -> Said:
        """What was typed, once it is valid."""
        return Said(**{name: value or "" for name, value in self.cleaned_data.items() if name != "born"},
                    born=self.cleaned_data["born"])  # fmt: skip
