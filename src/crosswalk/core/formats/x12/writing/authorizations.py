"""Writing authorization requests and decisions (278)."""

from __future__ import annotations

from crosswalk.core.formats.x12.records import Authorization
from crosswalk.core.formats.x12.writing.eligibility import refusal
from crosswalk.core.formats.x12.writing.parties import NUMBERS_FIRST, dates, diagnoses, party, references
from crosswalk.core.formats.x12.writing.pen import Segment, raws


def level(one: Authorization) -> list[Segment]:
    """HL and what is asked or decided at it."""
    refused = [refusal(told) for told in one.refusals]
    of_level = party(one.party, NUMBERS_FIRST)
    service: list[Segment] = []
    if one.service:
        asked, amount = one.service.elements, one.service.amount
        service += [(one.service.segment, *raws(asked))] if one.service.segment else []
        service += [("HSD", *raws(amount))] if amount else []
    return [
        ("HL", one.level, one.parent, one.kind, one.children), *(("TRN", *raws(trace)) for trace in one.traces),
        *(refused if not of_level else []), *of_level, *(refused if of_level else []),
        *([("UM", *raws(one.request))] if one.request else []),
        *([("HCR", *raws(one.decision))] if one.decision else []),
        *references(one.references), *dates(one.dates), *diagnoses(one.diagnoses), *service,
        *(("MSG", text) for text in one.notes),
        *(segment for other in one.parties for segment in party(other, NUMBERS_FIRST)),
    ]  # fmt: skip
