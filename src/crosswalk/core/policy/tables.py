"""The tables of the policy: CSV files in which the columns left of `from` are the key of a dated row."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from crosswalk.core.basics import Period, Refused
from crosswalk.core.policy.schema import period


@dataclass(frozen=True)
class Row:
    """One row with the days it is in force; `key` is empty in a table without dates."""

    key: tuple[str, ...]
    period: Period
    cells: Mapping[str, str]
    place: str = field(compare=False)


@dataclass(frozen=True)
class Table:
    """All rows of one file, in its order."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def dated(self) -> bool:
        """Whether rows have days."""
        return "from" in self.columns

    def overlaid(self, local: Table) -> Table:
        """This table with a site's own rows: they replace all rows of the same key, or the whole undated table.

        Raises Refused when the columns differ.
        """
        if set(local.columns) != set(self.columns):
            raise Refused(
                f"The columns differ from those of the shipped table ({', '.join(self.columns)}).",
                fix="Copy the header of the shipped table.",
                place=f"{local.name}.csv:1: header",
            )
        if not self.dated:
            return local
        replaced = {row.key for row in local.rows}
        kept = tuple(row for row in self.rows if row.key not in replaced)
        return Table(self.name, self.columns, kept + local.rows)


def read_table(path: Path, name: str) -> Table:
    """Read one CSV of the policy. `name` is its path inside the policy folder without `.csv`.

    Raises Refused, with the line, for a ragged row, a header that repeats a column, or a day that is none.
    """
    shown = f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file, strict=True))
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise Refused(
            f"The table cannot be read as UTF-8 CSV: {wrong}.",
            fix="Save it as CSV, UTF-8, with quotes around cells that hold a comma.",
            place=f"{shown}:1: header",
        ) from None
    if not lines or not all(lines[0]) or len(set(lines[0])) != len(lines[0]):
        raise Refused(
            "The header is empty, or a column has no name or stands twice.",
            fix="Write one name a column.",
            place=f"{shown}:1: header",
        )
    columns = tuple(lines[0])
    width = columns.index("from") if "from" in columns else 0
    rows = [
        _row(columns, width, cells, f"{shown}:{at}: row") for at, cells in enumerate(lines[1:], 2) if cells
    ]
    return Table(name, columns, tuple(rows))


def _row(columns: tuple[str, ...], width: int, cells: list[str], place: str) -> Row:
    if len(cells) != len(columns):
        raise Refused(
            f"The row has {len(cells)} cells; the header has {len(columns)}.",
            fix="Put quotes around cells that hold a comma.",
            place=place,
        )
    named = dict(zip(columns, cells, strict=True))
    days = period(_day(named, "from", place), _day(named, "until", place), place)
    return Row(tuple(cells[:width]), days, MappingProxyType(named), place)


def _day(cells: Mapping[str, str], column: str, place: str) -> date | None:
    value = cells.get(column, "")
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Refused(f"“{column}” is not a day.", fix="Write it as 2026-01-01.", place=place) from None
