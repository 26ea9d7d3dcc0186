"""Asking whether somebody is covered (270) and the answer (271)."""

from __future__ import annotations

from typing import NamedTuple

from crosswalk.core.formats.x12.records.building import Kept, record
from crosswalk.core.formats.x12.records.parties import Dated, Party, Reference, Valued


@record
class EligibilityBatch:
    """ST and BHT of a 270 or 271."""

    code: str  # 270 or 271
    control: str
    version: str = ""
    structure: str = "0022"
    purpose: str = ""  # BHT02: 13 request, 11 response
    reference: str = ""
    day: str = ""
    time: str = ""
    kind: str = ""
    kept: tuple[Kept, ...] = ()


class Refusal(NamedTuple):
    """AAA: why the question could not be answered: valid request (Y/N), reason (75 not found …), what to do next."""

    valid: str
    agency: str
    reason: str
    follow_up: str


@record
class Request:
    """EQ: what is asked: service types (30 = everything), or a procedure."""

    services: tuple[str, ...] = ()
    procedure: tuple[str, ...] = ()  # EQ02, its components
    coverage: str = ""  # EQ03
    insurance: str = ""  # EQ04


@record
class Benefit:
    """EB: one line of the answer: active or not (EB01), for what, under which insurance, and how much."""

    status: str  # EB01: 1 active, 6 inactive, R other payer …
    level: str = ""  # EB02
    services: tuple[str, ...] = ()  # EB03
    insurance: str = ""  # EB04
    plan: str = ""  # EB05
    details: tuple[str, ...] = ()  # EB06 and later, as received
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()
    messages: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    parties: tuple[Party, ...] = ()  # between LS and LE
    loop: str = ""  # the name that LS and LE carry


@record
class Inquiry:
    """One HL level of a 270 or 271: payer (20), receiver (21), subscriber (22) or dependent (23)."""

    level: str  # HL01
    parent: str  # HL02
    kind: str  # HL03
    children: str = ""  # HL04
    party: Party | None = None
    traces: tuple[tuple[str, ...], ...] = ()  # TRN, as received
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    requests: tuple[Request, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    amounts: tuple[Valued, ...] = ()
    details: tuple[str, ...] = ()  # INS, as received
    kept: tuple[Kept, ...] = ()
