"""`crosswalk x12`: check, read and compare health-care transaction files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crosswalk.cli import x12_show, x12_write
from crosswalk.cli.shared import AsJson, say

if TYPE_CHECKING:
    from crosswalk.core.formats.x12.plans import PlanRules

File = Annotated[Path, typer.Argument(help="An X12 file.", exists=True, dir_okay=False)]
SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add `x12` and its words."""
    x12 = typer.Typer(
        no_args_is_help=True,
        help="Check, read and compare X12 files: claims, remittances, enrolment, eligibility.",
    )
    x12.command("check", help="Say what a file holds and what is wrong with it, and reach a verdict.")(check)
    x12.command("read", help="Read a file into Parquet tables.")(read)
    x12.command("diff", help="Say what differs in meaning between two files.")(diff)
    x12_show.register(x12)
    x12_write.register(x12)
    app.add_typer(x12, name="x12")


def check(
    file: File,
    ack: Annotated[
        Path | None, typer.Option("--ack", help="A folder for the answers: TA1, 999, 277CA.")
    ] = None,
    control: Annotated[int, typer.Option("--control", help="The first number for the answers.", min=1)] = 1,
    plan: Annotated[
        Path | None, typer.Option("--plan", help="A plan's own rules (YAML).", exists=True)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check a file; exit 0 whenever a verdict was reached."""
    from crosswalk.core.formats.x12.answers import Answering, answers
    from crosswalk.core.formats.x12.checking import check as run

    with file.open("rb") as opened:
        checked = run(opened, plan=_rules(plan), keep_claims=ack is not None)
    summary = checked.summary()
    if ack is not None:
        ack.mkdir(parents=True, exist_ok=True)
        told = answers(checked, Answering(datetime.now().astimezone(), control))
        for name, text in told.items():
            (ack / name).write_text(text, encoding="latin-1", newline="")
        summary["answers"] = sorted(told)
    counted = f"{checked.claims} claims, {checked.service_lines} lines"
    lines = [
        f"{checked.verdict}: {checked.transactions} transactions, {checked.segments} segments, {counted}, "
        f"charged {checked.charge_total:.2f}, paid {checked.paid_total:.2f}."
    ]
    lines += [f"  {f.where}: {f.sentence} {f.fix}".rstrip() for f in checked.findings[:SHOWN]]
    more = len(checked.findings) - SHOWN + checked.more
    if more > 0:
        lines.append(f"  … and {more} more; --json tells them.")
    say(summary, as_json, lambda: "\n".join(lines))


def read(
    file: File,
    out: Annotated[Path, typer.Option("--out", help="The folder for the tables.")],
    as_json: AsJson = False,
) -> None:
    """Read a file into one Parquet table for each noun that it holds."""
    from crosswalk.core.formats.x12.tables import write_tables

    with file.open("rb") as opened:
        counts, reading = write_tables(opened, out)
    torn = bool(reading.segments.torn)
    summary = {
        "rows": counts, "cut": torn, "uneven": [list(told) for told in reading.uneven],
        "remarks": sorted({remark.code for remark in reading.segments.remarks}),
    }  # fmt: skip
    lines = [f"{rows} rows in {table}" for table, rows in sorted(counts.items())] or ["No rows."]
    if torn or reading.uneven:
        lines.append("The file is not whole or contradicts itself: run `crosswalk x12 check` on it.")
    say(summary, as_json, lambda: "\n".join(lines))


def diff(
    left: File,
    right: Annotated[Path, typer.Argument(help="Another X12 file.", exists=True, dir_okay=False)],
    as_json: AsJson = False,
) -> None:
    """Compare two files record by record; delimiters and line ends do not count."""
    from crosswalk.core.formats.x12.differences import differences

    with left.open("rb") as one, right.open("rb") as other:
        found = list(differences(one, other))
    summary = {"equal": not found, "differences": [told._asdict() for told in found]}
    lines = [f"{d.record} {d.field}: {d.left or '(nothing)'} | {d.right or '(nothing)'}" for d in found]
    say(summary, as_json, lambda: "\n".join(lines) or "The two files say the same.")


def _rules(plan: Path | None) -> PlanRules | None:
    from crosswalk.core.formats.x12.plans import read_plan

    return read_plan(plan) if plan is not None else None
