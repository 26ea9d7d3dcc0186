"""What a remittance says (835): what was paid, for which claims and lines, and why less than charged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from crosswalk.core.formats.x12.records.building import Kept, record
from crosswalk.core.formats.x12.records.parties import (
    Adjustment,
    Contact,
    Dated,
    Party,
    Procedure,
    Reference,
    Valued,
)


@record
class Remittance:
    """ST to the payee: one payment (or none) and who pays whom. The claims it pays follow it."""

    control: str  # ST02
    handling: str = "I"  # BPR01: I payment with this remittance, H notice only …
    total: Decimal | None = None  # BPR02
    sign: str = "C"  # BPR03
    method: str = "ACH"  # BPR04: ACH, CHK, NON …
    bank: tuple[str, ...] = ()  # BPR05 to BPR15 as received
    paid_on: date | None = None  # BPR16
    trace: tuple[str, ...] = ()  # TRN: type, check or transfer number, payer
    version: str = ""  # ST03, mostly absent
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()
    payer: Party | None = None
    payee: Party | None = None
    kept: tuple[Kept, ...] = ()


@record
class PaidLine:
    """SVC: what was decided about one service line."""

    procedure: Procedure | None = None  # SVC01
    charge: Decimal | None = None  # SVC02
    paid: Decimal | None = None  # SVC03
    revenue: str = ""  # SVC04
    units: Decimal | None = None  # SVC05, paid
    billed_as: Procedure | None = None  # SVC06, when another code was paid
    billed_units: Decimal | None = None  # SVC07
    first_day: date | None = None  # DTM*472 or DTM*150
    last_day: date | None = None  # DTM*151
    day_kind: str = "472"  # 472 a day, 150 the first day of a span
    adjustments: tuple[Adjustment, ...] = ()
    control: str = ""  # REF*6R: our number of the line
    references: tuple[Reference, ...] = ()
    amounts: tuple[Valued, ...] = ()  # B6 allowed …
    remarks: tuple[tuple[str, str], ...] = ()  # LQ: list (HE), code
    dates: tuple[Dated, ...] = ()
    kept: tuple[Kept, ...] = ()


@record
class PaidClaim:
    """CLP: what was decided about one claim: paid, denied, reversed or corrected."""

    id: str  # CLP01: our number of the claim
    status: str = ""  # CLP02: 1 primary, 2 secondary, 3 tertiary, 4 denied, 22 reversal …
    charge: Decimal | None = None  # CLP03
    paid: Decimal | None = None  # CLP04
    patient_owes: Decimal | None = None  # CLP05
    filing: str = ""  # CLP06
    payer_claim: str = ""  # CLP07: the payer's number of the claim
    place: str = ""  # CLP08
    frequency: str = ""  # CLP09
    patient: Party | None = None  # NM1*QC
    rendering: Party | None = None  # NM1*82
    adjustments: tuple[Adjustment, ...] = ()
    lines: tuple[PaidLine, ...] = ()
    authorization: str = ""  # REF*G1
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()  # 232 from, 233 to, 050 received, 036 coverage expired
    amounts: tuple[Valued, ...] = ()  # AU covered, I interest
    quantities: tuple[Valued, ...] = ()
    parties: tuple[Party, ...] = ()  # 74 corrected name, IL subscriber, TT transfer …
    contacts: tuple[Contact, ...] = ()
    group: str = ""  # the LX before the claim, when this is the first claim after it
    summary: tuple[tuple[str, ...], ...] = ()  # TS3 and TS2 that came with that LX, as received
    kept: tuple[Kept, ...] = ()


@record
class ProviderAdjustment:
    """PLB, one reason: money kept or given outside any claim. A positive amount makes the payment smaller."""

    provider: str
    fiscal_day: str  # CCYYMMDD
    reason: str  # WO, CS, FB, L6, 72, CT …
    reference: str
    amount: Decimal | None
    starts: bool = True  # the first reason of its PLB segment
    kept: tuple[Kept, ...] = ()
