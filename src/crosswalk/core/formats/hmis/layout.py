"""What an HMIS CSV export of one version holds: tables, columns, types, lists and conditions, read from policy.

The layouts are data (`policy/layouts/hmis/<version>.csv`, one row a column): a new version is new rows. Code lists
are in `policy/codes/hmis_lists.csv`, dated by the day a version took effect. Source: HUD's HMIS CSV Format
Specifications, `reference/hmis.md` §1.3 to 1.6.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

import pyarrow as pa

from crosswalk.core.basics import Refused

#: Every version is read into the columns of this one.
CANONICAL = 2026


@dataclass(frozen=True)
class Column:
    """One column: `type` is S<n>, I, D, T, M or M+; `becomes` its canonical name, empty when FY2026 dropped it."""

    name: str
    type: str
    key: bool
    nullable: bool
    list: str
    list_by: dict[str, str]
    not_in: frozenset[str]
    pattern: str
    foreign_key: tuple[str, str] | None
    orphan: str
    only_if: str
    required_if: str
    becomes: str
    seen_as: tuple[str, ...]

    @property
    def width(self) -> int:
        """The longest text allowed; 0 when the column is not text."""
        return int(self.type[1:]) if self.type.startswith("S") else 0

    @cached_property
    def arrow(self) -> pa.DataType:
        """The type in Parquet."""
        known = {"I": pa.int32(), "D": pa.date32(), "T": pa.timestamp("us")}
        return pa.string() if self.width else known.get(self.type, pa.decimal128(18, 2))


@dataclass(frozen=True)
class Table:
    """One file of the export and its columns in the order of the specification."""

    name: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """The file's name in the export."""
        return f"{self.name}.csv"

    @cached_property
    def key(self) -> str:
        """The canonical name of the key column."""
        return next(column.becomes for column in self.columns if column.key)

    @cached_property
    def by_canonical(self) -> dict[str, Column]:
        """Columns that still exist, by canonical name."""
        return {column.becomes: column for column in self.columns if column.becomes}

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Columns by every spelling met, in lower case."""
        named = {spelling.lower(): column for column in self.columns for spelling in column.seen_as}
        return {**named, **{column.name.lower(): column for column in self.columns}}


@dataclass(frozen=True)
class Layout:
    """All tables of one version, and the codes in force in each list."""

    version: int
    tables: dict[str, Table]
    lists: dict[str, frozenset[str]] = field(repr=False)

    @property
    def canonical(self) -> bool:
        """Whether this is the version that everything is read into."""
        return self.version == CANONICAL


def versions(policy: Path) -> list[int]:
    """The versions that can be read, oldest first."""
    return sorted(int(path.stem) for path in (policy / "layouts" / "hmis").glob("[0-9]*.csv"))


def effective(version: int) -> date:
    """The day on which a version took effect, which decides the codes in force: the federal year's first."""
    return date(version - 1, 10, 1)


def read_layout(policy: Path, version: int) -> Layout:
    """The layout of one version. `policy` is the policy folder. Refuses a version without a layout."""
    path = policy / "layouts" / "hmis" / f"{version}.csv"
    if not path.exists():
        known = " or ".join(f"FY{one}" for one in versions(policy))
        raise Refused(
            f"The export is in HMIS CSV version {version}, which cannot be read.",
            fix=f"Ask the HMIS administrator for an export in {known}.",
            place="Export.csv, CSVVersion",
            code="version",
        )
    lists = policy / "codes" / "hmis_lists.csv"
    return _layout(path, path.stat().st_mtime_ns, lists, lists.stat().st_mtime_ns, version)


@lru_cache(maxsize=8)
def _layout(path: Path, _changed: int, lists: Path, _lists_changed: int, version: int) -> Layout:
    """The layout, read once as long as its files stay as they are."""
    tables: dict[str, list[Column]] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            tables.setdefault(row["table"], []).append(_column(row))
    return Layout(
        version,
        {name: Table(name, tuple(columns)) for name, columns in tables.items()},
        _lists(lists, effective(version)),
    )


def _column(row: dict[str, str]) -> Column:
    parent, _, key = row["foreign_key"].partition(".")
    by, _, choices = row["list_by"].partition(": ")
    list_by = {"": by, **dict(choice.split("=") for choice in choices.split())} if by else {}
    return Column(
        name=row["column"],
        type=row["type"],
        key=bool(row["key"]),
        nullable=bool(row["nullable"]),
        list=row["list"],
        list_by=list_by,
        not_in=frozenset(row["not_in"].split()),
        pattern=row["pattern"],
        foreign_key=(parent, key) if key else None,
        orphan=row["orphan"],
        only_if=row["only_if"],
        required_if=row["required_if"],
        becomes=row["becomes"],
        seen_as=tuple(row["seen_as"].split()),
    )


def _lists(path: Path, on: date) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            after = not row["from"] or date.fromisoformat(row["from"]) <= on
            before = not row["until"] or on < date.fromisoformat(row["until"])
            if after and before:
                found.setdefault(row["list"], set()).add(row["code"])
    return {name: frozenset(codes) for name, codes in found.items()}
