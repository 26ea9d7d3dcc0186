"""Who a fact is about: duplicates of a person, records that nobody linked, and one person asked alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts import catalogue, evidence, evidence_of_each, prepare, write
from crosswalk.core.facts.wide import measure
from crosswalk.core.rules import FactUse
from fact_cases import ON, Case, cls, county, ed, enrolled, night, says, stay, who

LONG_AGO = {"LivingSituation": 116, "LengthOfStay": 2, "DateToStreetESSH": "2026-01-01"}


def made(folder: Path, *people: Case) -> Path:
    """A county of these people."""
    for one in people:
        one.plan = one.plan if one.plan != "" else "north"
    return county(list(people), folder)


@pytest.fixture(scope="module")
def codes() -> Any:
    """The code maps of the shipped policy."""
    import csv

    maps = Path(__file__).resolve().parents[3] / "policy" / "codes" / "maps"

    def rows(name: str) -> list[dict[str, str]]:
        with (maps / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            return list(csv.DictReader(handle))

    return rows


def test_two_hmis_records_of_one_person_count_together(tmp_path: Path, codes: Any) -> None:
    """Nights under two PersonalIDs make one run of days; each record is named in chronic_history."""
    folder = made(
        tmp_path,
        who("", None, enrolled(1, "2026-10-01"), night("2026-10-01"), plan=None),
        who("", None, enrolled(1, "2026-10-07"), night("2026-10-07"), plan=None),
    )
    persons = pq.read_table(folder / "persons.parquet").to_pylist()
    one = [{**row, "person_id": "PSAME"} if row["source"] == "hmis:X" else row for row in persons]
    pq.write_table(
        type(pq.read_table(folder / "persons.parquet")).from_pylist(one), folder / "linked.parquet"
    )
    with DuckEngine(threads=1) as engine:
        prepare(engine, folder, folder / "persons.parquet", ON, codes=codes)
        apart = engine.fetch("SELECT count(*) FROM person_key")
        prepare(engine, folder, folder / "linked.parquet", ON, codes=codes)
        together = engine.fetch("SELECT count(*) FROM person_key")
        key = engine.fetch("SELECT person_id FROM person_key WHERE person = 'PSAME'")[0][0]
        (days,) = evidence(engine, FactUse("days_homeless"), ON, [key])
        records = evidence(engine, FactUse("chronic_history"), ON, [key])
        measure(engine, [FactUse("chronic_history")], ON)
        rows = engine.fetch("SELECT count(*) FROM fact_table")
    assert (apart, together) == ([(2,)], [(1,)])
    assert days.value == 7
    assert sorted(one.extra["source_id"] for one in records) == ["C0", "C1"]
    assert len({one.value for one in records}) == 1
    assert rows == [(1,)], "in the wide table a person has one row, however many records"


def test_without_links_each_record_is_its_own_person(tmp_path: Path, codes: Any) -> None:
    folder = made(tmp_path, who("", None, ed("2026-10-01"), enrolled(0, "2026-10-01")))
    with DuckEngine(threads=1) as engine:
        prepare(engine, folder, None, ON, codes=codes)
        people = engine.fetch("SELECT person FROM person_key ORDER BY person")
    assert people == [("hmis:X|C0",), ("plan:north|90000000A",)]


def test_one_person_asked_alone_gets_the_answers_of_the_whole_county(folk: Any, codes: Any) -> None:
    """Reading only what one person has changes nothing: every fact, for people of every kind."""
    chosen = [case.person for case in folk.cases[::29]]
    chosen += [case.person for case in folk.cases if case.household][:3]
    for person in chosen:
        with DuckEngine(threads=1) as engine:
            prepare(engine, folk.folder, folk.folder / "persons.parquet", ON, codes=codes, only=[person])
            key = engine.fetch("SELECT person_id FROM person_key WHERE person = :p", {"p": person})[0][0]
            each = evidence_of_each(engine, [FactUse(name) for name in catalogue()], ON, [key])
            for name in catalogue():
                alone = [one[1:3] for one in evidence(engine, FactUse(name), ON, [key])]
                assert [one[1:3] for one in each.get(FactUse(name), [])] == alone, (
                    f"{name}, asked beside others"
                )
                among = [one[1:3] for one in evidence(folk.engine, FactUse(name), ON, [folk.keys[person]])]
                assert alone == among, f"{name} of {person}"


def test_days_after_the_day_are_not_known_yet(tmp_path: Path, codes: Any) -> None:
    folder = made(
        tmp_path,
        who(
            "",
            None,
            ed("2026-11-05"),
            stay("2026-10-20", "2026-11-04"),
            says("complex_need", "yes", "2026-11-02"),
        ),
        who("", None, enrolled(0, "2026-10-01", "2026-11-10", 410), cls("2026-11-09", 410), plan=None),
    )
    with DuckEngine(threads=1) as engine:
        prepare(engine, folder, folder / "persons.parquet", ON, codes=codes)
        keys = dict(engine.fetch("SELECT person, person_id FROM person_key"))

        def value(name: str, person: str) -> Any:
            found = evidence(engine, FactUse(name), ON, [keys[person]])
            return found[0].value if found else None

        assert value("ed_visits_all", "P0000") == 0
        assert value("open_inpatient", "P0000") is True
        assert value("complex_need", "P0000") is None
        assert value("in_shelter_or_transitional", "P0001") is True


def test_a_fact_is_written_with_public_ids_and_its_proofs(folk: Any, tmp_path: Path) -> None:
    path = tmp_path / "ed_visits.parquet"
    rows = write(folk.engine, "ed_visits", ON, path)
    table = pq.read_table(path).to_pylist()
    assert rows == len(table) > 0
    assert list(table[0]) == ["person_id", "value", "day", "unknown_avoidability", "evidence"]
    seen = [row for row in table if row["value"] == 5]
    assert seen
    assert all(len(row["evidence"]) == 5 and row["person_id"].startswith("P") for row in seen)
