"""Bringing what the files gave into the tables: persons, records, coverage, time lines and findings, in one step.

The column engine shapes the rows and PostgreSQL takes them by COPY into tables of its own transaction; then only
what differs is written. Readers see the old lists until the new ones are whole. The same run twice changes nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from crosswalk.cli.store import Store
from crosswalk.core.basics import Refused
from crosswalk.core.engine import DuckEngine
from crosswalk.hub.access.itself import Hub, as_the_hub
from crosswalk.hub.access.models import Organization
from crosswalk.hub.finding.models import Change, Run
from crosswalk.hub.finding.programs import programs, weights
from crosswalk.hub.intake.models import Delivery, State
from crosswalk.hub.journal.actions import act
from crosswalk.hub.people.adding import keep_what_runs_did_not_know
from crosswalk.hub.people.grouping import open_everything, walled
from crosswalk.hub.runs import linked
from crosswalk.hub.runs.added import keep_added
from crosswalk.hub.runs.caseloads import count_caseloads
from crosswalk.hub.runs.changes import KEEP, changes
from crosswalk.hub.runs.tallies import count_queues, seers
from crosswalk.hub.runs.told import register_nothing, register_told

_TEXTS = Path(__file__).parent / "texts"
#: Table → (the columns of its rows in order, the columns that name a row). `since` stays while an answer stays.
_TABLES = {
    "people_person": ("id name other_name born language county seen_on seen_by known_to named", "id"),
    "people_record": (
        "person_id source source_id first_name last_name born sex phone address delivery file row holders"
        " known_to named",
        "source source_id",
    ),
    "people_card": (linked.CARD, "source source_id"),
    "people_link": (linked.LINK, "left_source left_id right_source right_id"),
    "finding_finding": (
        "person_id program answer said_id in_hand in_hand_with rank since was on known_to named",
        "person_id program",
    ),
    "finding_listed": (
        "organization_id person_id place county plan met open since step step_program step_words known_to named",
        "organization_id person_id",
    ),
}
_CHANGES = "organization_id person_id run on program kind after because said known_to named"
_WHOLE = {
    "coverage_span": "person_id plan cin starts ends aid_code renewal_month sure told_on known_to named",
    "people_moment": "person_id day until kind code value place source source_id file row known_to named",
}
#: What a delivery changed: rows of the newest deliveries are made anew, those of older ones stay.
_ADDED = {"coverage_change": "person_id day kind plan other_plan delivery known_to named"}


@dataclass(frozen=True)
class Brought:
    """How many rows each table got, changed or lost."""

    run: str
    changed: dict[str, int]


def bring(store: Store, *, at: datetime) -> Brought:
    """Bring the newest run of `find` under a data folder into the tables. Raises Refused where there is none."""
    made = store.newest_run("find")
    if made is None:
        raise Refused("Nothing was found yet.", fix="Run `crosswalk link` and `crosswalk find` first.")
    on = date.fromisoformat(made["on"])
    before = Run.objects.order_by("-brought_at").values_list("id", flat=True).first()
    with tempfile.TemporaryDirectory(dir=store.root) as aside:
        folder = Path(aside)
        arrived = _shape(store, on, folder, between=(before or "", made["run"]))
        with transaction.atomic():
            open_everything()
            with connection.cursor() as cursor:
                cursor.execute(_ONE_WRITER)
            changed = {"finding_said": _texts(folder)}
            with linked.all_cards_anew():
                for table, (columns, key) in _TABLES.items():
                    changed[table] = _swap(table, columns.split(), key.split(), folder)
            for table, columns in _WHOLE.items():
                changed[table] = _replace(table, columns.split(), folder)
            for table, columns in _ADDED.items():
                changed[table] = _replace(table, columns.split(), folder, within="delivery")
            linked.settle(store, at=at)
            Run.objects.update_or_create(
                id=made["run"],
                defaults={
                    "on": on,
                    "made_at": datetime.fromisoformat(made["at"]),
                    "release": made["policy"]["release"],
                    "digest": made["policy"]["digest"],
                    "persons": made["persons"],
                    **({} if before == made["run"] else {"arrived": arrived}),
                },
            )
            changed["finding_change"] = _add_changes(folder, on)
            _keep_what_people_said_with_their_records()
            keep_what_runs_did_not_know()
            count_queues(on)
            count_caseloads(on, at=at)
            Delivery.objects.filter(
                state=State.IN, listed_by="", staged__in=made["inputs"]["deliveries"]
            ).update(listed_by=made["run"])
            act(
                Hub(),
                "bring run",
                subject=f"run:{made['run']}",
                basis="nightly run",
                after={**changed, "at": at},
            )
    with connection.cursor() as cursor:
        cursor.execute("SELECT tables_counted_anew(%s)", [[*_TABLES, *_WHOLE]])
    return Brought(made["run"], changed)


def bring_coverage(store: Store, *, on: date, at: datetime) -> dict[str, int]:
    """Bring coverage alone, as soon as people are linked and before anything is found; rows changed by table."""
    with tempfile.TemporaryDirectory(dir=store.root) as aside:
        folder = Path(aside)
        with DuckEngine(memory="1GB", scratch=store.scratch) as engine:
            _inputs(engine, store, _organizations(folder))
            engine.sql((_TEXTS / "known.sql").read_text(), {"on": on})
            for table, text in (("coverage_span", "span"), ("coverage_change", "change")):
                _csv(engine, (_TEXTS / f"{text}.sql").read_text(), folder / f"{table}.csv")
        with as_the_hub():
            spans, changes = _WHOLE["coverage_span"].split(), _ADDED["coverage_change"].split()
            changed = {
                "coverage_span": _replace("coverage_span", spans, folder),
                "coverage_change": _replace("coverage_change", changes, folder, within="delivery"),
            }
            if any(changed.values()):
                act(Hub(), "bring coverage", basis="delivery accepted", after={**changed, "at": at})
    with connection.cursor() as cursor:
        cursor.execute("SELECT tables_counted_anew(%s)", [["coverage_span", "coverage_change"]])
    return changed


def bring_one(store: Store, on: date, person_id: str, found_again: Path, folder: Path) -> None:
    """Bring what was found again for one person into the lists. Must run where all rows of the person may be seen."""
    _shape(store, on, folder, person_id, found_again)
    _texts(folder)
    with connection.cursor() as cursor:
        cursor.execute(_ONE_WRITER)
    for table in ("finding_finding", "finding_listed"):
        columns, key = _TABLES[table]
        _swap(table, columns.split(), key.split(), folder, person_id=person_id)


def _keep_what_people_said_with_their_records() -> None:
    """An answer or a consent is about whoever its record is now, and is known to whoever knows that person."""
    with connection.cursor() as cursor:
        for table in ("answers_answer", "consent_consent", "consent_emergency", "people_added"):
            cursor.execute(
                f"UPDATE {table} AS a SET person_id = r.person_id, known_to = r.known_to, named = r.named"
                " FROM people_record AS r WHERE r.source = a.source AND r.source_id = a.source_id AND"
                " (a.person_id, a.known_to, a.named) IS DISTINCT FROM (r.person_id, r.known_to, r.named)"
            )
        for model in walled():
            table = model._meta.db_table
            if table not in _TABLES and table not in _WHOLE:
                cursor.execute(
                    f"UPDATE {table} AS a SET known_to = p.known_to, named = p.named FROM people_person AS p"
                    " WHERE p.id = a.person_id AND (a.known_to, a.named) IS DISTINCT FROM (p.known_to, p.named)"
                )


# --- shaping, in the column engine ---------------------------------------------------------------------------


def _shape(
    store: Store,
    on: date,
    folder: Path,
    person_id: str = "",
    found_again: Path | None = None,
    between: tuple[str, str] = ("", ""),
) -> list[dict[str, Any]]:
    """One CSV file a table, in the column order of `_TABLES`; of one person only the findings and lists.

    Gives the deliveries that are new `between` two runs; what turned over between them is a file too.
    """
    organizations = _organizations(folder)
    with DuckEngine(memory="1GB", scratch=store.scratch) as engine:
        _inputs(engine, store, organizations)
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


def _inputs(engine: DuckEngine, store: Store, organizations: Path) -> None:
    """Everything that the texts read, under the names they read it by; a table that was not sent is empty."""
    persons, folder = store.newest("persons", otherwise="Run `crosswalk link`."), organizations.parent
    added = keep_added(folder, persons)
    engine.register("persons", [persons, added.persons])
    engine.register("in_added", added.clients)
    engine.sql(
        "CREATE TABLE organizations AS SELECT id::INTEGER AS id, source, hmis_name, name"
        " FROM read_csv(:path, header = true, all_varchar = true, quote = '\"', nullstr = 'NOTHING')",
        {"path": str(organizations)},
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


# --- taking it over, in PostgreSQL -----------------------------------------------------------------------------


def _copied(table: str, columns: list[str], path: Path) -> None:
    """The rows of a file in a temporary table of the same shape."""
    listed = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        # Several persons may be brought in one transaction.
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.new_{table}")
        cursor.execute(
            f"CREATE TEMP TABLE new_{table} ON COMMIT DROP AS SELECT {listed} FROM {table} LIMIT 0"
        )
        with (
            path.open("rb") as rows,
            cursor.copy(f"COPY new_{table} ({listed}) FROM STDIN (FORMAT csv, NULL '\\N')") as into,
        ):
            while piece := rows.read(1 << 20):
                into.write(piece)


#: Who brings rows into the lists, a run or an answer, waits for the one before until its transaction ends.
_ONE_WRITER = "SELECT pg_advisory_xact_lock(hashtext('lists'))"


def _swap(table: str, columns: list[str], key: list[str], folder: Path, person_id: str = "") -> int:
    """Insert what is new, update what differs, delete what is gone (of one person only, where one is named)."""
    _copied(table, columns, folder / f"{table}.csv")
    listed = ", ".join(f'"{name}"' for name in columns)
    rest = [name for name in columns if name not in key]
    compared = [name for name in rest if name not in ("since", "was", "on")]
    keys = " AND ".join(f'o."{name}" = n."{name}"' for name in key)
    sets = ", ".join(f'"{name}" = {_value(table, name)}' for name in rest)
    differs = " OR ".join(f'o."{name}" IS DISTINCT FROM n."{name}"' for name in compared)
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} AS o WHERE NOT EXISTS (SELECT FROM new_{table} AS n WHERE {keys})"
            + (" AND o.person_id = %s" if person_id else ""),
            [person_id] if person_id else None,
        )
        changed = cursor.rowcount
        cursor.execute(f"UPDATE {table} AS o SET {sets} FROM new_{table} AS n WHERE {keys} AND ({differs})")
        changed += cursor.rowcount
        cursor.execute(
            f"INSERT INTO {table} ({listed}) SELECT {listed} FROM new_{table} AS n"
            f" WHERE NOT EXISTS (SELECT FROM {table} AS o WHERE {keys})"
        )
        return int(changed + cursor.rowcount)


def _value(table: str, name: str) -> str:
    """The new value of a column; a day since when something is so stays as long as it is so."""
    if table == "finding_finding" and name == "since":
        return "CASE WHEN o.answer = n.answer THEN o.since ELSE n.since END"
    if table == "finding_finding" and name == "was":
        return "CASE WHEN o.answer = n.answer THEN o.was ELSE o.answer END"
    if table == "finding_listed" and name == "since":
        return "CASE WHEN n.met <@ o.met THEN o.since ELSE n.since END"
    return f'n."{name}"'


def _replace(table: str, columns: list[str], folder: Path, within: str = "") -> int:
    """Bulk that nobody edits and nothing points to: rows that are gone out, rows that are new in.

    `within` names a column: only rows with a value of it that the new rows have can be gone.
    """
    _copied(table, columns, folder / f"{table}.csv")
    listed = ", ".join(f'"{name}"' for name in columns)
    # Equal persons first: that part can be hashed, the rest is compared only within a person.
    same = "o.person_id = n.person_id AND " + " AND ".join(
        f'o."{name}" IS NOT DISTINCT FROM n."{name}"' for name in columns if name != "person_id"
    )
    among = f' AND o."{within}" IN (SELECT "{within}" FROM new_{table})' if within else ""
    with connection.cursor() as cursor:
        # A whole plan is compared at once: with the usual few megabytes that would go through the disk.
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(f"ANALYZE new_{table}")
        cursor.execute(
            f"DELETE FROM {table} AS o WHERE NOT EXISTS (SELECT FROM new_{table} AS n WHERE {same}){among}"
        )
        changed = cursor.rowcount
        cursor.execute(
            f"INSERT INTO {table} ({listed}) SELECT {listed} FROM new_{table} AS n"
            f" WHERE NOT EXISTS (SELECT FROM {table} AS o WHERE {same})"
        )
        return int(changed + cursor.rowcount)


def _add_changes(folder: Path, on: date) -> int:
    """What turned over with this run, beside what turned over before; the oldest goes after a while."""
    Change.objects.filter(on__lt=on - KEEP).delete()
    path = folder / "finding_change.csv"
    if not path.exists():
        return 0
    columns = _CHANGES.split()
    _copied("finding_change", columns, path)
    listed = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO finding_change ({listed}) SELECT {listed} FROM new_finding_change")
        return int(cursor.rowcount)


def _texts(folder: Path) -> int:
    """The distinct texts of findings; those that nobody needs any more stay, they are few and say what once was."""
    _copied("finding_said", ["id", "reasons", "questions"], folder / "finding_said.csv")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO finding_said SELECT id, reasons, questions FROM new_finding_said ON CONFLICT DO NOTHING"
        )
        return int(cursor.rowcount)
