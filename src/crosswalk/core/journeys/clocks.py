"""By when something is owed: a clock of the policy, begun at a moment, in hours, days, working days or months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from crosswalk.core.basics import Refused, back

#: Units in which the days of the week count; Monday to Friday. Holidays are not taken out: the policy has no calendar.
_WORKING = ("working_days", "business_days")


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of `clocks.yaml` that is in force."""

    key: str
    value: int
    unit: str
    say: str
    confidence: str
    source: str

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> Clock:
        """An entry as it stands in the policy."""
        source = entry["source"]
        told = ", ".join(str(source[part]) for part in ("document", "edition", "page") if source.get(part))
        return cls(entry["key"], int(entry["value"]), entry["unit"], entry["say"], entry["confidence"], told)


def due(clock: Clock, begun: datetime) -> datetime:
    """The moment by which it is owed; with days, the same time of day on the last of them. Raises Refused."""
    if clock.unit == "hours":
        return begun + timedelta(hours=clock.value)
    if clock.unit in ("days", "calendar_days"):
        return begun + timedelta(days=clock.value)
    if clock.unit in _WORKING:
        return begun + (working_day_after(begun.date(), clock.value) - begun.date())
    if clock.unit == "months":
        return begun + (back(begun.date(), months=-clock.value) - begun.date())
    raise Refused(
        f"The clock “{clock.key}” counts in “{clock.unit}”.",
        fix="Write hours, days, calendar_days, working_days, business_days or months.",
        place="clocks.yaml",
    )


def working_day_after(day: date, count: int) -> date:
    """The `count`-th Monday-to-Friday after a day."""
    weeks, rest = divmod(count, 5)
    day += timedelta(weeks=weeks)
    if day.weekday() > 4 and not rest:  # whole weeks from a weekend end on the Friday before it
        return day - timedelta(days=day.weekday() - 4)
    while rest:
        day += timedelta(days=1)
        rest -= day.weekday() < 5
    return day
