"""What is wrong with something we were given: where, what, and how to mend it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

#: `refused` stops the whole delivery, `error` drops the row, `warning` keeps it.
SEVERITIES = ("refused", "error", "warning")


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about one place of a delivery, as a person who must mend it would want to read it.

    `row` counts data rows from 1; 0 means the file as a whole. The sentence never repeats personal data.
    """

    delivery: str
    file: str
    row: int
    column: str
    code: str
    severity: str
    sentence: str
    fix: str

    def as_dict(self) -> dict[str, Any]:
        """The columns of the `problems` output, in order."""
        return asdict(self)


class Refused(Exception):
    """The input or the call cannot be used; nothing was written. `str()` says why and how to mend it."""

    def __init__(self, sentence: str, *, fix: str = "", place: str = "", code: str = "refused") -> None:
        self.sentence, self.fix, self.place, self.code = sentence, fix, place, code
        super().__init__(" ".join(part for part in (f"{place}:" if place else "", sentence, fix) if part))
