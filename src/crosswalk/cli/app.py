"""The command `crosswalk`: every command registers itself here; a refusal ends with exit code 2."""

from __future__ import annotations

import errno
import gc
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

import typer

from crosswalk.core.basics import Refused

#: The modules of this package that add commands, in the order of the help.
ROOMS = (
    "stage", "link", "decide", "facts", "find", "why", "compare", "policy", "simulate", "demo", "serve", "watch",
    "backup", "x12", "network",
)  # fmt: skip


def application(words: Sequence[str] = ()) -> typer.Typer:
    """The command line: of the one command that `words` begin with, or, when they begin with none, of all.

    To load and describe every command takes a fifth of a second, for which `why` has better use.
    """
    app = typer.Typer(
        name="crosswalk", no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False
    )
    app.callback()(door)
    named = [room for room in ROOMS if room in words[:1]]
    for room in named or ROOMS:
        import_module(f"crosswalk.cli.{room}").register(app)
    return app


def door() -> None:
    """Find everyone who qualifies for Enhanced Care Management or a Community Support, and say why."""


def _of_the_disk(fault: Exception) -> str | None:
    """What to say when not the input but the disk is at fault; None when it is something else."""
    number = fault.errno if isinstance(fault, OSError) else None
    # The column engine has no error numbers, only the system's words.
    if number in (errno.ENOSPC, errno.EDQUOT) or "No space left on device" in str(fault):
        return "The disk is full; nothing half-written was kept. Free some space, or name another folder with --data."
    if number in (errno.EROFS, errno.EACCES, errno.EPERM):
        return (
            "A file or folder cannot be read, or the folder of --data cannot be written. Ask for the right to it, or "
            "name another folder with --data."
        )
    return None


def main() -> None:
    """Run the command line. Exit 0: done; 2: refused or wrong call, with the reason; 1: our own fault."""
    # A command makes many small objects that stay: looking for garbage after every 700 is a twentieth of `why`.
    gc.set_threshold(100_000)
    try:
        application(sys.argv[1:])()
    except Refused as refused:
        sys.stderr.write(f"Refused. {refused}\n")
        sys.exit(2)
    except Exception as fault:
        if not os.environ.get("CROSSWALK_DEBUG") and (sentence := _of_the_disk(fault)):
            sys.stderr.write(f"Refused. {sentence}\n")
            sys.exit(2)
        # An engine's own message may quote a cell of somebody's file, so only the place is shown.
        place = traceback.extract_tb(fault.__traceback__)[-1]
        if os.environ.get("CROSSWALK_DEBUG"):
            raise
        sys.stderr.write(
            f"Crosswalk failed ({type(fault).__name__}, {os.path.basename(place.filename)}:{place.lineno}). "
            "Nothing half-written was kept. Run again with CROSSWALK_DEBUG=1 to see everything; "
            "what that prints may hold personal data.\n"
        )
        sys.exit(1)
