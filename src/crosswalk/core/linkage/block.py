"""Which pairs are looked at: rule by rule, on one number a rule, with guards against values that everybody shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
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


@dataclass(frozen=True)
class Search:
    """Where to look: the left and right files' keys, the caps of reference §3.3, and what was already found costly.

    `within` is a file against itself: each pair once, no record with itself. `left_out` are rules not to use.
    """

    left_keys: Path
    right_keys: Path
    holders: int
    per_record: int
    within: bool = False
    left_out: frozenset[str] = frozenset()


def block(
    engine: DuckEngine,
    search: Search,
    rules: Sequence[BlockingRule],
    *,
    only_left: str | None = None,
    only_right: str | None = None,
    add: bool = False,
) -> list[Blocked]:
    """Fill the table `pairs` (l, r) with every distinct pair that some rule brings together.

    `only_left` and `only_right` name tables of record numbers (rid) to which the search is confined: a day's new
    records; no rule is then dropped for its cost. `add` keeps the pairs that are there.
    """
    lefts = f"read_parquet('{search.left_keys}')"
    if only_left:
        lefts = f"(FROM {lefts} SEMI JOIN {only_left} USING (rid))"
    confined = bool(only_left or only_right)
    if only_left:
        engine.sql(f"CREATE OR REPLACE TEMP TABLE asking AS FROM {lefts}")
        lefts = "asking"
    asking = int(engine.fetch(f"SELECT count(*) FROM {lefts}")[0][0])
    if not asking:
        engine.sql(
            f"CREATE {'TEMP TABLE IF NOT EXISTS' if add else 'OR REPLACE TEMP TABLE'} pairs (l INTEGER, r INTEGER)"
        )
        return []
    most = search.per_record * asking
    engine.sql("CREATE OR REPLACE TEMP TABLE found (l INTEGER, r INTEGER)")
    by_right: dict[str, list[BlockingRule]] = defaultdict(list)
    for rule in rules:
        if rule.name not in search.left_out:
            by_right[rule.right_key].append(rule)
    done = []
    for sharing in by_right.values():
        _hold(engine, lefts, search, sharing)
        for rule in sharing:
            done.append(_pair(engine, lefts, search, rule, None if confined else most, only_right))
    engine.sql("DROP TABLE held")
    ends = "least(l, r) AS l, greatest(l, r) AS r" if search.within else "l, r"
    before = "UNION SELECT l, r FROM pairs" if add else ""
    engine.sql(f"CREATE OR REPLACE TEMP TABLE pairs AS SELECT DISTINCT {ends} FROM found {before}")
    engine.sql("DROP TABLE found")
    return done


def _hold(engine: DuckEngine, lefts: str, search: Search, rules: list[BlockingRule]) -> None:
    """The table `held`: right records that share a key with some left record; `holding`: how many share each."""
    right = rules[0].right_key
    asked = " UNION ".join(f"SELECT {rule.left_key} FROM {lefts}" for rule in rules)
    if search.within:
        # Against itself every key is asked for; only those that two records hold can bring anything.
        asked = f"SELECT {right} FROM read_parquet('{search.right_keys}') GROUP BY ALL HAVING count(*) > 1"
    engine.sql(
        f"""CREATE OR REPLACE TEMP TABLE held AS
        SELECT {right} AS key, rid::INTEGER AS r FROM read_parquet('{search.right_keys}') WHERE {right} IN ({asked})"""
    )
    engine.sql(
        "CREATE OR REPLACE TEMP TABLE holding AS SELECT key, count(*) AS holders FROM held GROUP BY key"
    )


def _pair(
    engine: DuckEngine,
    lefts: str,
    search: Search,
    rule: BlockingRule,
    most: int | None,
    only_right: str | None,
) -> Blocked:
    """Add one rule's pairs to `found`, unless they are too many; values held by too many are left out."""
    cap = min(search.holders, rule.holders or search.holders)
    asked = f"SELECT rid::INTEGER AS l, {rule.left_key} AS key FROM {lefts} WHERE {rule.left_key} IS NOT NULL"
    size, common = engine.fetch(
        f"""SELECT coalesce(sum(lefts * holders) FILTER (holders <= {cap}), 0), count(*) FILTER (holders > {cap})
        FROM (SELECT key, count(*) AS lefts FROM ({asked}) GROUP BY key) JOIN holding USING (key)"""
    )[0]
    if most is not None and size > most:
        return Blocked(rule.name, int(size), int(common), dropped=True)
    usual = f"SEMI JOIN (SELECT key FROM holding WHERE holders <= {cap}) USING (key)" if common else ""
    held = f"(FROM held SEMI JOIN {only_right} AS o ON o.rid = held.r)" if only_right else "held"
    other = "AND a.l <> h.r" if search.within else ""
    lefts = f"(FROM ({asked}) {usual})"
    engine.sql(
        f"INSERT INTO found SELECT a.l, h.r FROM {lefts} AS a JOIN {held} AS h ON a.key = h.key {other}"
    )
    return Blocked(rule.name, int(size), int(common), dropped=False)
