"""`crosswalk stage hmis`: take in an HMIS export."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from crosswalk.cli.shared import DATA, AsJson, DataFolder, say, the_file, working
from crosswalk.cli.store import Delivery, Store, sha256

#: The column engine's share while merging; with Python beside it a staging stays under 1 GB.
_MEMORY = "500MB"


def register(stage_app: typer.Typer) -> None:
    """Add `hmis` to the group `stage`."""

    @stage_app.command()
    def hmis(
        file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="The HUD HMIS CSV export, a ZIP.")],
        data: DataFolder = DATA,
        as_json: AsJson = False,
    ) -> None:
        """Take in a HUD HMIS CSV export (FY2024 or FY2026): typed tables, and what is wrong with it."""
        store = Store(data)
        the_file(file)
        with store.locked(), working(f"Staging {file.name} …"):
            summary = _deliver(store, file)
            _bring_up_to_date(store)
        say(summary, as_json, lambda: _in_words(summary, file.name))


def _deliver(store: Store, file: Path) -> dict[str, Any]:
    """Build the delivery aside and move it into place; its summary."""
    from crosswalk.core.formats.hmis import stage
    from crosswalk.core.policy import shipped_folder

    digest = sha256(file)
    delivery_id = f"hmis-{digest[:12]}"
    if known := store.delivery(delivery_id):
        return {**known.facts["summary"], "repeated": True}
    held = store.current / "hmis"
    with store.aside() as scratch:
        built = scratch / "delivery"
        built.mkdir()
        staged = stage(
            file,
            built,
            policy=shipped_folder(),
            delivery=delivery_id,
            held=held if held.exists() else None,
        )
        store.keep_raw(file)
        export = staged.export
        store.add_delivery(
            built,
            {
                "delivery": delivery_id,
                "kind": "hmis",
                "source": export.source,
                "sha256": digest,
                "file": file.name,
                "order": export.day.isoformat(),
                "start": export.start,
                "end": export.end,
                "is_full": export.is_full,
                "hashed": staged.hashed,
                "present": staged.present,
                "summary": staged.summary(delivery_id),
            },
        )
    return staged.summary(delivery_id)


def _bring_up_to_date(store: Store) -> None:
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


def _in_words(summary: dict[str, Any], file: str) -> str:
    lines = [f"{file}: {summary['version']} export of {summary['source']} (delivery {summary['delivery']})."]
    if summary.get("repeated"):
        lines.append("This file was staged before; nothing was changed.")
    if summary["hashed"]:
        lines.append("Names and Social Security Numbers are hashed; people can be matched only roughly.")
    lines.append(f"{'':24}{'rows in':>12}{'accepted':>12}{'rejected':>12}{'duplicate':>12}")
    for name, rows in summary["tables"].items():
        if rows["in"]:
            lines.append(
                f"{name:24}{rows['in']:>12,}{rows['accepted']:>12,}{rows['rejected']:>12,}{rows['duplicate']:>12,}"
            )
    problems = summary["problems"]
    if problems["error"] or problems["warning"]:
        lines.append(
            f"{problems['error']:,} errors, {problems['warning']:,} warnings; see latest/problems.parquet:"
        )
        lines += [f"  {code}: {count:,}" for code, count in summary["codes"].items()]
    return "\n".join(lines)
