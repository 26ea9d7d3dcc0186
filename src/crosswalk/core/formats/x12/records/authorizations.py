"""Asking for an authorization (278 request) and the decision (278 response)."""

from __future__ import annotations

from crosswalk.core.formats.x12.records.building import Kept, record
from crosswalk.core.formats.x12.records.claims import Diagnosis
from crosswalk.core.formats.x12.records.eligibility import Refusal
from crosswalk.core.formats.x12.records.parties import Dated, Party, Reference


@record
class Review:
    """ST and BHT of a 278: a request (BHT02 13) or a response (11)."""

    control: str
    version: str = ""
    structure: str = "0007"
    purpose: str = ""
    reference: str = ""
    day: str = ""
    time: str = ""
    kind: str = ""
    kept: tuple[Kept, ...] = ()


@record
class AuthorizedService:
    """What is asked for or decided: the procedure as sent (SV1, SV2) and how much of it (HSD)."""

    segment: str = ""  # SV1, SV2 or SV3
    elements: tuple[str, ...] = ()  # of that segment, as received
    amount: tuple[str, ...] = ()  # HSD, as received


@record
class Authorization:
    """One HL level of a 278: plan (20), requester (21), member (22, 23), event (EV) or service (SS)."""

    level: str
    parent: str
    kind: str
    children: str = ""
    party: Party | None = None
    parties: tuple[Party, ...] = ()  # service provider SJ, facility …
    traces: tuple[tuple[str, ...], ...] = ()
    request: tuple[str, ...] = ()  # UM, as received: category, type, service type, place, …, level of service
    decision: tuple[str, ...] = ()  # HCR: A1 certified, A3 not certified …; authorization number; reason
    refusals: tuple[Refusal, ...] = ()
    references: tuple[Reference, ...] = ()  # BB, NT: earlier numbers
    dates: tuple[Dated, ...] = ()  # AAH the event, 472 service
    diagnoses: tuple[Diagnosis, ...] = ()
    service: AuthorizedService | None = None
    notes: tuple[str, ...] = ()  # MSG
    kept: tuple[Kept, ...] = ()
