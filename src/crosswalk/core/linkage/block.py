"""Which pairs are looked at: rule by rule, on one number a rule, with guards against values that everybody shares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage.settings import BlockingRule


@dataclass(frozen=True)
class Blocked:
    """What one rule gave: pairs, and how many common values were left out; `dropped` says the rule was too costly."""

    rule: str
    pairs: int
    common_values: int
    dropped: bool


def block(
    engine: DuckEngine,
    left_keys: str,
    right_keys: Path,
    rules: Iterable[BlockingRule],
    *,
    holders: int,
    per_record: int,
    within: bool = False,
) -> list[Blocked]:
    """Fill the table `pairs` (l, r) with every distinct pair that some rule brings together.

    `left_keys` is a table or query of keys, `right_keys` the other file's key file. `holders` and `per_record` are
    the caps of reference §3.3. `within` is a file against itself: each pair once, no record with itself.
    """
    lefts = int(engine.fetch(f"SELECT count(*) FROM {left_keys}")[0][0])
    engine.sql("CREATE OR REPLACE TEMP TABLE found (l INTEGER, r INTEGER)")
    done = [
        _one_rule(engine, left_keys, right_keys, rule, holders, per_record * max(lefts, 1), within)
        for rule in rules
    ]
    engine.sql("CREATE OR REPLACE TEMP TABLE pairs AS SELECT DISTINCT l, r FROM found")
    engine.sql("DROP TABLE found")
    return done


def _one_rule(
    engine: DuckEngine,
    left_keys: str,
    right_keys: Path,
    rule: BlockingRule,
    holders: int,
    most: int,
    within: bool,
) -> Blocked:
    left, right = (rule.name + end for end in (("_b", "_b") if rule.left == rule.right else ("_l", "_r")))
    engine.sql(
        f"""CREATE OR REPLACE TEMP TABLE held AS
        SELECT {right} AS key, rid::INTEGER AS r FROM read_parquet('{right_keys}')
        WHERE {right} IN (SELECT {left} FROM {left_keys})"""
    )
    common = int(
        engine.fetch(f"SELECT count(*) FROM (SELECT key FROM held GROUP BY key HAVING count(*) > {holders})")[
            0
        ][0]
    )
    if common:
        engine.sql(
            f"DELETE FROM held WHERE key IN (SELECT key FROM held GROUP BY key HAVING count(*) > {holders})"
        )
    once = "AND k.rid < h.r" if within else ""
    joined = f"FROM {left_keys} AS k JOIN held AS h ON k.{left} = h.key {once}"
    pairs = int(engine.fetch(f"SELECT count(*) {joined}")[0][0])
    if pairs > most:
        return Blocked(rule.name, pairs, common, dropped=True)
    engine.sql(f"INSERT INTO found SELECT k.rid::INTEGER, h.r {joined}")
    return Blocked(rule.name, pairs, common, dropped=False)
