"""What of a page of a list may be shown: whose line, and which parts of it; decided anew with every request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from crosswalk.core.consent import Decision
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent.lines import Line, Lines
from crosswalk.hub.finding.lists.filters import Filters
from crosswalk.hub.finding.lists.queries import Found
from crosswalk.hub.journal.actions import read


@dataclass(frozen=True)
class Shown:
    """The rows of a page that may be shown, with what their lines may say, and what would open the others."""

    rows: list[Any]
    more_after: str
    lines: Lines
    needs: list[tuple[Decision, int]]


def shown(viewer: Viewer, pages: Sequence[tuple[Found, Filters]]) -> list[Shown]:
    """Decide for pages that stand together, each narrowed by its filters."""
    lines = Lines(
        viewer,
        ((one.person, one.decides, getattr(one, "plan", "")) for found, _ in pages for one in found.rows),
    )
    return [_shown(found, filters, lines) for found, filters in pages]


def _shown(found: Found, filters: Filters, lines: Lines) -> Shown:
    rows = [one for one in found.rows if _stands(lines[one.person_id], filters)]
    return Shown(rows, found.more_after, lines, lines.needs(one.person_id for one in found.rows))


def _stands(one: Line, filters: Filters) -> bool:
    """Whether a row may stand on a list that is narrowed so: to choose by what is not shown would show it."""
    hidden_plan = filters.plan and not (one.plan and one.plan.shown)
    return one.listed and not hidden_plan and not (filters.county and not one.county.shown)


def read_lines(
    viewer: Viewer,
    verb: str,
    rows: Iterable[Any],
    lines: Lines,
    *,
    fields: Sequence[str],
    basis: str,
    why: str = "",
) -> None:
    """Write down whose lines were seen, which parts of them not, and by which rules; nothing where nobody was."""
    persons = list(dict.fromkeys(one.person_id for one in rows))
    if persons:
        read(
            viewer, verb, persons=persons, fields=fields, basis=lines.basis(basis, persons), why=why,
            withheld=lines.withheld(persons),
        )  # fmt: skip
