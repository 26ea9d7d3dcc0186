"""Reading enrolment (834): one record a member, with the coverages and their days."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from crosswalk.core.formats.x12.claims import Ended
from crosswalk.core.formats.x12.gathering import Gathering
from crosswalk.core.formats.x12.records import Coverage, EnrollmentBatch, Kept, Member
from crosswalk.core.formats.x12.sets import Segments, read_groups, unheld
from crosswalk.core.formats.x12.values import Values

_HEAD_HOLDS = frozenset({"references", "dates", "quantities", "parties"})
_MEMBER_HOLDS = frozenset({"references", "dates", "amounts", "parties"})
_BGN = ("purpose", "reference", "day", "time", "zone", "original", "misplaced_action", "action")
_INS = ("is_subscriber", "relationship", "action", "reason", "benefit")


def read_enrollment(blocks: Iterator[str], start: str, values: Values) -> Generator[Any, None, Ended]:
    """`EnrollmentBatch`, then a `Member` each."""
    return read_groups(blocks, start, values, frozenset({"INS"}), _head, _member)


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


def _member(segments: Segments, values: Values) -> Iterator[Member]:
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
    yield Member(
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
