"""`crosswalk link`: who is the same person, across all staged deliveries and within each."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crosswalk.cli.shared import DATA, AsJson, DataFolder, LocalPolicy, OnDay, say, the_day, working
from crosswalk.core.basics import Refused

if TYPE_CHECKING:
    from crosswalk.core.linkage.settings import LinkageSettings


def register(app: typer.Typer) -> None:
    """Add `link`."""
    app.command("link", help="Decide which records are the same person: same, ask or different.")(link)


def link(
    left: Annotated[Path | None, typer.Option("--left", help="HMIS records, Parquet (with --right).")] = None,
    right: Annotated[Path | None, typer.Option("--right", help="Members, Parquet (with --left).")] = None,
    train: Annotated[
        Path | None,
        typer.Option(
            "--train", help="Train the model on --left and --right with Splink; write it to this file."
        ),
    ] = None,
    data: DataFolder = DATA,
    on: OnDay = None,
    local_policy: LocalPolicy = None,
    as_json: AsJson = False,
) -> None:
    """Link what is staged under --data, or two files; writes links (and persons) there."""
    from crosswalk.cli.store import Store, sha256
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.linkage import judgements
    from crosswalk.core.linkage.memory import Memory
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
    if train:
        if not (left and right):
            raise Refused("Training needs two files.", fix="Add --left and --right.")
        _train(settings, left, right, train, day, as_json)
        return
    if left is None:
        store.staged()
    memory = Memory(store.root / "linkage", settings)
    with store.locked(), store.aside() as built:
        run = f"link-{1 + max((int(one.name.split('-')[-1]) for one in store.root.glob('runs/link-*')), default=0)}"
        limit = "4GB" if right else _limit(store.current / "members.parquet")
        with DuckEngine(memory=limit, scratch=store.scratch) as engine, working("Linking"):
            if left and right:
                facts: dict[str, Any] = {"inputs": {"left": sha256(left), "right": sha256(right)}}
                summary = link_files(
                    engine, left=left, right=right, memory=memory, out=built, run=run, on=day
                )
            else:
                facts = {"inputs": [one.id for one in store.deliveries()]}
                summary = link_state(
                    engine,
                    current=store.current,
                    latest=store.latest,
                    memory=memory,
                    out=built,
                    run=run,
                    judgements=judgements.read(store.root / "decisions.jsonl"),
                    on=day,
                )
        facts |= {"settings": settings.fingerprint, "on": day.isoformat(), "summary": summary}
        run, _ = store.publish_run(built, "link", facts)
    say({"run": run, **summary}, as_json, lambda: _in_words(run, summary))


def _limit(members: Path) -> str:
    """What the engine may take before it spills to disk: 750 MB, and 250 bytes a member."""
    from pyarrow import parquet

    rows = parquet.read_metadata(members).num_rows if members.is_file() else 0
    return f"{750 + rows // 4000}MB"


def _train(settings: LinkageSettings, left: Path, right: Path, out: Path, day: date, as_json: bool) -> None:
    """Write a trained model; it takes effect when it is put at linkage/model.json of the (local) policy folder."""
    import tempfile

    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.linkage.train import train_files

    with (
        tempfile.TemporaryDirectory() as scratch,
        DuckEngine(scratch=Path(scratch)) as engine,
        working("Training"),
    ):
        model = train_files(engine, settings, left=left, right=right, scratch=Path(scratch), on=day)
    part = out.with_name(out.name + ".part")
    part.write_text(json.dumps(model, indent=1) + "\n")
    part.replace(out)
    summary = {"model": str(out), "comparisons": [one["output_column_name"] for one in model["comparisons"]]}
    say(
        summary,
        as_json,
        lambda: f"The model is at {out}. Put it into your policy folder as linkage/model.json.",
    )


def _in_words(run: str, summary: dict[str, Any]) -> str:
    decisions = summary["decisions"]
    if summary.get("records") == 0:
        return (
            f"{run}: nobody to link: no client and no member is staged.\n"
            "Next: crosswalk stage hmis FILE.zip, crosswalk stage members FILE, and link again."
        )
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
    if summary["traditions"]:
        lines.append("Clients by naming tradition: records, linked, asked, reachable")
    for row in summary["traditions"]:
        shares = "  ".join(f"{100 * row[key]:5.1f} %" for key in ("same", "ask", "reachable"))
        lines.append(f"  {row['tradition']:<12} {row['records']:>9,}  {shares}")
    return "\n".join(lines)
