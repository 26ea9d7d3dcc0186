"""Which tables and fields HSDS knows, read from `policy/layouts/hsds/3.csv`; a new version is new rows there."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from functools import lru_cache

from crosswalk.core.policy import shipped_folder

#: Fields that name any row of any table.
ANY = "*"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its type (`string`, `number`, `many`, `one`), whether it must be there, what it may say, and the
    table that it names a row of, or whose rows it holds."""

    name: str
    type: str
    format: str
    required: str
    choices: tuple[str, ...]
    points_to: str
    since: str

    @property
    def is_plain(self) -> bool:
        """A cell, not rows of another table."""
        return self.type not in ("many", "one")


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name (`service`), the name of its file (`services.csv`), its fields in order."""

    name: str
    file: str
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def cells(self) -> list[Field]:
        """The fields that are cells."""
        return [one for one in self.fields.values() if one.is_plain]

    def link_to(self, parent: str) -> str:
        """The field in which a row of this table names a parent row: `service_id`; empty where there is none."""
        return f"{parent}_id" if f"{parent}_id" in self.fields else ""


@dataclass(frozen=True, slots=True)
class Grammar:
    """All tables by name."""

    tables: dict[str, Table]

    def of_file(self, name: str) -> Table | None:
        """The table that a file holds, by its name, with or without the plural and the ending."""
        stem = name.rpartition("/")[2].rpartition("\\")[2].lower()
        stem = stem.removesuffix(".csv")
        return next(
            (
                one
                for one in self.tables.values()
                if stem in (one.file.removesuffix(".csv"), one.name, f"{one.name}s")
            ),
            None,
        )

    def kind_of(self, row: dict[str, object]) -> Table | None:
        """The table that a JSON object belongs to by its fields: the fewest strange ones, then the most known."""
        best, score = None, (0, 0, 0)
        for one in self.tables.values():
            known = len(row.keys() & one.fields.keys())
            here = (known - len(row.keys() - one.fields.keys()), known, -len(one.fields))
            if "id" in row and known > 1 and (best is None or here > score):
                best, score = one, here
        return best


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """HSDS 3 with what 3.1 adds."""
    tables: dict[str, Table] = {}
    path = shipped_folder() / "layouts" / "hsds" / "3.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            table = tables.setdefault(row["table"], Table(row["table"], row["file"]))
            table.fields[row["field"]] = Field(
                row["field"],
                row["type"],
                row["format"],
                row["required"],
                tuple(row["choices"].split("|")) if row["choices"] else (),
                row["points_to"],
                row["since"],
            )
    return Grammar(tables)
