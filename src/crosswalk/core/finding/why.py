"""Why, for one person: every program's reason with the value and rows of each fact, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crosswalk.core.basics import Truth
from crosswalk.core.engine import DuckEngine, literal
from crosswalk.core.facts import (
    Measured,
    catalogue,
    evidence_of_each,
    named,
    prepare_views,
    reads,
)
from crosswalk.core.finding.held import STATES, measure_held
from crosswalk.core.finding.programs import Decision, decision
from crosswalk.core.finding.sentences import Answered, Answers, Because, questions_of
from crosswalk.core.policy import Edition
from crosswalk.core.rules import Change, FactUse, Reason, changes, deciding_single, reasons, tested
from crosswalk.core.rules.reading import RANK

#: Facts about a person that nobody can change by asking; they are never supposed to be different.
FIXED = ("age", "county", "mcp_plan", "birth_equity_group")


@dataclass(frozen=True)
class FactTold:
    """The value of one fact of one person, and the rows that show it, newest first."""

    use: FactUse
    value: Any
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class ProgramWhy:
    """One program's answer for one person, with everything behind it."""

    decision: Decision
    answered: Answered
    reason: Reason
    """The whole tree of the rule with the answer of each part."""
    notices: tuple[Because, ...]
    questions: tuple[str, ...]
    held: str
    held_by: str
    held_since: date | None

    @property
    def decides(self) -> tuple[Change, ...]:
        """Each single answer to an open question that would settle it."""
        return deciding_single(self.reason) if self.reason.truth is Truth.UNKNOWN else ()

    @property
    def would_change(self) -> tuple[Change, ...]:
        """What else would have to be so for the answer to be another one."""
        return () if self.reason.truth is Truth.UNKNOWN else changes(self.reason, FIXED)


@dataclass(frozen=True)
class Explained:
    """Everything known about why one person has these answers on a day."""

    person_id: str
    on: date
    release: str
    records: tuple[tuple[str, str], ...]
    """The source records that are this person: source and id."""
    links: tuple[Mapping[str, Any], ...]
    """Pairs among these records, as linkage wrote them."""
    programs: tuple[ProgramWhy, ...]
    facts: Mapping[str, FactTold]
    """By column: every fact that some rule of these programs uses."""


def explain(
    engine: DuckEngine,
    edition: Edition,
    *,
    state: Path,
    links: Path | None,
    person_id: str,
    program: str | None = None,
) -> Explained:
    """Explain one program, or all, for the one person that `prepare_people(…, only=[person_id])` set in `engine`.

    Raises Refused for a program that is not in force on the day.
    """
    chosen = (edition.program(program),) if program else edition.programs
    choices = [row for row in edition.table("overlaps") if row["rule"] == "choose"]
    programs = [decision(one, choices) for one in chosen]
    number = engine.fetch(f"SELECT person_id FROM person_key WHERE person = {literal(person_id)}")[0][0]
    records = engine.fetch(f"SELECT source, source_id FROM person_source WHERE person_id = {number}")
    measure_held(engine, edition.day)
    held = {row[0]: row[1:] for row in engine.fetch(
        f"SELECT benefit, state, held_by, since FROM held WHERE person_id = {number}"
    )}  # fmt: skip
    asked = {name: fact.question for name, fact in catalogue().items()}
    uses = frozenset(use for one in programs for use in one.uses())
    needed = frozenset[str]().union(*(reads(named(use.name)) for use in uses))
    prepare_views(engine, state, edition.day, codes=edition.code_map, few=True, wanted=needed)
    told = _told(uses, evidence_of_each(engine, uses, edition.day, [number]))
    values = {use: one.value for use, one in told.items()}
    found = tuple(_why(one, values, asked, held.get(one.benefit)) for one in programs)
    return Explained(
        person_id=person_id,
        on=edition.day,
        release=edition.release,
        records=tuple(sorted((str(source), str(id)) for source, id in records)),
        links=_links(engine, links, records),
        programs=found,
        facts={use.column: one for use, one in told.items()},
    )


def _told(uses: Iterable[FactUse], measured: Mapping[FactUse, Sequence[Measured]]) -> dict[FactUse, FactTold]:
    """Every fact as it is told; unknown where nothing was found."""
    return {
        use: FactTold(use, one[0].value, tuple(one[0].evidence))
        if (one := measured.get(use))
        else FactTold(use, None, ())
        for use in uses
    }


def _why(
    program: Decision,
    values: Mapping[FactUse, object],
    asked: Mapping[str, str],
    held: tuple[int, str, date] | None,
) -> ProgramWhy:
    reason = reasons(program.rule, values)
    answers = Answers(program)
    pattern = [RANK[tested(test, values.get(test.use))] for test in answers.tests]
    answered = answers.of(pattern)
    sentences = questions_of(program, asked)
    state, held_by, since = held or (0, "", None)
    return ProgramWhy(
        decision=program,
        answered=answered,
        reason=reason,
        notices=tuple(answers.beside(answered, pattern)),
        questions=tuple(dict.fromkeys(sentences[use] for use in answered.asked)),
        held=STATES.get(state, ""),
        held_by=held_by,
        held_since=since,
    )


def _links(
    engine: DuckEngine, links: Path | None, records: Sequence[tuple[Any, ...]]
) -> tuple[Mapping[str, Any], ...]:
    """The pairs that join this person's records; those between two of them, strongest first."""
    if links is None or len(records) < 2:
        return ()
    listed = ", ".join(f"({literal(str(source))}, {literal(str(id))})" for source, id in records)
    columns = (
        "left_source", "left_id", "right_source", "right_id", "probability", "decision", "decided_by", "evidence",
    )  # fmt: skip
    rows = engine.fetch(
        f"SELECT {', '.join(columns)} FROM read_parquet({literal(str(links))})"
        f" WHERE (left_source, left_id) IN ({listed}) AND (right_source, right_id) IN ({listed})"
        " ORDER BY probability DESC, left_id, right_id"
    )
    return tuple(dict(zip(columns, row, strict=True)) for row in rows)
