"""What people type about the network."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crosswalk.hub.network.kinds import Credential
from crosswalk.hub.network.words import counties, program_words, programs
from crosswalk.hub.pages.words import plan_words

_MOST = 100_000


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Capacity(forms.Form):
    """How many more people a service can take."""

    free = forms.IntegerField(label=_("Places left"), min_value=0, max_value=_MOST)
    waiting = forms.IntegerField(label=_("Waiting"), min_value=0, max_value=_MOST, required=False)
    places = forms.IntegerField(label=_("All places"), min_value=0, max_value=_MOST, required=False)
    said_by = forms.CharField(
        label=_("Who told you?"),
        max_length=120,
        required=False,
        help_text=_("Name or desk, when you write down what you heard by phone or on a visit."),
    )


class Look(forms.Form):
    """Which part of the network to look at, on which day; for changes also since when."""

    on = forms.DateField(label=_("As of"), required=False, widget=_day())
    since = forms.DateField(label=_("Since"), required=False, widget=_day())
    county = forms.CharField(max_length=2, required=False)
    program = forms.CharField(max_length=40, required=False)
    zip = forms.CharField(max_length=5, required=False)
    free = forms.BooleanField(required=False)


class AddContract(forms.Form):
    """A contract of one provider with one plan."""

    plan = forms.ChoiceField(label=_("Plan"))
    program = forms.ChoiceField(label=_("Service"))
    county = forms.ChoiceField(label=_("County"))
    starts = forms.DateField(label=_("First day"), widget=_day())
    ends = forms.DateField(
        label=_("First day no longer in force"), required=False, help_text=_("Empty: open."), widget=_day()
    )
    credential = forms.ChoiceField(label=_("Credential"), choices=Credential.choices)
    source = forms.CharField(label=_("Who said so, or the document"), max_length=300, required=False)

    def __init__(self, *given: Any, on: date, plans: list[str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["plan"].choices = [("", "—"), *((one, plan_words(one)) for one in plans)]
        self.fields["program"].choices = [("", "—"), *((one, program_words(one)) for one in programs(on))]
        named_counties = sorted(counties(on).items(), key=lambda one: one[1])
        self.fields["county"].choices = [("", "—"), *named_counties]


class ChangeContract(forms.Form):
    """What changes of a contract that is written down."""

    ends = forms.DateField(
        label=_("First day no longer in force"), required=False, help_text=_("Empty: open."), widget=_day()
    )
    credential = forms.ChoiceField(label=_("Credential"), choices=Credential.choices)
    credential_until = forms.DateField(label=_("Credential holds until"), required=False, widget=_day())
    source = forms.CharField(label=_("Who said so, or the document"), max_length=300, required=False)


class KeepLicence(forms.Form):
    """An HMIS licence of one organization."""

    holder = forms.CharField(
        label=_("Who holds it"), max_length=120, help_text=_("A name that is there already is changed.")
    )
    payer = forms.CharField(label=_("Who pays for it"), max_length=120, required=False)
    trained = forms.DateField(label=_("Trained on"), required=False, widget=_day())
    starts = forms.DateField(label=_("First day"), widget=_day())


class Leave(forms.Form):
    """Why an organization leaves the network."""

    why = forms.CharField(
        label=_("Why does it leave?"), max_length=400, help_text=_("Kept in the journal; no names of people.")
    )
