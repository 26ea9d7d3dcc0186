"""Who comes first: points by need, time homeless, emergency use, deadlines, and how little is missing.

The weights are policy data (`finding/ranking.yaml`); nothing here prefers anybody on its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from crosswalk.core.basics import Refused, Truth
from crosswalk.core.policy import Edition, Program
from crosswalk.core.rules import FactUse, Rule, as_sql, reasons

_PLACE = "finding/ranking.yaml"
_KINDS = ("population", "community_support", "benefit")


class Turn(NamedTuple):
    """Where a program stands among a person's others: its kind weighs before points, `among` when points are equal."""

    kind: int
    among: int


@dataclass(frozen=True)
class Step:
    """One thing that moves a person up the list, by how many points, and how it is said."""

    when: Rule
    points: int
    say: str


@dataclass(frozen=True)
class Part:
    """Steps that weigh the same concern: `all` adds them, `best` takes the highest; never above `up_to`."""

    name: str
    title: str
    say: str
    best_only: bool
    up_to: int
    steps: tuple[Step, ...]

    def sql(self) -> str:
        """The part's points as an INTEGER expression over the fact table."""
        cases = [f"CASE WHEN {as_sql(step.when)} THEN {step.points} ELSE 0 END" for step in self.steps]
        total = f"greatest({', '.join(cases)})" if self.best_only else " + ".join(cases)
        return f"least({self.up_to}, {total})"

    def earned(self, values: Mapping[FactUse, object]) -> tuple[int, tuple[Step, ...]]:
        """One person's points in this part, and the steps that gave them."""
        met = [step for step in self.steps if reasons(step.when, values).truth is Truth.YES]
        met.sort(key=lambda step: -step.points)
        counted = tuple(met[:1] if self.best_only else met)
        return min(self.up_to, sum(step.points for step in counted)), counted


@dataclass(frozen=True)
class Ranking:
    """The weights in force on a day."""

    parts: tuple[Part, ...]
    answer: Mapping[str, int]
    missing_up_to: int
    missing_less_each: int
    already: Mapping[str, int]
    begin_with: tuple[str, ...]
    """Benefits in the order to begin with, when several are equal for a person."""
    source: str
    confidence: str

    def uses(self) -> frozenset[FactUse]:
        """Every fact the order depends on."""
        return frozenset(use for part in self.parts for step in part.steps for use in step.when.uses())

    def person_sql(self) -> str:
        """A person's points over all parts, as one INTEGER expression over the fact table."""
        return f"({' + '.join(part.sql() for part in self.parts) or '0'})::INTEGER"

    def turn(self, program: Program) -> Turn:
        """What decides beside points which of a person's programs comes first; the smaller number does."""
        known = program.benefit in self.begin_with
        among = self.begin_with.index(program.benefit) if known else len(self.begin_with)
        return Turn(_KINDS.index(program.kind), among)

    def order(self, program: Program, place: int) -> tuple[int, int, int, str]:
        """The sort key of one of a person's programs; `place`: its rank, or its points taken negative."""
        turn = self.turn(program)
        return (turn.kind, place, turn.among, program.code)

    def finding_points(self, answer: str, missing: int, held: str) -> int:
        """What one program adds: likely eligible, little missing; less when somebody has it in hand already."""
        complete = max(0, self.missing_up_to - missing * self.missing_less_each)
        return int(self.answer.get(answer, 0)) + complete + int(self.already.get(held, 0))


def ranking(edition: Edition) -> Ranking:
    """The weights in force on the edition's day, from `finding/ranking.yaml`.

    Raises Refused when no version covers the day or a part is not what its format says.
    """
    version = edition.document("finding/ranking")
    try:
        finding, source = version["finding"], version["source"]
        return Ranking(
            parts=tuple(_part(part, edition) for part in version["parts"]),
            answer=dict(finding["answer"]),
            missing_up_to=int(finding["missing"]["up_to"]),
            missing_less_each=int(finding["missing"]["less_each"]),
            already=dict(finding["already"]),
            begin_with=tuple(finding["begin_with"]),
            source=", ".join(str(source[key]) for key in ("document", "edition") if source.get(key)),
            confidence=version["confidence"],
        )
    except KeyError as missing:
        raise Refused(
            f"The weights lack {missing}.", fix="The shipped ranking.yaml shows every key.", place=_PLACE
        ) from None


def _part(part: Mapping[str, Any], edition: Edition) -> Part:
    if part["counts"] not in ("all", "best"):
        raise Refused(f"The part {part['name']} counts neither all nor best.", place=_PLACE)
    steps = tuple(
        Step(edition.rule(step["when"], f"{_PLACE}: {part['name']}"), int(step["points"]), step["say"])
        for step in part["steps"]
    )
    return Part(part["name"], part["title"], part["say"], part["counts"] == "best", int(part["up_to"]), steps)
