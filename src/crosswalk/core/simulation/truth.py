"""The answers beside an invented county: who is who, and what was planted."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from crosswalk.core.simulation.defects import DEFECTS

WHO = ("person_key", "source", "source_id", "case", "changed")
ELIGIBILITY = ("person_key", "program", "answer", "asks", "why", "case")
FACTS = ("person_key", "fact", "window", "value", "case")


def truth_of_defects(out: Path, rows: Iterable[tuple[str, int, str, str]]) -> None:
    """Write where mistakes were planted."""
    with (out / "truth_defects.csv").open("w", encoding="utf-8", newline="") as handle:
        pen = csv.writer(handle, lineterminator="\n")
        pen.writerow(DEFECTS)
        pen.writerows(rows)


class Truth:
    """The truth files, written as people are made up."""

    def __init__(self, out: Path) -> None:
        self.counts = {"who": 0, "eligibility": 0, "facts": 0}
        self._open = []
        self._pens = {}
        for name, file, columns in (
            ("who", "truth.csv", WHO),
            ("eligibility", "truth_eligibility.csv", ELIGIBILITY),
            ("facts", "truth_facts.csv", FACTS),
        ):
            handle = (out / file).open("w", encoding="utf-8", newline="", buffering=1 << 20)
            self._open.append(handle)
            self._pens[name] = csv.writer(handle, lineterminator="\n")
            self._pens[name].writerow(columns)

    def __enter__(self) -> Truth:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for handle in self._open:
            handle.close()

    def who(self, key: str, source: str, source_id: str, case: str, changed: str) -> None:
        """One source record of a person, and what the noise channel did to it."""
        self.counts["who"] += 1
        self._pens["who"].writerow((key, source, source_id, case, changed))

    def eligibility(self, key: str, program: str, answer: str, asks: str, why: str, case: str) -> None:
        """A planted answer: met, not_met or unknown; `asks` is the fact whose question must come up."""
        self.counts["eligibility"] += 1
        self._pens["eligibility"].writerow((key, program, answer, asks, why, case))

    def fact(self, key: str, name: str, window: str, value: object, case: str) -> None:
        """A planted value of a named measurement (`window` like 6m, or empty)."""
        self.counts["facts"] += 1
        self._pens["facts"].writerow((key, name, window, value, case))
