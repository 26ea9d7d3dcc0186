"""Bringing what the files gave into the tables: persons, records, coverage, time lines and findings, in one step.

The column engine shapes the rows (`shaping`) and PostgreSQL takes them by COPY into tables of its own transaction;
then only what differs is written. Readers see the old lists until the new ones are whole. The same run twice changes
nothing.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction

from crosswalk.cli.store import Store
from crosswalk.core.basics import Refused
from crosswalk.hub.access.itself import Hub, as_the_hub
from crosswalk.hub.finding.models import Change, Run
from crosswalk.hub.intake.models import Delivery, State
from crosswalk.hub.journal.actions import act
from crosswalk.hub.people.adding import keep_what_runs_did_not_know
from crosswalk.hub.people.grouping import open_everything, walled
from crosswalk.hub.runs import linked
from crosswalk.hub.runs.caseloads import count_caseloads
from crosswalk.hub.runs.changes import KEEP
from crosswalk.hub.runs.shaping import shape, shape_coverage
from crosswalk.hub.runs.tallies import count_queues

_TEXTS = Path(__file__).parent / "texts"
#: Table → (the columns of its rows in order, the columns that name a row). `since` stays while an answer stays.
_TABLES = {
    "people_person": (
        "id name other_name born language county seen_on seen_by seen_source known_to named",
        "id",
    ),
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
        arrived = shape(store, on, folder, between=(before or "", made["run"]))
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
            _wall_it_as_its_person()
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
        shape_coverage(store, on, folder)
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
    shape(store, on, folder, person_id, found_again)
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


def _wall_it_as_its_person() -> None:
    """What hangs on a person and was not made anew is for those to see who know the person now."""
    kept = {model._meta.db_table for model in walled()} - {*_TABLES, *_WHOLE}
    with connection.cursor() as cursor:
        for table in sorted(kept):
            cursor.execute(
                f"UPDATE {table} AS a SET known_to = p.known_to, named = p.named FROM people_person AS p"
                " WHERE p.id = a.person_id AND (a.known_to, a.named) IS DISTINCT FROM (p.known_to, p.named)"
            )


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
            f" WHERE NOT EXISTS (SELECT FROM {table} AS o WHERE {same}) ORDER BY person_id"
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
