"""The distinct patterns of answers in a county: worked out in SQL, so that reasons are made once for each.

A county of a million people knows only some thousands of patterns. Each person's leaf answers are hashed for
each program; what cannot matter (entering rules of somebody outside the gate) is left out of the hash.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from crosswalk.core.engine import DuckEngine
from crosswalk.core.finding.held import wide_sql
from crosswalk.core.finding.programs import Decision
from crosswalk.core.finding.ranking import Ranking
from crosswalk.core.rules import Rule, Test, as_sql, as_sql_leaf, leaves


@dataclass(frozen=True)
class Pattern:
    """One pattern of one program: its key, one person who shows it, and how many share it by points."""

    key: int
    example: int
    answer: bool | None
    held: int
    companions: int
    people: dict[int, int]
    """Number of people by their points."""


class Patterns:
    """The SQL that turns `fact_table` and `held` into the table `pattern_keys`, and reads it."""

    def __init__(self, programs: Sequence[Decision], ranking: Ranking) -> None:
        self.programs, self.ranking = tuple(programs), ranking
        tests: dict[Test, str] = {}
        for program in programs:
            for rule in program.rules():
                for leaf in leaves(rule):
                    if leaf.test not in tests:
                        tests[leaf.test] = as_sql_leaf(leaf)
        self.tests = tests
        self.column = {test: f"l{index}" for index, test in enumerate(tests)}
        self.benefits = tuple(sorted({program.benefit for program in programs}))

    def measure(self, engine: DuckEngine) -> None:
        """Make `pattern_keys`: person_id, points, and for each program its answer, key, held and companions."""
        engine.sql(f"CREATE OR REPLACE TABLE pattern_keys AS {self._keys()}")

    def distinct(self, engine: DuckEngine, index: int) -> list[Pattern]:
        """The patterns of one program. Raises AssertionError if one pattern has two answers."""
        rows = engine.fetch(
            f"SELECT k{index}, points, count(*), min(person_id), min(coalesce(a{index}::TINYINT, 2)), "
            f"max(coalesce(a{index}::TINYINT, 2)), min(h{index}), min(c{index}) "
            f"FROM pattern_keys GROUP BY k{index}, points ORDER BY 4"
        )
        found: dict[int, Pattern] = {}
        for key, points, count, example, low, high, held, companions in rows:
            answer = (False, True, None)[low]
            known = found.setdefault(key, Pattern(key, example, answer, held, companions, {}))
            assert low == high, "one pattern of answers must have one answer"
            assert known.answer is answer, "one pattern of answers must have one answer"
            known.people[points] = count
        return list(found.values())

    def leaf_answers(
        self, engine: DuckEngine, tests: Sequence[Test], people: Sequence[int]
    ) -> dict[int, tuple[bool | None, ...]]:
        """The leaf answers of a few people, by person, in the order of `tests`."""
        columns = ", ".join(self.tests[test] for test in tests)
        engine.register("examples", pa.table({"person_id": pa.array(people, pa.int32())}))
        rows = engine.fetch(
            f"SELECT person_id, {columns} FROM fact_table SEMI JOIN examples USING (person_id)"
        )
        return {row[0]: tuple(row[1:]) for row in rows}

    # --- the query, in layers: leaves, parts, answers, companions, keys -------------------------------

    def _keys(self) -> str:
        each = list(enumerate(self.programs))
        parts = ", ".join(self._parts(index, program) for index, program in each)
        answers = ", ".join(f"(g{index} AND p{index} AND e{index}) AS a{index}" for index, _ in each)
        companions = ", ".join(f"{self._companions(index)} AS c{index}" for index, _ in each)
        keys = ", ".join(f"{self._key(index, program)} AS k{index}" for index, program in each)
        kept = ", ".join(
            f'a{index}, c{index}, "held {program.benefit}" AS h{index}' for index, program in each
        )
        return f"""
            SELECT person_id, points, {kept}, {keys}
            FROM (SELECT *, {companions} FROM (SELECT *, {answers} FROM (
                SELECT *, {parts} FROM ({self._leaves()}))))"""

    def _leaves(self) -> str:
        columns = ", ".join(f"{sql} AS {self.column[test]}" for test, sql in self.tests.items())
        held = ", ".join(f'coalesce(h."held {one}", 0) AS "held {one}"' for one in self.benefits)
        return f"""
            SELECT f.person_id, {self.ranking.person_sql()} AS points, {held},
                   coalesce(h.served_support, FALSE) AS served_support, {columns}
            FROM fact_table AS f LEFT JOIN ({wide_sql(self.benefits)}) AS h USING (person_id)"""

    def _over_leaves(self, rule: Rule) -> str:
        return as_sql(rule, leaf=lambda leaf: self.column[leaf.test])

    def _parts(self, index: int, program: Decision) -> str:
        about = "TRUE" if program.about is None else self._over_leaves(program.about)
        gate, enters = self._over_leaves(program.gate), self._over_leaves(program.enters)
        return f"{gate} AS g{index}, {about} AS p{index}, {enters} AS e{index}"

    def _companions(self, index: int) -> str:
        """Bits: 1 a support is served but not this care management, 2 the reverse, then one a named need."""
        program = self.programs[index]
        open_here = f'(a{index} AND "held {program.benefit}" = 0)'
        bits = []
        if program.benefit == "ecm":
            bits.append((1, f"{open_here} AND served_support"))
        elif "ecm" in self.benefits and program.benefit.startswith("cs."):
            bits.append((2, f'{open_here} AND "held ecm" = 1'))
        for place, other in enumerate(self.companions_of(program)):
            bits.append((4 << place, f'a{index} AND a{other} AND "held {self.programs[other].benefit}" = 0'))
        return " + ".join(f"CASE WHEN {when} THEN {bit} ELSE 0 END" for bit, when in bits) or "0"

    def companions_of(self, program: Decision) -> tuple[int, ...]:
        """The programs, by index, that usually go with one; those the edition does not have are left out."""
        at = {one.code: index for index, one in enumerate(self.programs)}
        return tuple(at[code] for code in program.program.needs if code in at)

    def _key(self, index: int, program: Decision) -> str:
        """One number for everything that the texts of this program depend on."""
        held = f'"held {program.benefit}"'
        gate = f"CASE WHEN g{index} THEN 0 ELSE {self._hash(program.gate)} END"
        about = "0" if program.about is None else self._hash(program.about)
        inside = ["3", gate, about, self._hash(program.enters), held, f"c{index}"]
        for notice in program.notices:
            told = f"{notice.counts_sql(f'a{index}')} AND {self._over_leaves(notice.when)}"
            inside.append(f"coalesce({told}, FALSE)")
        return (
            f"CASE WHEN NOT g{index} THEN hash(1, {self._hash(program.gate)}, {held}) "
            f"WHEN NOT p{index} THEN hash(2, {about}, {held}) "
            f"ELSE hash({', '.join(inside)}) END"
        )

    def _hash(self, rule: Rule) -> str:
        return f"hash({', '.join(self.column[leaf.test] for leaf in leaves(rule))})"
