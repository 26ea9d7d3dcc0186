"""The command line describes the command that is called, and all of them to whoever looks around."""

from __future__ import annotations

import typer.main

from crosswalk.cli.app import ROOMS, application


def commands(*words: str) -> set[str]:
    """The commands described for what was typed."""
    return set(typer.main.get_command(application(words)).commands)  # type: ignore[attr-defined]


def test_a_command_that_is_typed_is_described_alone() -> None:
    assert commands("why", "91234567A") == {"why"}
    assert commands("serve") >= {"serve", "worker", "journal"}


def test_everything_is_described_to_whoever_types_nothing_or_something_else() -> None:
    assert commands() == commands("--help") == commands("wyh") == commands("worker")
    assert len(commands()) >= len(ROOMS)
