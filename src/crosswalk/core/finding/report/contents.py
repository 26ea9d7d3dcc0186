"""What is on the list: the first people by rank, each with programs, reasons with their rows, and questions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts import evidence, measure
from crosswalk.core.finding.programs import NOTICES, Decision, decisions
from crosswalk.core.finding.ranking import Ranking, ranking
from crosswalk.core.finding.report.people import Who, who_they_are
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
_PROOFS = 2
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class ReasonShown:
    """One sentence with its answer, the value behind it, and the rows it stands on."""

    say: str
    answer: str
    value: str
    proofs: tuple[str, ...]
    confidence: str
    source: str


@dataclass(frozen=True)
class ProgramShown:
    """One program of one person."""

    code: str
    name: str
    short: str
    kind: str
    answer: str
    held: str
    held_by: str
    source: str
    confidence: str
    reasons: tuple[ReasonShown, ...]
    notices: tuple[ReasonShown, ...]
    questions: tuple[str, ...]
    points: int

    @property
    def words(self) -> str:
        """The program in a few words, with ECM said where it is a population of ECM."""
        return f"ECM: {self.short}" if self.kind == "population" else self.short

    @property
    def other_sources(self) -> list[str]:
        """Where sentences stand that are not in the program's own source, each once."""
        shown = (one.source for one in self.reasons if one.source and one.source != self.source)
        return list(dict.fromkeys(shown))

    def letter_of(self, one: ReasonShown) -> str:
        """The letter of a sentence's source; empty when it is the program's own."""
        sources = self.other_sources
        return _LETTERS[sources.index(one.source)] if one.source in sources[: len(_LETTERS)] else ""


@dataclass(frozen=True)
class PersonShown:
    """One person on the list."""

    place: int
    who: Who
    age: int | None
    county: str
    last_seen: tuple[str, str]
    """The day, and the place with who saw the person there."""
    points: int
    first_because: tuple[tuple[str, int, tuple[str, ...]], ...]
    programs: tuple[ProgramShown, ...]
    tags: frozenset[str]

    def with_answer(self, answer: str) -> list[ProgramShown]:
        """The person's programs with this answer, the one to act on first in front."""
        return [program for program in self.programs if program.answer == answer]

    @property
    def next_step(self) -> str:
        """The one thing to do next."""
        met = self.with_answer("met")
        for program in met:
            if program.held == "approved":
                return f"Start {program.words}: approved, not started"
        for program in met:
            if not program.held:
                return f"Refer for {program.words}"
        for program in met:
            if program.held == "requested":
                return f"Ask {program.held_by} about the open request"
        waiting = [program for program in self.with_answer("unknown") if program.questions]
        if waiting:
            return f"Ask: {waiting[0].questions[0]}"
        return "In hand already"


@dataclass(frozen=True)
class Contents:
    """Everything the report shows. `eligible` and `to_ask`: how many people the whole list has, by whether
    something is likely or only open; `people`: the first of them.
    """

    on: date
    run: str
    made_at: str
    release: str
    digest: str
    persons: int
    eligible: int
    to_ask: int
    people: tuple[PersonShown, ...]
    programs: tuple[ProgramCount, ...]
    funnel: Mapping[str, Any]
    reach: Sequence[Mapping[str, Any]]
    weights: Ranking
    deliveries: Sequence[Mapping[str, str]]
    linked: bool
    counties: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class ProgramCount:
    """One program over the whole county."""

    code: str
    name: str
    kind: str
    met: int
    unknown: int
    not_met: int
    held: int
    source: str
    confidence: str


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
    proofs = _Proofs(engine, edition.day, {use.column: use for use in ordered}, numbers)
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


class _Proofs:
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
                one.person_id: (value_in_words(one.value), tuple(map(proof_in_words, one.evidence[:_PROOFS])))
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


_KINDS = ("population", "community_support", "benefit")


def _shown(
    programs: Sequence[Decision],
    weights: Ranking,
    rows: Mapping[str, Mapping[str, Any]],
    proofs: _Proofs,
    number: int,
) -> tuple[ProgramShown, ...]:
    """A person's programs, those to act on first in front; each fact's rows stand where it is told first."""
    ordered = sorted(
        (program for program in programs if program.code in rows),
        key=lambda one: (
            ANSWERS.index(rows[one.code]["answer"]),
            _KINDS.index(one.program.kind),
            -rows[one.code]["points"],
            weights.turn(one.benefit),
            one.code,
        ),
    )
    told: set[str] = set()
    return tuple(_program(program, rows[program.code], proofs, number, told) for program in ordered)


def _program(
    program: Decision, row: Mapping[str, Any], proofs: _Proofs, number: int, told: set[str]
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
        kind=text.kind,
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
