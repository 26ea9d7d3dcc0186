"""`crosswalk network`: the directory of services out of and into Open Referral's format (HSDS 3)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crosswalk.cli.serve import hub_at
from crosswalk.cli.shared import DATA, AsJson, DataFolder, note, say, the_file
from crosswalk.core.basics import Refused


def register(app: typer.Typer) -> None:
    """Add `network import` and `network export`."""
    room = typer.Typer(help="The directory of services, from and to HSDS 3 files.", no_args_is_help=True)
    room.command("import", help="Bring a directory in: JSON, CSV tables, or a ZIP of either.")(bring_in)
    room.command("export", help="Write the directory: tables in a ZIP, or services as JSON.")(write_out)
    app.add_typer(room, name="network")


def bring_in(
    files: Annotated[list[Path], typer.Argument(help="The files of one directory.")],
    data: DataFolder = DATA,
    as_json: AsJson = False,
) -> None:
    """Read the files together, say what is wrong with its place, and bring the rest in; again changes nothing."""
    from crosswalk.core.formats.hsds import read

    directory = read([(path.name, the_file(path).read_bytes()) for path in files], delivery=files[0].name)
    with hub_at(data):
        from django.utils import timezone

        from crosswalk.hub.access.itself import Hub
        from crosswalk.hub.network.bringing import bring

        made = bring(directory, by=Hub(), at=timezone.now(), on=timezone.localdate())
    for one in [] if as_json else directory.problems[:50]:
        note(f"{one.file}:{one.row} {one.column}: {one.sentence} {one.fix}")
    summary = {
        "rows": directory.counts.as_dict(),
        "new": made.new,
        "changed": made.changed,
        "same": made.same,
        "problems": [one.as_dict() for one in directory.problems],
    }
    counts = directory.counts
    say(
        summary,
        as_json,
        lambda: (
            f"{counts.given} rows: {counts.accepted} accepted, {counts.rejected} rejected, {counts.duplicate} "
            f"duplicate. New services: {made.new.get('services', 0)}; problems: {len(directory.problems)}."
        ),
    )


def write_out(
    out: Annotated[Path, typer.Option("--out", help="A .zip for tables, a .json for services.")],
    data: DataFolder = DATA,
    as_json: AsJson = False,
) -> None:
    """Write what is in the network today. Addresses that protect people are not in it."""
    if out.suffix not in (".zip", ".json"):
        raise Refused("The file is neither .zip nor .json.", fix="Name it directory.zip or services.json.")
    from crosswalk.core.formats.hsds import as_json as services
    from crosswalk.core.formats.hsds import as_tables

    with hub_at(data):
        from django.utils import timezone

        from crosswalk.hub.network.telling import as_directory

        directory = as_directory(timezone.localdate())
    out.write_bytes(as_tables(directory) if out.suffix == ".zip" else services(directory))
    rows = {table: len(found) for table, found in directory.rows.items() if found}
    say({"out": str(out), "rows": rows}, as_json, lambda: f"{rows.get('service', 0)} services are in {out}.")
