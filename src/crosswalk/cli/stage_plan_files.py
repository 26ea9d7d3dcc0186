"""`crosswalk stage members` and `stage events`: take in a plan's files."""

from __future__ import annotations

import typer


def register(stage_app: typer.Typer) -> None:
    """Add `members` and `events`."""
