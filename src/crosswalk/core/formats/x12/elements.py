"""One segment against what its guide asks of its elements: one expression for the usual, words for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from crosswalk.core.formats.x12.delimiters import Delimiters
from crosswalk.core.formats.x12.guides import Need, Node, Size, sizes
from crosswalk.core.formats.x12.values import NUMBER, day, span

_DAY = (
    "(?:[0-9]{4}(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)"
    "|02(?:0[1-9]|1[0-9]|2[0-9])))"
)
_FORMATS = {"D8": _DAY, "RD8": f"{_DAY}-{_DAY}", "DT": f"{_DAY}[0-9]{{4,6}}", "TM": "[0-9]{4,8}"}


class Flaw(NamedTuple):
    """One thing wrong with an element: its position, reference number, the code of IK403, what stood there."""

    element: str
    reference: str
    code: str
    value: str
    minor: bool = False


@lru_cache(4096)
def expression(node: Node, delimiters: Delimiters) -> re.Pattern[str] | None:
    """What a faultless segment looks like; None when nothing is known of its elements."""
    return re.compile(pattern_text(node, delimiters)) if node.name in sizes() else None


def pattern_text(node: Node, delimiters: Delimiters, place: int = 0, told: str = "") -> str:
    """The same as text; with `place`, only for segments whose element at that place is `told`."""
    element = re.escape(delimiters.element)
    sized = sizes().get(node.name)
    if sized is None:
        rest = f"(?:{element}[^{re.escape(delimiters.terminator)}]*)?"
        return f"{node.name}{element}{re.escape(told)}{rest}" if place == 1 else f"{node.name}{rest}"
    needs = {need.element: need for need in node.needs if not need.component}
    parts = [_part(size, needs.get(at), delimiters) for at, size in enumerate(sized, 1)]
    last = max((at for at, need in needs.items() if need.required), default=0)
    needed = {at for at, need in needs.items() if need.required}
    if place:
        parts[place - 1], last = re.escape(told), max(last, place)
        needed.add(place)
    if node.name == "DTP":
        forms = [
            form
            for form in (needs[2].codes if 2 in needs and needs[2].codes else _FORMATS)
            if form in _FORMATS
        ]
        both = "|".join(f"{form}{element}{_FORMATS[form]}" for form in forms)
        parts, last = [parts[0], f"(?:{both})"], 2
        needed.add(2)
    if node.name == "DMG" and 1 in needs and needs[1].codes == ("D8",):
        parts[1] = _DAY
    text = node.name
    for at, part in enumerate(parts, 1):
        piece = part if at in needed else f"(?:{part})?"
        text += f"{element}{piece}" if at <= last else f"(?:{element}{piece}"
    return f"{text}{')?' * max(0, len(parts) - last)}(?:{element})*"


def _part(size: Size, need: Need | None, delimiters: Delimiters) -> str:
    if need is not None and need.codes:
        return "(?:" + "|".join(map(re.escape, need.codes)) + ")"
    free = f"[^{re.escape(delimiters.element + delimiters.terminator)}\\x00-\\x1f]"
    if size.kind == "C":
        return _composite(size, delimiters) if size.composite else f"{free}+"
    if size.kind == "N0":
        return f"-?[0-9]{{{size.least},{size.most}}}"
    if size.kind == "R":
        return r"-?(?:[0-9]{1,18}(?:\.[0-9]*)?|\.[0-9]+)"
    if size.kind == "DT":
        return _DAY
    if size.kind == "TM":
        return "[0-9]{4,8}"
    first = f"(?=[^ {re.escape(delimiters.element)}])" if size.kind == "ID" else ""
    return f"{first}{free}{{{size.least},{size.most}}}"


def _composite(size: Size, delimiters: Delimiters) -> str:
    told = sizes().get(size.composite)
    plain = f"[^{re.escape(delimiters.element + delimiters.terminator)}\\x00-\\x1f]+"
    if told is None or not delimiters.component:
        return plain
    sign = re.escape(delimiters.component)
    signs = delimiters.element + delimiters.component + delimiters.terminator
    free = f"[^{re.escape(signs)}\\x00-\\x1f]"
    text, last = "", max((at for at, part in enumerate(told) if part.required), default=0)
    for at, part in enumerate(told):
        piece = ("(?=[^ ])" if part.kind == "ID" else "") + f"{free}{{{part.least},{part.most}}}"
        if part.kind == "R":
            piece = r"-?[0-9.]+"
        piece = piece if part.required else f"(?:{piece})?"
        joint = sign if at else ""
        text += f"{joint}{piece}" if at <= last else f"(?:{joint}{piece}"
    return f"(?:{text}{')?' * (len(told) - 1 - last)})"


def flaws(node: Node, e: list[str], delimiters: Delimiters) -> Iterator[Flaw]:
    """Everything that is wrong with the elements of a segment."""
    told = sizes().get(node.name, ())
    needs = {need.element: need for need in node.needs if not need.component}
    for at, size in enumerate(told, 1):
        value = e[at] if at < len(e) else ""
        need = needs.get(at)
        if not value:
            if need is not None and need.required:
                yield Flaw(str(at), size.reference, "1", "")
            continue
        if size.kind == "C":
            yield from _flaws_of_composite(at, size, value, delimiters)
            if not size.composite and need is not None and need.codes and value not in need.codes:
                yield Flaw(str(at), size.reference, "7", value, not need.closed)
        else:
            yield from _flaws_of_value(str(at), size, value, need)
    if told and any(e[len(told) + 1 :]):
        yield Flaw(str(len(told) + 1), "", "3", e[len(told) + 1])
    if node.name in ("DTP", "DMG") and len(e) > (3 if node.name == "DTP" else 2):
        form, value, at = (e[2], e[3], 3) if node.name == "DTP" else (e[1], e[2], 2)
        if value and not _is_date(form, value):
            yield Flaw(str(at), "1251", "8", value)


def _is_date(form: str, value: str) -> bool:
    if form == "D8":
        return day(value) is not None
    if form == "RD8":
        return span(value) is not None
    return form not in _FORMATS or re.fullmatch(_FORMATS[form], value) is not None


def _flaws_of_value(at: str, size: Size, value: str, need: Need | None) -> Iterator[Flaw]:
    """Length, signs, form and code of one simple value."""
    if size.kind == "R":
        if not NUMBER.fullmatch(value):
            yield Flaw(at, size.reference, "6", value)
        return
    if size.most and len(value) > size.most:
        yield Flaw(at, size.reference, "5", value)
    if len(value) < size.least:
        yield Flaw(at, size.reference, "4", value)
    if any(sign < " " for sign in value):
        yield Flaw(at, size.reference, "6", value)
    if need is not None and need.codes:
        if value not in need.codes:
            yield Flaw(at, size.reference, "7", value, not need.closed)
    elif size.kind == "ID" and value[0] == " ":
        yield Flaw(at, size.reference, "7", value)
    elif size.kind == "DT" and day(value) is None:
        yield Flaw(at, size.reference, "8", value)
    elif size.kind == "N0" and not re.fullmatch(r"-?[0-9]+", value):
        yield Flaw(at, size.reference, "6", value)
    elif size.kind == "TM" and not re.fullmatch("[0-9]{4,8}", value):
        yield Flaw(at, size.reference, "9", value)


def _flaws_of_composite(at: int, size: Size, value: str, delimiters: Delimiters) -> Iterator[Flaw]:
    told = sizes().get(size.composite) if size.composite else None
    if any(sign < " " for sign in value):
        yield Flaw(str(at), size.reference, "6", value)
    if told is None or not delimiters.component:
        return
    parts = value.split(delimiters.component)
    if len(parts) > len(told):
        yield Flaw(str(at), size.reference, "3", value)
    for place, part in enumerate(told, 1):
        text = parts[place - 1] if place <= len(parts) else ""
        if text:
            yield from _flaws_of_value(f"{at}:{place}", part, text, None)
        elif part.required:
            yield Flaw(f"{at}:{place}", part.reference, "1", "")
