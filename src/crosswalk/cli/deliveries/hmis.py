"""An HMIS export taken in: its typed tables built aside, and merged into the current state when it is let in."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from crosswalk.cli.deliveries.problems import publish_problems
from crosswalk.cli.deliveries.wish import Wish
from crosswalk.cli.store import Delivery, Store, sha256

#: The column engine's share while merging; with Python beside it a staging stays under 1 GB.
_MEMORY = "500MB"


def delivery_id(file: Path, _wish: Wish) -> str:
    """The same bytes are the same delivery."""
    return f"hmis-{sha256(file)[:12]}"


def build(store: Store, file: Path, wish: Wish, built: Path, delivery: str) -> dict[str, Any]:
    """Stage the export into `built`; what delivery.json says of it. Raises Refused."""
    from crosswalk.core.formats.hmis import stage
    from crosswalk.core.policy import shipped_folder

    held = store.current / "hmis"
    staged = stage(
        file,
        built,
        policy=shipped_folder(),
        delivery=delivery,
        held=held if held.exists() else None,
        tell=wish.tell,
    )
    export = staged.export
    return {
        "kind": "hmis",
        "source": export.source,
        "order": export.day.isoformat(),
        "start": export.start,
        "end": export.end,
        "is_full": export.is_full,
        "hashed": staged.hashed,
        "present": staged.present,
        "summary": staged.summary(delivery),
    }


def bring_up_to_date(store: Store) -> None:
    """Merge every delivery that the current state lacks: the new one, or one that a stopped command left behind."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.formats.hmis import CANONICAL, merge, read_layout
    from crosswalk.core.policy import shipped_folder

    deliveries = [_delivered(one) for one in store.deliveries("hmis")]
    marker = store.current / "merged_hmis.parquet"
    merged = pq.read_table(marker)["delivery"].to_pylist() if marker.exists() else []
    layout = read_layout(shipped_folder(), CANONICAL)
    for one in [one for one in deliveries if one.id not in merged]:
        current = store.current / "hmis"
        before = [other for other in deliveries if other.id in merged]
        with store.aside() as scratch:
            state = scratch / "state"
            with DuckEngine(memory=_MEMORY, scratch=scratch / "spill") as engine:
                merge(engine, layout, one, before, current if current.exists() else None, state / "hmis")
            merged.append(one.id)
            pq.write_table(pa.table({"delivery": merged}), state / marker.name)
            store.swap_current(state)
    publish_problems(store)


def _delivered(one: Delivery) -> Any:
    from crosswalk.core.formats.hmis import Delivered

    def day(name: str) -> date | None:
        return date.fromisoformat(one.facts[name]) if one.facts[name] else None

    return Delivered(
        id=one.id,
        folder=one.folder,
        source=one.facts["source"],
        exported=datetime.fromisoformat(one.facts["order"]),
        is_full=one.facts["is_full"],
        start=day("start"),
        end=day("end"),
        present=frozenset(one.facts["present"]),
    )
