"""How a line of a list is said: the one next step, why something turned over, until when somebody is set aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from crosswalk.core.policy import Program
from crosswalk.hub.pages.words import day, plan_words


class Aside(models.TextChoices):
    """Why somebody is set aside for a while; nobody is set aside for ever."""

    LATER = "later", _("Asked us to come back later")
    UNREACHED = "unreached", _("Could not be reached")
    ELSEWHERE = "elsewhere", _("Somebody else helps already")
    MOVED = "moved", _("Has moved away")
    DOUBT = "doubt", _("The records look wrong")


def next_step(one: Any, programs: Mapping[str, Program]) -> str:
    """The one next step for a person on the list."""
    program = programs.get(one.step_program)
    named = program.words if program else one.step_program
    if one.step == "start":
        return str(_("Start %(program)s: approved, not started") % {"program": named})
    if one.step == "refer":
        return str(_("Refer for %(program)s") % {"program": named})
    if one.step == "chase":
        whom = plan_words(one.step_words) or _("the plan")
        return str(_("Ask %(whom)s about the open request") % {"whom": whom})
    if one.step == "ask":
        return str(_("Ask: %(question)s") % {"question": one.step_words})
    return str(_("In hand already"))


def cause(kind: str) -> str:
    """What stands behind a change, besides the facts."""
    said = {
        "rule": _("the rule is another"),
        "holder": _("somebody else has it in hand"),
        "link": _("other records are now held to be this person"),
        "time": _("time went by"),
    }
    return str(said.get(kind, ""))


def aside(why: str, until: date) -> str:
    """“Set aside until 22 Dec 2026: could not be reached”."""
    return str(
        _("Set aside until %(day)s: %(why)s") % {"day": day(until), "why": str(Aside(why).label).lower()}
    )
