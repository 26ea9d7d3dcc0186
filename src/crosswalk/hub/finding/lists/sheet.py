"""A work list to take along: its columns, the cells of a line, and where the sheet is from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from crosswalk.core.consent import Decision
from crosswalk.core.policy import Program
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent.lines import Line
from crosswalk.hub.finding.lists.words import next_step
from crosswalk.hub.pages.words import moment, plan_words, years

#: Widths of the columns of the workbook, in signs.
WIDTHS = (21, 26, 6, 12, 14, 16, 44, 30, 12, 12, 26, 48, 20)


def columns() -> list[str]:
    """The heads of the columns, in the language of the page."""
    return [
        _("Person id"), _("Person"), _("Age"), _("Language"), _("County"), _("Plan"), _("Likely eligible for"),
        _("One answer away"), _("On the list since"), _("Last seen"), _("Seen by"), _("Next step"), _("Taken on by"),
    ]  # fmt: skip


def cells(
    one: Any, line: Line, programs: Mapping[str, Program], counties: Mapping[str, str], on: date
) -> list[str]:
    """One line of the list, every cell a text; what may not be shown says so."""

    def if_shown(part: Decision | None, text: str) -> str:
        return text if part is None or part.shown else _("Not shown")

    def named(codes: Iterable[str]) -> str:
        return "; ".join(programs[code].words for code in codes if code in programs)

    age = years(one.person.born, on)
    return [
        one.person_id, one.person.name, "" if age is None else str(age), one.person.language,
        if_shown(line.county, counties.get(one.county, one.county)), if_shown(line.plan, plan_words(one.plan)),
        named(one.met), named(one.open), one.since.isoformat(),
        if_shown(line.seen, one.person.seen_on.isoformat() if one.person.seen_on else ""),
        if_shown(line.seen, one.person.seen_by),
        next_step(one, programs), one.worker_name or "",
    ]  # fmt: skip


def about(viewer: Viewer, purpose: str, release: str, at: Any) -> list[tuple[str, str]]:
    """Who took it along, for whom, when, what for, and by which policy it was made."""
    return [
        (_("Taken along by"), viewer.name),
        (_("Organization"), viewer.organization_name),
        (_("When"), moment(at)),
        (_("What for"), purpose),
        (_("Policy release"), release),
        (_("What it holds"), _("Contains health information. Keep it as you would a medical record.")),
    ]
