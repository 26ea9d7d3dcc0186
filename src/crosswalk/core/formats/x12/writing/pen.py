"""One segment as text: values joined by a file's own signs. Data that holds such a sign is never written as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from crosswalk.core.basics import Refused
from crosswalk.core.formats.x12.delimiters import Delimiters
from crosswalk.core.formats.x12.records import Kept
from crosswalk.core.formats.x12.values import NUMBER


class Raw(str):
    """An element as received: its components are joined by the sign of the file that it came from."""

    __slots__ = ()


class Repeated(tuple[Any, ...]):
    """The repetitions of one element."""

    __slots__ = ()


#: What may stand in a segment: data; components (a tuple); repetitions; an exact number; a day; an element as received.
Element = str | tuple[Any, ...] | Repeated | Decimal | date | Raw | None
#: A segment before it is written: its name, then its elements. Empty ones at the end are left out, received ones kept.
Segment = Sequence[Element]


def raws(elements: Iterable[str]) -> list[Raw]:
    """Elements as received."""
    return [Raw(text) for text in elements]


class Pen:
    """Writes segments with the signs of one file.

    `received` are the signs of the file that received elements came from. `replacement` stands for a sign, or a
    control character, inside data; without it such data is refused. `replaced` counts how often that was done.
    """

    def __init__(
        self, delimiters: Delimiters, *, received: Delimiters | None = None, replacement: str | None = None
    ) -> None:
        self.delimiters = delimiters
        self.received = received or delimiters
        self.replacement = replacement
        self.replaced = 0
        signs = "".join(sign for sign in delimiters if sign)
        # Files come with one sign for components and repetitions; that can be written again, not chosen.
        apart = {delimiters.element, delimiters.component, delimiters.terminator}
        if len(apart) < 3 or delimiters.repetition in (delimiters.element, delimiters.terminator):
            raise unusable_signs()
        if any(sign.isalnum() or sign in " .-+" for sign in signs):
            raise unusable_signs()
        self._sign = re.compile(f"[{re.escape(signs)}\x00-\x1f\x7f]|[^\x00-\xff]")
        outer = delimiters.element + delimiters.terminator
        self._outer = re.compile(f"[{re.escape(outer)}]|[^\x00-\xff]")
        if replacement and self._sign.search(replacement):
            raise Refused("What stands in for a separating sign cannot be one.", code="x12.delimiters")

    def segment(self, segment: Segment) -> str:
        """One segment without its terminator."""
        texts: list[str] = []
        for at, value in enumerate(segment):
            try:
                texts.append(self._element(value))
            except _Held as held:
                raise _refusal(str(segment[0]), at, held.sign) from None
        while len(texts) > 1 and not texts[-1] and type(segment[len(texts) - 1]) is not Raw:
            texts.pop()
        return self.delimiters.element.join(texts)

    def segments(self, segments: Iterable[Segment], kept: Sequence[Kept] = ()) -> list[str]:
        """Segments in order, and what was kept of the file they came from, at its place."""
        if not kept:
            return [self.segment(segment) for segment in segments]
        modelled = list(segments)
        for place, elements, instead in kept:
            at = _of_name(modelled, place, elements[0]) if instead else None
            if at is None:
                modelled.insert(place, raws(elements))
            else:
                modelled[at] = self._merged(modelled[at], elements)
        return [self.segment(segment) for segment in modelled]

    def _merged(self, segment: Segment, elements: tuple[str, ...]) -> Segment:
        """The modelled segment, filled from the received one where it says nothing, component by component."""
        merged: list[Element] = []
        for at in range(max(len(segment), len(elements))):
            value = segment[at] if at < len(segment) else None
            received = Raw(elements[at]) if at < len(elements) else Raw("")
            if type(value) is tuple and any(value):
                old = raws(received.split(self.received.component)) if self.received.component else [received]
                pairs = ((*pair,) for pair in _zipped(value, old))
                merged.append(tuple(new or before for new, before in pairs))
            else:
                merged.append(received if value is None or value == "" or value == () else value)
        while len(merged) > len(elements) and not merged[-1]:
            merged.pop()
        return merged

    def _element(self, value: Element) -> str:
        kind = type(value)
        if kind is str:
            return self.data(value)  # type: ignore[arg-type]
        if value is None:
            return ""
        if kind is Raw:
            return self._as_received(value)  # type: ignore[arg-type]
        if kind is Repeated:
            return self._joined(value, self.delimiters.repetition)  # type: ignore[arg-type]
        if isinstance(value, tuple):
            return self._joined(value, self.delimiters.component)
        if isinstance(value, Decimal):
            return number_text(value)
        if isinstance(value, date):
            return compact(value)
        return self.data(value)

    def data(self, text: str) -> str:
        """A text that came from a person or a table: refused, or replaced by rule, where it holds a sign."""
        held = self._sign.search(text)
        if held is None:
            return text
        if self.replacement is None:
            raise _Held(held.group())
        self.replaced += 1
        return self._sign.sub(self.replacement, text)

    def _joined(self, values: tuple[Any, ...], sign: str) -> str:
        texts = [self._element(value) for value in values]
        while texts and not texts[-1] and type(values[len(texts) - 1]) is not Raw:
            texts.pop()
        if len(texts) > 1 and not sign:
            raise _Held("no sign for several values")
        return sign.join(texts)

    def _as_received(self, text: Raw) -> str:
        ours, theirs = self.delimiters, self.received
        held = self._outer.search(text)
        if held is None and (ours.component, ours.repetition) != (theirs.component, theirs.repetition):
            for mine in (ours.component, ours.repetition):
                if mine and mine in text and mine not in (theirs.component, theirs.repetition):
                    held = re.search(re.escape(mine), text)
            if held is None:
                pairs = ((theirs.component, ours.component), (theirs.repetition, ours.repetition))
                return text.translate({ord(a): b for a, b in pairs if a and b})
        if held is None:
            return text
        if self.replacement is None:
            raise _Held(held.group())
        self.replaced += 1
        return self._sign.sub(self.replacement, text)


def unusable_signs() -> Refused:
    """The refusal of signs that cannot separate anything."""
    return Refused(
        "The signs that separate elements, components, repetitions and segments must differ, and cannot be letters, "
        "digits, blanks, points, pluses or dashes.",
        fix="Use * : ^ ~ unless the receiver asks for others.",
        code="x12.delimiters",
    )


class _Held(Exception):
    """Data holds a sign that separates."""

    def __init__(self, sign: str) -> None:
        self.sign = sign
        super().__init__(sign)


def _refusal(name: str, at: int, sign: str) -> Refused:
    shown = f"“{sign}”" if sign.isprintable() and ord(sign[0]) < 256 else "a character that X12 cannot carry"
    return Refused(
        f"The data holds {shown}, which this file cannot carry there: the elements after it would shift.",
        fix="Take the sign out of the data, choose other delimiters, or name what shall stand in for it.",
        place=f"{name}{at:02d}",
        code="x12.delimiter_in_data",
    )


def _of_name(segments: list[Segment], place: int, name: str) -> int | None:
    """Where the modelled segment of that name stands: at the place, else the first one."""
    if place < len(segments) and segments[place][0] == name:
        return place
    return next((at for at, segment in enumerate(segments) if segment[0] == name), None)


def _zipped(new: tuple[Any, ...], old: list[Raw]) -> Iterable[tuple[Any, Any]]:
    for at in range(max(len(new), len(old))):
        yield new[at] if at < len(new) else "", old[at] if at < len(old) else ""


def compact(day: date) -> str:
    """A day as CCYYMMDD, also in the years before 1000, where `%Y` would drop a zero."""
    return day.isoformat().replace("-", "")


def number_text(value: Decimal) -> str:
    """An exact number as X12 writes it: no exponent, decimals as the value has them."""
    text = str(value)
    if "E" in text:
        text = f"{value:f}"
    if "n" in text or not NUMBER.fullmatch(text):
        raise Refused("A number is not finite.", fix="Give an exact amount.", code="x12.number")
    return text
