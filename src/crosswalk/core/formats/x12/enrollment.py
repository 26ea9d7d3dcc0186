"""Reading enrolment (834): one record a member, with the coverages and their days."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any

from crosswalk.core.formats.x12.claims import ENVELOPE, Ended
from crosswalk.core.formats.x12.gathering import Gathering
from crosswalk.core.formats.x12.records import (
    Address,
    Contact,
    Coverage,
    EnrollmentBatch,
    Kept,
    Member,
    Party,
    draft,
)
from crosswalk.core.formats.x12.sets import Segments, unheld
from crosswalk.core.formats.x12.values import Values

_Address = draft(Address)
_Person = draft(
    Party, "role", "kind", "last", "first", "middle", "prefix", "suffix", "id_kind", "id", "address", "birth", "sex",
    "contacts",
)  # fmt: skip
_Coverage = draft(
    Coverage, "action", "insurance", "plan", "tier", "from_day", "until_day", "dates", "references"
)
_Member = draft(
    Member, "is_subscriber", "relationship", "action", "reason", "benefit", "details", "number", "policy", "references",
    "dates", "person", "languages", "coverages",
)  # fmt: skip
_HEAD_HOLDS = frozenset({"references", "dates", "quantities", "parties"})
_MEMBER_HOLDS = frozenset({"references", "dates", "amounts", "parties"})
_BGN = ("purpose", "reference", "day", "time", "zone", "original", "misplaced_action", "action")
_INS = ("is_subscriber", "relationship", "action", "reason", "benefit")


def read_enrollment(blocks: Iterator[str], start: str, values: Values) -> Generator[Any, None, Ended]:
    """`EnrollmentBatch`, then a `Member` each."""
    held = [start]
    make: Callable[[list[str], Values], EnrollmentBatch | Member] = _first
    count = 0
    for block in blocks:
        name = block[:3]
        if name != "INS" and name not in ENVELOPE:
            held.append(block)
            continue
        count += sum(part.count(values.delimiters.terminator) + 1 for part in held)
        yield make(held, values)
        if name != "INS":
            return block, count + 1
        held, make = [block], member_of
    yield make(held, values)
    return None, count + sum(part.count(values.delimiters.terminator) + 1 for part in held)


def _split(held: list[str], values: Values) -> Segments:
    return [s.split(values.delimiters.element) for block in held for s in values.segments(block)]


def _first(held: list[str], values: Values) -> EnrollmentBatch:
    return _head(_split(held, values), values)


def member_of(held: list[str], values: Values) -> Member:
    """A member from its blocks; one with only the usual segments is read in one go."""
    told = values.member.fullmatch(held[0]) if len(held) == 1 else None
    usual = _usual(told.groups(), values) if told is not None else None
    return usual if usual is not None else _member(_split(held, values), values)


def _usual(a: tuple[Any, ...], values: Values) -> Member | None:
    """A member of the usual shape; None when a value in it cannot be read."""
    (who, relation, action, reason, more, number, policy, references, dates, *name, contact, street, street2, city,
     state, code, country, area_kind, area, born, sex, languages, rest) = a  # fmt: skip
    days = values.spoken[dates] if dates else ()
    birth = values.days[born]
    pairs = values.memory(_pairs)[references] if references else ()
    contacts = _contacts(contact, values) if contact else ()
    coverages = values.memory(_coverages)[rest] if rest else ()
    lines = (street,) if street2 is None else (street, street2)
    if days is None or birth is None or contacts is None or coverages is None or not all((number, *lines)):
        return None
    if policy == "" or not all(value for _, value in pairs) or any(kind in ("0F", "1L") for kind, _ in pairs):
        return None
    benefit, *details = more.split(values.delimiters.element)
    where = _Address(lines, city, state, code, country or "", area_kind or "", area or "")
    if not (city or state or code or country or area_kind or area):
        return None
    spoken = tuple(tuple(e[1:]) for e in values.each(languages)) if languages else ()
    return _Member(
        who, relation, action, reason, benefit, tuple(details), number, policy or "", pairs, days,
        _Person("IL", *name, where, birth, sex, contacts), spoken, coverages,
    )  # fmt: skip


def _pairs(text: str, values: Values) -> tuple[tuple[str, str], ...]:
    """REF segments as kind and text."""
    return tuple((e[1], e[2]) for e in values.each(text))


def _contacts(text: str, values: Values) -> tuple[Contact, ...] | None:
    """PER; None when it is not of pairs."""
    gathering = Gathering(values, attach=False)
    for e in values.each(text):
        gathering.take(0, e)
    return None if gathering.kept else tuple(gathering.contacts)


def _coverages(text: str, values: Values) -> tuple[Coverage, ...] | None:
    """Each HD with its days and numbers; None when one has anything else."""
    found = []
    element = values.delimiters.element
    for part in text.split(f"{values.mark}HD{element}")[1:]:
        told = values.coverage.fullmatch(part)
        if told is None:
            return None
        action, insurance, plan, tier, dates, references = told.groups()
        days = values.spoken[dates] if dates else ()
        pairs = _pairs(references, values) if references else ()
        if days is None or not all(value for _, value in pairs):
            return None
        first = next((d for d in days if d.kind == "348"), None)
        last = next((d for d in days if d.kind == "349"), None)
        found.append(
            _Coverage(
                action, insurance, plan, tier or "", first.first if first else None, last.first if last else None,
                tuple(d for d in days if d is not first and d is not last), pairs,
            )
        )  # fmt: skip
    return tuple(found)


def _head(segments: Segments, values: Values) -> EnrollmentBatch:
    gathering = Gathering(values)
    told: dict[str, Any] = {}
    for place, e in enumerate(segments):
        if place == 0:
            told |= {"control": [*e, "", ""][2], "version": [*e, "", "", ""][3]}
        elif e[0] == "BGN" and len(e) <= 9 and "purpose" not in told:
            told |= dict(zip(_BGN, [*e[1:], *[""] * 8], strict=False))
        else:
            gathering.take(place, e)
    sponsor, payer = gathering.named("P5"), gathering.named("IN")
    return EnrollmentBatch(
        **told, references=tuple(gathering.references), dates=tuple(gathering.dates),
        counts=tuple(gathering.quantities), sponsor=sponsor, payer=payer, parties=gathering.parties,
        kept=unheld(gathering, _HEAD_HOLDS, len(segments)),
    )  # fmt: skip


def _member(segments: Segments, values: Values) -> Member:
    gathering = Gathering(values)
    gathering.close()
    ins = segments[0] + [""] * (6 - len(segments[0]))
    told: dict[str, Any] = dict(zip(_INS, ins[1:6], strict=True)) | {"details": tuple(segments[0][6:])}
    coverages: list[_CoverageReading] = []
    for place, e in enumerate(segments):
        kind = e[0]
        if place == 0:
            continue
        if kind == "HD" and len(e) <= 6 and not any(e[2:3]):
            coverages.append(_CoverageReading(e, values))
        elif kind == "HD" or (coverages and coverages[-1].ended):
            if coverages:
                coverages[-1].ended = True
            gathering.keep(place, e)
        elif coverages:
            coverages[-1].take(place, e, gathering.kept)
        elif not _own(e, told, values, gathering):
            if kind == "NM1":
                gathering.open()
            elif kind not in ("N3", "N4", "PER", "DMG"):
                gathering.close()
            gathering.take(place, e)
    person = gathering.named("IL") or gathering.named("74")
    return Member(
        **told, references=tuple(gathering.references), dates=tuple(gathering.dates), person=person,
        amounts=tuple(gathering.amounts), parties=gathering.parties,
        coverages=tuple(reading.record() for reading in coverages),
        kept=unheld(gathering, _MEMBER_HOLDS, len(segments)),
    )  # fmt: skip


def _own(e: list[str], told: dict[str, Any], values: Values, gathering: Gathering) -> bool:
    """The member's own number, policy, language and demographics; False when the segment is none of these."""
    name = {"0F": "number", "1L": "policy"}.get(e[1], "") if e[0] == "REF" and len(e) == 3 else ""
    if name and name not in told and e[2]:
        told[name] = e[2]
        return True
    if e[0] == "LUI":
        told["languages"] = (*told.get("languages", ()), tuple(e[1:]))
        return True
    if e[0] == "DMG" and 4 < len(e) <= 7 and "race" not in told and gathering.parties[-1:]:
        if gathering.parties[-1].role not in ("IL", "74"):
            return False
        gathering.open()
        before = len(gathering.kept)
        gathering.take(0, e[:4])
        if len(gathering.kept) > before:
            gathering.kept.pop()
            return False
        padded = e + [""] * (7 - len(e))
        sign = values.delimiters.repetition
        told["marital"], told["citizenship"] = padded[4], padded[6]
        told["race"] = (
            tuple(padded[5].split(sign)) if padded[5] and sign else ((padded[5],) if padded[5] else ())
        )
        return True
    return False


class _CoverageReading:
    """One HD and the segments after it."""

    def __init__(self, hd: list[str], values: Values) -> None:
        hd = hd + [""] * (6 - len(hd))
        self.told: dict[str, Any] = {"action": hd[1], "insurance": hd[3], "plan": hd[4], "tier": hd[5]}
        self.gathering = Gathering(values, attach=False)
        self.others: list[tuple[str, ...]] = []
        self.ended = False

    def take(self, place: int, e: list[str], kept: list[Kept]) -> None:
        """A segment of the coverage; what does not fit is kept at its place in the member."""
        gathering = self.gathering
        if e[0] == "COB":
            self.others.append(tuple(e[1:]))
        elif e[0] in ("LS", "LE"):
            self.ended = True
            kept.append(Kept(place, tuple(e)))
        elif e[0] in ("REF", "DTP", "AMT", "NM1", "N3", "N4", "PER") and not (self.others and e[0] != "COB"):
            if e[0] == "NM1":
                gathering.open()
            elif e[0] in ("REF", "DTP", "AMT"):
                gathering.close()
            gathering.take(place, e)
            kept.extend(gathering.kept)
            gathering.kept.clear()
            if gathering.contacts:
                gathering.contacts.clear()
                kept.append(Kept(place, tuple(e)))
        else:
            kept.append(Kept(place, tuple(e)))

    def record(self) -> Coverage:
        """The coverage, its first and last day apart from its other dates."""
        dates = list(self.gathering.dates)
        days: dict[str, Any] = {}
        for name, kind in (("from_day", "348"), ("until_day", "349")):
            found = next((d for d in dates if d.kind == kind and d.last is None), None)
            if found is not None:
                dates.remove(found)
                days[name] = found.first
        return Coverage(
            **self.told, **days, dates=tuple(dates), amounts=tuple(self.gathering.amounts),
            references=tuple(self.gathering.references), parties=self.gathering.parties, others=tuple(self.others),
        )  # fmt: skip
