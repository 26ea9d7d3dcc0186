"""What people say when they share the work of a list, keep a view, or take a list along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crosswalk.hub.finding.lists.words import Aside

#: For how long somebody may be set aside, in days.
_WHILES = ((7, _("a week")), (30, _("a month")), (90, _("three months")))
#: What a list can be taken along as.
SHEETS = (("xlsx", _("Workbook (XLSX)")), ("csv", _("Plain table (CSV)")))


class SetAside(forms.Form):
    """Why, and for how long."""

    why = forms.ChoiceField(label=_("Why are they set aside?"), choices=[("", "—"), *Aside.choices])
    days = forms.TypedChoiceField(
        label=_("For how long?"),
        coerce=int,
        choices=_WHILES,
        initial=30,
        help_text=_("They come back earlier when something new is found for them."),
    )


class Give(forms.Form):
    """To which colleague."""

    worker_id = forms.TypedChoiceField(label=_("Who takes them on?"), coerce=int)

    def __init__(self, *said: Any, colleagues: Iterable[Mapping[str, Any]], **more: Any) -> None:
        super().__init__(*said, **more)
        self.fields["worker_id"].choices = [("", "—"), *((one["id"], one["name"]) for one in colleagues)]


class KeepView(forms.Form):
    """Under which name a view is kept, and for whom."""

    name = forms.CharField(label=_("Name of the view"), max_length=40)
    shared = forms.BooleanField(label=_("For everybody in the organization"), required=False)


class TakeAlong(forms.Form):
    """What for, and as what."""

    purpose = forms.CharField(
        label=_("What is the list for?"),
        max_length=200,
        help_text=_("Kept in the journal with everybody on the list: outreach on Tuesday, case conference …"),
    )
    sheet = forms.ChoiceField(label=_("As what?"), choices=SHEETS, initial="xlsx")
