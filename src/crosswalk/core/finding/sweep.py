"""The sweep of a whole county: every program for every person, with reasons, questions, holders and rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from crosswalk.core.engine import DuckEngine, literal
from crosswalk.core.finding.held import STATES, measure_held
from crosswalk.core.finding.patterns import Pattern, Patterns
from crosswalk.core.finding.programs import Decision
from crosswalk.core.finding.ranking import Ranking
from crosswalk.core.finding.sentences import Answered, Answers, Because, questions_of
from crosswalk.core.rules import FactUse
from crosswalk.core.rules.reading import NO, UNKNOWN, YES

#: Answers in the order they are listed; also the values of the column `answer`.
ANSWERS = ("met", "unknown", "not_met")
_RANKS = {True: YES, False: NO, None: UNKNOWN}


@dataclass
class Swept:
    """What a sweep found, in numbers: people, and for each program how many of each answer and held."""

    people: int
    programs: dict[str, dict[str, int]] = field(default_factory=dict)
    patterns: int = 0
    rows: int = 0


@dataclass(frozen=True)
class _Said:
    """One distinct text of findings: everything a row holds except person, holder and rank."""

    program: str
    benefit: str
    answer: str
    reasons: str
    questions: tuple[str, ...]
    points: int


def uses_of(programs: Sequence[Decision], ranking: Ranking) -> frozenset[FactUse]:
    """Every fact that the sweep needs measured."""
    return ranking.uses().union(*(program.uses() for program in programs))


def uses_of_column(column: str) -> FactUse:
    """The fact and window that a column of the fact table stands for: `ed_visits__6m`."""
    name, _, window = column.partition("__")
    if not window:
        return FactUse(name)
    length = int(window[:-1])
    return FactUse(name, months=length) if window.endswith("m") else FactUse(name, days=length)


def sweep(
    engine: DuckEngine,
    programs: Sequence[Decision],
    ranking: Ranking,
    *,
    on: date,
    release: str,
    known_questions: Mapping[str, str],
    path: Path,
) -> Swept:
    """Decide every program for every person of `fact_table` and write the findings to `path`.

    Needs `fact_table` (one row a person, a column for each of `uses_of`), and what `prepare` leaves behind.
    `known_questions` are the facts' own questions by name. Leaves the tables `held` and `pattern_keys`.
    """
    measure_held(engine, on)
    patterns = Patterns(programs, ranking)
    patterns.measure(engine)
    swept = Swept(people=int(engine.fetch("SELECT count(*) FROM fact_table")[0][0]))
    said: dict[_Said, int] = {}
    keys: list[tuple[int, int, int]] = []
    scores: Counter[int] = Counter()
    for index, program in enumerate(programs):
        counts = dict.fromkeys(ANSWERS, 0)
        found = patterns.distinct(engine, index)
        texts = _Texts(program, patterns, ranking, known_questions)
        for pattern, text in zip(found, texts.of(engine, found), strict=True):
            keys.append((index, pattern.key, said.setdefault(text, len(said))))
            counts[text.answer] += sum(pattern.people.values())
            if text.answer != "not_met":
                for points, people in pattern.people.items():
                    scores[points + text.points] += people
        swept.programs[program.code] = {**counts, "held": 0}
        swept.patterns += len(found)
    for code, count in _held_counts(engine, programs).items():
        swept.programs[code]["held"] = count
    _register(engine, list(said), keys, ranks(scores), release)
    swept.rows = _write(engine, len(programs), release, on, path)
    return swept


def ranks(scores: Mapping[int, int]) -> dict[int, int]:
    """The place of each score: 1 and the number of findings that have more points. Equal points, equal rank."""
    found, before = {}, 0
    for score in sorted(scores, reverse=True):
        found[score] = before + 1
        before += scores[score]
    return found


class _Texts:
    """The texts of one program's patterns; the costly parts are made once for each answer of its leaves."""

    def __init__(
        self, program: Decision, patterns: Patterns, ranking: Ranking, known_questions: Mapping[str, str]
    ) -> None:
        self.program, self.patterns, self.ranking = program, patterns, ranking
        self.sentences = questions_of(program, known_questions)
        self.companions = patterns.companions_of(program)
        self.answers = Answers(program)
        self.known: dict[tuple[bool | None, ...], tuple[Answered, list[Because]]] = {}

    def of(self, engine: DuckEngine, found: Sequence[Pattern]) -> list[_Said]:
        """The text of each pattern. Raises AssertionError when SQL and Python disagree about an answer."""
        shown = (
            self.patterns.leaf_answers(engine, self.answers.tests, [one.example for one in found])
            if found
            else {}
        )
        return [self._text(one, shown[one.example]) for one in found]

    def _text(self, pattern: Pattern, flags: tuple[bool | None, ...]) -> _Said:
        if flags not in self.known:
            leaf_answers = [_RANKS[flag] for flag in flags]
            one = self.answers.of(leaf_answers)
            self.known[flags] = one, [*one.because, *self.answers.beside(one, leaf_answers)]
        one, because = self.known[flags]
        assert one.truth.flag is pattern.answer, f"{self.program.code}: SQL and Python must answer alike"
        entries = [entry.as_json for entry in (*because, *self._companions(pattern.companions))]
        return _Said(
            program=self.program.code,
            benefit=self.program.benefit,
            answer=one.truth.answer,
            reasons=f"[{', '.join(entries)}]",
            questions=tuple(dict.fromkeys(self.sentences[use] for use in one.asked)),
            points=self.ranking.finding_points(one.truth.answer, one.missing, STATES.get(pattern.held, "")),
        )

    def _companions(self, bits: int) -> list[Because]:
        """What usually goes with this program and is not there."""
        says = []
        if bits & 1:
            says.append("Receives a Community Support already, but no Enhanced Care Management")
        if bits & 2:
            says.append("Receives Enhanced Care Management already, but not this Community Support")
        for place, other in enumerate(self.companions):
            if bits & (4 << place):
                named = self.patterns.programs[other]
                says.append(
                    f"Likely eligible for {named.program.name} too; it often goes with this and is not there yet"
                )
        return [Because(say, "companion", None, "verified", "") for say in says]


def _held_counts(engine: DuckEngine, programs: Sequence[Decision]) -> dict[str, int]:
    """How many people hold each program's benefit, whatever the answer."""
    rows = dict(engine.fetch("SELECT benefit, count(DISTINCT person_id) FROM held GROUP BY benefit"))
    return {program.code: int(rows.get(program.benefit, 0)) for program in programs}


def _register(
    engine: DuckEngine,
    said: list[_Said],
    keys: list[tuple[int, int, int]],
    places: Mapping[int, int],
    release: str,
) -> None:
    """Give the engine the texts, as enumerations: Parquet then holds each text once, whatever the county."""
    questions = sorted({one for text in said for one in text.questions})
    holders = [row[0] for row in engine.fetch("SELECT DISTINCT held_by FROM held ORDER BY 1")]
    for name, values in (
        ("said_program", sorted({one.program for one in said})),
        ("said_reasons", sorted({one.reasons for one in said})),
        ("said_question", questions or [""]),
        ("said_holder", holders or [""]),
        ("said_held", list(STATES.values())),
        ("said_release", [release]),
    ):
        engine.sql(f"DROP TABLE IF EXISTS said; DROP TYPE IF EXISTS {name}")
        engine.register("said_values", pa.table({"value": pa.array(values, pa.string())}))
        engine.sql(f"CREATE TYPE {name} AS ENUM (SELECT value FROM said_values)")
    columns: dict[str, Any] = {
        "id": pa.array(range(len(said)), pa.int32()),
        **{
            name: pa.array([getattr(one, name) for one in said], pa.string())
            for name in ("program", "benefit", "answer", "reasons")
        },
        "questions": pa.array([list(one.questions) for one in said], pa.list_(pa.string())),
        "points": pa.array([one.points for one in said], pa.int32()),
    }
    engine.register("said_texts", pa.table(columns))
    engine.sql("""
        CREATE TABLE said AS
        SELECT id, program::said_program AS program, benefit,
               answer::ENUM ('met', 'unknown', 'not_met') AS answer, reasons::said_reasons AS reasons,
               questions::said_question[] AS questions, points
        FROM said_texts""")
    index, key, text = zip(*keys, strict=True) if keys else ((), (), ())
    engine.register(
        "said_keys",
        pa.table(
            {
                "index": pa.array(index, pa.int16()),
                "key": pa.array(key, pa.uint64()),
                "id": pa.array(text, pa.int32()),
            }
        ),
    )
    engine.register(
        "said_ranks",
        pa.table(
            {
                "score": pa.array(list(places), pa.int32()),
                "rank": pa.array(list(places.values()), pa.int64()),
            }
        ),
    )


def _write(engine: DuckEngine, programs: int, release: str, on: date, path: Path) -> int:
    """Stream every finding into one Parquet file, person by person.

    Few people hold anything, and joining every finding with its holder would cost more than all the rest: so
    those who hold something go a way of their own.
    """
    states = " ".join(f"WHEN {number} THEN {literal(state)}" for number, state in STATES.items())
    query = f"""
        SELECT f.person AS person_id, s.program, s.answer, s.reasons, s.questions, f.held_by,
               CASE WHEN s.answer = 'not_met' THEN NULL ELSE r.rank END AS rank,
               {literal(release)}::said_release AS policy_release, {literal(on)} AS "on", f.held,
               (f.points + s.points)::INTEGER AS points
        FROM (
            SELECT person, points, id, NULL::said_holder AS held_by, NULL::said_held AS held
            FROM ({_person_by_person(programs, "NOT IN")})
            UNION ALL
            SELECT g.person, g.points, g.id, h.held_by::said_holder,
                   (CASE h.state {states} END)::said_held
            FROM ({_person_by_person(programs, "IN")}) AS g
            JOIN said AS t ON t.id = g.id
            LEFT JOIN held AS h ON h.person_id = g.person_id AND h.benefit = t.benefit
        ) AS f
        JOIN said AS s ON s.id = f.id
        LEFT JOIN said_ranks AS r ON r.score = f.points + s.points"""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A person's findings lie together, so little is left for a slower compression to find.
    done = engine.fetch(
        f"COPY ({query}) TO {literal(str(path))}"
        " (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 1000000)"
    )
    return int(done[0][0])


def _person_by_person(programs: int, holding: str) -> str:
    """One row a person and program with the id of its text, for people who hold something, or hold nothing."""
    ids = ", ".join(f"m{index}.id" for index in range(programs))
    joins = " ".join(
        f'JOIN (SELECT key, id FROM said_keys WHERE "index" = {index}) AS m{index} ON k.k{index} = m{index}.key'
        for index in range(programs)
    )
    return (
        f"SELECT k.person_id, p.person, k.points, unnest([{ids}]) AS id"
        f" FROM pattern_keys AS k JOIN person_key AS p USING (person_id) {joins}"
        f" WHERE k.person_id {holding} (SELECT person_id FROM held)"
    )
