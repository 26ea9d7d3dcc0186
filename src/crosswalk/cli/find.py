"""`crosswalk find`: every program for every person, and the report to take into a meeting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crosswalk.cli.shared import (
    DATA,
    AsJson,
    DataFolder,
    LocalPolicy,
    OnDay,
    half_the_memory,
    persons_of,
    say,
    the_day,
    the_policy,
    working,
)

if TYPE_CHECKING:
    from crosswalk.cli.store import Store
    from crosswalk.core.policy import Edition


def register(app: typer.Typer) -> None:
    """Add `find`."""
    app.command("find", help="Decide every program for every person; say why, and what is still to ask.")(
        find
    )


def find(
    data: DataFolder = DATA,
    on: OnDay = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Also write the list as one HTML file to read and print.")
    ] = None,
    first: Annotated[int, typer.Option("--first", min=1, help="How many people the HTML list shows.")] = 500,
    local_policy: LocalPolicy = None,
    as_json: AsJson = False,
) -> None:
    """Find who qualifies for what on a day, from everything staged and linked under --data."""
    from crosswalk.cli.store import Store
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.finding.run import find as find_county

    store, day = Store(data), the_day(on)
    persons = persons_of(store)
    edition = the_policy(local_policy).as_of(day)
    links = store.latest / "links.parquet"
    with (
        store.locked(),
        store.aside() as built,
        DuckEngine(memory=half_the_memory(), scratch=store.scratch) as engine,
        working("Measuring facts and deciding every program for every person …"),
    ):
        found = find_county(
            engine,
            edition,
            state=store.current,
            persons=persons,
            links=links if links.exists() else None,
            out=built,
        )
        summary = found.summary()
        run, home = store.publish_run(
            built, "find", {"inputs": inputs(store), **summary, "rules": found.rules, "linked": bool(persons)}
        )
        summary = {"run": run, **summary}
    if html is not None:
        with working("Writing the list …"):
            write_report(store, home, edition, persons, html, first)
        summary["html"] = str(html)
    say(summary, as_json, lambda: in_words(summary))


def write_report(
    store: Store, home: Path, edition: Edition, persons: Path | None, html: Path, first: int = 500
) -> None:
    """Write a finished run's list as one HTML file; the file appears whole or not at all."""
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.finding.report import collect, render

    with DuckEngine(scratch=store.scratch) as engine:
        contents = collect(
            engine,
            edition,
            state=store.current,
            persons=persons,
            findings=home / "findings.parquet",
            run=json.loads((home / "run.json").read_text()),
            deliveries=[
                {"id": one.id, "kind": one.kind, "staged_at": str(one.facts["staged_at"])}
                for one in store.deliveries()
            ],
            first=first,
        )
    html.parent.mkdir(parents=True, exist_ok=True)
    part = html.with_name(f".{html.name}.part")
    part.write_text(render(contents), encoding="utf-8")
    part.replace(html)


def inputs(store: Store) -> dict[str, Any]:
    """What a run is made from: files, answers and people written down by hash, and the run that says who is who."""
    from crosswalk.cli.store import sha256

    persons = store.latest / "persons.parquet"
    told = {name: store.current / f"{name}.parquet" for name in ("answers", "added")}
    linked = [
        made.parent.name
        for made in store.root.glob("runs/link-*/persons.parquet")
        if persons.exists() and made.samefile(persons)
    ]
    return {
        "deliveries": {one.id: one.facts.get("sha256", "") for one in store.deliveries()},
        "linkage": linked[0] if linked else None,
        **{name: sha256(file) for name, file in told.items() if file.exists()},
    }


def in_words(summary: dict[str, Any]) -> str:
    """The summary as a person reads it."""
    if not summary["persons"]:
        page = f"\nThe list, still empty: {summary['html']}" if "html" in summary else ""
        return (
            f"{summary['run']}: nobody to decide for: no client and no member is staged.\n"
            "Next: crosswalk stage hmis FILE.zip, crosswalk stage members FILE, crosswalk link, and find again; "
            f"or look at a made-up county first: crosswalk demo{page}"
        )
    lines = [
        f"{summary['run']}: {summary['persons']:,} people decided on {summary['on']} "
        f"with policy {summary['policy']['release']}.",
        "",
        f"{'':10} {'likely':>10} {'cannot':>10} {'not':>10} {'in':>10}",
        f"{'program':10} {'eligible':>10} {'tell yet':>10} {'eligible':>10} {'hand':>10}",
    ]
    for code, counts in summary["programs"].items():
        numbers = " ".join(f"{counts[key]:>10,}" for key in ("met", "unknown", "not_met", "held"))
        lines.append(f"{code:10} {numbers}")
    funnel = summary["funnel"]
    lines += [
        "",
        f"Of {funnel['hmis']:,} people in HMIS, {funnel['linked']:,} are linked to a member and "
        f"{funnel['eligible']:,} are likely eligible; {funnel['in_hand']['nothing']:,} of these have nothing "
        f"in hand yet.",
    ]
    if "html" in summary:
        lines.append(f"The list to read and print: {summary['html']}")
    lines.append("Why, for one person: crosswalk why PERSON --on " + summary["on"])
    return "\n".join(lines)
