"""`crosswalk stage hmis`: take in an HMIS export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from crosswalk.cli.shared import DATA, AsJson, DataFolder, Wait, say, the_file, working
from crosswalk.cli.store import Store


def register(stage_app: typer.Typer) -> None:
    """Add `hmis` to the group `stage`."""

    @stage_app.command()
    def hmis(
        file: Annotated[Path, typer.Argument(metavar="FILE.zip", help="The HUD HMIS CSV export, a ZIP.")],
        data: DataFolder = DATA,
        wait: Wait = False,
        as_json: AsJson = False,
    ) -> None:
        """Take in a HUD HMIS CSV export (FY2024 or FY2026): typed tables, and what is wrong with it."""
        from crosswalk.cli.deliveries import Wish, take_in

        store = Store(data)
        the_file(file)
        with store.locked(), working(f"Staging {file.name} …"):
            taken = take_in(store, file, Wish("hmis", wait=wait))
        summary = taken.summary()
        say(summary, as_json, lambda: _in_words(summary, file.name))


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
