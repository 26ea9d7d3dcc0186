"""Deliveries laid one over another: newer wins, full exports replace, deleted rows step aside and can return."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from crosswalk.core.engine import DuckEngine
from crosswalk.core.formats.hmis import CANONICAL, Delivered, merge, read_layout, stage
from hmis_export import POLICY, files, packed

FULL = {"ExportDirective": "2", "ExportPeriodType": "3"}
DELTA = {"ExportDirective": "1", "ExportPeriodType": "1"}
CHANGED = {"DateUpdated": "2026-02-20 10:00:00"}


class Held:
    """What is held after each delivery."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.before: list[Delivered] = []
        self.layout = read_layout(POLICY, CANONICAL)

    @property
    def current(self) -> Path | None:
        return self.folder / f"state{len(self.before)}" if self.before else None

    def take(
        self, on: str = "2026-06-30", about: dict[str, str] = FULL, without: str = "", **given: Any
    ) -> Any:
        """Stage and merge one export made on a day; `without` leaves one file out."""
        number = len(self.before) + 1
        contents = files(about={**about, "ExportDate": f"{on} 08:00:00"}, **given)
        contents = {name: text for name, text in contents.items() if name != without}
        path = packed(contents, self.folder / f"{number}.zip")
        built = self.folder / f"delivery{number}"
        built.mkdir()
        staged = stage(path, built, policy=POLICY, delivery=f"hmis-{number}", held=self.current, processes=1)
        export = staged.export
        one = Delivered(
            id=f"hmis-{number}",
            folder=built,
            source=export.source,
            exported=export.day,
            is_full=export.is_full,
            start=export.start,
            end=export.end,
            present=frozenset(staged.present),
        )
        with DuckEngine(memory="400MB", threads=2) as engine:
            merge(engine, self.layout, one, self.before, self.current, self.folder / f"state{number}")
        self.before.append(one)
        return staged

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Live rows of a table."""
        assert self.current
        return list(pq.read_table(self.current / f"{table}.parquet").to_pylist())

    def keys(self, table: str) -> set[str]:
        """Keys of live rows."""
        return {row[self.layout.tables[table].key] for row in self.rows(table)}

    def names(self) -> set[str]:
        """First names of people held."""
        return {row["FirstName"] for row in self.rows("Client")}


@pytest.fixture
def held(tmp_path: Path) -> Held:
    return Held(tmp_path)


def two(first: dict[str, str] | None = None, second: dict[str, str] | None = None) -> dict[str, Any]:
    """Two people with a stay each."""
    people = [{"FirstName": "Ana", **(first or {})}, {"FirstName": "Bao", **(second or {})}]
    return {"clients": people, "enrollments": [{}, {}]}


def test_each_row_says_which_source_delivery_file_and_row_it_came_from(held: Held) -> None:
    held.take(**two())
    where = [(row["source"], row["delivery"], row["file"], row["row"]) for row in held.rows("Client")]
    assert sorted(where) == [("hmis:riverbend", "hmis-1", "Client.csv", n) for n in (1, 2)]


def test_a_newer_full_export_replaces_and_people_without_a_stay_left_leave(held: Held) -> None:
    held.take("2026-06-01", **two())
    held.take("2026-06-30", clients=[{"FirstName": "Ana"}], enrollments=[{}])
    assert (held.names(), held.keys("Enrollment")) == ({"Ana"}, {"E1"})


def test_a_full_export_counts_even_where_its_rows_look_older(held: Held) -> None:
    held.take("2026-06-01", **two(first={**CHANGED, "FirstName": "Anna"}))
    held.take("2026-06-30", **two())
    assert held.names() == {"Ana", "Bao"}


def test_a_full_export_says_nothing_of_other_projects(held: Held) -> None:
    given = two()
    given["enrollments"] = [{}, {"ProjectID": "P2"}]
    held.take("2026-06-01", projects=[{}, {}], **given)
    held.take("2026-06-30", clients=[{"FirstName": "Ana"}], enrollments=[{}])
    assert held.names() == {"Ana", "Bao"}
    assert held.keys("Project") == {"P1", "P2"}


def test_a_full_export_says_nothing_of_stays_outside_its_days(held: Held) -> None:
    given = two()
    given["enrollments"] = [{}, {"EntryDate": "2020-01-01"}]
    held.take(
        "2026-06-01", exits=[{"EnrollmentID": "E2", "PersonalID": "C2", "ExitDate": "2020-03-01"}], **given
    )
    held.take("2026-06-30", clients=[{"FirstName": "Ana"}], enrollments=[{}])
    assert held.names() == {"Ana", "Bao"}


def test_a_file_that_is_missing_from_a_full_export_removes_nothing(held: Held) -> None:
    held.take("2026-06-01", Disabilities=[{}])
    held.take("2026-06-30", without="Disabilities.csv")
    assert held.keys("Disabilities") == {"DI-1"}
    held.take("2026-07-01")
    assert held.keys("Disabilities") == set(), "an empty file does"


def test_a_rejected_row_of_a_full_export_leaves_the_version_before(held: Held) -> None:
    held.take("2026-06-01", Services=[{"DateProvided": "2026-02-03"}])
    staged = held.take("2026-06-30", Services=[{"PersonalID": "nobody", "DateProvided": "2026-02-04"}])
    assert staged.tables["Services"].rejected == 1
    assert [str(row["DateProvided"]) for row in held.rows("Services")] == ["2026-02-03"]


def test_a_delta_adds_and_changes_and_its_silence_removes_nothing(held: Held) -> None:
    held.take("2026-06-01", **two())
    new = {"PersonalID": "C3", "FirstName": "Cruz"}
    held.take("2026-06-02", DELTA, clients=[{"FirstName": "Anita", **CHANGED}, new], enrollments=[])
    assert held.names() == {"Anita", "Bao", "Cruz"}
    assert held.keys("Enrollment") == {"E1", "E2"}


def test_a_row_of_a_delta_finds_its_owner_among_what_is_held(held: Held) -> None:
    held.take("2026-06-01", Event=[])
    staged = held.take("2026-06-02", DELTA, clients=[], enrollments=[], projects=[], Event=[{}])
    assert staged.tables["Event"].accepted == 1
    assert held.keys("Event") == {"EV-1"}


def test_a_delta_row_that_is_older_than_what_is_held_is_passed_over(held: Held) -> None:
    held.take("2026-06-01", **two(first={**CHANGED, "FirstName": "Anna"}))
    held.take("2026-06-02", DELTA, clients=[{"FirstName": "Ana"}], enrollments=[])
    assert held.names() == {"Anna", "Bao"}


def test_a_deleted_stay_takes_what_hangs_on_it_along_and_brings_it_back(held: Held) -> None:
    hanging: dict[str, Any] = {"Disabilities": [{}], "exits": [{}], "Services": [{}]}
    held.take("2026-06-01", **hanging)
    gone = {"DateDeleted": "2026-06-02 09:00:00"}
    held.take("2026-06-02", DELTA, clients=[], enrollments=[gone], projects=[])
    assert [held.keys(name) for name in ("Enrollment", "Disabilities", "Exit", "Services")] == [set()] * 4
    assert held.keys("Client") == {"C1"}
    held.take("2026-06-03", DELTA, clients=[], enrollments=[{}], projects=[])
    assert [len(held.keys(name)) for name in ("Enrollment", "Disabilities", "Exit", "Services")] == [1] * 4


def test_a_deleted_person_takes_everything_of_theirs_along(held: Held) -> None:
    held.take("2026-06-01", Disabilities=[{}], **two())
    held.take(
        "2026-06-02", DELTA, clients=[{"DateDeleted": "2026-06-02 09:00:00"}], enrollments=[], projects=[]
    )
    assert held.names() == {"Bao"}
    assert (held.keys("Enrollment"), held.keys("Disabilities")) == ({"E2"}, set())


def test_an_older_export_that_arrives_late_neither_undoes_a_deletion_nor_brings_rows_back(held: Held) -> None:
    held.take(
        "2026-06-30", clients=[{"FirstName": "Ana"}], enrollments=[{"DateDeleted": "2026-06-20 09:00:00"}]
    )
    held.take("2026-06-01", **two())
    assert held.names() == {"Ana"}
    assert held.keys("Enrollment") == set()


def test_two_sources_with_the_same_numbers_stay_apart(held: Held) -> None:
    held.take("2026-06-01", **two())
    held.take("2026-06-02", {**FULL, "ImplementationID": "hilltop"}, clients=[{"FirstName": "Dee"}])
    assert sorted((row["source"], row["FirstName"]) for row in held.rows("Client")) == [
        ("hmis:hilltop", "Dee"),
        ("hmis:riverbend", "Ana"),
        ("hmis:riverbend", "Bao"),
    ]
    assert len(held.rows("Export")) == 2


def test_one_export_row_a_source_that_of_its_newest_export(held: Held) -> None:
    for day in ("2026-06-01", "2026-06-30", "2026-06-15"):
        held.take(day, DELTA)
    assert [str(row["ExportDate"])[:10] for row in held.rows("Export")] == ["2026-06-30"]


def test_kept_columns_follow_their_rows(held: Held) -> None:
    held.take("2026-06-01", version=2024, clients=[{"Woman": "1"}, {"Man": "1"}], enrollments=[{}, {}])
    assert held.current
    kept = pq.read_table(held.current / "Kept2024_Client.parquet").to_pylist()
    assert {(row["key"], row["column"]) for row in kept if row["value"] == "1"} == {
        ("C1", "Woman"),
        ("C2", "Man"),
    }
    held.take("2026-06-30", clients=[{}], enrollments=[{}])
    assert held.current
    assert pq.read_metadata(held.current / "Kept2024_Client.parquet").num_rows == 0
