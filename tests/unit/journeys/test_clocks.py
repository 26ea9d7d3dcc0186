"""By when something is owed, in every unit that the policy uses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from crosswalk.core.basics import Refused
from crosswalk.core.journeys.clocks import Clock, due, working_day_after


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


FRIDAY = moment(2026, 11, 20, 16, 40)


def clock(value: int, unit: str) -> Clock:
    return Clock("a clock", value, unit, "", "unverified", "")


@pytest.mark.parametrize(
    ("value", "unit", "by"),
    [
        (72, "hours", moment(2026, 11, 23, 16, 40)),
        (14, "calendar_days", moment(2026, 12, 4, 16, 40)),
        (30, "days", moment(2026, 12, 20, 16, 40)),
        (2, "business_days", moment(2026, 11, 24, 16, 40)),
        (5, "working_days", moment(2026, 11, 27, 16, 40)),
        (1, "months", moment(2026, 12, 20, 16, 40)),
    ],
)
def test_from_a_friday_afternoon(value: int, unit: str, by: datetime) -> None:
    assert due(clock(value, unit), FRIDAY) == by


def test_a_month_ends_where_the_shorter_month_ends() -> None:
    assert due(clock(1, "months"), moment(2027, 1, 31)) == moment(2027, 2, 28)


def test_working_days_counted_one_by_one() -> None:
    for start in range(14):
        day = date(2026, 11, 16) + timedelta(days=start)
        for count in range(1, 25):
            walked, left = day, count
            while left:
                walked += timedelta(days=1)
                left -= walked.weekday() < 5
            assert working_day_after(day, count) == walked, (day, count)


def test_a_unit_that_nobody_knows_is_refused() -> None:
    with pytest.raises(Refused, match="fortnights"):
        due(clock(1, "fortnights"), FRIDAY)
