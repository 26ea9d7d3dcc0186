"""What every command shares: where the data lies, and how an answer is said."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crosswalk.core.basics import Refused

if TYPE_CHECKING:
    from crosswalk.cli.store import Store
    from crosswalk.core.policy import Policy
    from crosswalk.core.policy.check_leaves import FactShape

DataFolder = Annotated[Path, typer.Option("--data", help="Folder that holds deliveries, runs and results.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON summary and nothing else.")]
OnDay = Annotated[
    str | None, typer.Option("--on", help="The day to decide for, YYYY-MM-DD (default: today).")
]
LocalPolicy = Annotated[
    Path | None,
    typer.Option("--local-policy", help="Your own policy folder; replaces shipped entries by key."),
]

Wait = Annotated[
    bool,
    typer.Option("--wait", help="Keep it waiting until `crosswalk accept`; until then it counts nowhere."),
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


def made(at: datetime) -> str:
    """Who made a sheet on this machine, and when: it stands on what is printed."""
    try:
        who = getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in a container
        who = f"account {os.getuid()}"
    return f"Made by {who} on {at:%Y-%m-%d at %H:%M}."


def half_the_memory() -> str:
    """What a whole county may take of this machine before the engine spills to disk: half, and never under 2 GB."""
    there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"{max(there // 2, 2 * 10**9)}B"


def the_file(path: Path) -> Path:
    """A file that somebody named; refuses a folder and what is not there."""
    if path.is_dir():
        raise Refused("This is a folder, not a file.", fix="Name the one file in it.", place=str(path))
    if not path.is_file():
        raise Refused("There is no such file.", fix="Check the path.", place=str(path))
    return path


def the_policy(local: Path | None) -> Policy:
    """The policy that ships, with a site's own over it; refuses a site's own that would give wrong answers."""
    from crosswalk.core.policy import load, shipped_folder, unusable

    policy = load(shipped_folder(), local)
    if local:
        from crosswalk.core.policy.check import check_use_of

        if problems := check_use_of(policy, facts_known()):
            raise unusable(problems, local)
    return policy


def persons_of(store: Store) -> Path | None:
    """Who is whom, as last linked; refuses when nothing is staged, says when nothing is linked (None)."""
    store.staged()
    persons = store.latest / "persons.parquet"
    if persons.exists():
        return persons
    note("Nothing is linked yet: each record is its own person. Run `crosswalk link` first.")
    return None


def facts_known() -> dict[str, FactShape]:
    """What rules may ask for: each fact's kind of value, and whether it looks back over a window."""
    from crosswalk.core.facts import catalogue
    from crosswalk.core.policy.check_leaves import FactShape

    return {name: FactShape(fact.value, str(fact.window) != "none") for name, fact in catalogue().items()}


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
