"""Texts to values: exact money, days, procedures; each text is read once and remembered for a while."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from crosswalk.core.formats.x12.delimiters import Delimiters
from crosswalk.core.formats.x12.records.building import draft
from crosswalk.core.formats.x12.records.claims import Diagnosis
from crosswalk.core.formats.x12.records.parties import Adjustment, Dated, Party, Procedure, Valued

V = TypeVar("V")
#: Procedure, charge, unit, quantity, place and pointers of a line; procedure, charge, payment, revenue code, units.
Service = tuple[Procedure, Decimal, str, Decimal, str, tuple[str, ...]]
Paid = tuple[Procedure, Decimal, Decimal, str, Decimal | None]
CAS_TRIPLES = 6

#: Numbers as X12 writes them: no exponent, no plus, no thousands; the point only where it is needed.
NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
REMEMBERED = 20_000


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


#: A party of NM1's nine elements.
named = draft(Party, "role", "kind", "last", "first", "middle", "prefix", "suffix", "id_kind", "id")


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


def adjustments_of(elements: list[str], values: Values) -> tuple[Adjustment, ...] | None:
    """CAS as reasons; None when an amount cannot be read or a reason is missing."""
    found: list[Adjustment] = []
    for at in range(2, len(elements), 3):
        reason, amount, units = (*elements[at : at + 3], "", "")[:3]
        if not reason and not amount and not units and at > 2:
            return None
        money = values.numbers[amount]
        quantity = values.numbers[units] if units else None
        if money is None or not reason or (units and quantity is None) or at > 2 + 3 * (CAS_TRIPLES - 1):
            return None
        found.append(Adjustment(elements[1], reason, money, quantity, at == 2))
    return tuple(found) or None


def dated_of(elements: list[str], values: Values) -> Dated | None:
    """DTP (D8, RD8) or DTM (a day) as a dated thing; None when it is of another form or no day."""
    if elements[0] == "DTM":
        first = values.days[elements[2]] if len(elements) == 3 else None
        return Dated(elements[1], first) if first else None
    if len(elements) != 4:
        return None
    if elements[2] == "D8":
        first = values.days[elements[3]]
        return Dated(elements[1], first) if first else None
    both = values.spans[elements[3]] if elements[2] == "RD8" else None
    return Dated(elements[1], *both) if both else None


def valued_of(elements: list[str], values: Values) -> Valued | None:
    """AMT or QTY with a kind and a number, nothing else."""
    amount = values.numbers[elements[2]] if len(elements) == 3 else None
    return None if amount is None else Valued(elements[1], amount)


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
            text += sign
        elif part.startswith("<"):
            text += part[1:-1].replace("{}", one[1:-1]).replace(",", element).replace(";", sign)
        else:
            text += part
    return re.compile(text)


#: The usual shape of a member; any other is read by the general way.
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
        self.mark = delimiters.terminator
        self._references = {
            kind: delimiters.element.join(("REF", kind, "")) for kind in ("G1", "F8", "EA", "6R")
        }
        self.codes_begin = "HI" + delimiters.element
        self.member, self.coverage = usual(MEMBER, delimiters), usual(COVERAGE, delimiters)
        self.spoken: Remembered[tuple[Dated, ...] | None] = Remembered(self._days_of)
        self._memories: dict[Any, Remembered[Any]] = {}
        # Whole segments: most of those below come again and again in a file, letter by letter the same.
        self.services: Remembered[Service | None] = Remembered(self._service)
        self.served: Remembered[tuple[date, date | None] | None] = Remembered(self._served)
        self.line_numbers: Remembered[str | None] = Remembered(self._line_number)
        self.names: Remembered[Party | None] = Remembered(self._name)
        self.paid: Remembered[Paid | None] = Remembered(self._paid)
        self.adjusted = self._of("CAS", adjustments_of)
        self.dated = self._of("DTM", dated_of)
        self.valued = self._of("AMT", valued_of)
        self.remarked: Remembered[tuple[str, str] | None] = Remembered(self._remark)
        self.codes: Remembered[tuple[Diagnosis, ...] | None] = Remembered(self._codes)
        self.places: Remembered[tuple[str, ...] | None] = Remembered(self._place)
        self.numbers: Remembered[Decimal | None] = Remembered(number)
        self.days: Remembered[date | None] = Remembered(day)
        self.spans: Remembered[tuple[date, date] | None] = Remembered(span)
        self.pointers: Remembered[tuple[str, ...]] = Remembered(lambda text: tuple(text.split(component)))
        self.procedures: Remembered[Procedure | None] = Remembered(self._procedure)

    def memory(self, reader: Callable[[str, Values], V]) -> Remembered[V]:
        """What a reader gives for a text, remembered: for parts of a record that come again letter by letter."""
        found = self._memories.get(reader)
        if found is None:
            found = self._memories[reader] = Remembered(lambda text: reader(text, self))
        return found

    def segments(self, block: str) -> list[str]:
        """The segments of a block."""
        return block.split(self.mark)

    def elements(self, segment: str) -> list[str]:
        """The elements of a segment, its name first."""
        return segment.split(self.delimiters.element)

    def number_of(self, kind: str, text: str) -> str:
        """What a REF of a kind says (G1 authorization, 6R our line …); empty when it is another, or says more."""
        found = text[7:] if text[:7] == self._references[kind] else ""
        return "" if self.delimiters.element in found else found

    def _of(self, name: str, reader: Callable[[list[str], Values], V | None]) -> Remembered[V | None]:
        """Segments of one name by their text; None where the reader cannot hold one exactly."""

        def one(text: str) -> V | None:
            e = self.elements(text)
            return reader(e, self) if e[0] == name else None

        return Remembered(one)

    def _service(self, text: str) -> Service | None:
        """SV1 with no more than procedure, charge, unit, quantity, place and pointers, none of them unreadable."""
        e = self.elements(text)
        if len(e) != 8 or e[0] != "SV1" or e[6] or not e[7]:
            return None
        procedure, charge, quantity = self.procedures[e[1]], self.numbers[e[2]], self.numbers[e[4]]
        if procedure is None or charge is None or quantity is None:
            return None
        return procedure, charge, e[3], quantity, e[5], self.pointers[e[7]]

    def _served(self, text: str) -> tuple[date, date | None] | None:
        """The day or days of service of a line."""
        e = self.elements(text)
        dated = dated_of(e, self) if e[0] == "DTP" else None
        return (dated.first, dated.last) if dated is not None and dated.kind == "472" else None

    def _line_number(self, text: str) -> str | None:
        """LX with a number and nothing else."""
        e = self.elements(text)
        return e[1] if len(e) == 2 else None

    def _name(self, text: str) -> Party | None:
        """NM1 with its nine elements."""
        e = self.elements(text)
        return named(*e[1:]) if len(e) == 10 and e[0] == "NM1" else None

    def _paid(self, text: str) -> Paid | None:
        """SVC up to the units paid, nothing in it unreadable."""
        e = self.elements(text)
        if not 4 <= len(e) <= 6:
            return None
        revenue, counted = (*e[4:], "", "")[:2]
        procedure, charge, paid = self.procedures[e[1]], self.numbers[e[2]], self.numbers[e[3]]
        units = self.numbers[counted] if counted else None
        if procedure is None or charge is None or paid is None or (counted and units is None):
            return None
        return procedure, charge, paid, revenue, units

    def _remark(self, text: str) -> tuple[str, str] | None:
        """LQ: list and code."""
        e = self.elements(text)
        return (e[1], e[2]) if len(e) == 3 and e[0] == "LQ" and all(e) else None

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

    def _days_of(self, text: str) -> tuple[Dated, ...] | None:
        """DTP segments of the form D8; None when one is no day."""
        found = [(kind, self.days[told]) for _, kind, _, told in self.each(text)]
        return (
            tuple(Dated(kind, first) for kind, first in found if first) if all(f for _, f in found) else None
        )

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
