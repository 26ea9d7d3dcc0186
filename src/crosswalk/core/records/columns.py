"""What one column of a neutral file holds: its name, type, whether it must be there, and its meaning."""

from __future__ import annotations

from dataclasses import dataclass

#: Types of a column; `date_last` is an inclusive last day that is kept as the first day after it.
TYPES = ("text", "date", "date_last", "choice", "cin", "ssn", "county", "month", "npi")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of members.csv or events.csv.

    `required`: a file without this column is refused. `key`: a row without a usable value is rejected, because
    nothing could be attached to it; any other unusable value is kept as unknown and the row stays.
    `kept_as`: the column's name in the current state when that differs.
    """

    name: str
    type: str
    meaning: str
    required: bool = False
    key: bool = False
    choices: tuple[str, ...] = ()
    kept_as: str = ""

    @property
    def column(self) -> str:
        """The name in the current state."""
        return self.kept_as or self.name

    @property
    def sql_type(self) -> str:
        """The column engine's type in the current state."""
        return "DATE" if self.type in ("date", "date_last") else "VARCHAR"
