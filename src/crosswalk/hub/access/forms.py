"""What people type about access."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crosswalk.hub.access import acts
from crosswalk.hub.access.roles import Role
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.pages.policy import edition, plainly


class GiveAccess(forms.Form):
    """Whom to let in, and as what."""

    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(label=_("Work e-mail"), help_text=_("They sign in with it."))
    role = forms.ChoiceField(label=_("Role"))
    counties = forms.MultipleChoiceField(
        label=_("Only for these counties"), required=False, help_text=_("None chosen: for all of them.")
    )
    populations = forms.MultipleChoiceField(
        label=_("Only for these programs"), required=False, help_text=_("None chosen: for all of them.")
    )

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        super().__init__(*given, **named)
        roles = [(role, words) for role, words in Role.choices if acts.give_access(viewer, role)]
        self.fields["role"].choices = [("", "—"), *roles]
        policy = edition(timezone.localdate())
        counties = [(row["code"], row["name"]) for row in policy.table("codes/counties")]
        self.fields["counties"].choices = sorted(counties, key=lambda one: one[1])
        self.fields["populations"].choices = [(one.code, plainly(one.words)) for one in policy.programs]


class EndAccess(forms.Form):
    """Why a role ends."""

    why = forms.CharField(
        label=_("Why does the access end?"),
        max_length=400,
        help_text=_("Kept in the journal: left the job, changed role …"),
    )


class EndAccessAtOnce(EndAccess):
    """Why a role ends although persons would be left behind."""

    at_once = forms.BooleanField(
        label=_("It cannot wait: there is a danger. Whoever they lead goes to a supervisor at once."),
        required=False,
    )
