"""Texts to values: exact money, days, procedures; each text is read once and remembered for a while."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import TypeVar

from crosswalk.core.formats.x12.delimiters import Delimiters
from crosswalk.core.formats.x12.records.claims import Diagnosis
from crosswalk.core.formats.x12.records.parties import Procedure

V = TypeVar("V")

#: Numbers as X12 writes them: no exponent, no plus, no thousands; the point only where it is needed.
NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
REMEMBERED = 50_000


class Remembered(dict[str, V]):
    """A text's value, read at the first sight of the text. Forgets everything when it has grown too large."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[str], V]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> V:
        if len(self) > REMEMBERED:
            self.clear()
        value = self[text] = self._read(text)
        return value


def number(text: str) -> Decimal | None:
    """An exact number, or None when the text is not one."""
    return Decimal(text) if NUMBER.fullmatch(text) else None


def day(text: str) -> date | None:
    """CCYYMMDD as a day, or None when there is no such day."""
    if len(text) != 8 or not text.isascii() or not text.isdigit():
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def span(text: str) -> tuple[date, date] | None:
    """CCYYMMDD-CCYYMMDD as two days, or None."""
    first, last = day(text[:8]), day(text[9:])
    return (first, last) if first and last and text[8:9] == "-" else None


class Shape:
    """The usual shape of a block: its number of elements and of segments, and what stands at some places."""

    def __init__(self, length: int, marks: int, told: dict[int, str]) -> None:
        self.length, self.marks = length, marks
        self.places: Callable[[list[str]], tuple[str, ...]] = itemgetter(*sorted(told))
        self._told = [told[at] for at in sorted(told)]

    def at(self, sign: str) -> tuple[str, ...]:
        """What must stand at the places, with the terminator of the file."""
        return tuple(text.replace("~", sign) for text in self._told)


class Values:
    """What the readers of one interchange share: the delimiters and the remembered values."""

    #: What the readers compare with, filled in by them: see `Shape`.
    line: tuple[str, ...] = ()

    def __init__(self, delimiters: Delimiters) -> None:
        self.delimiters = delimiters
        component = delimiters.component
        self.mark = delimiters.element + delimiters.terminator
        sign = delimiters.terminator
        self.head = (sign, sign + "REF", sign + "HI", sign + "NM1")
        self.paid = (sign + "NM1", sign + "REF", sign + "DTM", sign + "CAS", sign + "AMT")
        self.lq = sign + "LQ"
        self.places: Remembered[tuple[str, ...] | None] = Remembered(self._place)
        self.numbers: Remembered[Decimal | None] = Remembered(number)
        self.days: Remembered[date | None] = Remembered(day)
        self.spans: Remembered[tuple[date, date] | None] = Remembered(span)
        self.pointers: Remembered[tuple[str, ...]] = Remembered(lambda text: tuple(text.split(component)))
        self.diagnoses: Remembered[Diagnosis | None] = Remembered(lambda text: self._diagnosis(text, False))
        self.first_diagnoses: Remembered[Diagnosis | None] = Remembered(lambda text: self._diagnosis(text, True))
        self.procedures: Remembered[Procedure | None] = Remembered(self._procedure)

    def segments(self, block: str) -> list[str]:
        """The segments of a block."""
        return block.split(self.mark)

    def _place(self, text: str) -> tuple[str, ...] | None:
        """CLM05: place of service, its code list, frequency; None when it is not these three."""
        parts = tuple(text.split(self.delimiters.component))
        return parts if len(parts) == 3 else None

    def _diagnosis(self, text: str, starts: bool) -> Diagnosis | None:
        """Kind and code; None when the composite says more (a date, an amount) or less."""
        kind, _, code = text.partition(self.delimiters.component)
        return Diagnosis(kind, code, starts) if kind and code and self.delimiters.component not in code else None

    def _procedure(self, text: str) -> Procedure | None:
        """A composite procedure; None when it holds more than a procedure (an end code, an empty place)."""
        parts = text.split(self.delimiters.component)
        if len(parts) < 2 or len(parts) > 7 or not all(parts[:2]):
            return None
        modifiers = tuple(part for part in parts[2:6] if part)
        if list(modifiers) != parts[2:6][: len(modifiers)]:
            return None
        description = parts[6] if len(parts) == 7 else ""
        return Procedure(parts[0], parts[1], modifiers, description)
