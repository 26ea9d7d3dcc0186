"""`crosswalk stage members` and `crosswalk stage events`: take in a plan's file by a layout that is data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from crosswalk.cli.shared import DATA, AsJson, DataFolder, LocalPolicy, Wait, say, the_day, the_file, working
from crosswalk.cli.store import Store
from crosswalk.core.basics import Refused

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


def register(stage_app: typer.Typer) -> None:
    """Add `members` and `events` to the group `stage`."""

    @stage_app.command()
    def members(
        file: PlanFile,
        layout: LayoutName = "canonical",
        as_of: AsOf = None,
        data: DataFolder = DATA,
        local_policy: LocalPolicy = None,
        wait: Wait = False,
        as_json: AsJson = False,
    ) -> None:
        """Take in a plan's member file: one row a member and coverage span."""
        _stage("members", file, layout, as_of, data, local_policy, wait, as_json)

    @stage_app.command()
    def events(
        file: PlanFile,
        layout: LayoutName = "canonical",
        as_of: AsOf = None,
        data: DataFolder = DATA,
        local_policy: LocalPolicy = None,
        wait: Wait = False,
        as_json: AsJson = False,
    ) -> None:
        """Take in what happened to members: visits, stays, diagnoses, programs, authorizations, attestations."""
        _stage("events", file, layout, as_of, data, local_policy, wait, as_json)


def _stage(
    family: str,
    file: Path,
    layout_name: str,
    as_of: str | None,
    data: Path,
    local_policy: Path | None,
    wait: bool,
    as_json: bool,
) -> None:
    from crosswalk.cli.deliveries import Wish, take_in
    from crosswalk.core.policy import shipped_folder

    if local_policy and not any(path.is_file() for path in local_policy.rglob("*")):
        raise Refused(
            "The local policy folder is not there or holds no file.",
            fix="Put entries into the same tree as policy/, such as layouts/members/<name>.yaml.",
            place=str(local_policy),
        )
    folders = [shipped_folder(), *([local_policy] if local_policy else [])]
    day = the_day(as_of) if as_of else None
    wish = Wish(family, layout=layout_name, as_of=day, folders=folders, wait=wait)
    store = Store(data)
    with store.locked(), working(f"Staging {the_file(file).name} …"):
        summary = take_in(store, file, wish).summary()
    say(summary, as_json, lambda: _in_words(summary, file.name))


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
