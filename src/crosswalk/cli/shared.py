"""What every command shares: where the data lies, and how an answer is said."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from crosswalk.core.basics import Refused

DataFolder = Annotated[Path, typer.Option("--data", help="Folder that holds deliveries, runs and results.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON summary and nothing else.")]
OnDay = Annotated[
    str | None, typer.Option("--on", help="The day to decide for, YYYY-MM-DD (default: today).")
]
LocalPolicy = Annotated[
    Path | None,
    typer.Option("--local-policy", help="Your own policy folder; replaces shipped entries by key."),
]

DATA = Path("data")


def the_day(text: str | None) -> date:
    """The day of an `--on` option; the clock is read here, at the edge, and nowhere in core."""
    if text is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(
            f"“{text}” is not a day.", fix="Write it as YYYY-MM-DD, for example 2026-11-01."
        ) from None


def say(summary: dict[str, Any], as_json: bool, in_words: Callable[[], str]) -> None:
    """Print the summary: as one JSON object, or in words."""
    text = json.dumps(summary, default=str, ensure_ascii=False) if as_json else in_words()
    sys.stdout.write(text.rstrip("\n") + "\n")


def note(sentence: str) -> None:
    """Say something on standard error; standard output is for the answer alone."""
    sys.stderr.write(sentence.rstrip("\n") + "\n")


@contextmanager
def working(sentence: str) -> Iterator[None]:
    """Show on standard error that something longer than a second is under way."""
    if not sys.stderr.isatty():
        yield
        return
    # Imported here: rich takes longer to load than `crosswalk why` has for everything.
    from rich.console import Console

    with Console(stderr=True, highlight=False).status(sentence):
        yield
