"""What somebody types to find a person is read as what it may mean."""

from __future__ import annotations

from datetime import date

import pytest

from crosswalk.core.linkage.typed import DAY, MONTH, YEAR, typed

ON = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "born", "exact"),
    [
        ("garc 1975", date(1975, 1, 1), YEAR),
        ("garc 3/1975", date(1975, 3, 1), MONTH),
        ("garc 1975-03", date(1975, 3, 1), MONTH),
        ("garc 3/15/1975", date(1975, 3, 15), DAY),
        ("garc 1975-03-15", date(1975, 3, 15), DAY),
        ("garc 3/15/75", date(1975, 3, 15), DAY),
        ("garc 3/15/05", date(2005, 3, 15), DAY),
        ("garc march 1975", date(1975, 3, 1), MONTH),
        ("garc 5 de mayo de 1980", date(1980, 5, 5), DAY),
        ("garc May 5, 1980", date(1980, 5, 5), DAY),
        ("mar 1975", date(1975, 1, 1), YEAR),
        ("garc 13/45/1999", date(1999, 1, 1), YEAR),
        ("garc 1850", None, DAY),
        ("garc", None, DAY),
    ],
)
def test_birth_dates_and_parts_of_them(text: str, born: date | None, exact: str) -> None:
    found = typed(text, on=ON)
    assert (found.born, found.exact) == (born, exact)
    assert found.words == (text.split()[0],)


@pytest.mark.parametrize(
    ("text", "ssn"),
    [
        ("lee 1980 4821", "XXXXX4821"),
        ("lee xxx-xx-1980", "XXXXX1980"),
        ("lee ssn 1980 1975", "XXXXX1980"),
        ("lee #1980", "XXXXX1980"),
        ("123-45-6789", "123456789"),
        ("lee 1980", None),
    ],
)
def test_the_last_four_are_told_from_a_year(text: str, ssn: str | None) -> None:
    assert typed(text, on=ON).ssn == ssn


def test_numbers_say_by_their_shape_what_they_are() -> None:
    assert typed("90000001a", on=ON).cin == "90000001a"
    assert typed("(209) 555-0101", on=ON).phone == "(209) 555-0101"
    assert typed("EFAC376AA2F42C1D3911A8B5153C802B", on=ON).record_id == "EFAC376AA2F42C1D3911A8B5153C802B"
    assert typed("6549706", on=ON).as_id == "6549706"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Lopez, Jose", "Jose", "Lopez"),
        ("Jose Lopez", "Jose", "Lopez"),
        ("Lopez Jose", "Jose", "Lopez"),
        ("Maria Jose Garcia Lopez", "Maria Jose", "Garcia Lopez"),
        ("Garcia Lopez Maria", "Maria", "Garcia Lopez"),
        ("O'Neil", None, "O'Neil"),
    ],
)
def test_names_in_any_order(text: str, first: str | None, last: str | None) -> None:
    assert {"first": first, "last": last}.items() <= {
        (key, value) for one in typed(text, on=ON).readings() for key, value in one.items()
    }
    assert any(one["first"] == first and one["last"] == last for one in typed(text, on=ON).readings())


def test_the_journal_hears_the_kinds_of_clues_and_never_the_clues() -> None:
    found = typed("Lopez 3/1975 4821", on=ON)
    assert found.clues == ("name", "month of birth", "SSN")


def test_nothing_typed_means_nobody() -> None:
    assert list(typed("  ", on=ON).readings()) == [
        {"first": None, "last": None, "dob": None, "ssn": None, "phone": None, "cin": None, "source_id": None}
    ]
