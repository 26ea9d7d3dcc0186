"""A directory as it was read: rows by table, what is wrong, and the count of every row that came."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from crosswalk.core.basics import Problem

Row = dict[str, Any]


@dataclass
class Counts:
    """Rows in = accepted + rejected + duplicate, always."""

    given: int = 0
    accepted: int = 0
    rejected: int = 0
    duplicate: int = 0

    def as_dict(self) -> dict[str, int]:
        """The same for a summary."""
        return {
            "in": self.given,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "duplicate": self.duplicate,
        }


@dataclass
class Directory:
    """Rows of each table by id, in the order of their coming; `about` is what the sender says of its own interface."""

    delivery: str = "directory"
    rows: dict[str, dict[str, Row]] = field(default_factory=lambda: defaultdict(dict))
    places: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    """(table, id) → file and row where it stood first."""
    problems: list[Problem] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    about: Row = field(default_factory=dict)

    def tell(
        self, place: tuple[str, int], column: str, code: str, severity: str, sentence: str, fix: str
    ) -> None:
        """Note one thing that is wrong."""
        file, row = place
        self.problems.append(
            Problem(self.delivery, file, row, column, f"hsds.{code}", severity, sentence, fix)
        )

    def of(self, table: str, link: str, id: str) -> list[Row]:
        """The rows of a table that name a row in a field: of("phone", "contact_id", …)."""
        return [row for row in self.rows[table].values() if row.get(link) == id]
