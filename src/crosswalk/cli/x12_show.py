"""`crosswalk x12 show`: a claim, a remittance or an answer of coverage as a page that a biller can read."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from crosswalk.cli.shared import AsJson, LocalPolicy, made, note, say, the_file, the_policy
from crosswalk.core.basics import Refused

#: A page is for reading: after so many sheets the rest is left out, and said so.
MOST = 200


def register(x12: typer.Typer) -> None:
    """Add `show` to the words of `crosswalk x12`."""
    x12.command("show", help="Show claims, remittances or coverage in words a biller can read.")(show_command)


def show_command(
    file: Annotated[Path, typer.Argument(help="An X12 file.", metavar="FILE")],
    claim: Annotated[str, typer.Option("--claim", help="Only the claim with this number.")] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="Write a page (.html) or text (.txt) here.")
    ] = None,
    local_policy: LocalPolicy = None,
    as_json: AsJson = False,
) -> None:
    """Show a file, or one claim of it. What it prints is about people: treat it so."""
    from crosswalk.core.billing.readable import Words, as_html, as_text, sheets
    from crosswalk.core.formats.x12.reading import Reading

    if out is not None and out.suffix.lower() not in (".html", ".txt"):
        raise Refused("A page is an .html or a .txt file.", fix="Name it so with --out.")
    words = Words(the_policy(local_policy))
    with the_file(file).open("rb") as opened:
        reading = Reading(opened)
        found = list(islice(sheets(reading, words, claim), MOST + 1))
        more = len(found) > MOST
    if not found and claim:
        raise Refused(
            "No claim of this file has that number.", fix="Look it up with `crosswalk x12 show FILE`."
        )
    if not reading.segments.found:
        raise Refused("This is not an X12 file.", fix="An X12 file begins with ISA.", place=file.name)
    found = found[:MOST]
    if more:
        note(f"Only the first {MOST} are shown; name one with --claim.")
    if out is not None:
        page = out.suffix.lower() == ".html"
        by = made(datetime.now().astimezone())
        text = as_html(found, "What the file says", by) if page else as_text(found) + "\n"
        out.write_text(text, encoding="utf-8")
    summary = {"shown": len(found), "more": more, "sheets": [] if out else [asdict(sheet) for sheet in found]}
    wrote = f"{len(found)} shown in {out.name}." if out else ""
    say(
        summary,
        as_json,
        lambda: wrote or as_text(found) or "There is nothing in this file that can be shown.",
    )
