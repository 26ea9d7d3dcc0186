"""Linking everything staged: clients among themselves, members among themselves, and clients with members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage import sources
from crosswalk.core.linkage.judgements import Judgement
from crosswalk.core.linkage.persons import found_persons
from crosswalk.core.linkage.run import (
    Job,
    Note,
    across,
    add_judged_links,
    counts,
    prepare_links,
    run_job,
    save_links,
    standard_file,
)
from crosswalk.core.linkage.settings import LinkageSettings


def link_state(
    engine: DuckEngine,
    *,
    current: Path,
    latest: Path,
    scratch: Path,
    out: Path,
    run: str,
    settings: LinkageSettings,
    judgements: Sequence[Judgement],
    on: date,
    note: Note = lambda _: None,
) -> dict[str, Any]:
    """Write links, persons, aliases and conflicts of the current state into `out`; returns the summary."""
    sources.register_state(engine, current, hmis="raw_hmis", members="raw_members")
    note("Standardising the records")
    clients = standard_file(engine, "raw_hmis", scratch / "hmis", settings, on, ("rules", "hashed"))
    members = standard_file(engine, "raw_members", scratch / "members", settings, on)
    expected = settings.decisions["expected"]
    known = members if members.rows else clients
    jobs = [
        across(settings, clients, members),
        Job("within_hmis", clients, clients, known.frequencies, across(settings, clients, clients).rules,
            float(expected["within_hmis"])),
        Job("within_members", members, members, members.frequencies, settings.rules("within_members"),
            float(expected["within_members"])),
    ]  # fmt: skip
    prepare_links(engine)
    looked_at = {}
    for job in jobs:
        note(f"Comparing: {job.name.replace('_', ' ')}")
        looked_at[job.name] = run_job(engine, job, settings, judgements)
    add_judged_links(engine, judgements)
    records = f"read_parquet(['{clients.records}', '{members.records}'])"
    note("Grouping records into persons")
    persons = found_persons(
        engine,
        records=f"(SELECT source, source_id FROM {records})",
        before=_there(latest / "persons_ever.parquet"),
        aliases=_there(latest / "aliases.parquet"),
        run=run,
        out=out,
    )
    save_links(engine, out / "links.parquet")
    return {
        **counts(engine),
        **persons,
        "compared": looked_at,
        "clients": clients.rows,
        "members": members.rows,
    }


def _there(path: Path) -> Path | None:
    return path if path.exists() else None
