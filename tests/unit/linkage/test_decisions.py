"""Who is linked, who is asked about, and who is left apart: one small story each."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linkage_people import crowd, hmis, linked, member

BORN = date(1980, 3, 2)
SSN = "212345678"
Row = dict[str, Any]


@pytest.fixture(scope="module")
def others() -> list[Row]:
    """Two thousand other members, so that a shared name is worth what it would be in a county."""
    return [row | {"member_id": row["member_id"] + 1000} for row in crowd(2000, seed=5)[1]]


def answer(tmp_path: Path, others: list[Row], left: Row, *rights: Row) -> list[tuple[str, str, str, str]]:
    """Decision, who decided, member and veto of each candidate, best first."""
    links = linked(tmp_path, [left], [*rights, *others])
    return [
        (
            one["decision"],
            one["decided_by"],
            one["right_id"],
            next((piece["level"] for piece in one["evidence"] if piece["field"] == "veto"), ""),
        )
        for one in links
        if int(one["right_id"]) < 1000
    ]


def test_the_same_name_birth_date_and_ssn_are_the_same_person(tmp_path: Path, others: list[Row]) -> None:
    left = hmis("A", "Marisol", "Quezalti", BORN, ssn=SSN)
    right = member(1, "MARISOL", "QUEZALTI", BORN, ssn=SSN)
    assert answer(tmp_path, others, left, right) == [("same", "model", "1", "")]


def test_a_first_name_that_differs_is_asked_about_however_high_the_score(
    tmp_path: Path, others: list[Row]
) -> None:
    left = hmis("A", "Wilhelmina", "Quezalti", BORN, ssn=SSN)
    right = member(1, "BORIS", "QUEZALTI", BORN, ssn=SSN)
    assert answer(tmp_path, others, left, right) == [("ask", "rule", "1", "first_differs")]


def test_a_birth_date_that_differs_is_asked_about(tmp_path: Path, others: list[Row]) -> None:
    left = hmis("A", "Marisol", "Quezalti", date(1955, 11, 27), ssn=SSN)
    right = member(1, "MARISOL", "QUEZALTI", BORN, ssn=SSN)
    assert answer(tmp_path, others, left, right) == [("ask", "rule", "1", "dob_differs")]


def test_twins_with_neighbouring_numbers_are_not_linked(tmp_path: Path, others: list[Row]) -> None:
    left = hmis("A", "Wilhelmina", "Quezalti", BORN, ssn=SSN)
    twin = member(1, "WANDA", "QUEZALTI", BORN, ssn="212345679")
    found = answer(tmp_path, others, left, twin)
    assert [one[0] for one in found] == ["ask"]
    assert found[0][3] in ("twin", "first_differs")


def test_of_two_twins_the_right_one_is_linked_and_the_other_is_not_asked_about(
    tmp_path: Path, others: list[Row]
) -> None:
    left = hmis("A", "Wilhelmina", "Quezalti", BORN, ssn=SSN)
    rights = (
        member(1, "WILHELMINA", "QUEZALTI", BORN, ssn=SSN),
        member(2, "WANDA", "QUEZALTI", BORN, ssn="212345679"),
    )
    assert [one[:3] for one in answer(tmp_path, others, left, *rights)] == [
        ("same", "model", "1"),
        ("different", "model", "2"),
    ]


def test_a_junior_is_not_his_father(tmp_path: Path, others: list[Row]) -> None:
    left = hmis("A", "Omar", "Quezalti", BORN, ssn=SSN, suffix="Sr")
    right = member(1, "OMAR", "QUEZALTI", BORN, ssn=SSN, suffix="JR")
    assert answer(tmp_path, others, left, right) == [("ask", "rule", "1", "suffix")]


def test_two_people_who_fit_equally_well_are_both_asked_about(tmp_path: Path, others: list[Row]) -> None:
    left = hmis("A", "Marisol", "Quezalti", BORN)
    rights = (
        member(1, "MARISOL", "QUEZALTI", date(1980, 3, 3)),
        member(2, "MARISOL", "QUEZALTI", date(1980, 3, 1)),
    )
    assert [one[0] for one in answer(tmp_path, others, left, *rights)] == ["ask", "ask"]


def test_two_numbers_of_one_member_are_no_reason_to_ask(tmp_path: Path, others: list[Row]) -> None:
    left = hmis("A", "Marisol", "Quezalti", BORN, ssn=SSN)
    rights = (member(number, "MARISOL", "QUEZALTI", BORN, ssn=SSN) for number in (1, 2))
    assert [one[0] for one in answer(tmp_path, others, left, *rights)] == ["same", "same"]


def test_sex_never_decides(tmp_path: Path, others: list[Row]) -> None:
    left = hmis("A", "Marisol", "Quezalti", BORN, ssn=SSN, sex=1)
    right = member(1, "MARISOL", "QUEZALTI", BORN, ssn=SSN, sex="F")
    assert answer(tmp_path, others, left, right)[0][0] == "same"


def test_the_mothers_surname_alone_reaches_the_member(tmp_path: Path, others: list[Row]) -> None:
    left = hmis("A", "Marisol", "Zubizarreta", BORN, hispanic=1)
    right = member(1, "MARISOL", "QUEZALTI ZUBIZARRETA", BORN, ethnicity="HISPANIC")
    assert answer(tmp_path, others, left, right)[0][0] in ("same", "ask")


def test_a_spanish_short_form_and_last_four_digits_are_enough(tmp_path: Path, others: list[Row]) -> None:
    left = hmis("A", "Pancho", "Quezalti", BORN, ssn="xxxxx5678")
    right = member(1, "FRANCISCO", "QUEZALTI", BORN, ssn=SSN)
    assert answer(tmp_path, others, left, right)[0][0] == "same"


def test_names_given_in_the_wrong_order_reach_the_member(tmp_path: Path, others: list[Row]) -> None:
    left = hmis("A", "Thistleworth", "Minh", BORN)
    right = member(1, "MINH", "THISTLEWORTH", BORN)
    assert answer(tmp_path, others, left, right)[0][0] in ("same", "ask")


def test_an_age_instead_of_a_birth_date_reaches_the_member(tmp_path: Path, others: list[Row]) -> None:
    left = hmis("A", "Marisol", "Quezalti", date(1981, 1, 1), dob_dq=2)
    right = member(1, "MARISOL", "QUEZALTI", BORN)
    assert answer(tmp_path, others, left, right)[0][0] in ("same", "ask")


def test_strangers_are_not_even_candidates(tmp_path: Path, others: list[Row]) -> None:
    assert (
        answer(
            tmp_path, others, hmis("A", "Wilhelmina", "Vontrapini", BORN), member(1, "BORIS", "SMITH", BORN)
        )
        == []
    )


def test_a_hashed_record_is_compared_by_the_sound_of_its_names(tmp_path: Path, others: list[Row]) -> None:
    def hashed(code: str) -> str:
        return hashlib.sha256(code.encode()).hexdigest()

    secret = SSN[-4:] + hashlib.sha256(SSN.encode()).hexdigest()
    left = hmis("A", hashed("M624"), hashed("Q243"), BORN, ssn=secret)
    right = member(1, "MARISOL", "QUEZALTI", BORN, ssn=SSN)
    assert answer(tmp_path, others, left, right)[0][0] in ("same", "ask")


def test_a_number_that_differs_is_asked_about_unless_all_else_outweighs_it(
    tmp_path: Path, others: list[Row]
) -> None:
    left = hmis("A", "Marisol", "Quezalti", BORN, ssn="530918824")
    right = member(1, "MARISOL", "QUEZALTI", BORN, ssn=SSN)
    assert answer(tmp_path, others, left, right) == [("ask", "rule", "1", "ssn_differs")]
    more = {"phone": "9165550123", "zip": "95814"}
    assert answer(tmp_path / "more", others, left | more, right | more)[0][0] == "same"


def test_without_a_birth_date_only_the_full_number_links(tmp_path: Path, others: list[Row]) -> None:
    right = member(1, "MARISOL", "QUEZALTI", BORN, ssn=SSN, phone="9165550123")
    by_phone = hmis("A", "Marisol", "Quezalti", None, phone="9165550123")
    assert answer(tmp_path, others, by_phone, right) == [("ask", "rule", "1", "dob_missing")]
    by_number = hmis("A", "Marisol", "Quezalti", None, ssn=SSN)
    assert answer(tmp_path / "number", others, by_number, right)[0][0] == "same"
