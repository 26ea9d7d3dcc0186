"""What people type when they look for somebody, or have seen somebody."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class Ask(forms.Form):
    """How whoever has seen the person reaches whoever asks."""

    reach = forms.CharField(
        label=_("How can whoever has seen the person reach you?"),
        max_length=200,
        help_text=_("Your telephone number at work. Nothing about the person."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class Tell(forms.Form):
    """When and where the person was seen."""

    seen_on = forms.DateField(label=_("Seen on"), widget=forms.DateInput(attrs={"type": "date"}))
    place = forms.CharField(
        label=_("Where, in words"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    safe = forms.CharField(
        label=_("How to reach the person safely"),
        max_length=200,
        help_text=_("Through whom, at what time, what not to say."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
