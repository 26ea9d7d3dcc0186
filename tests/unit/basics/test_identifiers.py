"""CINs and Social Security numbers as plans, cards and spreadsheets write them."""

from __future__ import annotations

import pytest

from crosswalk.core.basics.identifiers import read_cin, read_ssn


@pytest.mark.parametrize(
    ("written", "value", "remark"),
    [
        ("91234567A", "91234567A", None),
        (" 9123-4567a ", "91234567A", None),
        ("91234567A12345", "91234567A", "from_bic"),
        ("91234567E12345", "91234567E", "from_bic"),
        ("9123456OA", "91234560A", "letter_o"),
        ("9.1234567E7", None, "number"),
        ("9.1234567E+07", None, "number"),
        ("91234567", None, "number"),
        ("1234567.0", None, "number"),
        ("1EG4TE5MK73", None, "medicare_number"),
        ("91234567AB", None, "shape"),
        ("9123456A", None, "shape"),
        ("", None, "shape"),
    ],
)
def test_a_cin_is_read_where_its_meaning_is_certain(
    written: str, value: str | None, remark: str | None
) -> None:
    assert read_cin(written) == (value, remark)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("912345678", "912345678"),
        ("912-34-5678", "912345678"),
        ("xxxxx5678", "xxxxx5678"),
        ("***-**-5678", "xxxxx5678"),
        ("5678", "xxxxx5678"),
        ("12345678", None),
        ("unknown", None),
    ],
)
def test_an_ssn_is_nine_digits_or_the_last_four(written: str, value: str | None) -> None:
    assert read_ssn(written).value == value
