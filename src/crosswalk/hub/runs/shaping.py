"""Shaping what the files gave into the rows of the tables, in the column engine: one CSV file a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from crosswalk.cli.store import Store
from crosswalk.core.engine import DuckEngine
from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.queries import HERE
from crosswalk.hub.finding.programs import programs, weights
from crosswalk.hub.people import written
from crosswalk.hub.people.grouping import open_everything
from crosswalk.hub.runs import linked
from crosswalk.hub.runs.changes import changes
from crosswalk.hub.runs.tallies import seers
from crosswalk.hub.runs.told import register_nothing, register_told

_TEXTS = Path(__file__).parent / "texts"


def shape(
    store: Store,
    on: date,
    folder: Path,
    person_id: str = "",
    found_again: Path | None = None,
    between: tuple[str, str] = ("", ""),
) -> list[dict[str, Any]]:
    """One CSV file a table, in the column order that `bring` takes it in; of one person only the findings and lists.

    Gives the deliveries that are new `between` two runs; what turned over between them is a file too.
    """
    with DuckEngine(memory="1GB", scratch=store.scratch) as engine:
        _inputs(engine, store, folder, person_id)
        _findings(engine, store, on)
        if found_again is not None:
            _only(engine, person_id, found_again)
        pairs = ", ".join(f"({receiver}, {giver})" for receiver, seen in seers(on) for giver in seen)
        engine.sql(f"CREATE TABLE sees AS SELECT * FROM (VALUES {pairs}) AS one(receiver, giver)")
        for table, text in _prepared(on):
            engine.sql(text, table)
        made = [("finding_finding", "finding"), ("finding_said", "said")]
        if not person_id:
            made += [
                ("people_person", "person"), ("people_record", "record"), ("coverage_span", "span"),
                ("coverage_change", "change"), ("people_moment", "moment"),
            ]  # fmt: skip
        for name, text in made:
            _csv(engine, (_TEXTS / f"{text}.sql").read_text(), folder / f"{name}.csv")
        _csv(engine, "SELECT * FROM listed", folder / "finding_listed.csv")
        for name, query in linked.shaped().items():
            _csv(engine, query, folder / f"{name}.csv")
        arrived = changes(engine, store, *between, folder / "changes")
        if arrived is not None:
            _csv(engine, (_TEXTS / "turned.sql").read_text(), folder / "finding_change.csv")
        return arrived or []


def shape_coverage(store: Store, on: date, folder: Path) -> None:
    """The files of coverage alone, as soon as people are linked."""
    with DuckEngine(memory="1GB", scratch=store.scratch) as engine:
        _inputs(engine, store, folder)
        engine.sql((_TEXTS / "known.sql").read_text(), {"on": on})
        for table, text in (("coverage_span", "span"), ("coverage_change", "change")):
            _csv(engine, (_TEXTS / f"{text}.sql").read_text(), folder / f"{table}.csv")


def _organizations(folder: Path) -> Path:
    """The organizations as a file that the column engine reads."""
    path = folder / "organizations.csv"
    lines = [
        f"{one.pk},{_cell(one.source)},{_cell(one.hmis_name)},{_cell(one.name)}"
        for one in Organization.objects.all()
    ]
    path.write_text("id,source,hmis_name,name\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def _prepared(on: date) -> Iterator[tuple[dict[str, Any], str]]:
    for name in ("known", "listed"):
        text = (_TEXTS / f"{name}.sql").read_text()
        yield ({"on": on} if ":on" in text else {}), text


def _inputs(engine: DuckEngine, store: Store, folder: Path, person_id: str = "") -> None:
    """Everything that the texts read, under the names they read it by; a table that was not sent is empty.

    Of those whom workers wrote down all, or the one person; also whom no run knows yet.
    """
    persons = store.newest("persons", otherwise="Run `crosswalk link`.")
    with transaction.atomic():
        open_everything()
        added = written.keep(folder, persons, only=person_id)
    engine.register("run_persons", [persons, added.persons])
    engine.register("in_added", added.clients)
    # Whoever was taken back since the run stays away.
    engine.sql(
        f"CREATE VIEW persons AS SELECT * FROM run_persons WHERE source NOT LIKE '{HERE}:%'"
        " OR (source, source_id) IN (SELECT (source, PersonalID) FROM in_added)"
    )
    engine.sql(
        "CREATE TABLE organizations AS SELECT id::INTEGER AS id, source, hmis_name, name"
        " FROM read_csv(:path, header = true, all_varchar = true, quote = '\"', nullstr = 'NOTHING')",
        {"path": str(_organizations(folder))},
    )
    hmis = store.current / "hmis"
    for name, path in {
        "in_client": hmis / "Client.parquet",
        "in_enrollment": hmis / "Enrollment.parquet",
        "in_exit": hmis / "Exit.parquet",
        "in_living": hmis / "CurrentLivingSituation.parquet",
        "in_project": hmis / "Project.parquet",
        "in_organization": hmis / "Organization.parquet",
        "in_members": store.current / "members.parquet",
        "in_events": store.current / "events.parquet",
    }.items():
        if path.exists():
            engine.register(name, path)
        else:
            register_nothing(engine, name, path.stem)
    register_told(engine, store)
    linked.inputs(engine, store)


def _findings(engine: DuckEngine, store: Store, on: date) -> None:
    """What was found, and of it what somebody acts on; `turns` puts the programs of a person in their order."""
    engine.register("findings", store.newest("findings", otherwise="Run `crosswalk find`."))
    turns = ((program, weights(on).turn(program)) for program in programs(on).values())
    listed = ", ".join(
        f"('{one.code}', {turn.kind}, {turn.among}, {one.kind == 'benefit'})" for one, turn in turns
    )
    engine.sql(
        f"CREATE TABLE turns AS SELECT * FROM (VALUES {listed}) AS one(program, kind, among, open_to_all)"
    )
    engine.sql(
        "CREATE VIEW acted AS SELECT * FROM findings"
        " WHERE answer = 'met' OR held IS NOT NULL OR (answer = 'unknown' AND len(questions) = 1)"
    )


def _only(engine: DuckEngine, person_id: str, found_again: Path) -> None:
    """Narrow everybody to one person; what was found again takes its rank from where its points stand among all."""
    one = {"one": person_id}
    engine.sql("CREATE TABLE only_person AS SELECT * FROM persons WHERE person_id = :one", one)
    engine.sql("CREATE OR REPLACE VIEW persons AS SELECT * FROM only_person")
    engine.sql(
        "CREATE TABLE places AS SELECT points, min(rank) AS rank FROM findings"
        " WHERE answer <> 'not_met' GROUP BY points"
    )
    engine.register("again", found_again)
    engine.sql(
        "CREATE TABLE found_again AS SELECT f.* REPLACE (CASE WHEN f.answer = 'not_met' THEN NULL ELSE coalesce("
        " p.rank, (SELECT max(rank) + 1 FROM places), 1) END AS rank)"
        " FROM (SELECT * FROM again WHERE person_id = :one) AS f ASOF LEFT JOIN places AS p ON f.points >= p.points",
        one,
    )
    engine.sql("CREATE OR REPLACE VIEW findings AS SELECT * FROM found_again")


def _cell(text: str) -> str:
    return '"' + str(text).replace('"', '""') + '"'


def _csv(engine: DuckEngine, query: str, path: Path) -> None:
    engine.sql(
        f"COPY ({query.strip().rstrip(';')}) TO '{path}' (FORMAT csv, HEADER false, NULL '\\N', FORCE_QUOTE *)"
    )
