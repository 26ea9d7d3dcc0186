"""Neutral member and event files for tests: give only the columns that matter, the rest is filled.

members_csv(tmp_path / "members.csv", [{"cin": "91000001A", "last_name": "Reyes"}])
events_csv(tmp_path / "events.csv", [{"cin": "91000001A", "kind": "ed_visit", "from": "2026-03-01"}])
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from crosswalk.core.records import EVENT_COLUMNS, MEMBER_COLUMNS

#: An invented member of an invented plan; every test names what differs.
MEMBER = {
    "plan": "north",
    "cin": "91000001A",
    "last_name": "Reyes",
    "first_name": "Marisol",
    "dob": "1980-02-03",
    "coverage_from": "2025-01-01",
}
EVENT = {"plan": "north", "cin": "91000001A", "kind": "ed_visit", "from": "2026-03-01"}


def members_csv(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """Write members.csv (layout `canonical`); columns that no row names keep an invented value. Returns the path."""
    return _write(path, [column.name for column in MEMBER_COLUMNS], [{**MEMBER, **row} for row in rows])


def events_csv(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """Write events.csv (layout `canonical`); a row without event_id gets its number. Returns the path."""
    filled = [{**EVENT, "event_id": f"e{number}", **row} for number, row in enumerate(rows, start=1)]
    return _write(path, [column.name for column in EVENT_COLUMNS], filled)


def _write(path: Path, columns: list[str], rows: list[dict[str, object]]) -> Path:
    more = sorted({name for row in rows for name in row} - set(columns))
    with path.open("w", encoding="utf-8", newline="") as handle:
        out = csv.DictWriter(handle, [*columns, *more], restval="")
        out.writeheader()
        out.writerows(rows)
    return path
