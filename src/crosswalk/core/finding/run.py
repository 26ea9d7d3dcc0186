"""One find of a county: facts measured, every program decided, written, and counted up."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts import catalogue, prepare
from crosswalk.core.facts.wide import measure
from crosswalk.core.finding.programs import Decision, decisions
from crosswalk.core.finding.ranking import ranking
from crosswalk.core.finding.reach import Funnel, Reach, count_to_decide, measure_funnel, measure_reach
from crosswalk.core.finding.sweep import Swept, sweep, uses_of
from crosswalk.core.policy import Edition
from crosswalk.core.rules import FactUse, prose

#: Facts that the list shows or that the funnel counts, beside those that rules and ranking use.
SHOWN = tuple(FactUse(name) for name in ("mcp_enrolled", "county", "age"))


@dataclass(frozen=True)
class Found:
    """What one find of a county gave, besides the files it wrote."""

    on: date
    release: str
    digest: str
    swept: Swept
    reach: list[Reach]
    funnel: Funnel
    rules: dict[str, str]
    """For each program the fingerprint of its whole rule on the day."""

    def summary(self) -> dict[str, Any]:
        """The JSON summary that `crosswalk find` prints (the run's id is added where it is known)."""
        return {
            "on": self.on.isoformat(),
            "policy": {"release": self.release, "digest": self.digest},
            "persons": self.swept.people,
            "programs": self.swept.programs,
            "funnel": self.funnel.as_dict(),
            "reach": [one.as_dict() for one in self.reach],
            "patterns": self.swept.patterns,
            "findings": self.swept.rows,
        }


def find(
    engine: DuckEngine,
    edition: Edition,
    *,
    state: Path,
    persons: Path | Sequence[Path] | None,
    links: Path | None,
    out: Path,
) -> Found:
    """Decide every program of the edition for every person of the current state, on the edition's day.

    Writes `findings.parquet` and `values.parquet` (the facts of people of interest, for `compare`) into `out`.
    `persons` None: nothing is linked yet and every source record is its own person.
    """
    programs = decisions(edition)
    set_table(engine, edition, state=state, persons=persons)
    swept = _decide(engine, edition, programs, out / "findings.parquet")
    keep_values(engine, programs, out / "values.parquet")
    to_decide = 0
    if links is not None:
        engine.register("links", links)
        to_decide = count_to_decide(engine, "links")
    return Found(
        on=edition.day,
        release=edition.release,
        digest=edition.digest,
        swept=swept,
        reach=measure_reach(engine, programs),
        funnel=measure_funnel(engine, programs, to_decide),
        rules={program.code: fingerprint(program) for program in programs},
    )


def find_some(
    engine: DuckEngine,
    edition: Edition,
    *,
    state: Path,
    persons: Path | Sequence[Path] | None,
    only: list[str],
    answers: Any,
    path: Path,
) -> None:
    """Decide every program anew for a few people, with what workers answered since the state was made.

    Writes their findings, and those of the people they share a household with, to `path`, in the columns of
    `find`; `rank` counts among these few alone: `points` says where they belong in a county.
    """
    set_table(engine, edition, state=state, persons=persons, only=only, answers=answers)
    # Everything is small here, and planning costs more than running.
    engine.sql("PRAGMA disable_optimizer")
    _decide(engine, edition, decisions(edition), path)


def _decide(engine: DuckEngine, edition: Edition, programs: tuple[Decision, ...], path: Path) -> Swept:
    """Measure what the rules and the order need, and decide for everybody who is on the table."""
    weights = ranking(edition)
    measure(engine, uses_of(programs, weights).union(SHOWN), edition.day)
    return sweep(
        engine,
        programs,
        weights,
        on=edition.day,
        release=edition.release,
        known_questions={name: fact.question for name, fact in catalogue().items()},
        path=path,
    )


def set_table(
    engine: DuckEngine,
    edition: Edition,
    *,
    state: Path,
    persons: Path | Sequence[Path] | None,
    only: list[str] | None = None,
    answers: Any = None,
) -> None:
    """Prepare what facts read: for everybody, or with their proofs for the few people in `only`."""
    prepare(
        engine,
        state,
        persons,
        edition.day,
        codes=edition.code_map,
        only=only,
        proofs=only is not None,
        answers=answers,
    )


def keep_values(engine: DuckEngine, programs: tuple[Decision, ...], path: Path) -> None:
    """Keep the facts of people with something on the list: likely eligible, holding, or with points."""
    interest = [f"k.a{index} IS TRUE OR k.h{index} > 0" for index in range(len(programs))]
    engine.write_parquet(
        f"SELECT p.person, f.* FROM fact_table AS f JOIN pattern_keys AS k USING (person_id)"
        f" JOIN person_key AS p USING (person_id) WHERE {' OR '.join([*interest, 'k.points > 0'])}",
        path,
    )


def fingerprint(program: Decision) -> str:
    """16 signs that differ when anything in a program's rule, its pages or its confidence differs."""
    rule = program.program.rule
    said = f"{prose(rule, pages=True)}|{rule!r}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]
