"""Writing eligibility questions and answers (270, 271)."""

from __future__ import annotations

from crosswalk.core.formats.x12.records import (
    Benefit,
    EligibilityBatch,
    Inquiry,
    Refusal,
    Request,
    Review,
    StatusBatch,
)
from crosswalk.core.formats.x12.writing.parties import NUMBERS_FIRST, dates, party, references, valued
from crosswalk.core.formats.x12.writing.pen import Repeated, Segment, raws


def head(code: str, one: EligibilityBatch | StatusBatch | Review) -> list[Segment]:
    """ST and BHT, as every transaction of levels begins."""
    told = (one.structure, one.purpose, one.reference, one.day, one.time, one.kind)
    return [("ST", code, one.control, one.version), *([("BHT", *told)] if any(told) else [])]


def refusal(one: Refusal) -> Segment:
    """AAA."""
    return ("AAA", one.valid, one.agency, one.reason, one.follow_up)


def level(one: Inquiry) -> list[Segment]:
    """HL and what is asked or answered at it."""
    refused = [refusal(told) for told in one.refusals]
    named = party(one.party, NUMBERS_FIRST)
    loose = references(one.references)
    asked = [_request(told) for told in one.requests]
    return [
        ("HL", one.level, one.parent, one.kind, one.children), *(("TRN", *raws(trace)) for trace in one.traces),
        *(loose if not asked else []), *(refused if one.kind == "20" else []), *named,
        *(refused if one.kind != "20" else []), *([("INS", *raws(one.details))] if one.details else []),
        *dates(one.dates), *asked, *valued("AMT", one.amounts), *(loose if asked else []),
        *(segment for told in one.benefits for segment in _benefit(told)),
    ]  # fmt: skip


def _request(one: Request) -> Segment:
    return ("EQ", Repeated(one.services), tuple(raws(one.procedure)), one.coverage, one.insurance)


def _benefit(one: Benefit) -> list[Segment]:
    told = (one.status, one.level, Repeated(one.services), one.insurance, one.plan)
    names = [segment for other in one.parties for segment in party(other, NUMBERS_FIRST)]
    loop: list[Segment] = [("LS", one.loop), *names, ("LE", one.loop)] if one.loop else names
    return [
        ("EB", *told, *raws(one.details)), *references(one.references), *dates(one.dates),
        *(refusal(said) for said in one.refusals), *(("MSG", text) for text in one.messages), *loop,
    ]  # fmt: skip
