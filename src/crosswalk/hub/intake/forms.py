"""What people give and type about deliveries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crosswalk.core.formats.plan_files import layout_names
from crosswalk.core.formats.recognition import FAMILIES
from crosswalk.core.policy import shipped_folder


def _whats() -> Iterator[tuple[str, Any]]:
    yield "", _("Find out from the file")
    yield "hmis", _("HMIS export (ZIP)")
    words = {"members": _("Member file"), "events": _("Event file")}
    for family in FAMILIES:
        for name in layout_names(family, [shipped_folder()]):
            yield f"{family}:{name}", f"{words[family]} · {name}"


class SendFile(forms.Form):
    """A file, and what it is."""

    asked = forms.ChoiceField(label=_("What is it?"), required=False, choices=lambda: list(_whats()))
    as_of = forms.DateField(
        label=_("The day it speaks for"),
        required=False,
        help_text=_("Only for plans’ files that do not say it themselves; empty: today."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    # Last, so that what was typed is read even of a form whose file is too large.
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        max_length=200,
        help_text=_("The ZIP of an HMIS export, or a plan’s member or event file (CSV, XLSX)."),
        error_messages={
            "required": _("Choose a file."),
            "max_length": _("The file’s name is longer than 200 letters: give it a shorter one."),
        },
    )


class Answer(forms.Form):
    """Why a delivery is rejected."""

    why = forms.CharField(
        label=_("Why do you reject it?"),
        max_length=400,
        help_text=_("Kept with the delivery and in the journal. Do not write names of people."),
    )
