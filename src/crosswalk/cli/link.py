"""`crosswalk link`: who is the same person, across all staged deliveries and within each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from crosswalk.cli.shared import DATA, AsJson, DataFolder, LocalPolicy, OnDay, note, say, the_day
from crosswalk.core.basics import Refused


def register(app: typer.Typer) -> None:
    """Add `link`."""
    app.command("link", help="Decide which records are the same person: same, ask or different.")(link)


def link(
    left: Annotated[Path | None, typer.Option("--left", help="HMIS records, Parquet (with --right).")] = None,
    right: Annotated[Path | None, typer.Option("--right", help="Members, Parquet (with --left).")] = None,
    data: DataFolder = DATA,
    on: OnDay = None,
    local_policy: LocalPolicy = None,
    as_json: AsJson = False,
) -> None:
    """Link what is staged under --data, or two files; writes links (and persons) there."""
    from crosswalk.cli.store import Store, sha256
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.linkage import judgements
    from crosswalk.core.linkage.run import link_files
    from crosswalk.core.linkage.settings import LinkageSettings
    from crosswalk.core.linkage.state import link_state
    from crosswalk.core.policy import shipped_folder

    if (left is None) != (right is None):
        raise Refused("--left and --right belong together.", fix="Give both files, or neither.")
    for path in (left, right):
        if path and not path.is_file():
            raise Refused(f"There is no file {path}.", fix="Check the path.")
    settings = LinkageSettings.load(
        shipped_folder() / "linkage", local_policy / "linkage" if local_policy else None
    )
    store, day = Store(data), the_day(on)
    if left is None and not store.current.exists():
        raise Refused(
            f"Nothing is staged under {data}.",
            fix="Run `crosswalk stage hmis` or `crosswalk stage members` first.",
        )
    with store.locked(), store.aside() as built, store.aside() as scratch:
        with DuckEngine(scratch=scratch / "spill") as engine:
            if left and right:
                facts: dict[str, Any] = {"inputs": {"left": sha256(left), "right": sha256(right)}}
                summary = link_files(
                    engine,
                    left=left,
                    right=right,
                    scratch=scratch,
                    out=built,
                    settings=settings,
                    on=day,
                    note=note,
                )
            else:
                facts = {"inputs": [one.id for one in store.deliveries()]}
                summary = link_state(
                    engine,
                    current=store.current,
                    latest=store.latest,
                    scratch=scratch,
                    out=built,
                    run=f"link-{1 + len(list(store.root.glob('runs/link-*')))}",
                    settings=settings,
                    judgements=judgements.standing(judgements.read(store.root / "decisions.jsonl")),
                    on=day,
                    note=note,
                )
        facts |= {"settings": settings.fingerprint, "on": day.isoformat(), "summary": summary}
        run, _ = store.publish_run(built, "link", facts)
    say({"run": run, **summary}, as_json, lambda: _in_words(run, summary))


def _in_words(run: str, summary: dict[str, Any]) -> str:
    decisions = summary["decisions"]
    lines = [
        f"{run}: {decisions['same']:,} pairs are the same person, {decisions['ask']:,} need a person's answer "
        f"({summary['reviews']:,} records), {decisions['different']:,} looked alike but are different.",
        f"Expected wrong among the linked: {summary['expected_false_among_same']}.",
    ]
    if "persons" in summary:
        lines.append(f"{summary['records']:,} records are {summary['persons']:,} persons.")
        lines += [
            f"{count:,} × {kind.replace('_', ' ')}" for kind, count in summary["conflicts"].items() if count
        ]
    return "\n".join(lines)
