"""Periods hold their first day and not their end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosswalk.core.basics import Period

DAYS = st.dates(date(2020, 1, 1), date(2020, 2, 15))
PERIODS = st.builds(
    lambda start, length: Period(start, None if length is None else start + timedelta(length)),
    DAYS,
    st.none() | st.integers(1, 20),
) | st.builds(lambda end: Period(None, end), DAYS)


def test_the_first_day_belongs_and_the_end_does_not() -> None:
    january = Period(date(2026, 1, 1), date(2026, 2, 1))
    assert date(2026, 1, 1) in january
    assert date(2026, 1, 31) in january
    assert date(2026, 2, 1) not in january
    assert str(january) == "2026-01-01 to 2026-01-31"


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="must end after it starts"):
        Period(date(2026, 1, 1), date(2026, 1, 1))


@given(PERIODS, PERIODS)
def test_two_periods_overlap_exactly_when_they_share_a_day(one: Period, other: Period) -> None:
    days = [date(2019, 12, 1) + timedelta(n) for n in range(150)]
    assert one.overlaps(other) == any(day in one and day in other for day in days)
    assert one.overlaps(other) == other.overlaps(one)
