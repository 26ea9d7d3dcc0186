"""A person is named by a person_id, a CIN or an HMIS PersonalID; what means several people is asked back."""

from __future__ import annotations

from pathlib import Path

import pytest

from crosswalk.core.basics import Refused
from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts import whom

PEOPLE = """
SELECT * FROM (VALUES
  ('PAAA', 'hmis:1', '77'), ('PBBB', 'hmis:2', '77'), ('PAAA', 'plan:north', '90000001A'),
  ('PCCC', 'hmis:1', '5'), ('PCCC', 'hmis:2', '5'), ('PDDD', 'hmis:1', 'O''Neil')
) AS one(person_id, source, source_id)"""


@pytest.fixture
def engine() -> DuckEngine:
    """An empty engine."""
    return DuckEngine(threads=1)


@pytest.fixture
def persons(tmp_path: Path, engine: DuckEngine) -> Path:
    """Five source records of four people."""
    engine.write_parquet(PEOPLE, tmp_path / "persons.parquet")
    return tmp_path / "persons.parquet"


@pytest.mark.parametrize(
    ("said", "person"),
    [
        ("PAAA", "PAAA"),
        ("paaa", "PAAA"),
        ("90000001A", "PAAA"),
        ("90000001a", "PAAA"),
        ("5", "PCCC"),
        ("O'Neil", "PDDD"),
    ],
)
def test_an_id_of_one_person_names_that_person(
    said: str, person: str, persons: Path, engine: DuckEngine
) -> None:
    assert whom(engine, state=persons.parent, persons=persons, aliases=None, said=said) == person


def test_an_id_that_two_systems_gave_to_two_people_is_asked_back(persons: Path, engine: DuckEngine) -> None:
    with pytest.raises(Refused, match=r"hmis:1 → PAAA; hmis:2 → PBBB"):
        whom(engine, state=persons.parent, persons=persons, aliases=None, said="77")


def test_an_id_that_nobody_has_is_refused(persons: Path, engine: DuckEngine) -> None:
    with pytest.raises(Refused, match="Nobody here has this id"):
        whom(engine, state=persons.parent, persons=persons, aliases=None, said="PZZZ")


def test_an_old_id_leads_to_the_new_one(persons: Path, tmp_path: Path, engine: DuckEngine) -> None:
    aliases = tmp_path / "aliases.parquet"
    engine.write_parquet("SELECT 'POLD' AS old_person_id, 'PAAA' AS new_person_id", aliases)
    assert whom(engine, state=tmp_path, persons=persons, aliases=aliases, said="POLD") == "PAAA"


def test_before_linking_each_record_names_itself(tmp_path: Path, engine: DuckEngine) -> None:
    engine.write_parquet(
        "SELECT 'hmis:1' AS source, '77' AS \"PersonalID\"", tmp_path / "hmis" / "Client.parquet"
    )
    engine.write_parquet("SELECT 'plan:north' AS source, '90000001A' AS cin", tmp_path / "members.parquet")
    for said in ("77", "hmis:1|77"):
        assert whom(engine, state=tmp_path, persons=None, aliases=None, said=said) == "hmis:1|77"
    found = whom(engine, state=tmp_path, persons=None, aliases=None, said="90000001A")
    assert found == "plan:north|90000001A"
