"""Texts to values: exact money, days, procedures; each text is read once and remembered for a while."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeVar

from crosswalk.core.formats.x12.delimiters import Delimiters
from crosswalk.core.formats.x12.records.claims import Diagnosis
from crosswalk.core.formats.x12.records.parties import Adjustment, Dated, Procedure, Valued

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


def usual(template: str, delimiters: Delimiters) -> re.Pattern[str]:
    """The usual shape of a block as one expression.

    In the template `*` and `~` stand for the file's element sign and terminator, `{}` captures one element, `{+}`
    all elements up to the end of the segment; what stands in angle brackets is an expression of its own, in which
    `,` and `;` stand for the two signs (`*` repeats there) and `{}` does not capture.
    """
    element, sign = re.escape(delimiters.element), re.escape(delimiters.terminator)
    one, rest = f"([^{element}{sign}]*)", f"([^{sign}]*)"
    text = ""
    for part in re.split(r"(\{\}|\{\+\}|[*~]|<[^>]*>)", template):
        if part == "{}":
            text += one
        elif part == "{+}":
            text += rest
        elif part == "*":
            text += element
        elif part == "~":
            text += element + sign
        elif part.startswith("<"):
            text += part[1:-1].replace("{}", one[1:-1]).replace(",", element).replace(";", element + sign)
        else:
            text += part
    return re.compile(text)


#: The usual shapes of the blocks that a file has millions of; any other is read by the general way.
LINE = "LX*{}~SV1*{}*{}*{}*{}*{}**{}~DTP*472*<(R?D8)>*{}~REF*6R*{}"
CLAIM = (
    "CLM*{}*{}***{}*{}*{}*{}*{}<((?:;REF,(?:G1|F8|EA),{})*)>~HI*{+}<(?:;NM1,82>*{}*{}*{}*{}*{}*{}*{}*{}<)?>"
)
PAID_CLAIM = (
    "CLP*{}*{}*{}*{}*{}*{}*{}*{}*{}<((?:;CAS,{},{},{})*)>~NM1*QC*{}*{}*{}*{}*{}*{}*{}*{}"
    "<(?:;NM1,82>*{}*{}*{}*{}*{}*{}*{}*{}<)?(?:;REF,G1>*{}<)?((?:;DTM,{},[0-9]{8})*)((?:;AMT,{},{})*)>"
)
PAID_LINE = (
    "SVC*{}*{}*{}*{}*{}~DTM*472*{}<((?:;CAS,{},{},{})*)(?:;REF,6R>*{}<)?((?:;AMT,{},{})*)((?:;LQ,{},{})*)>"
)
MEMBER = (
    "INS*{}*{}*{}*{}*{+}~REF*0F*{}<(?:;REF,1L>*{}<)?((?:;REF,{},{})*)((?:;DTP,{},D8,[0-9]{8})*)>"
    "~NM1*IL*{}*{}*{}*{}*{}*{}*{}*{}<((?:;PER(?:,{})*)?)>~N3*{}<(?:,>{}<)?>~N4*{}*{}*{}<(?:,>{}*{}*{}<)?>"
    "~DMG*D8*{}*{}<((?:;LUI(?:,{})*)*)((?:;HD,.*)?)>"
)
COVERAGE = "{}**{}*{}<(?:,>{}<)?((?:;DTP,{},D8,[0-9]{8})*)((?:;REF,{},{})*)>"


class Values:
    """What the readers of one interchange share: the delimiters and the remembered values."""

    def __init__(self, delimiters: Delimiters) -> None:
        self.delimiters = delimiters
        component = delimiters.component
        self.mark = delimiters.element + delimiters.terminator
        self.line, self.claim = usual(LINE, delimiters), usual(CLAIM, delimiters)
        self.paid_claim, self.paid_line = usual(PAID_CLAIM, delimiters), usual(PAID_LINE, delimiters)
        self.member, self.coverage = usual(MEMBER, delimiters), usual(COVERAGE, delimiters)
        self.spoken: Remembered[tuple[Dated, ...] | None] = Remembered(self._days_of)
        self.adjusted: Remembered[tuple[Adjustment, ...] | None] = Remembered(self._adjustments)
        self.dated: Remembered[tuple[Dated, ...] | None] = Remembered(self._dates)
        self.valued: Remembered[tuple[Valued, ...] | None] = Remembered(self._amounts)
        self.remarked: Remembered[tuple[tuple[str, str], ...]] = Remembered(self._remarks)
        self.codes: Remembered[tuple[Diagnosis, ...] | None] = Remembered(self._codes)
        self.places: Remembered[tuple[str, ...] | None] = Remembered(self._place)
        self.numbers: Remembered[Decimal | None] = Remembered(number)
        self.days: Remembered[date | None] = Remembered(day)
        self.spans: Remembered[tuple[date, date] | None] = Remembered(span)
        self.pointers: Remembered[tuple[str, ...]] = Remembered(lambda text: tuple(text.split(component)))
        self.procedures: Remembered[Procedure | None] = Remembered(self._procedure)

    def segments(self, block: str) -> list[str]:
        """The segments of a block."""
        return block.split(self.mark)

    def _place(self, text: str) -> tuple[str, ...] | None:
        """CLM05: place of service, its code list, frequency; None when it is not these three."""
        parts = tuple(text.split(self.delimiters.component))
        return parts if len(parts) == 3 else None

    def _codes(self, text: str) -> tuple[Diagnosis, ...] | None:
        """The codes of an HI segment; None when one says more than kind and code (a date, an amount) or less."""
        found: list[Diagnosis] = []
        for part in text.split(self.delimiters.element):
            kind, _, code = part.partition(self.delimiters.component)
            if not kind or not code or self.delimiters.component in code:
                return None
            found.append(Diagnosis(kind, code, not found))
        return tuple(found)

    def each(self, text: str) -> list[list[str]]:
        """The segments of a text that begins with a mark, each as its elements."""
        return [segment.split(self.delimiters.element) for segment in text.split(self.mark)[1:]]

    def _adjustments(self, text: str) -> tuple[Adjustment, ...] | None:
        """CAS segments of one reason each; None when an amount cannot be read or a reason is missing."""
        found = []
        for _, group, reason, money in self.each(text):
            amount = self.numbers[money]
            if amount is None or not reason:
                return None
            found.append(Adjustment(group, reason, amount))
        return tuple(found)

    def _dates(self, text: str) -> tuple[Dated, ...] | None:
        """DTM segments; None when one is no day."""
        found = [(kind, self.days[told]) for _, kind, told in self.each(text)]
        return (
            tuple(Dated(kind, first) for kind, first in found if first) if all(f for _, f in found) else None
        )

    def _days_of(self, text: str) -> tuple[Dated, ...] | None:
        """DTP segments of the form D8; None when one is no day."""
        found = [(kind, self.days[told]) for _, kind, _, told in self.each(text)]
        return (
            tuple(Dated(kind, first) for kind, first in found if first) if all(f for _, f in found) else None
        )

    def _amounts(self, text: str) -> tuple[Valued, ...] | None:
        """AMT segments; None when one is no number."""
        found = [(kind, self.numbers[told]) for _, kind, told in self.each(text)]
        return (
            tuple(Valued(kind, n) for kind, n in found if n is not None)
            if all(n is not None for _, n in found)
            else None
        )

    def _remarks(self, text: str) -> tuple[tuple[str, str], ...]:
        """LQ segments: list and code."""
        return tuple((kind, code) for _, kind, code in self.each(text))

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
