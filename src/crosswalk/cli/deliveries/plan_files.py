"""A plan's file taken in by a layout that is data: its rows built aside, and merged when it is let in."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from crosswalk.cli.deliveries.problems import publish_problems
from crosswalk.cli.deliveries.wish import Wish
from crosswalk.cli.store import Delivery, Store, sha256

#: The column engine's share; with Python's own rows a staging stays under 1.5 GB.
_MEMORY = "900MB"


def delivery_id(file: Path, wish: Wish) -> str:
    """The same bytes read by the same layout are the same delivery."""
    both = hashlib.sha256((sha256(file) + _layout(wish).digest).encode()).hexdigest()
    return f"{wish.kind}-{both[:12]}"


def _layout(wish: Wish) -> Any:
    from crosswalk.core.formats.plan_files import read_layout

    return read_layout(wish.layout, wish.kind, wish.folders)


def build(store: Store, file: Path, wish: Wish, built: Path, delivery: str) -> dict[str, Any]:
    """Stage the file into `built`; what delivery.json says of it. Raises Refused."""
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.facts import catalogue
    from crosswalk.core.formats.plan_files import Call, open_grid, read_codes, stage

    layout, today = _layout(wish), _today()
    codes = read_codes(wish.folders).with_attestable(
        [fact.name for fact in catalogue().values() if fact.attestable]
    )
    members = store.current / "members.parquet"
    # A file that speaks for a later day than today is not full of dates in the future.
    call = Call(delivery, file.name, built, max(today, wish.as_of or today), wish.tell)
    with DuckEngine(memory=_MEMORY, scratch=built.parent / "spill") as engine:
        staged = stage(
            open_grid(file, layout),
            layout,
            call,
            codes=codes,
            engine=engine,
            members=members if members.exists() else None,
        )
    return {
        "kind": layout.family,
        "source": sorted(f"plan:{plan}" for plan in staged.summary["plans"]),
        "layout": layout.name,
        "layout_sha256": layout.digest,
        "order": str(wish.as_of or staged.as_of or today),
        "summary": staged.summary,
    }


def _today() -> date:
    return datetime.now().astimezone().date()


def bring_up_to_date(store: Store, family: str) -> None:
    """Merge every delivery that the current state lacks: the new one, or one that a stopped command left behind."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.formats.plan_files import merge

    deliveries = store.deliveries(family)
    ages = {one.id: age for age, one in enumerate(sorted(deliveries, key=_age), start=1)}
    marker = store.current / f"merged_{family}.parquet"
    merged = set(pq.read_table(marker)["delivery"].to_pylist()) if marker.exists() else set()
    for delivery in [one for one in deliveries if one.id not in merged]:
        # Before the merge: if this command is stopped here, the next one finds the delivery unmerged and does both.
        publish_problems(store)
        current = store.current / f"{family}.parquet"
        with store.aside() as scratch:
            state = scratch / "state"
            state.mkdir()
            with DuckEngine(memory=_MEMORY, scratch=scratch / "spill") as engine:
                merge(
                    engine,
                    family,
                    delivery.folder / f"{family}.parquet",
                    current if current.exists() else None,
                    ages,
                    state / f"{family}.parquet",
                )
            merged.add(delivery.id)
            pq.write_table(pa.table({"delivery": sorted(merged)}), state / marker.name)
            store.swap_current(state)


def _age(delivery: Delivery) -> tuple[str, int]:
    """Older and newer: by the day a delivery speaks for, then by the order of arrival."""
    return str(delivery.facts["order"]), delivery.sequence
