"""The rows behind the reasons of the people on the list, looked up fact by fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts import evidence
from crosswalk.core.policy import Edition
from crosswalk.core.rules import FactUse

#: How many rows are shown under a sentence.
_MOST = 2


class Proofs:
    """The rows behind a person's reasons: fact by fact, measured for all listed people at once."""

    def __init__(
        self, engine: DuckEngine, on: date, uses: Mapping[str, FactUse], numbers: Sequence[int]
    ) -> None:
        self.engine, self.on, self.uses, self.numbers = engine, on, uses, numbers
        self.known: dict[str, dict[int, tuple[str, tuple[str, ...]]]] = {}

    def of(self, column: str, number: int) -> tuple[str, tuple[str, ...]]:
        """The value in words (empty for yes and no) and the newest rows that show it."""
        if column not in self.uses:
            return "", ()
        if column not in self.known:
            self.known[column] = {
                one.person_id: (value_in_words(one.value), tuple(map(proof_in_words, one.evidence[:_MOST])))
                for one in evidence(self.engine, self.uses[column], self.on, self.numbers)
            }
        return self.known[column].get(number, ("", ()))

    def seen(self, edition: Edition) -> dict[int, tuple[str, str]]:
        """When each person was last seen; and where, by whom."""
        places = {
            row["code"]: row["label"].split("(")[0].split(",")[0].strip()
            for row in edition.table("codes/hmis_lists")
            if row["list"] == "3.12.1"
        }
        found = {}
        for one in evidence(self.engine, FactUse("last_seen"), self.on, self.numbers):
            if one.value is not None:
                parts = [places.get(str(one.extra.get("place")), ""), str(one.extra.get("seen_by") or "")]
                day = f"{one.value.day} {one.value:%b %Y}"
                found[one.person_id] = (day, ", ".join(part for part in parts if part))
        return found


def value_in_words(value: Any) -> str:
    """A fact's value beside a sentence; empty where the sentence's own yes or no says it."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    return str(value)


def proof_in_words(proof: Mapping[str, Any]) -> str:
    """One row that shows a value: what it says, the day, the file and the row."""
    day = proof.get("day")
    where = " row ".join(str(part) for part in (proof.get("file"), proof.get("row")) if part)
    parts = (proof.get("says"), f"{day.day} {day:%b %Y}" if day else "", where)
    return " · ".join(str(part) for part in parts if part)
