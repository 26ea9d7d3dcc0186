"""Why, for one person: every program's reason with the value and rows of each fact, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crosswalk.core.basics import Refused, Truth
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
from crosswalk.core.rules import Change, FactUse, Leaf, Reason, changes, deciding_single, reasons
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
    pattern = [RANK[reasons(Leaf(test=test), values).truth] for test in answers.tests]
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


def whom(engine: DuckEngine, *, state: Path, persons: Path | None, aliases: Path | None, said: str) -> str:
    """The person that somebody means by a person_id, a CIN or an HMIS PersonalID.

    Raises Refused when nobody has it, or when several sources use it for different people.
    """
    text = literal(said)
    cin = literal(said.upper())
    if persons is not None:
        # One plain equality at a time: only that lets the reader pass over the parts of the file without it.
        table = f"SELECT person_id, source, source_id FROM read_parquet({literal(str(persons))})"
        wheres = {f"source_id = {one}" for one in (text, cin)}
        if said.upper().startswith("P"):  # as linkage writes every person_id
            wheres.add(f"person_id = {cin}")
        rows = [row for where in sorted(wheres) for row in engine.fetch(f"{table} WHERE {where}")]
        if not rows and aliases is not None:
            renamed = engine.fetch(
                f"SELECT new_person_id FROM read_parquet({literal(str(aliases))}) WHERE old_person_id = {cin}"
            )
            rows = [(one[0], "", "") for one in renamed]
    else:
        rows = _unlinked(engine, state, f"{text}, {cin}")
    people = sorted({str(row[0]) for row in rows})
    if not people:
        raise Refused(
            "Nobody here has this id.",
            fix="Give a person_id, a CIN (8 digits and a letter) or an HMIS PersonalID that was staged and linked.",
        )
    if len(people) > 1:
        several = "; ".join(f"{source} → {person}" for person, source, _ in sorted(rows))
        raise Refused("Several people have this id.", fix=f"Give the person_id: {several}.")
    return people[0]


def _unlinked(engine: DuckEngine, state: Path, said: str) -> list[tuple[object, ...]]:
    """Where nothing is linked yet, each record is its own person: those with one of these ids."""
    held = [
        f"SELECT source, {column} AS source_id FROM read_parquet({literal(str(path))})"
        for path, column in (
            (state / "hmis" / "Client.parquet", "PersonalID"),
            (state / "members.parquet", "cin"),
        )
        if path.exists()
    ]
    if not held:
        return []
    return engine.fetch(
        "SELECT DISTINCT source || '|' || source_id AS person_id, source, source_id"
        f" FROM ({' UNION ALL '.join(held)}) AS one"
        f" WHERE source_id IN ({said}) OR source || '|' || source_id IN ({said})"
    )
