"""`crosswalk stage`: take in a delivery. Each kind of delivery registers its own command here."""

from __future__ import annotations

import typer

from crosswalk.cli import accept, stage_hmis, stage_plan_files


def register(app: typer.Typer) -> None:
    """Add the group `stage`, and `accept` and `reject` for what it left waiting."""
    stage_app = typer.Typer(
        help="Take in a delivery: an HMIS export, a plan's members, what happened to members."
    )
    app.add_typer(stage_app, name="stage")
    stage_hmis.register(stage_app)
    stage_plan_files.register(stage_app)
    accept.register(app)
