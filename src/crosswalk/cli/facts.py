"""`crosswalk facts`: the named measurements, one row a person, each with the rows that show it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from crosswalk.cli.shared import (
    DATA,
    AsJson,
    DataFolder,
    LocalPolicy,
    OnDay,
    persons_of,
    say,
    the_day,
    the_policy,
    working,
)
from crosswalk.core.basics import Refused


def register(app: typer.Typer) -> None:
    """Add `facts`."""
    app.command(
        "facts", help="Measure facts about every person, with evidence; or list what can be measured."
    )(facts)


def facts(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Facts to measure (default: all).")
    ] = None,
    data: DataFolder = DATA,
    on: OnDay = None,
    report_start: Annotated[
        str | None,
        typer.Option(
            "--report-start",
            help="First day of the report year of chronic_history, YYYY-MM-DD (default: one year before --on).",
        ),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Only list the facts and what they mean.")] = False,
    local_policy: LocalPolicy = None,
    as_json: AsJson = False,
) -> None:
    """Measure facts about every person on a day, from everything staged under --data."""
    if listed:
        show(names or [], as_json)
        return
    day = the_day(on)
    start = the_day(report_start) if report_start else None
    if start and start > day:
        raise Refused(
            "--report-start lies after --on.", fix="Give the first day of the period that ends with --on."
        )
    summary = written(names or [], data, day, start, local_policy)
    say(summary, as_json, lambda: in_words(summary))


def show(names: list[str], as_json: bool) -> None:
    """Print the definitions."""
    from crosswalk.core.facts import catalogue, named

    chosen = [named(name) for name in names] or list(catalogue().values())
    summary = {"facts": [fact.as_dict() for fact in chosen]}

    def lines() -> str:
        said = []
        for fact in chosen:
            window = "" if str(fact.window) == "none" else f", window {fact.window}"
            said.append(f"{fact.name} ({fact.value}, {fact.unit}{window}; {fact.confidence})")
            said.append(f"  {fact.measures}")
            said.append(f"  Unknown when {fact.unknown_when}.")
            if fact.attestable:
                said.append("  A person can attest it.")
            said += [f"  Also {name} ({kind}): {meaning}." for name, kind, meaning in fact.extra]
            said += [f"  Ask: {fact.question}", f"  Source: {fact.source}", ""]
        return "\n".join(said)

    say(summary, as_json, lines)


def written(
    names: list[str], data: Path, day: date, start: date | None, local_policy: Path | None
) -> dict[str, Any]:
    """Measure and publish the facts as one run; the summary counts rows by fact."""
    from crosswalk.cli.store import Store
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.facts import catalogue, named, prepare, write

    chosen = [named(name).name for name in names] or list(catalogue())
    store = Store(data)
    persons = persons_of(store)
    edition = the_policy(local_policy).as_of(day)
    with store.locked(), store.aside() as built, DuckEngine(scratch=store.scratch) as engine:
        with working("Reading what is staged …"):
            prepare(
                engine,
                store.current,
                persons,
                day,
                codes=edition.code_map,
                report_start=start,
            )
        rows = {}
        for name in chosen:
            with working(f"Measuring {name} …"):
                path = built / "facts" / f"{name}.parquet"
                rows[name] = write(engine, name, day, path, report_start=start)
        inputs = [one.id for one in store.deliveries()]
        made = {"on": day.isoformat(), "policy_release": edition.release, "inputs": inputs, "rows": rows}
        run, _ = store.publish_run(built, "facts", made)
    return {
        "run": run,
        "on": day,
        "linked": persons is not None,
        "policy_release": edition.release,
        "rows": rows,
    }


def in_words(summary: dict[str, Any]) -> str:
    """The summary as a person reads it."""
    lines = [f"{summary['run']}: facts as of {summary['on']}, policy {summary['policy_release']}."]
    lines += [f"{count:>12,}  {name}" for name, count in summary["rows"].items()]
    lines.append(
        "Written as latest/facts/<name>.parquet; `crosswalk facts --list` tells what each one means."
    )
    return "\n".join(lines)
