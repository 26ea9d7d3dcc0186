"""The command `crosswalk`: every command registers itself here; a refusal ends with exit code 2."""

from __future__ import annotations

import sys

import click
import typer

from crosswalk.cli import compare, decide, demo, facts, find, link, policy, simulate, stage, why
from crosswalk.core.basics import Refused

app = typer.Typer(
    name="crosswalk",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback()
def door() -> None:
    """Find everyone who qualifies for Enhanced Care Management or a Community Support, and say why."""


for room in (stage, link, decide, facts, find, why, compare, policy, simulate, demo):
    room.register(app)


def main() -> None:
    """Run the command line. Exit 0: done; exit 2: refused or wrong call, the reason on standard error."""
    try:
        app(standalone_mode=False)
    except Refused as refused:
        sys.stderr.write(f"Refused. {refused}\n")
        sys.exit(2)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(2)
    except click.Abort:
        sys.stderr.write("Stopped. Nothing half-written was kept.\n")
        sys.exit(130)
