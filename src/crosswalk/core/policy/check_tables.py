"""Whether every table and every dated list says its source, how sure it is, and only one thing a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from crosswalk.core.basics import Period
from crosswalk.core.policy.folder import Policy
from crosswalk.core.policy.schema import Told, dated, text
from crosswalk.core.policy.tables import Row, Table
from crosswalk.core.rules import CONFIDENCE
from crosswalk.core.rules.parse import place_of

#: Folders whose rooms check their own files: how a file is laid out, and how records are matched.
OTHERS = ("layouts/", "linkage/", "examples/")


def check_tables(policy: Policy, told: Told) -> None:
    """Tell each table that cannot be read, lacks a source, or says two things about one day."""
    for relative in policy.files:
        if relative.endswith(".csv") and not relative.startswith(OTHERS):
            table = told.attempt(policy.table, relative.removesuffix(".csv"))
            if table is not None:
                _check_table(table, told)


def _check_table(table: Table, told: Told) -> None:
    for column in ("source", "confidence"):
        if column not in table.columns:
            told.add(
                f"{table.name}.csv:1: header",
                f"The table has no column “{column}”.",
                "Every row says where it stands and how sure that is.",
                code="policy.table",
            )
    unsure = [row for row in table.rows if not _is_sourced(row)]
    if unsure:
        told.add(
            unsure[0].place,
            f"{len(unsure)} rows, this one the first, lack a source or do not say how sure it is.",
            f"Fill source; confidence is one of {', '.join(CONFIDENCE)}, empty for verified.",
            code="policy.table",
        )
    if table.dated:
        by_key: dict[tuple[str, ...], list[Row]] = {}
        for row in table.rows:
            by_key.setdefault(row.key, []).append(row)
        for rows in by_key.values():
            _check_overlaps([(row.period, row.place) for row in rows], told)


def _is_sourced(row: Row) -> bool:
    sure = row.cells.get("confidence") or "verified"
    return sure in CONFIDENCE and bool(row.cells.get("source", "given"))


def _check_overlaps(periods: list[tuple[Period, str]], told: Told) -> None:
    periods = sorted(periods, key=lambda entry: entry[0].start or date.min)
    for (earlier, _), (later, place) in pairwise(periods):
        if earlier.overlaps(later):
            told.add(
                place,
                f"The same key is in force twice on the same days ({earlier}, and {later}).",
                "Let the earlier one end (until) on the day the later begins.",
                code="policy.overlap",
            )


def check_entries(policy: Policy, told: Told) -> None:
    """Dated lists such as the clocks: every entry has a key, days, source and confidence."""
    for relative in policy.files:
        if relative.endswith(".yaml") and "/" not in relative and relative != "gate.yaml":
            name = relative.removesuffix(".yaml")
            content = told.attempt(policy.document, name)
            if isinstance(content, Mapping) and isinstance(content.get("entries"), list):
                _check_entry_list(content["entries"], relative, told)


def _check_entry_list(entries: list[Any], relative: str, told: Told) -> None:
    by_key: dict[str, list[tuple[Period, str]]] = {}
    for at, entry in enumerate(entries):
        place = place_of(entry, f"{relative}: entries[{at}]")
        if not isinstance(entry, Mapping):
            told.add(place, "An entry is a mapping with a key.", "Write key: …, from: …, source: ….")
            continue
        key = told.attempt(text, entry, "key", place)
        days = told.attempt(dated, entry, place)
        if key is not None and days is not None:
            by_key.setdefault(key, []).append((days["period"], place))
    for periods in by_key.values():
        _check_overlaps(periods, told)
