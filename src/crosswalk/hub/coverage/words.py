"""How months and changes of coverage are said to people."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from crosswalk.hub.coverage.models import Change
from crosswalk.hub.pages.words import day, plan_words


def month_words(first: date) -> str:
    """“Nov 2026”."""
    return day(first).partition(" ")[2]


def change_words(one: Change) -> str:
    """What the plan's newer file says that the one before did not."""
    named = {"plan": plan_words(one.plan), "other": plan_words(one.other_plan)}
    if one.kind == "came":
        if one.other_plan:
            return _("Came to %(plan)s from %(other)s") % named
        return _("Came to %(plan)s") % named
    if one.kind == "ended":
        if one.other_plan:
            return _("Coverage by %(plan)s ended; now with %(other)s") % named
        return _("Coverage by %(plan)s ended") % named
    if one.other_plan:
        return _("No longer in the file of %(plan)s; now with %(other)s") % named
    return _("No longer in the file of %(plan)s; nobody knows yet how it goes on") % named
