"""Cleaning: what counts as evidence after it, and what is only a placeholder."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage import sources
from crosswalk.core.linkage.run import standard_file
from crosswalk.core.linkage.standardise import soundex
from linkage_people import LEFT, ON, hmis, settings, write


def cleaned(tmp_path: Path, *rows: dict[str, Any], sounds: bool = False) -> list[dict[str, Any]]:
    """The standardised records of these HMIS rows, by id."""
    path = write(tmp_path / "hmis.parquet", list(rows), LEFT)
    with DuckEngine() as engine:
        sources.register_file(engine, path, "left", "raw")
        done = standard_file(engine, "raw", tmp_path / "out", settings(), ON, sounds=sounds)
        table = engine.arrow(f"SELECT * FROM read_parquet('{done.records}') ORDER BY source_id")
        return list(table.to_pylist())


def one(tmp_path: Path, **more: Any) -> dict[str, Any]:
    """One cleaned record: Ana García, born 2 March 1980, but for what is given."""
    row = hmis("1", "Ana", "García", date(1980, 3, 2)) | more
    return cleaned(tmp_path, row)[0]


def test_accents_case_and_apostrophes_do_not_make_another_name(tmp_path: Path) -> None:
    record = one(tmp_path, first_name="José  ", last_name="o’brien")
    assert (record["first"], record["last_c"]) == ("JOSE", "OBRIEN")


def test_two_surnames_are_kept_apart_and_together(tmp_path: Path) -> None:
    record = one(tmp_path, last_name="García-López")
    assert (record["last_c"], record["tok1"], record["tok2"]) == ("GARCIALOPEZ", "GARCIA", "LOPEZ")


def test_small_words_are_not_surnames(tmp_path: Path) -> None:
    record = one(tmp_path, last_name="De La Cruz")
    assert (record["last_c"], record["tok1"], record["tok2"]) == ("DELACRUZ", "CRUZ", None)


def test_a_short_surname_is_its_own_token(tmp_path: Path) -> None:
    assert one(tmp_path, last_name="Le")["tok1"] == "LE"


def test_a_junior_in_the_last_name_becomes_a_suffix(tmp_path: Path) -> None:
    record = one(tmp_path, last_name="Garcia Jr")
    assert (record["last_c"], record["suffix"]) == ("GARCIA", "JR")


def test_a_second_given_name_and_an_alias_are_known_names(tmp_path: Path) -> None:
    record = one(tmp_path, first_name="Ana Luisa", middle_name="Rosa", alias="Lucha")
    assert record["first"] == "ANA"
    assert set(record["given"]) == {"LUISA", "ROSA", "LUCHA"}


def test_spanish_short_forms_are_known_in_both_directions(tmp_path: Path) -> None:
    rows = [hmis("1", "Francisco", "Cruz", None), hmis("2", "Pancho", "Cruz", None)]
    francisco, pancho = cleaned(tmp_path, *rows)
    assert "PANCHO" in francisco["nick"]
    assert "FRANCISCO" in pancho["nick"]


@pytest.mark.parametrize("name", ["Unknown", "REFUSED", "Baby Boy", "Anonymous"])
def test_a_placeholder_is_no_name(tmp_path: Path, name: str) -> None:
    assert one(tmp_path, first_name=name)["first"] is None


def test_john_is_a_placeholder_only_where_the_name_is_said_to_be_unknown(tmp_path: Path) -> None:
    assert one(tmp_path, first_name="John", name_dq=1)["first"] == "JOHN"
    assert one(tmp_path / "other", first_name="John", name_dq=99)["first"] is None


@pytest.mark.parametrize(
    "ssn",
    ["123456789", "111111111", "000121234", "666121234", "912121234", "123001234", "123450000", "12345678"],
)
def test_a_number_that_cannot_be_an_ssn_is_none(tmp_path: Path, ssn: str) -> None:
    record = one(tmp_path, ssn=ssn)
    assert (record["ssn"], record["ssn4"]) == (None, None)


def test_the_last_four_digits_are_kept_of_a_partial_ssn(tmp_path: Path) -> None:
    record = one(tmp_path, ssn="xxxxx1234")
    assert (record["ssn"], record["ssn4"]) == (None, "1234")


def test_dashes_do_not_matter_in_an_ssn(tmp_path: Path) -> None:
    assert one(tmp_path, ssn="212-34-5678")["ssn"] == "212345678"


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(1905, 5, 5), date(2027, 1, 1)])
def test_a_birth_date_that_cannot_be_is_none(tmp_path: Path, day: date) -> None:
    assert one(tmp_path, dob=day)["dob"] is None


def test_the_first_of_january_1970_counts_unless_the_date_is_said_to_be_unknown(tmp_path: Path) -> None:
    assert one(tmp_path, dob=date(1970, 1, 1))["dob"] == date(1970, 1, 1)
    assert one(tmp_path / "other", dob=date(1970, 1, 1), dob_dq=99)["dob"] is None


def test_a_phone_of_more_than_twenty_people_is_an_office(tmp_path: Path) -> None:
    rows = [hmis(f"{number:02d}", "Ana", "Cruz", None, phone="(916) 555-0100") for number in range(21)]
    rows.append(hmis("99", "Ana", "Cruz", None, phone="916-555-0199"))
    records = cleaned(tmp_path, *rows)
    assert [record["phone"] for record in records] == [None] * 21 + ["9165550199"]


def test_a_medi_cal_card_number_gives_the_cin(tmp_path: Path) -> None:
    assert one(tmp_path, medi_cal_id="91234567a12345")["cin"] == "91234567A"


def test_a_hashed_export_is_read_as_the_sound_of_its_names(tmp_path: Path) -> None:
    hashes = [hashlib.sha256(code.encode()).hexdigest() for code in ("M600", "G620")]
    secret = "1234" + hashlib.sha256(b"xx2345678").hexdigest()
    record = one(tmp_path, first_name=hashes[0], last_name=hashes[1], ssn=secret)
    assert (record["first"], record["last_c"], record["ssn"]) == (None, None, None)
    assert (record["hashed_first"], record["hashed_last"], record["ssn4"]) == ("M600", "G620", "1234")


@pytest.mark.parametrize(
    ("name", "code"),
    [("ROBERT", "R163"), ("RUPERT", "R163"), ("ASHCRAFT", "A261"), ("TYMCZAK", "T522"), ("PFISTER", "P236"),
     ("HONEYMAN", "H555"), ("LEE", "L000")],
)  # fmt: skip
def test_soundex_is_the_american_one(name: str, code: str) -> None:
    with DuckEngine() as engine:
        assert engine.fetch(f"SELECT {soundex('n')} FROM (SELECT '{name}' AS n)") == [(code,)]


def test_a_changed_record_gets_another_mark(tmp_path: Path) -> None:
    assert one(tmp_path)["mark"] == one(tmp_path / "again")["mark"]
    assert one(tmp_path)["mark"] != one(tmp_path / "changed", ssn="212345678")["mark"]
