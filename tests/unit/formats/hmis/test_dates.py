"""Days are read where their meaning is certain and left out, with the reason, where it is not."""

# ruff: noqa: DTZ001 HMIS times are local and carry no zone
from __future__ import annotations

from datetime import date, datetime

import pytest

from crosswalk.core.formats.hmis.dates import DayReader, Orders

EXPORT = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("text", "meant", "code"),
    [
        ("2026-02-03", datetime(2026, 2, 3), None),
        ("2026-02-03 14:05:06", datetime(2026, 2, 3, 14, 5, 6), None),
        ("2026-02-03T14:05:06.123Z", datetime(2026, 2, 3, 14, 5, 6), None),
        ("2026-2-3", datetime(2026, 2, 3), None),
        ("", None, None),
        ("NULL", None, "null_word"),
        ("soon", None, "not_a_date"),
        ("2026-02-30", None, "not_a_date"),
        ("0202-03-04", None, "year_out_of_range"),
        ("2/14/2026", datetime(2026, 2, 14), "odd_date"),
        ("14/2/2026", datetime(2026, 2, 14), "odd_date"),
        ("14-02-2026 12:00:00", datetime(2026, 2, 14, 12), "odd_date"),
        ("2/14/2026 1:05 PM", datetime(2026, 2, 14, 13, 5), "odd_date"),
        ("3/3/2026", datetime(2026, 3, 3), "odd_date"),
        ("3-4-2026", None, "two_readings"),
        ("17-JUN-20", datetime(2020, 6, 17), "two_digit_year"),
        ("2/14/26", datetime(2026, 2, 14), "two_digit_year"),
        ("46067", None, "not_a_date"),
    ],
)
def test_each_form_of_a_day(text: str, meant: datetime | None, code: str | None) -> None:
    assert DayReader(EXPORT).read(text) == (meant, code)


@pytest.mark.parametrize(
    ("text", "meant", "code"),
    [
        ("5/17/80", datetime(1980, 5, 17), "two_digit_year"),
        ("5/17/27", datetime(1927, 5, 17), "two_digit_year"),
        ("5/17/15", datetime(2015, 5, 17), "two_digit_year"),
        ("5/17/18", None, "which_century"),
        ("5/17/20", None, "which_century"),
    ],
)
def test_a_birth_year_of_two_digits_needs_one_possible_century(
    text: str, meant: datetime | None, code: str | None
) -> None:
    """A child of 6 or 8 and a person of 106 or 108 write the same two digits; of 111 there is nobody."""
    assert DayReader(EXPORT, birth=True).read(text) == (meant, code)


def test_the_column_decides_the_order_of_day_and_month() -> None:
    reader = DayReader(EXPORT)
    for text in ("03-04-2026", "22-04-2026"):
        reader.read(text)
    order = reader.seen.decided(Orders())
    assert order == {"-": "dm"}
    assert DayReader(EXPORT, order=order).read("03-04-2026") == (datetime(2026, 4, 3), "odd_date")


def test_a_column_that_proves_both_orders_proves_nothing() -> None:
    reader = DayReader(EXPORT)
    for text in ("03-04-2026", "22-04-2026", "04-22-2026"):
        reader.read(text)
    assert reader.seen.decided(Orders()) == {}


def test_the_other_columns_of_the_table_may_decide() -> None:
    reader, other = DayReader(EXPORT), DayReader(EXPORT)
    reader.read("03-04-2026")
    other.read("04-22-2026")
    assert reader.seen.decided(other.seen) == {"-": "md"}


def test_slashes_without_proof_are_month_first_as_american_excel_writes() -> None:
    reader = DayReader(EXPORT)
    reader.read("3/4/2026")
    assert reader.seen.decided(Orders()) == {"/": "md"}
