"""What people decided about pairs of records: kept line by line, never changed, always stronger than the model."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from crosswalk.core.basics import Refused


@dataclass(frozen=True)
class Judgement:
    """One answer of a person about two source records, or (`undo`) its withdrawal. `at` is an ISO time."""

    left_source: str
    left_id: str
    right_source: str
    right_id: str
    answer: str
    by: str
    because: str
    at: str

    @property
    def pair(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The two records, in a fixed order, so that left and right may change places."""
        one, other = sorted([(self.left_source, self.left_id), (self.right_source, self.right_id)])
        return one, other


def read(path: Path) -> list[Judgement]:
    """All judgements in the order they were given. Raises Refused when a line cannot be read."""
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            found.append(Judgement(**json.loads(line)))
        except (TypeError, json.JSONDecodeError) as problem:
            raise Refused(
                f"Line {number} of the decisions cannot be read.",
                fix="Restore the file from a backup; it is only ever appended to.",
                place=path.name,
            ) from problem
    return found


def add(path: Path, judgement: Judgement) -> None:
    """Append one judgement. The line is complete on disk before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as out:
        out.write(json.dumps(asdict(judgement), ensure_ascii=False) + "\n")
        out.flush()


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that hold: the newest of each pair, unless it was undone."""
    newest = {one.pair: one for one in judgements}
    return [one for one in newest.values() if one.answer != "undo"]


def undone(judgements: Iterable[Judgement]) -> set[tuple[tuple[str, str], tuple[str, str]]]:
    """Pairs whose newest judgement is a withdrawal: what a person parted, the model may put together again."""
    newest = {one.pair: one for one in judgements}
    return {one.pair for one in newest.values() if one.answer == "undo"}
