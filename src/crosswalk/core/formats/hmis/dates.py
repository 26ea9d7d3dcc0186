"""Days and times as exports really write them: ISO at once, other forms only where their meaning is certain.

An Excel round trip turns 2015-09-10 into 9/10/2015 or 9/10/15; other systems write 10-09-15 or 17-JUN-20. Which
number is the month is decided by the whole column (one 22 in second place proves month first), which century by the
export's own date; where neither decides, the value is left out with the reason. `reference/hmis.md` §1.1.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_NUMBERS = re.compile(
    r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?)?"
)
_MONTH_NAME = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3})[A-Za-z]*[- ,]+(\d{4}|\d{2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

#: Days outside these years are slips of the keyboard (0202-03-04), never a date in HMIS.
FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass
class Orders:
    """What one column shows about its order of day and month, by separator."""

    month_first: Counter[str] = field(default_factory=Counter)
    day_first: Counter[str] = field(default_factory=Counter)
    either: Counter[str] = field(default_factory=Counter)

    def decided(self, others: Orders) -> dict[str, str]:
        """`md` or `dm` by separator where it is certain: by this column, else by the table's others.

        Slashes without any proof are month first: HMIS is American and slashes come from American Excel.
        """
        found: dict[str, str] = {}
        for sign in self.either:
            for proof in (self, others):
                months, days = proof.month_first[sign], proof.day_first[sign]
                if months or days:
                    if not (months and days):
                        found[sign] = "md" if months else "dm"
                    break
            else:
                if sign == "/":
                    found[sign] = "md"
        return found


@dataclass(frozen=True)
class DayReader:
    """Reads one text as a moment: (value or None, code of the remark or None).

    `export` is the day the export was made (the reader's today), `birth` whether the column is a birth date,
    `order` the decided order by separator, `seen` collects what the texts prove about the order.
    """

    export: date
    birth: bool = False
    order: dict[str, str] = field(default_factory=dict)
    seen: Orders = field(default_factory=Orders)

    def read(self, text: str) -> tuple[datetime | None, str | None]:
        """None without a remark means that the field is empty."""
        text = text.strip()
        if not text:
            return None, None
        if found := _ISO.fullmatch(text):
            year, month, day, *clock = found.groups()
            return _moment(int(year), int(month), int(day), _clock(clock), None)
        if found := _NUMBERS.fullmatch(text):
            return self._numbers(found)
        if found := _MONTH_NAME.fullmatch(text):
            return self._named(found)
        return None, "null_word" if text.lower() in ("null", "none", "n/a") else "not_a_date"

    def _numbers(self, found: re.Match[str]) -> tuple[datetime | None, str | None]:
        first, sign, second, year = int(found[1]), found[2], int(found[3]), found[4]
        if first > 12 >= second:
            self.seen.day_first[sign] += 1
            order = "dm"
        elif second > 12 >= first:
            self.seen.month_first[sign] += 1
            order = "md"
        elif first == second:
            order = "md"
        else:
            self.seen.either[sign] += 1
            order = self.order.get(sign, "")
        if not order:
            return None, "two_readings"
        month, day = (first, second) if order == "md" else (second, first)
        clock = _clock(list(found.groups()[4:7]), found[8])
        return self._in_century(year, month, day, clock)

    def _named(self, found: re.Match[str]) -> tuple[datetime | None, str | None]:
        name = found[2].lower()
        month = _MONTHS.index(name) + 1 if name in _MONTHS else 0
        return self._in_century(found[3], month, int(found[1]), (0, 0, 0))

    def _in_century(
        self, year: str, month: int, day: int, clock: tuple[int, int, int]
    ) -> tuple[datetime | None, str | None]:
        if len(year) == 4:
            return _moment(int(year), month, day, clock, "odd_date")
        # Nobody in HMIS is older than 110; nothing else in it is older than 60 years or planned past 20.
        first = self.export - timedelta(days=365 * (110 if self.birth else 60))
        last = self.export + timedelta(days=0 if self.birth else 365 * 20)
        readings = [
            moment
            for century in (1900, 2000)
            if (moment := _moment(century + int(year), month, day, clock, None)[0])
            and first <= moment.date() <= last
        ]
        if len(readings) == 1:
            return readings[0], "two_digit_year"
        return None, "which_century" if readings else "not_a_date"


def _clock(parts: list[str | None], half: str | None = None) -> tuple[int, int, int]:
    hour, minute, second = (int(part or 0) for part in parts)
    if half:
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    return hour, minute, second


def _moment(
    year: int, month: int, day: int, clock: tuple[int, int, int], remark: str | None
) -> tuple[datetime | None, str | None]:
    try:
        moment = datetime(year, month, day, *clock)  # noqa: DTZ001 HMIS times are local and carry no zone
    except ValueError:
        return None, "not_a_date"
    if not FIRST_YEAR <= year < LAST_YEAR:
        return None, "year_out_of_range"
    return moment, remark
