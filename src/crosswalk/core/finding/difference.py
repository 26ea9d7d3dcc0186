"""What changed between two runs: new, lost and changed answers, and because of which fact, rule or delivery."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from crosswalk.core.engine import DuckEngine, literal
from crosswalk.core.finding.programs import NOTICES

#: How many changes are told one by one; all of them are in changes.parquet.
FIRST = 200


@dataclass(frozen=True)
class Run:
    """A finished find: its run.json and its folder; `persons` are those of the linkage it was made from."""

    facts: Mapping[str, Any]
    folder: Path
    persons: Path | None

    @property
    def deliveries(self) -> set[str]:
        """The deliveries it was made from."""
        return set(self.facts["inputs"]["deliveries"])


def run_at(folder: Path) -> Run:
    """The finished find in a folder of runs, with the persons that its linkage, a folder beside it, made."""
    facts = json.loads((folder / "run.json").read_text())
    linked = facts["inputs"]["linkage"]
    persons = folder.parent / linked / "persons.parquet" if linked else None
    return Run(facts, folder, persons if persons and persons.exists() else None)


@dataclass(frozen=True)
class Change:
    """One person and program whose answer, holder or reasons differ."""

    person_id: str
    program: str
    kind: str
    """`new` (now likely eligible), `lost` (no longer) or `changed`."""
    before: str
    after: str
    because: tuple[str, ...]
    """Kinds of cause: `fact:<column>`, `rule`, `holder`, `link`, `time`."""


def compare(engine: DuckEngine, before: Run, after: Run, aliases: Path | None, out: Path) -> dict[str, Any]:
    """Compare two runs; writes `changes.parquet` into `out` and gives the summary.

    Persons that got another id in between are compared under their new one. The answer to “because of what”
    is read from the reasons of both runs: a sentence whose answer differs names its fact.
    """
    _register(engine, before, after, aliases)
    regrouped = _regrouped(engine, before, after)
    rules = {
        code
        for code in {*before.facts["rules"], *after.facts["rules"]}
        if before.facts["rules"].get(code) != after.facts["rules"].get(code)
    }
    same_inputs = before.facts["inputs"] == after.facts["inputs"]
    changes = list(_changes(engine, rules, regrouped, same_inputs))
    out.mkdir(parents=True, exist_ok=True)
    engine.register("changes", _table(changes))
    engine.write_parquet("SELECT * FROM changes ORDER BY change, program, person_id", out / "changes.parquet")
    return _summary(before, after, rules, changes)


def _register(engine: DuckEngine, before: Run, after: Run, aliases: Path | None) -> None:
    """Views `was` and `now` over the findings of people of whom anything differs."""
    for name, run in (("all_was", before), ("all_now", after)):
        engine.register(name, run.folder / "findings.parquet")
    if aliases is not None:
        engine.register("aliases", aliases)
        engine.sql(
            "CREATE TABLE renamed AS SELECT old_person_id, max(new_person_id) AS new_person_id"
            " FROM aliases GROUP BY old_person_id"
        )
    else:
        engine.sql("CREATE TABLE renamed (old_person_id VARCHAR, new_person_id VARCHAR)")
    sign = "bit_xor(hash(program, answer, coalesce(held, ''), coalesce(held_by, ''), reasons))"
    for name in ("was", "now"):
        engine.sql(
            f"CREATE TABLE signs_{name} AS SELECT coalesce(r.new_person_id, f.person_id) AS person_id, {sign} AS sign"
            f" FROM all_{name} AS f LEFT JOIN renamed AS r ON r.old_person_id = f.person_id GROUP BY ALL"
        )
    engine.sql(
        "CREATE TABLE touched AS SELECT coalesce(w.person_id, n.person_id) AS person_id"
        " FROM signs_was AS w FULL JOIN signs_now AS n USING (person_id) WHERE w.sign IS DISTINCT FROM n.sign"
    )
    for name in ("was", "now"):
        engine.sql(
            f"CREATE TABLE {name} AS SELECT coalesce(r.new_person_id, f.person_id) AS person_id, f.program,"
            " f.answer, coalesce(f.held, '') AS held, coalesce(f.held_by, '') AS held_by, f.reasons, f.rank"
            f" FROM all_{name} AS f LEFT JOIN renamed AS r ON r.old_person_id = f.person_id"
            " SEMI JOIN touched AS t ON t.person_id = coalesce(r.new_person_id, f.person_id)"
        )


def _regrouped(engine: DuckEngine, before: Run, after: Run) -> set[str]:
    """People whose source records are others than before, by their newer id."""
    if before.persons is None or after.persons is None or before.persons == after.persons:
        return set()
    for name, run in (("people_was", before), ("people_now", after)):
        assert run.persons is not None
        engine.register(name, run.persons)
    rows = engine.fetch("""
        WITH was AS (SELECT coalesce(r.new_person_id, p.person_id) AS person_id, source, source_id
                     FROM people_was AS p LEFT JOIN renamed AS r ON r.old_person_id = p.person_id)
        SELECT DISTINCT coalesce(w.person_id, n.person_id)
        FROM was AS w FULL JOIN people_now AS n USING (person_id, source, source_id)
        WHERE w.source IS NULL OR n.source IS NULL""")
    return {str(row[0]) for row in rows}


def _changes(engine: DuckEngine, rules: set[str], regrouped: set[str], same_inputs: bool) -> Iterable[Change]:
    rows = engine.fetch("""
        SELECT coalesce(w.person_id, n.person_id), coalesce(w.program, n.program), coalesce(w.answer, 'absent'),
               coalesce(n.answer, 'absent'), w.held, n.held, w.held_by, n.held_by, w.reasons, n.reasons
        FROM was AS w FULL JOIN now AS n USING (person_id, program)
        WHERE (w.answer, w.held, w.held_by, w.reasons) IS DISTINCT FROM (n.answer, n.held, n.held_by, n.reasons)
        ORDER BY coalesce(n.rank, w.rank) NULLS LAST, 1, 2""")
    for person, program, was, now, held_was, held_now, by_was, by_now, reasons_was, reasons_now in rows:
        because = [f"fact:{fact}" for fact in differing(reasons_was or "[]", reasons_now or "[]")]
        if program in rules:
            because.append("rule")
        if (held_was, by_was) != (held_now, by_now):
            because.append("holder")
        if person in regrouped:
            because.append("link")
        if same_inputs and program not in rules:
            because.append("time")
        yield Change(person, program, _kind(was, now), was, now, tuple(because))


def _kind(was: str, now: str) -> str:
    if now == "met" and was != "met":
        return "new"
    return "lost" if was == "met" and now != "met" else "changed"


@lru_cache(maxsize=65536)
def differing(was: str, now: str) -> tuple[str, ...]:
    """The facts, by column, whose sentences have another answer in the newer reasons.

    `was` and `now` are the JSON of the column `reasons`. Facts told in both that turned over explain the change;
    only when there is none do facts count that one of the two tells.
    """
    before, after = _by_fact(was), _by_fact(now)
    turned = {
        fact
        for fact in {*before} & {*after}
        if any(after[fact].get(say, answer) != answer for say, answer in before[fact].items())
    }
    return tuple(sorted(turned or {*before} ^ {*after}))


@lru_cache(maxsize=65536)
def turned(was: str, now: str) -> tuple[tuple[str, str, str], ...]:
    """What turned over, in the words of the reasons: sentence, answer before, answer now.

    `was` and `now` are the JSON of the column `reasons`. Sentences told in both with another answer; only where there
    are none, those that the newer reasons alone tell, with an empty answer before.
    """
    before, after = _by_fact(was), _by_fact(now)
    told = [
        (say, before.get(fact, {}).get(say, ""), answer)
        for fact in differing(was, now)
        for say, answer in after.get(fact, {}).items()
    ]
    both = tuple(line for line in told if line[1] and line[1] != line[2])
    return both or tuple(line for line in told if not line[1])


def _by_fact(reasons: str) -> dict[str, dict[str, str]]:
    """For each fact its sentences with their answers."""
    found: dict[str, dict[str, str]] = {}
    for one in json.loads(reasons):
        if one["fact"] and one["answer"] not in NOTICES:
            found.setdefault(one["fact"], {})[one["say"]] = one["answer"]
    return found


def _table(changes: Sequence[Change]) -> pa.Table:
    columns = {
        "person_id": pa.array([one.person_id for one in changes], pa.string()),
        "program": pa.array([one.program for one in changes], pa.string()),
        "change": pa.array([one.kind for one in changes], pa.string()),
        "before": pa.array([one.before for one in changes], pa.string()),
        "after": pa.array([one.after for one in changes], pa.string()),
        "because": pa.array([list(one.because) for one in changes], pa.list_(pa.string())),
    }
    return pa.table(columns)


def _summary(before: Run, after: Run, rules: set[str], changes: Sequence[Change]) -> dict[str, Any]:
    programs: dict[str, Counter[str]] = {}
    because: Counter[str] = Counter()
    for one in changes:
        programs.setdefault(one.program, Counter())[one.kind] += 1
        because.update(one.because)
    kinds = Counter(one.kind for one in changes)
    told = sorted(changes, key=lambda one: ("new", "lost", "changed").index(one.kind))[:FIRST]
    return {
        "before": before.facts["run"],
        "after": after.facts["run"],
        "on": [before.facts["on"], after.facts["on"]],
        "policy": [before.facts["policy"]["release"], after.facts["policy"]["release"]],
        "rules_changed": sorted(rules),
        "deliveries_added": sorted(after.deliveries - before.deliveries),
        "deliveries_gone": sorted(before.deliveries - after.deliveries),
        **{kind: kinds[kind] for kind in ("new", "lost", "changed")},
        "programs": {
            code: {kind: counts[kind] for kind in ("new", "lost", "changed")}
            for code, counts in sorted(programs.items())
        },
        "because": dict(because.most_common()),
        "first": [
            {
                "person_id": one.person_id,
                "program": one.program,
                "change": one.kind,
                "before": one.before,
                "after": one.after,
                "because": list(one.because),
            }
            for one in told
        ],
    }


def values_of(engine: DuckEngine, run: Run, people: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The facts that a run kept of some people, by person and column."""
    path = run.folder / "values.parquet"
    listed = ", ".join(literal(one) for one in people)
    if not listed or not path.exists():
        return {}
    table = f"read_parquet({literal(str(path))})"
    columns = [row[0] for row in engine.fetch(f"DESCRIBE SELECT * FROM {table}")]
    rows = engine.fetch(f"SELECT * FROM {table} WHERE person IN ({listed})")
    return {row[columns.index("person")]: dict(zip(columns, row, strict=True)) for row in rows}
