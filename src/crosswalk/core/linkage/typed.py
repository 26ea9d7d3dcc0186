"""What somebody typed to find a person, read as the raw records that it may mean.

`garc 1975`, `Lopez, Jose 3/1975`, `jose garcia 03/15/1975 1234`, a Medi-Cal number, an HMIS id: words are names in any
order, numbers say by their shape what they are. A year alone is read as HMIS writes an age that was only told: the
first of January, which the model knows to weigh less than a day (reference record-linkage §2.1, §4.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from crosswalk.core.linkage.standardise import OLDEST

DAY, MONTH, YEAR = "day", "month", "year"
#: Names beyond this many words are not split in every way; the rest belongs to the last part.
MOST_WORDS = 5
_MONTHS = {
    month: number
    for number, words in enumerate(
        (
            *("jan january ene enero", "feb february febrero", "mar march marzo", "apr april abr abril"),
            *("may mayo", "jun june junio", "jul july julio", "aug august ago agosto"),
            *("sep sept september septiembre", "oct october octubre", "nov november noviembre"),
            "dec december dic diciembre",
        ),
        1,
    )
    for month in words.split()
}
_CIN = re.compile(r"\d{8}[A-Za-z]")
_HMIS_ID = re.compile(r"(?=[^\s,]*\d)[0-9A-Za-z-]{5,36}")
_SSN4 = re.compile(r"(?:ssn|#|[x*]{3}-?[x*]{2}-?)\s?(\d{4})", re.I)
_SSN = re.compile(r"\d{3}-\d{2}-\d{4}|\d{9}")
_PHONE = re.compile(r"\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}")
_YMD = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MDY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_MY = re.compile(r"(\d{1,2})[/.-](\d{4})")
_YM = re.compile(r"(\d{4})-(\d{1,2})")
_WORDED = re.compile(r"(?:(\d{1,2})\s+(?:de\s+)?)?([A-Za-z]{3,10})\.?\s+(?:(\d{1,2}),?\s+)?(?:de\s+)?(\d{4})")
_FOUR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Typed:
    """What was typed: its words in order, what is known of birth and how exactly, and numbers."""

    before_comma: tuple[str, ...]
    words: tuple[str, ...]
    born: date | None
    exact: str
    """How exactly the birth date is known: day, month or year."""
    ssn: str | None
    phone: str | None
    cin: str | None
    record_id: str | None

    @property
    def partial(self) -> bool:
        """Whether only part of a name or of a date is given, so that many may fit."""
        few = len(self.words) + len(self.before_comma) < 2
        return not (self.cin or self.record_id) and (few or self.born is None or self.exact != DAY)

    @property
    def as_id(self) -> str | None:
        """What may be the id of a record: one by its shape, or any long number, which some sources use for ids."""
        return (
            self.record_id
            or self.cin
            or self.phone
            or (self.ssn if self.ssn and "X" not in self.ssn else None)
        )

    @property
    def clues(self) -> tuple[str, ...]:
        """The kinds of things that were typed, in words for the journal; never the things themselves."""
        kinds = (
            ("name", self.words or self.before_comma),
            (f"{self.exact} of birth", self.born),
            ("SSN", self.ssn),
            ("phone", self.phone),
            ("Medi-Cal number", self.cin),
            ("HMIS id", self.record_id),
        )
        return tuple(kind for kind, there in kinds if there)

    def readings(self) -> Iterator[dict[str, Any]]:
        """The raw records that this may mean: names given first or last name first, and split in every way."""
        numbers = {"dob": self.born, "ssn": self.ssn, "phone": self.phone, "cin": self.cin}
        numbers["source_id"] = self.as_id
        for first, last in self._names():
            yield {"first": first or None, "last": last or None, **numbers}

    def _names(self) -> Iterator[tuple[str, str]]:
        words = (*self.words[: MOST_WORDS - 1], " ".join(self.words[MOST_WORDS - 1 :])) if self.words else ()
        words = tuple(word for word in words if word)
        if self.before_comma:
            yield " ".join(words), " ".join(self.before_comma)
            return
        if len(words) < 2:
            only = words[0] if words else ""
            yield from ((only, ""), ("", only)) if only else (("", ""),)
            return
        for place in range(1, len(words)):
            start, end = " ".join(words[:place]), " ".join(words[place:])
            yield start, end
            yield end, start


def typed(text: str, *, on: date) -> Typed:
    """Read what was typed on a day. Signs that mean nothing are passed over."""
    rest = text.strip()[:200]
    found: dict[str, str | None] = {}
    rest, found["cin"] = _taken(_CIN, rest)
    rest, ssn4 = _taken(_SSN4, rest, 1)
    rest, born, exact = _born(rest, on)
    rest, ssn = _taken(_SSN, rest)
    rest, found["phone"] = _taken(_PHONE, rest)
    rest, found["record_id"] = _taken(_HMIS_ID, rest)
    for four in _FOUR.findall(rest):
        if born is None and OLDEST.year <= int(four) <= on.year:
            born, exact = date(int(four), 1, 1), YEAR
        elif ssn is None and ssn4 is None:
            ssn4 = four
    before, comma, after = rest.partition(",")
    names = [tuple(re.findall(r"[^\W\d_][^\s,\d]*", part)) for part in (before, after)]
    return Typed(
        before_comma=names[0] if comma and names[1] else (),
        words=names[1] if comma and names[1] else (*names[0], *names[1]),
        born=born,
        exact=exact,
        ssn=re.sub(r"\D", "", ssn) if ssn else (f"XXXXX{ssn4}" if ssn4 else None),
        phone=found["phone"],
        cin=found["cin"],
        record_id=found["record_id"],
    )


def _taken(shape: re.Pattern[str], text: str, group: int = 0) -> tuple[str, str | None]:
    """The text without the first thing of this shape that stands alone, and that thing."""
    match = re.search(rf"(?<![\w/]){shape.pattern}(?![\w/])", text, shape.flags)
    if match is None:
        return text, None
    return f"{text[: match.start()]} {text[match.end() :]}", match[group]


def _born(text: str, on: date) -> tuple[str, date | None, str]:
    """The text without its birth date; the date (the first day of a month or year that is all there is); how exact."""
    for shape, order, exact in (
        (_YMD, "ymd", DAY),
        (_MDY, "mdy", DAY),
        (_MY, "my", MONTH),
        (_YM, "ym", MONTH),
    ):
        match = re.search(rf"(?<![\w/.-]){shape.pattern}(?![\w/-])", text)
        if match:
            parts = dict(zip(order, map(int, match.groups()), strict=True))
            year = parts["y"] if parts["y"] > 99 else _century(parts["y"], on)
            made = _date(year, parts["m"], parts.get("d", 1))
            if made:
                return f"{text[: match.start()]} {text[match.end() :]}", made, exact
    match = _WORDED.search(text)
    if match and (month := _MONTHS.get(match[2].lower())):
        day = match[1] or match[3]
        others = re.search(r"[^\W\d_]", f"{text[: match.start()]} {text[match.end() :]}")
        if not day and not others:
            return text, None, DAY  # “mar 1975” without any other word: the beginning of a name and a year
        made = _date(int(match[4]), month, int(day or 1))
        if made:
            return f"{text[: match.start()]} {text[match.end() :]}", made, DAY if day else MONTH
    return text, None, DAY


def _century(two: int, on: date) -> int:
    """A year of two digits as the newest one that is not ahead."""
    return on.year // 100 * 100 + two - (100 if two > on.year % 100 else 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
