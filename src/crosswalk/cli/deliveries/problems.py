"""The problems of all deliveries that are in, as one file to look them up in."""

from __future__ import annotations

from crosswalk.cli.store import Store

_MEMORY = "500MB"


def publish_problems(store: Store) -> None:
    """Rebuild latest/problems.parquet from every delivery, in one step."""
    from crosswalk.core.engine import DuckEngine

    found = [path for one in store.deliveries() if (path := one.folder / "problems.parquet").exists()]
    with store.aside() as scratch, DuckEngine(memory=_MEMORY, scratch=scratch / "spill") as engine:
        engine.register("every", found)
        engine.write_parquet(
            "SELECT * FROM every ORDER BY delivery, file, row, code", scratch / "problems.parquet"
        )
        store.latest.mkdir(parents=True, exist_ok=True)
        (scratch / "problems.parquet").replace(store.latest / "problems.parquet")
