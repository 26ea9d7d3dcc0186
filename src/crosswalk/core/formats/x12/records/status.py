"""Asking where a claim is (276), the answer (277), and the payer's word on what it received (277CA)."""

from __future__ import annotations

from decimal import Decimal

from crosswalk.core.formats.x12.records.building import Kept, record
from crosswalk.core.formats.x12.records.parties import Dated, Party, Reference, Valued


@record
class StatusBatch:
    """ST and BHT of a 276, 277 or 277CA."""

    code: str
    control: str
    version: str = ""
    structure: str = ""  # BHT01: 0010 status, 0085 acknowledgement
    purpose: str = ""
    reference: str = ""
    day: str = ""
    time: str = ""
    kind: str = ""  # BHT06: TH in a 277CA, DG in a 277
    kept: tuple[Kept, ...] = ()


@record
class Status:
    """STC: category (A2 accepted, A3 returned, F1 paid …), status code, whose it is; up to three of them."""

    codes: tuple[tuple[str, ...], ...]  # STC01, STC10, STC11: category, status, entity …
    day: str = ""  # STC02
    action: str = ""  # STC03: WQ accepted, U rejected
    charge: Decimal | None = None  # STC04
    paid: Decimal | None = None  # STC05
    details: tuple[str, ...] = ()  # STC06 to STC09, as received
    message: str = ""  # STC12


@record
class StatusItem:
    """SVC and what follows it: one line of the claim."""

    procedure: tuple[str, ...] = ()  # SVC01, its components
    charge: Decimal | None = None
    paid: Decimal | None = None
    revenue: str = ""
    units: Decimal | None = None  # SVC07
    statuses: tuple[Status, ...] = ()
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()


@record
class StatusLevel:
    """One HL level: payer (20), receiver (21), provider (19), subscriber or patient (22, 23, PT), or one claim in it.

    A patient with several claims gives one record a claim; those after the first have `continues` true.
    """

    level: str
    parent: str
    kind: str
    children: str = ""
    continues: bool = False
    party: Party | None = None
    trace: tuple[str, ...] = ()  # TRN: type, number (in a 277CA our claim number)
    statuses: tuple[Status, ...] = ()
    references: tuple[Reference, ...] = ()  # 1K: the payer's claim number
    amounts: tuple[Valued, ...] = ()  # YU accepted, YY rejected, T3 charge
    quantities: tuple[Valued, ...] = ()  # 90, QA accepted, AA, QC rejected
    dates: tuple[Dated, ...] = ()
    lines: tuple[StatusItem, ...] = ()
    kept: tuple[Kept, ...] = ()
