"""Which pairs are looked at: rule by rule, on one number a rule, with guards against values that everybody shares."""

from __future__ import annotations

from collections import defaultdict
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
    by_right: dict[str, list[BlockingRule]] = defaultdict(list)
    for rule in rules:
        by_right[rule.right_key].append(rule)
    done = []
    for right, sharing in by_right.items():
        _hold(engine, left_keys, right_keys, right, sharing)
        for rule in sharing:
            cap = min(holders, rule.holders or holders)
            done.append(_pair(engine, left_keys, rule, cap, per_record * max(lefts, 1), within))
    engine.sql("CREATE OR REPLACE TEMP TABLE pairs AS SELECT DISTINCT l, r FROM found")
    engine.sql("DROP TABLE found")
    return done


def _hold(
    engine: DuckEngine, left_keys: str, right_keys: Path, right: str, rules: list[BlockingRule]
) -> None:
    """The table `held`: right records that share a key with some left record, with how many hold it."""
    asked = " UNION ".join(f"SELECT {rule.left_key} FROM {left_keys}" for rule in rules)
    engine.sql(
        f"""CREATE OR REPLACE TEMP TABLE held AS
        SELECT {right} AS key, rid::INTEGER AS r FROM read_parquet('{right_keys}') WHERE {right} IN ({asked})"""
    )
    engine.sql(
        "CREATE OR REPLACE TEMP TABLE holding AS SELECT key, count(*) AS holders FROM held GROUP BY key"
    )


def _pair(
    engine: DuckEngine, left_keys: str, rule: BlockingRule, holders: int, most: int, within: bool
) -> Blocked:
    """Add one rule's pairs to `found`, unless they are too many; values held by too many are left out."""
    lefts = (
        f"SELECT rid::INTEGER AS l, {rule.left_key} AS key FROM {left_keys} WHERE {rule.left_key} IS NOT NULL"
    )
    size, common = engine.fetch(
        f"""SELECT coalesce(sum(lefts * holders) FILTER (holders <= {holders}), 0), count(*) FILTER (holders > {holders})
        FROM (SELECT key, count(*) AS lefts FROM ({lefts}) GROUP BY key) JOIN holding USING (key)"""
    )[0]
    if size > most:
        return Blocked(rule.name, int(size), int(common), dropped=True)
    usual = f"SEMI JOIN (SELECT key FROM holding WHERE holders <= {holders}) USING (key)" if common else ""
    once = "AND a.l < h.r" if within else ""
    engine.sql(
        f"""INSERT INTO found SELECT a.l, h.r FROM (FROM ({lefts}) {usual}) AS a JOIN held AS h ON a.key = h.key {once}"""
    )
    return Blocked(rule.name, int(size), int(common), dropped=False)
