"""Linking everything staged: clients among themselves, members among themselves, and clients with members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage import run as runs
from crosswalk.core.linkage import sources
from crosswalk.core.linkage.judgements import Judgement, standing, undone
from crosswalk.core.linkage.memory import Job, Memory
from crosswalk.core.linkage.persons import found_persons
from crosswalk.core.linkage.standardise import StandardFile
from crosswalk.core.linkage.tradition import tradition_table


def link_state(
    engine: DuckEngine,
    *,
    current: Path,
    latest: Path,
    memory: Memory,
    out: Path,
    run: str,
    judgements: Sequence[Judgement],
    on: date,
    note: runs.Note = lambda _: None,
) -> dict[str, Any]:
    """Write links, persons, aliases and conflicts of the current state into `out`; returns the summary.

    `judgements` are all ever given, in order: those undone matter too, since what a person parted and then took
    back may come together again.
    """
    clients_files, members_files = sources.register_state(
        engine, current, hmis="raw_hmis", members="raw_members"
    )
    note("Standardising the records")
    clients, members = runs.both_files(
        engine, memory, ("raw_hmis", clients_files), ("raw_members", members_files), on, within=True
    )
    runs.prepare_links(engine)
    answers = standing(judgements)
    looked_at, kept = {}, {}
    for job in _jobs(memory, clients, members):
        note(f"Comparing: {job.name.replace('_', ' ')}")
        looked_at[job.name] = runs.run_job(engine, job, memory.settings, answers, memory)
        kept[job.name] = memory.keep(engine, memory.settled(job), run, looked_at[job.name]["rules_left_out"])
    runs.add_judged_links(engine, answers)
    note("Grouping records into persons")
    persons = found_persons(
        engine,
        records=f"(SELECT source, source_id FROM read_parquet(['{clients.records}', '{members.records}']))",
        latest=latest,
        undone=undone(judgements),
        run=run,
        out=out,
    )
    runs.save_links(engine, out / "links.parquet")
    summary = {**runs.counts(engine), **persons, **tradition_table(engine, clients, members)}
    memory.finish(kept)
    return {**summary, "compared": looked_at, "clients": clients.rows, "members": members.rows}


def _jobs(memory: Memory, clients: StandardFile, members: StandardFile) -> list[Job]:
    expected = memory.settings.decisions["expected"]
    known = members if members.rows else clients
    return [
        runs.across(memory.settings, clients, members),
        Job(
            "within_hmis" if members.rows else "within_hmis_alone",
            clients,
            clients,
            known.frequencies,
            "rules",
            float(expected["within_hmis"]),
            clients.rows,
        ),
        Job(
            "within_members",
            members,
            members,
            members.frequencies,
            "within_members",
            float(expected["within_members"]),
            members.rows,
        ),
    ]
