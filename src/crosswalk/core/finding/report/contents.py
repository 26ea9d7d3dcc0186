"""What is on the list: the first people by rank, each with programs, reasons with their rows, and questions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts.wide import measure
from crosswalk.core.finding.programs import NOTICES, Decision, decisions
from crosswalk.core.finding.ranking import Ranking, ranking
from crosswalk.core.finding.report.people import who_they_are
from crosswalk.core.finding.report.proofs import Proofs
from crosswalk.core.finding.report.shown import Contents, PersonShown, ProgramCount, ProgramShown, ReasonShown
from crosswalk.core.finding.run import SHOWN, set_table
from crosswalk.core.finding.sweep import ANSWERS, uses_of
from crosswalk.core.policy import Edition
from crosswalk.core.rules import FactUse

#: Facts behind the quick filters and the line under a person's name.
FILTERS = (
    FactUse("ed_visits_all", months=6),
    FactUse("ed_visits_all", months=12),
    FactUse("unsheltered_now"),
    FactUse("has_family_under_21"),
    FactUse("days_homeless"),
    FactUse("last_seen"),
)


def collect(
    engine: DuckEngine,
    edition: Edition,
    *,
    state: Path,
    persons: Path | None,
    findings: Path,
    run: Mapping[str, Any],
    deliveries: Sequence[Mapping[str, str]],
    first: int = 500,
) -> Contents:
    """Gather the first people of a finished run. `engine` must be fresh: only these people are prepared in it.

    `run` is the content of run.json; `deliveries` say id, kind and staged_at of what went in.
    """
    programs, weights = decisions(edition), ranking(edition)
    engine.register("findings", findings)
    listed, eligible, to_ask = _listed(engine, programs, weights, first)
    people = _people(engine, edition, programs, weights, state, persons, listed) if listed else ()
    return Contents(
        on=edition.day,
        run=str(run["run"]),
        made_at=str(run["at"]),
        release=str(run["policy"]["release"]),
        digest=str(run["policy"]["digest"]),
        persons=int(run["persons"]),
        eligible=eligible,
        to_ask=to_ask,
        people=people,
        programs=tuple(_counted(program, run["programs"]) for program in programs),
        funnel=run["funnel"],
        reach=run["reach"],
        weights=weights,
        deliveries=deliveries,
        linked=bool(run["linked"]),
        counties=tuple(sorted({one.county for one in people if one.county})),
    )


def _counted(program: Decision, counts: Mapping[str, Mapping[str, int]]) -> ProgramCount:
    text = program.program
    return ProgramCount(
        code=program.code,
        name=text.name,
        kind=text.kind,
        source=str(text.source),
        confidence=text.confidence,
        **counts[program.code],
    )


def _listed(
    engine: DuckEngine, programs: Sequence[Decision], weights: Ranking, first: int
) -> tuple[list[str], int, int]:
    """The first people by rank, and how many there are: likely eligible, and open with something for it.

    The community health worker benefit, open to nearly everybody, puts nobody on the list by itself.
    """
    wanted = ", ".join(f"'{program.code}'" for program in programs if program.program.kind != "benefit")
    chosen = f"""
        SELECT person_id, min(rank) AS place, count(*) FILTER (answer = 'met') AS met
        FROM findings
        WHERE rank IS NOT NULL AND program IN ({wanted})
          AND (answer = 'met' OR points > {weights.missing_up_to})
        GROUP BY person_id"""
    rows = engine.fetch(f"SELECT person_id FROM ({chosen}) ORDER BY place, met DESC, person_id LIMIT {first}")
    counted = f"SELECT count(*) FILTER (met > 0), count(*) FILTER (met = 0) FROM ({chosen})"
    eligible, to_ask = engine.fetch(counted)[0]
    return [row[0] for row in rows], int(eligible), int(to_ask)


def _people(
    engine: DuckEngine,
    edition: Edition,
    programs: Sequence[Decision],
    weights: Ranking,
    state: Path,
    persons: Path | None,
    listed: list[str],
) -> tuple[PersonShown, ...]:
    """The people of the list, prepared alone with their proofs."""
    set_table(engine, edition, state=state, persons=persons, only=listed)
    key = {person: number for number, person in engine.fetch("SELECT person_id, person FROM person_key")}
    uses = uses_of(programs, weights).union(SHOWN, FILTERS)
    measure(engine, uses, edition.day)
    ordered = sorted(uses)
    columns = ", ".join(f'"{use.column}"' for use in ordered)
    values = {
        row[0]: dict(zip(ordered, row[1:], strict=True))
        for row in engine.fetch(f"SELECT person_id, {columns} FROM fact_table")
    }
    numbers = [key[person] for person in listed]
    rows = _rows(engine, listed)
    proofs = Proofs(engine, edition.day, {use.column: use for use in ordered}, numbers)
    who = who_they_are(engine, numbers, edition.day)
    counties = {row["code"]: row["name"] for row in edition.table("codes/counties")}
    seen = proofs.seen(edition)
    found = []
    for place, person in enumerate(listed, start=1):
        number = key[person]
        shown = _shown(programs, weights, rows[person], proofs, number)
        value = values[number]
        county = value.get(FactUse("county"))
        age = value.get(FactUse("age"))
        found.append(
            PersonShown(
                place=place,
                who=who[number],
                age=None if age is None else int(str(age)),
                county=counties.get(str(county), "") if county else "",
                last_seen=seen.get(number, ("", "")),
                points=sum(part.earned(value)[0] for part in weights.parts),
                first_because=tuple(_earned(weights, value)),
                programs=shown,
                tags=_tags(value),
            )
        )
    return tuple(found)


def _rows(engine: DuckEngine, listed: list[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """The findings of the listed people, by person and program."""
    import pyarrow as pa

    engine.register("listed", pa.table({"person_id": pa.array(listed, pa.string())}))
    found: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for person, program, answer, reasons, questions, held, held_by, points in engine.fetch(
        "SELECT person_id, program, answer, reasons, questions, held, held_by, points"
        " FROM findings SEMI JOIN listed USING (person_id)"
    ):
        found[person][program] = {
            "answer": answer,
            "reasons": json.loads(reasons),
            "questions": questions,
            "held": held or "",
            "held_by": held_by or "",
            "points": points,
        }
    return found


def _shown(
    programs: Sequence[Decision],
    weights: Ranking,
    rows: Mapping[str, Mapping[str, Any]],
    proofs: Proofs,
    number: int,
) -> tuple[ProgramShown, ...]:
    """A person's programs, those to act on first in front; each fact's rows stand where it is told first."""
    ordered = sorted(
        (program for program in programs if program.code in rows),
        key=lambda one: (
            ANSWERS.index(rows[one.code]["answer"]),
            *weights.order(one.program, -rows[one.code]["points"]),
        ),
    )
    told: set[str] = set()
    return tuple(_program(program, rows[program.code], proofs, number, told) for program in ordered)


def _program(
    program: Decision, row: Mapping[str, Any], proofs: Proofs, number: int, told: set[str]
) -> ProgramShown:
    text = program.program
    reasons: list[ReasonShown] = []
    notices: list[ReasonShown] = []
    for one in row["reasons"]:
        value, rows = proofs.of(one["fact"], number) if row["answer"] != "not_met" else ("", ())
        if one["fact"] in told:
            rows = ()
        elif rows:
            told.add(one["fact"])
        sure = "" if one["confidence"] == text.confidence else one["confidence"]
        shown = ReasonShown(one["say"], one["answer"], value, rows, sure, one["source"])
        (notices if one["answer"] in NOTICES else reasons).append(shown)
    return ProgramShown(
        code=program.code,
        name=text.name,
        short=text.short,
        words=text.words,
        answer=row["answer"],
        held=row["held"],
        held_by=row["held_by"],
        source=str(text.source),
        confidence=text.confidence,
        reasons=tuple(reasons),
        notices=tuple(notices),
        questions=tuple(row["questions"]),
        points=row["points"],
    )


def _earned(weights: Ranking, values: Mapping[FactUse, object]) -> list[tuple[str, int, tuple[str, ...]]]:
    found = []
    for part in weights.parts:
        points, steps = part.earned(values)
        if points:
            found.append((part.title, points, tuple(step.say for step in steps)))
    return found


def _tags(values: Mapping[FactUse, Any]) -> frozenset[str]:
    """The quick filters that a person falls under."""
    found = set()
    if (values.get(FactUse("ed_visits_all", months=6)) or 0) >= 5:
        found.add("ed5")
    if (values.get(FactUse("ed_visits_all", months=12)) or 0) >= 20:
        found.add("ed20")
    if values.get(FactUse("unsheltered_now")):
        found.add("outside")
    if values.get(FactUse("has_family_under_21")):
        found.add("family")
    if (values.get(FactUse("days_homeless")) or 0) >= 365:
        found.add("year")
    return frozenset(found)
