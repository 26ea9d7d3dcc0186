"""`crosswalk stage members` and `crosswalk stage events`: take in a plan's file by a layout that is data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crosswalk.cli.shared import DATA, AsJson, DataFolder, LocalPolicy, say, the_day, the_file, working
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


@dataclass(frozen=True)
class _Arrival:
    """A file that came in: its layout, its content's hash, the day it speaks for if the caller said so."""

    file: Path
    layout: Layout
    digest: str
    as_of: date | None
    folders: list[Path]

    @property
    def delivery(self) -> str:
        """The same bytes read by the same layout are the same delivery."""
        both = hashlib.sha256((self.digest + self.layout.digest).encode()).hexdigest()
        return f"{self.layout.family}-{both[:12]}"


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

    if local_policy and not any(path.is_file() for path in local_policy.rglob("*")):
        raise Refused(
            "The local policy folder is not there or holds no file.",
            fix="Put entries into the same tree as policy/, such as layouts/members/<name>.yaml.",
            place=str(local_policy),
        )
    folders = [shipped_folder(), *([local_policy] if local_policy else [])]
    layout = read_layout(layout_name, family, folders)
    arrival = _Arrival(the_file(file), layout, sha256(file), the_day(as_of) if as_of else None, folders)
    store = Store(data)
    with store.locked(), working(f"Staging {file.name} …"):
        known = store.delivery(arrival.delivery)
        if known and arrival.as_of and known.facts["order"] != arrival.as_of.isoformat():
            raise Refused(
                f"This file was staged before, as of {known.facts['order']}.",
                fix="Leave --as-of away, or name that day.",
                place=file.name,
            )
        summary = {**known.facts["summary"], "repeated": True} if known else _deliver(store, arrival)
        _bring_up_to_date(store, family)
    say(summary, as_json, lambda: _in_words(summary, file.name))


def _deliver(store: Store, arrival: _Arrival) -> dict[str, Any]:
    """Build the delivery aside and move it into place; its summary."""
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.facts import catalogue
    from crosswalk.core.formats.plan_files import Call, open_grid, read_codes, stage

    file, layout, today = arrival.file, arrival.layout, the_day(None)
    codes = read_codes(arrival.folders).with_attestable(
        [fact.name for fact in catalogue().values() if fact.attestable]
    )
    members = store.current / "members.parquet"
    with store.aside() as scratch:
        built = scratch / "delivery"
        built.mkdir()
        # A file that speaks for a later day than today is not full of dates in the future.
        call = Call(arrival.delivery, file.name, built, max(today, arrival.as_of or today))
        with DuckEngine(memory=_MEMORY, scratch=scratch / "spill") as engine:
            staged = stage(
                open_grid(file, layout),
                layout,
                call,
                codes=codes,
                engine=engine,
                members=members if members.exists() else None,
            )
        store.keep_raw(file)
        store.add_delivery(
            built,
            {
                "delivery": arrival.delivery,
                "kind": layout.family,
                "source": sorted(f"plan:{plan}" for plan in staged.summary["plans"]),
                "sha256": arrival.digest,
                "file": file.name,
                "layout": layout.name,
                "layout_sha256": layout.digest,
                "order": str(arrival.as_of or staged.as_of or today),
                "summary": staged.summary,
            },
        )
    return staged.summary


def _bring_up_to_date(store: Store, family: str) -> None:
    """Merge every delivery that the current state lacks: the new one, or one that a stopped command left behind."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from crosswalk.cli.stage_hmis import publish_problems
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


def _in_words(summary: dict[str, Any], file: str) -> str:
    rows, problems = summary["rows"], summary["problems"]
    lines = [
        f"{file}: {rows['in']:,} rows read, {rows['accepted']:,} accepted, {rows['rejected']:,} rejected, "
        f"{rows['duplicate']:,} duplicate (layout {summary['layout']}{_mark(summary)}, delivery {summary['delivery']})."
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


def _mark(summary: dict[str, Any]) -> str:
    """The mark of a layout that nobody has checked against a plan's own specification."""
    confidence = summary["layout_confidence"]
    return "" if confidence == "verified" else f" [{confidence}]"
