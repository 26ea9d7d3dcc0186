"""Segments that several transactions share: names with what belongs to them, numbers, dates, amounts, adjustments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from crosswalk.core.formats.x12.records import Adjustment, Contact, Dated, Diagnosis, Party, Procedure, Valued
from crosswalk.core.formats.x12.records.parties import Reference
from crosswalk.core.formats.x12.writing.pen import Segment, compact, raws

T = TypeVar("T")
#: In which order what belongs to a name is written: most transactions, and those where the numbers come first.
USUAL = ("address", "birth", "specialty", "references", "contacts")
NUMBERS_FIRST = ("references", "address", "contacts", "specialty", "birth")
CONTACTS_FIRST = ("contacts", "address", "birth", "references", "specialty")


def party(one: Party | None, order: Sequence[str] = USUAL, *, short: bool = False) -> list[Segment]:
    """NM1 (N1 when `short` and the name has only what N1 holds) and the segments of the party."""
    if one is None:
        return []
    if short and not any((one.kind, one.first, one.middle, one.prefix, one.suffix)):
        head: Segment = ("N1", one.role, one.last, one.id_kind, one.id)
    else:
        names = (one.last, one.first, one.middle, one.prefix, one.suffix)
        head = ("NM1", one.role, one.kind, *names, one.id_kind, one.id)
    parts: dict[str, list[Segment]] = {
        "address": address(one),
        "birth": [("DMG", "D8", one.birth, one.sex)] if one.birth else [],
        "specialty": [("PRV", *raws(one.specialty))] if one.specialty else [],
        "references": references(one.references),
        "contacts": [contact(told) for told in one.contacts],
    }
    return [head, *(segment for name in order for segment in parts[name])]


def address(one: Party) -> list[Segment]:
    """N3 and N4."""
    place = one.address
    if place is None:
        return []
    located = (place.city, place.state, place.zip, place.country, place.area_kind, place.area)
    street: list[Segment] = [("N3", *place.lines)] if place.lines else []
    return [*street, ("N4", *located)] if any(located) else street


def contact(one: Contact) -> Segment:
    """PER."""
    return ("PER", one.role, one.name, *(text for way in one.ways for text in way))


def references(pairs: Iterable[Reference]) -> list[Segment]:
    """REF for each."""
    return [("REF", kind, value) for kind, value in pairs]


def dates(dated: Iterable[Dated]) -> list[Segment]:
    """DTP for each day (D8) or span (RD8)."""
    return [("DTP", kind, "RD8", f"{compact(first)}-{compact(last)}") if last else ("DTP", kind, "D8", first)
            for kind, first, last in dated]  # fmt: skip


def days(dated: Iterable[Dated]) -> list[Segment]:
    """DTM for each day or span, as remittances and premium payments write them."""
    return [
        ("DTM", kind, "", "", "", "RD8", f"{compact(first)}-{compact(last)}")
        if last
        else ("DTM", kind, first)
        for kind, first, last in dated
    ]


def valued(name: str, amounts: Iterable[Valued]) -> list[Segment]:
    """AMT or QTY for each."""
    return [(name, kind, amount) for kind, amount in amounts]


def procedure(one: Procedure | None) -> tuple[str, ...]:
    """A procedure as the components of one element."""
    if one is None:
        return ()
    modifiers = (*one.modifiers, "", "", "", "")[:4] if one.description else one.modifiers
    return (one.list, one.code, *modifiers, one.description)


def adjustments(reasons: Iterable[Adjustment]) -> list[Segment]:
    """CAS: reasons that came in one segment, up to six, go into one again."""
    segments: list[list[object]] = []
    for group, reason, amount, quantity, starts in reasons:
        if starts or not segments or segments[-1][1] != group or len(segments[-1]) > 17:
            segments.append(["CAS", group])
        segments[-1] += [reason, amount, quantity]
    return segments  # type: ignore[return-value]


def diagnoses(codes: Iterable[Diagnosis]) -> list[Segment]:
    """HI: codes that came in one segment, up to twelve, go into one again."""
    segments: list[list[object]] = []
    for kind, code, starts in codes:
        if starts or not segments or len(segments[-1]) > 12:
            segments.append(["HI"])
        segments[-1].append((kind, code))
    return segments  # type: ignore[return-value]


def ranked(others: Iterable[tuple[str, T]], named: Iterable[tuple[str, T]], order: Sequence[str]) -> list[T]:
    """Things with their kinds: `others` as they are, each of `named` before the first that the guide puts later."""
    ranks = {kind: at for at, kind in enumerate(order)}
    result = [(ranks.get(kind, len(ranks)), one) for kind, one in others]
    for kind, one in named:
        rank = ranks.get(kind, len(ranks))
        before = next((at for at, (other, _) in enumerate(result) if other > rank), len(result))
        result.insert(before, (rank, one))
    return [one for _, one in result]
