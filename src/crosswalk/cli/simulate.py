"""`crosswalk simulate county`: an invented county to try everything on, with the truth beside it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from crosswalk.cli.shared import AsJson, say, the_day, working
from crosswalk.core.basics import Refused

DAY = date(2026, 11, 1)

simulate = typer.Typer(help="Make up a county.", no_args_is_help=True)


@simulate.callback()
def door() -> None:
    """Make up a county, with the truth beside it."""


@simulate.command()
def county(
    people: Annotated[
        int, typer.Option("--people", min=1, help="People whom the homeless response system knows.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder to write into; made when it is not there.")],
    seed: Annotated[int, typer.Option("--seed", help="The same seed and arguments give the same bytes.")] = 1,
    members: Annotated[
        int | None,
        typer.Option("--members", min=0, help="Members of the two plans (default: five times --people)."),
    ] = None,
    on: Annotated[str, typer.Option("--on", help="The day of the exports, YYYY-MM-DD.")] = DAY.isoformat(),
    defects: Annotated[
        bool, typer.Option("--defects", help="Also plant mistakes in the HMIS export and say where.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write an invented county: an HMIS export, member and event files of two plans, and the truth.

    Nobody in it is real: names are drawn from short lists, phone numbers are fictitious, and Social Security
    numbers come from areas that were never given out before 2011.
    """
    summary = make(out, people=people, members=members, seed=seed, on=the_day(on), defects=defects)
    say(summary, as_json, lambda: in_words(summary))


def make(
    out: Path, *, people: int, members: int | None, seed: int, on: date, defects: bool = False
) -> dict[str, Any]:
    """Make the county aside and move its files into `out`; the summary."""
    from crosswalk.core.policy import shipped_folder
    from crosswalk.core.simulation import make_county

    if out.exists() and not out.is_dir():
        raise Refused(f"{out} is a file.", fix="Name a folder with --out.")
    out.mkdir(parents=True, exist_ok=True)
    aside = out / ".building"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        with working(f"Making up a county of {people:,} people without a home …"):
            made = make_county(
                aside,
                layout=shipped_folder() / "layouts" / "hmis" / "2026.csv",
                people_wanted=people,
                members_wanted=5 * people if members is None else members,
                seed=seed,
                on=on,
                defects=defects,
            )
        for path in sorted(aside.iterdir()):
            path.replace(out / path.name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return {"out": str(out), "seed": seed, "on": on.isoformat(), **made.as_dict()}


def in_words(summary: dict[str, Any]) -> str:
    """The summary as a person reads it."""
    members, events = summary["members"], summary["events"]
    lines = [
        f"An invented county lies in {summary['out']}.",
        f"  hmis.zip: {summary['people']:,} people in {summary['client_records']:,} client records, "
        f"{summary['tables']['Enrollment']:,} enrollments",
        *(
            f"  members_{plan}.csv: {members[plan]:,} rows; events_{plan}.csv: {events[plan]:,} rows"
            for plan in sorted(members)
        ),
        f"  truth: who is who, and {summary['planted']['answers']} planted answers about "
        f"{summary['planted']['people']} people in {summary['planted']['cases']} stories",
        f"Next: crosswalk stage hmis {summary['out']}/hmis.zip",
    ]
    return "\n".join(lines)


def register(app: typer.Typer) -> None:
    """Add `crosswalk simulate`."""
    app.add_typer(simulate, name="simulate")
