"""Mistakes planted in an HMIS export on purpose, so that a check of data quality has known answers."""

from __future__ import annotations

from collections.abc import Iterator

from crosswalk.core.simulation.chance import Chance

#: What is planted: name, table, column, and what is written there (None leaves the column empty).
KINDS: tuple[tuple[str, str, str, str | None], ...] = (
    ("not a date", "Exit", "ExitDate", "31-31-2025"),
    ("not in the code list", "Enrollment", "LivingSituation", "555"),
    ("empty where a value must be", "Enrollment", "HouseholdID", None),
    ("names nobody", "Disabilities", "EnrollmentID", "NOBODY"),
    ("not a number", "IncomeBenefits", "TotalMonthlyIncome", "a lot"),
    ("key used twice", "HealthAndDV", "HealthAndDVID", "1"),
)
DEFECTS = ("file", "row", "column", "defect")


class Defects:
    """Spoils about one row in two hundred of the tables named in KINDS, and remembers where."""

    def __init__(self, seed: int) -> None:
        self.chance = Chance(seed, "defects")
        self.planted: list[tuple[str, int, str, str]] = []

    def spoil(self, table: str, number: int, row: dict[str, object]) -> dict[str, object]:
        """The row as it is written; `number` counts the data rows of its file from 1."""
        for name, where, column, wrong in KINDS:
            if table == where and number > 1 and self.chance.often(0.005):
                self.planted.append((f"{table}.csv", number, column, name))
                return row | {column: wrong}
        return row

    def rows(self) -> Iterator[tuple[str, int, str, str]]:
        """Where the mistakes are, for truth_defects.csv."""
        yield from self.planted
