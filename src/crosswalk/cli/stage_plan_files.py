"""`crosswalk stage members` and `crosswalk stage events`: take in a plan's file by a layout that is data."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crosswalk.cli.shared import DATA, AsJson, DataFolder, LocalPolicy, say, the_day, working
from crosswalk.cli.store import Delivery, Store, sha256
from crosswalk.core.basics import Refused

if TYPE_CHECKING:
    from crosswalk.core.formats.plan_files import Layout

PlanFile = Annotated[Path, typer.Argument(metavar="FILE", help="The plan's file, CSV or XLSX.")]
LayoutName = Annotated[
    str, typer.Option("--layout", help="Name of the layout that says which column is which.")
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", help="The day the file speaks for, YYYY-MM-DD; else what its layout finds, else today."
    ),
]

#: The column engine's share; with Python's own rows a staging stays under 1.5 GB.
_MEMORY = "900MB"


def register(stage_app: typer.Typer) -> None:
    """Add `members` and `events` to the group `stage`."""

    @stage_app.command()
    def members(
        file: PlanFile,
        layout: LayoutName = "canonical",
        as_of: AsOf = None,
        data: DataFolder = DATA,
        local_policy: LocalPolicy = None,
        as_json: AsJson = False,
    ) -> None:
        """Take in a plan's member file: one row a member and coverage span."""
        _stage("members", file, layout, as_of, data, local_policy, as_json)

    @stage_app.command()
    def events(
        file: PlanFile,
        layout: LayoutName = "canonical",
        as_of: AsOf = None,
        data: DataFolder = DATA,
        local_policy: LocalPolicy = None,
        as_json: AsJson = False,
    ) -> None:
        """Take in what happened to members: visits, stays, diagnoses, programs, authorizations, attestations."""
        _stage("events", file, layout, as_of, data, local_policy, as_json)


def _stage(
    family: str,
    file: Path,
    layout_name: str,
    as_of: str | None,
    data: Path,
    local_policy: Path | None,
    as_json: bool,
) -> None:
    from crosswalk.core.formats.plan_files import read_layout
    from crosswalk.core.policy import shipped_folder

    folders = [shipped_folder(), *([local_policy] if local_policy else [])]
    layout = read_layout(layout_name, family, folders)
    if not file.is_file():
        raise Refused("There is no such file.", fix="Check the path.", place=str(file))
    if file.stat().st_size == 0:
        raise Refused("The file is empty (0 bytes).", fix="Export it again.", place=file.name)
    store = Store(data)
    with store.locked(), working(f"Staging {file.name} …"):
        digest = sha256(file)
        delivery_id = f"{family}-{hashlib.sha256((digest + layout.digest).encode()).hexdigest()[:12]}"
        known = store.delivery(delivery_id)
        if known:
            summary = {**known.facts["summary"], "repeated": True}
            if as_of and as_of != known.facts["order"]:
                raise Refused(
                    f"This file was staged before, as of {known.facts['order']}.",
                    fix="Leave --as-of away, or name that day.",
                    place=file.name,
                )
        else:
            summary = _deliver(store, layout, file, delivery_id, digest, as_of, folders[0] / "codes")
        _bring_up_to_date(store, family)
    say(summary, as_json, lambda: _in_words(summary, file.name))


def _deliver(
    store: Store, layout: Layout, file: Path, delivery_id: str, digest: str, as_of: str | None, codes: Path
) -> dict[str, Any]:
    """Build the delivery aside and move it into place; its summary."""
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.formats.plan_files import Call, open_grid, stage

    today = the_day(None)
    stated = the_day(as_of) if as_of else None
    known_members = store.current / "members.parquet"
    with store.aside() as scratch:
        built = scratch / "delivery"
        built.mkdir()
        call = Call(delivery_id, file.name, built, max(today, stated) if stated else today)
        with DuckEngine(memory=_MEMORY, scratch=scratch / "spill") as engine:
            staged = stage(
                open_grid(file, layout),
                layout,
                call,
                codes=codes,
                engine=engine,
                members=known_members if known_members.exists() else None,
            )
        store.keep_raw(file)
        store.add_delivery(
            built,
            {
                "delivery": delivery_id,
                "kind": layout.family,
                "source": sorted(f"plan:{plan}" for plan in staged.summary["plans"]),
                "sha256": digest,
                "file": file.name,
                "layout": layout.name,
                "layout_sha256": layout.digest,
                "order": str(stated or staged.as_of or today),
                "summary": staged.summary,
            },
        )
    return staged.summary


def _bring_up_to_date(store: Store, family: str) -> None:
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
    _publish_problems(store)


def _age(delivery: Delivery) -> tuple[str, int]:
    """Older and newer: by the day a delivery speaks for, then by the order of arrival."""
    return str(delivery.facts["order"]), delivery.sequence


def _publish_problems(store: Store) -> None:
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
    rows, problems = summary["rows"], summary["problems"]
    lines = [
        f"{file}: {rows['in']:,} rows read, {rows['accepted']:,} accepted, {rows['rejected']:,} rejected, "
        f"{rows['duplicate']:,} duplicate (layout {summary['layout']}, delivery {summary['delivery']})."
    ]
    if summary.get("repeated"):
        lines.append("This file was staged before; nothing was changed.")
    lines += [f"  {plan}: {count:,} rows" for plan, count in summary["plans"].items()]
    if problems["error"] or problems["warning"]:
        lines.append(
            f"{problems['error']:,} errors and {problems['warning']:,} warnings; see latest/problems.parquet:"
        )
        lines += [f"  {code}: {count:,}" for code, count in summary["codes"].items()]
    if summary["unknown_columns"]:
        lines.append("Columns kept that the layout does not know: " + ", ".join(summary["unknown_columns"]))
    return "\n".join(lines)
