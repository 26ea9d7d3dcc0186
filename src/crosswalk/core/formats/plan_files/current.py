"""What holds now: the newest statement about each coverage span and each event, whatever the order of arrival."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from crosswalk.core.engine import DuckEngine
from crosswalk.core.formats.plan_files.cells import quoted
from crosswalk.core.formats.plan_files.staging import CURRENT, SORTED

_KEYS = {"members": ("plan", "cin", "coverage_from"), "events": ("plan", "event_id")}


def merge(
    engine: DuckEngine, family: str, staged: Path, current: Path | None, ages: Mapping[str, int], into: Path
) -> None:
    """Write the new current state of a family.

    `staged` is a delivery's Parquet, `current` the state so far (None: nothing yet), `ages` each delivery's place
    in time (1 = oldest), by delivery id. For one key the row of the newest delivery stays, whichever came first.
    A member row is `in_newest` when it is from the newest delivery of its plan; people whom that file no longer
    names stay, with `in_newest` false.
    """
    if current is None:
        # A delivery is sorted and all of it is newest: the same bytes are the first state.
        into.hardlink_to(staged)
        return
    engine.register("age", pa.table({"delivery": list(ages), "age": pa.array(ages.values(), pa.int32())}))
    engine.register("incoming", staged)
    engine.register("so_far", current)
    keys = ", ".join(_KEYS[family])
    source = f"{_newer_than(keys, 'so_far', 'incoming')} UNION ALL BY NAME {_newer_than(keys, 'incoming', 'so_far')}"
    columns = ", ".join(
        "delivery = newest AS in_newest" if name == "in_newest" else quoted(name)
        for name, _ in CURRENT[family]
    )
    joined = ""
    if family == "members":
        everyone = "SELECT plan, delivery FROM incoming UNION SELECT plan, delivery FROM so_far"
        joined = (
            f" JOIN (SELECT plan, arg_max(delivery, age) AS newest FROM ({everyone})"
            " JOIN age USING (delivery) GROUP BY plan) USING (plan)"
        )
    engine.write_parquet(f"SELECT {columns} FROM ({source}){joined} ORDER BY {SORTED[family]}", into)


def _newer_than(keys: str, these: str, those: str) -> str:
    """Rows of `these` that no row of `those` with the same key outdates."""
    same = " AND ".join(f"a.{key} = b.{key}" for key in keys.split(", "))
    aged = f"(SELECT {keys}, age FROM {those} JOIN age USING (delivery))"
    return (
        f"SELECT a.* EXCLUDE (age) FROM (SELECT * FROM {these} JOIN age USING (delivery)) a"
        f" ANTI JOIN {aged} b ON {same} AND b.age > a.age"
    )
