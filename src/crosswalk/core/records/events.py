"""An event: one thing that happened to a member, from an emergency visit to an attestation by a social worker."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from crosswalk.core.records.columns import Column

#: In the order of design/files.md (events.csv, layout `canonical`).
EVENT_COLUMNS: tuple[Column, ...] = (
    Column("plan", "text", "Short name of the plan", required=True, key=True),
    Column("cin", "cin", "Medi-Cal Client Index Number, 8 digits and a letter", required=True, key=True),
    Column(
        "event_id", "text", "The plan's number of the event; the same number again replaces it", True, True
    ),
    Column("kind", "text", "What happened (policy/codes/event_kinds.csv)", required=True, key=True),
    Column("code", "text", "Which one: a diagnosis, a program, a service, a fact that is attested"),
    Column("from", "date", "First day; kept as from_day", required=True, key=True, kept_as="from_day"),
    Column(
        "until",
        "date_last",
        "Last day, inclusive; empty: still open, or a single day, by kind. Kept as end_day, the first day after",
        kept_as="end_day",
    ),
    Column("value", "text", "What was found or decided: avoidable, approved, yes"),
    Column("by", "text", "Who says so: organization or person"),
    Column("note", "text", "Free text, never shown without a basis"),
)

#: current/events.parquet, in order: name and SQL type. Sorted by plan, cin, from_day.
CURRENT_EVENTS: tuple[tuple[str, str], ...] = (
    *((column.column, column.sql_type) for column in EVENT_COLUMNS),
    ("source", "VARCHAR"),
    ("delivery", "VARCHAR"),
    ("file", "VARCHAR"),
    ("row", "INTEGER"),
    ("extra", "VARCHAR"),
)


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of event and how its columns are read.

    `without_until`: `one_day` when an empty `until` means a single day, `open` when it means still open.
    `may_lie_ahead`: a day after today is meant (an expected release), not a slip.
    `code_style`: `listed` (only `codes`), `icd10`, or `free`. `values` empty: any value.
    """

    kind: str
    meaning: str
    without_until: str
    may_lie_ahead: bool
    code_style: str
    codes: tuple[str, ...]
    values: tuple[str, ...]


def event_kinds(kinds_file: Path, codes_file: Path) -> dict[str, EventKind]:
    """The kinds of events with their codes, from policy/codes/event_kinds.csv and event_codes.csv."""
    codes: dict[str, list[str]] = defaultdict(list)
    with codes_file.open(encoding="utf-8", newline="") as handle:
        for line in csv.DictReader(handle):
            codes[line["kind"]].append(line["code"])
    with kinds_file.open(encoding="utf-8", newline="") as handle:
        return {
            line["kind"]: EventKind(
                kind=line["kind"],
                meaning=line["meaning"],
                without_until=line["without_until"],
                may_lie_ahead=line["may_lie_ahead"] == "yes",
                code_style=line["code_style"],
                codes=tuple(codes[line["kind"]]),
                values=tuple(line["values"].split()),
            )
            for line in csv.DictReader(handle)
        }
