"""Writing claims (837P, 837I): the batch, the levels, the claim and its lines, in the order of the guide."""

from __future__ import annotations

from collections.abc import Iterable

from crosswalk.core.formats.x12.records import (
    BillingProvider,
    Claim,
    ClaimBatch,
    LineDecision,
    OtherPayer,
    Party,
    Patient,
    ServiceLine,
    Subscriber,
)
from crosswalk.core.formats.x12.writing.parties import (
    address,
    adjustments,
    contact,
    dates,
    diagnoses,
    party,
    procedure,
    ranked,
    references,
    valued,
)
from crosswalk.core.formats.x12.writing.pen import Segment, compact, raws

#: The order of numbers, and of names, in the claim and in the line.
_CLAIM_NUMBERS = ("4N", "F5", "EW", "9F", "G1", "F8", "X4", "9A", "9C", "LX", "D9", "EA", "P4", "1J")
_LINE_NUMBERS = ("9B", "9D", "G1", "6R", "EW", "X4", "F4", "BT", "9F")
_NAMES = ("71", "72", "DN", "P3", "82", "77", "DQ", "PW", "45")


def batch(one: ClaimBatch) -> list[Segment]:
    """ST, BHT, who submits and who receives."""
    told = (one.structure, one.purpose, one.reference, one.day, one.time, one.kind)
    heading: list[Segment] = [("BHT", *told)] if any(told) else []
    start: Segment = ("ST", "837", one.control, one.version)
    return [start, *heading, *party(one.submitter), *party(one.receiver)]


def billing_provider(one: BillingProvider) -> list[Segment]:
    """HL level 20."""
    specialty: list[Segment] = [("PRV", *raws(one.specialty))] if one.specialty else []
    return [
        ("HL", one.level, "", "20", one.children), *specialty, *party(one.provider), *_all(map(party, one.parties)),
    ]  # fmt: skip


def subscriber(one: Subscriber) -> list[Segment]:
    """HL level 22."""
    told = (one.order, one.relationship, one.group, one.group_name, one.insurance, "", "", "", one.filing)
    covered: list[Segment] = [("SBR", *told)] if any(told) else []
    head: Segment = ("HL", one.level, one.parent, "22", one.children)
    return [head, *covered, *party(one.person), *party(one.payer)]


def patient(one: Patient) -> list[Segment]:
    """HL level 23."""
    related: list[Segment] = [("PAT", one.relationship)] if one.relationship else []
    return [("HL", one.level, one.parent, "23", one.children), *related, *party(one.person)]


def claim(one: Claim) -> list[Segment]:
    """CLM and what follows it up to the first line."""
    named = [("G1", one.authorization), ("F8", one.payer_claim), ("EA", one.record_number)]
    numbers = ranked(
        [(kind, (kind, text)) for kind, text in one.references],
        [(kind, (kind, text)) for kind, text in named if text],
        _CLAIM_NUMBERS,
    )
    rendering = [(one.rendering.role, one.rendering)] if one.rendering else []
    names = ranked([(other.role, other) for other in one.parties], rendering, _NAMES)
    return [
        _clm(one),
        *dates(one.dates),
        *(("PWK", paper.kind, paper.way, "", "", paper.id_kind, paper.id) for paper in one.attachments),
        *valued("AMT", one.amounts),
        *references(numbers),
        *(("NTE", *note) for note in one.notes),
        *(contact(desk) for desk in one.contacts),
        *diagnoses(one.diagnoses),
        *_all(map(party, names)),
        *_all(map(_other_payer, one.other_payers)),
    ]


def _clm(one: Claim) -> Segment:
    place = (one.place, one.facility_list, one.frequency) if one.place or one.frequency else ()
    signed = (one.signature, one.assignment, one.benefits, one.release, one.patient_signature)
    last: Segment = (tuple(one.accident), one.program, "", "", "", "", "", "", "", one.delay)
    return ("CLM", one.id, one.charge, "", "", place, *signed, *last)


def _other_payer(one: OtherPayer) -> list[Segment]:
    covered = (one.order, one.relationship, one.group, one.group_name, one.insurance, "", "", "", one.filing)
    agreed = ("OI", "", "", one.assignment, one.signature, "", one.release)
    segments: list[Segment] = [
        ("SBR", *covered), *adjustments(one.adjustments), *valued("AMT", one.amounts),
        *([agreed] if any(agreed[1:]) else []),
    ]  # fmt: skip
    decided = dates(one.dates)
    for other in one.parties:
        segments += _with_dates(other, decided if other.role == "PR" else [])
        decided = [] if other.role == "PR" else decided
    return segments + decided


def _with_dates(one: Party, decided: list[Segment]) -> list[Segment]:
    """A name with the day of its decision after its address."""
    segments = party(one)
    at = 1 + len(address(one))
    return [*segments[:at], *decided, *segments[at:]]


def line(one: ServiceLine, *, institutional: bool = False) -> list[Segment]:
    """LX and what follows it."""
    named = [("G1", ("G1", text)) for text in one.authorizations]
    numbers = ranked(
        [(kind, (kind, text)) for kind, text in one.references],
        [*named, ("6R", ("6R", one.control))] if one.control else named,
        _LINE_NUMBERS,
    )
    served: list[Segment] = []
    if one.first_day:
        span = f"{compact(one.first_day)}-{compact(one.last_day)}" if one.last_day else ""
        served = [("DTP", "472", "RD8", span) if span else ("DTP", "472", "D8", one.first_day)]
    return [
        ("LX", one.number), *_service(one, institutional), *served, *dates(one.dates), *references(numbers),
        *valued("AMT", one.amounts), *(("NTE", *note) for note in one.notes), *_all(map(party, one.parties)),
        *_all(map(_decision, one.decisions)),
    ]  # fmt: skip


def _service(one: ServiceLine, institutional: bool) -> list[Segment]:
    """SV1, or SV2 in an institutional claim; nothing when the line says nothing."""
    code = procedure(one.procedure)
    if institutional or one.revenue:
        told = (one.revenue, code, one.charge, one.unit, one.quantity)
        return [("SV2", *told)] if any(part not in ("", (), None) for part in told) else []
    flags = (one.emergency, "", one.screening, one.family_planning, "", "", one.copay)
    said = (code, one.charge, one.unit, one.quantity, one.place, "", tuple(one.pointers), "", *flags)
    return [("SV1", *said)] if any(part not in ("", (), None) for part in said) else []


def _decision(one: LineDecision) -> list[Segment]:
    return [
        ("SVD", one.payer, one.paid, procedure(one.procedure), one.revenue, one.units, one.bundled),
        *adjustments(one.adjustments), *dates(one.dates), *valued("AMT", one.amounts),
    ]  # fmt: skip


def _all(parts: Iterable[list[Segment]]) -> list[Segment]:
    return [segment for part in parts for segment in part]
