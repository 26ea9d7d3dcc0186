"""What was told by which file: the day each member file speaks for, its plan's last two, and tables nobody sent yet."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from crosswalk.cli.deliveries.taking_in import sources
from crosswalk.cli.store import Delivery, Store
from crosswalk.core.engine import DuckEngine
from crosswalk.core.formats.hmis import CANONICAL, read_layout
from crosswalk.core.formats.hmis.table import schema_of
from crosswalk.core.policy import shipped_folder
from crosswalk.core.records import CURRENT_EVENTS, CURRENT_MEMBERS


def register_told(engine: DuckEngine, store: Store) -> None:
    """Register `told` (plan, delivery, day, sequence) and `told_members`, the rows of each plan's last two files."""
    every = sorted(store.deliveries("members"), key=_age)
    told = [(source.partition(":")[2], one) for one in every for source in sources(one)]
    engine.register(
        "told",
        pa.table(
            {
                "plan": pa.array([plan for plan, _ in told], pa.string()),
                "delivery": pa.array([one.id for _, one in told], pa.string()),
                "day": pa.array([_day(one) for _, one in told], pa.date32()),
                "sequence": pa.array([one.sequence for _, one in told], pa.int32()),
            }
        ),
    )
    last: dict[str, list[Delivery]] = {}
    for plan, one in told:
        last[plan] = [*last.get(plan, [])[-1:], one]
    files = {one.id: one.folder / "members.parquet" for two in last.values() for one in two}
    if files:
        engine.register("told_members", list(files.values()))
    else:
        register_nothing(engine, "told_members", "members")


def register_nothing(engine: DuckEngine, name: str, table: str) -> None:
    """Register a table of the current state that was not sent yet, without a row."""
    current = {"members": CURRENT_MEMBERS, "events": CURRENT_EVENTS}.get(table)
    if current is None:
        canonical = read_layout(shipped_folder(), CANONICAL).tables[table]
        engine.register(name, schema_of(canonical).empty_table())
        return
    columns = ", ".join(f'CAST(NULL AS {kind}) AS "{column}"' for column, kind in current)
    engine.sql(f"CREATE VIEW {name} AS SELECT {columns} LIMIT 0")


def _age(one: Delivery) -> tuple[str, int]:
    return str(one.facts["order"]), one.sequence


def _day(one: Delivery) -> date:
    return date.fromisoformat(str(one.facts["order"])[:10])
