"""The day that somebody asks about."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class OnDay(forms.Form):
    """One day."""

    on = forms.DateField(
        label=_("Covered on which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
