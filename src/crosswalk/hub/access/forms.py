"""What people type about access."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from crosswalk.hub.access.roles import Role


class GiveAccess(forms.Form):
    """Whom to let in, and as what."""

    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(label=_("Work e-mail"), help_text=_("They sign in with it."))
    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), *Role.choices])


class EndAccess(forms.Form):
    """Why a role ends."""

    why = forms.CharField(
        label=_("Why does the access end?"),
        max_length=400,
        help_text=_("Kept in the journal: left the job, changed role …"),
    )
