"""`crosswalk watch`: a drop folder whose files arrive in the hub as if somebody had sent them on the page."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from crosswalk.cli.serve import the_hub
from crosswalk.cli.shared import DATA, AsJson, DataFolder, note, say
from crosswalk.core.basics import Refused


def register(app: typer.Typer) -> None:
    """Add `watch`."""
    app.command("watch", help="Take files from a drop folder, one folder an organization.")(watch)


def watch(
    folder: Annotated[
        Path, typer.Argument(help="The drop folder; in it a folder named like each organization that sends.")
    ],
    data: DataFolder = DATA,
    quiet: Annotated[
        int,
        typer.Option("--quiet", min=0, help="A file is whole when nothing was written for so many seconds."),
    ] = 60,
    every: Annotated[int, typer.Option("--every", min=1, help="Seconds between two looks.")] = 30,
    once: Annotated[bool, typer.Option("--once", help="Look once, instead of going on.")] = False,
    as_json: AsJson = False,
) -> None:
    """Hand files of the drop folder to the hub; each then waits on the page of its organization.

    Names that begin with a dot or end in .part are left alone until they are renamed. A file that cannot be used goes
    to the folder `refused` beside it, with the reason in a text of the same name.
    """
    if not folder.is_dir():
        raise Refused(
            "There is no such folder.", fix="Make it, with one folder an organization.", place=str(folder)
        )
    with the_hub(data):
        from crosswalk.hub.intake.dropping import look

        while True:
            taken = look(folder, quiet)
            for sentence in taken.said:
                note(sentence)
            if once:
                break
            time.sleep(every)
        say(taken.counts(), as_json, taken.in_words)
