"""`crosswalk backup` and `crosswalk restore`: a copy of everything in one file, and the proof that it can come back."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crosswalk.cli.shared import DATA, AsJson, DataFolder, say, working
from crosswalk.core.basics import Refused

if TYPE_CHECKING:
    from crosswalk.hub.site.restore import Restored


def register(app: typer.Typer) -> None:
    """Add `backup` and `restore`."""
    app.command("backup", help="Copy the database and the files of the hub into one file, as of one moment.")(
        backup
    )
    app.command("restore", help="Bring a backup back, or with --drill prove that it can come back.")(restore)


def backup(
    data: DataFolder = DATA,
    keep: Annotated[int, typer.Option("--keep", min=1, help="How many backups stay.")] = 14,
    as_json: AsJson = False,
) -> None:
    """Make one backup; the hub may go on serving meanwhile."""
    from crosswalk.cli.serve import the_site
    from crosswalk.hub.site.backup import backup as make

    with working("Copying the database and the files …"):
        made = make(the_site(data, False), at=datetime.now(UTC), keep=keep)
    summary = {
        "backup": str(made.path),
        "bytes": made.bytes,
        "files": made.files,
        "rows": made.rows,
        "journal_entries": made.entries,
        "seconds": round(made.seconds, 1),
    }
    words = (
        f"{made.path}: {made.rows:,} rows, {made.files:,} files, {made.bytes / 1e6:,.1f} MB,"
        f" {made.entries:,} entries of the journal, in {made.seconds:.1f} s.\n"
        "It holds health information and is not encrypted: keep it on an encrypted disk, and a copy elsewhere."
    )
    say(summary, as_json, lambda: words)


def restore(
    backup: Annotated[Path | None, typer.Argument(help="The backup; left out: the newest.")] = None,
    data: DataFolder = DATA,
    drill: Annotated[
        bool,
        typer.Option("--drill", help="In a place of its own: check everything, report, and remove it again."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring a backup back into the empty folder of --data; with --drill the folder stays as it is."""
    from crosswalk.cli.serve import the_site
    from crosswalk.hub.site import restore as back

    site = the_site(data, False)
    if backup is None and not drill:
        raise Refused("Which backup?", fix="Name the file, or say --drill to try the newest one.")
    path = back.the_backup(site, backup)
    with working("Bringing the backup back …"):
        if drill:
            for named in ("DATABASE_URL", "CROSSWALK_APP_DATABASE_URL"):
                os.environ.pop(named, None)  # the drill has a server of its own
            with back.scratch(site) as place:
                found = back.restore(place, path)
                found = _with_journal(place.data, found)
        else:
            found = _with_journal(data, back.restore(site, path))
    summary = {
        "backup": str(path),
        "of": found.at,
        "holds": found.holds,
        "seconds": round(found.seconds, 1),
        "found": [{"holds": good, "says": line} for good, line in found.lines],
    }
    say(summary, as_json, lambda: _in_words(path, found, drill))
    if not found.holds:
        raise typer.Exit(1)


def _with_journal(data: Path, found: Restored) -> Restored:
    """The same with the whole chain of the journal walked, by the code that `crosswalk journal verify` runs."""
    from dataclasses import replace

    from crosswalk.cli.serve import hub_at

    with hub_at(data):
        from crosswalk.hub.journal.verify import verify

        verdict = verify()
    line = f"Every one of the {verdict.entries:,} entries of the journal is sealed with the one before it."
    if not verdict.holds:
        line = f"The journal does not hold at entry {verdict.broken_at}: {verdict.says}."
    return replace(found, lines=(*found.lines, (verdict.holds, line)))


def _in_words(path: Path, found: Restored, drill: bool) -> str:
    lines = [f"{'✓' if good else '✗'} {line}" for good, line in found.lines]
    if not found.holds:
        last = "The backup is not good. Make another at once, and find out why."
    elif drill:
        last = f"The backup of {found.at} can be brought back, in {found.seconds:.1f} s. Its trial place is removed."
    else:
        last = (
            f"The hub of {found.at} is back, in {found.seconds:.1f} s. Start it: crosswalk serve --data DIR."
        )
    return "\n".join([f"{path}", *lines, last])
