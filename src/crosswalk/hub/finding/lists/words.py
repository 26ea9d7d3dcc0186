"""How a line of a list is said: the one next step, why something turned over, until when somebody is set aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crosswalk.core.policy import Program
from crosswalk.hub.finding.programs import words as program_words
from crosswalk.hub.pages.words import day
from crosswalk.hub.people.words import plan_words


class Aside(models.TextChoices):
    """Why somebody is set aside for a while; nobody is set aside for ever."""

    LATER = "later", gettext_lazy("Asked us to come back later")
    UNREACHED = "unreached", gettext_lazy("Could not be reached")
    ELSEWHERE = "elsewhere", gettext_lazy("Somebody else helps already")
    MOVED = "moved", gettext_lazy("Has moved away")
    DOUBT = "doubt", gettext_lazy("The records look wrong")


def next_step(one: Any, programs: Mapping[str, Program]) -> str:
    """The one next step for a person on the list."""
    program = programs.get(one.step_program)
    named = program_words(program) if program else one.step_program
    if one.step == "start":
        return _("Start %(program)s: approved, not started") % {"program": named}
    if one.step == "refer":
        return _("Refer for %(program)s") % {"program": named}
    if one.step == "chase":
        whom = plan_words(one.step_words) or _("the plan")
        return _("Ask %(whom)s about the open request") % {"whom": whom}
    if one.step == "ask":
        return _("Ask: %(question)s") % {"question": one.step_words}
    return _("In hand already")


def cause(kind: str) -> str:
    """What stands behind a change, besides the facts."""
    return {
        "rule": _("the rule is another"),
        "holder": _("somebody else has it in hand"),
        "link": _("other records are now held to be this person"),
        "time": _("time went by"),
    }.get(kind, "")


def aside(why: str, until: date) -> str:
    """“Set aside until 22 Dec 2026: could not be reached”."""
    return _("Set aside until %(day)s: %(why)s") % {"day": day(until), "why": str(Aside(why).label).lower()}
