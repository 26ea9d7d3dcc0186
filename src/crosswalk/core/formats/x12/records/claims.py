"""What a claim says (837P, 837I): who bills whom for whom, which services, and what was charged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

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
class ClaimBatch:
    """ST to the receiver's name: one batch of claims, who submits it and who receives it."""

    control: str  # ST02
    version: str = ""  # ST03
    purpose: str = "00"  # BHT02: 00 original, 18 sent again
    reference: str = ""  # BHT03
    day: str = ""  # BHT04, CCYYMMDD
    time: str = ""  # BHT05
    kind: str = "CH"  # BHT06: CH chargeable, RP encounter
    structure: str = "0019"  # BHT01
    submitter: Party | None = None
    receiver: Party | None = None
    kept: tuple[Kept, ...] = ()


@record
class BillingProvider:
    """HL level 20: who bills. `parties` are pay-to addresses and plans."""

    level: str  # HL01
    provider: Party | None = None  # NM1*85
    specialty: tuple[str, ...] = ()  # PRV*BI at the level itself
    parties: tuple[Party, ...] = ()
    children: str = "1"  # HL04
    kept: tuple[Kept, ...] = ()


@record
class Subscriber:
    """HL level 22: the member, and the plan that is asked to pay. In Medi-Cal the member is always the subscriber."""

    level: str  # HL01
    parent: str = ""  # HL02
    children: str = "0"  # HL04
    order: str = "P"  # SBR01: P primary, S secondary, T tertiary, U unknown
    relationship: str = "18"  # SBR02: 18 self
    group: str = ""  # SBR03
    group_name: str = ""  # SBR04
    insurance: str = ""  # SBR05
    filing: str = ""  # SBR09: MC Medicaid, HM HMO …
    person: Party | None = None  # NM1*IL
    payer: Party | None = None  # NM1*PR
    kept: tuple[Kept, ...] = ()


@record
class Patient:
    """HL level 23: the patient, when that is not the subscriber."""

    level: str
    parent: str = ""
    relationship: str = ""  # PAT01
    person: Party | None = None  # NM1*QC
    children: str = "0"
    kept: tuple[Kept, ...] = ()


class Diagnosis(NamedTuple):
    """One code of an HI segment: kind ABK principal, ABF other (ICD-10-CM) …; the code has no dot in X12.

    `starts` is true for the first code of an HI segment.
    """

    kind: str
    code: str
    starts: bool = False


@record
class Attachment:
    """PWK: a paper that belongs to the claim: what, how it comes, and its number."""

    kind: str
    way: str = ""
    id_kind: str = ""
    id: str = ""


@record
class OtherPayer:
    """Another payer of the same claim (2320, 2330): what it covers, paid and adjusted."""

    order: str = ""  # SBR01
    relationship: str = ""
    group: str = ""
    group_name: str = ""
    insurance: str = ""
    filing: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    amounts: tuple[Valued, ...] = ()  # D paid, EAF still owed, A8 not covered
    assignment: str = ""  # OI03
    signature: str = ""  # OI04
    release: str = ""  # OI06
    parties: tuple[Party, ...] = ()
    dates: tuple[Dated, ...] = ()


@record
class LineDecision:
    """What another payer decided about a line (2430): paid, units, adjustments."""

    payer: str  # SVD01
    paid: Decimal | None = None
    procedure: Procedure | None = None
    revenue: str = ""
    units: Decimal | None = None
    bundled: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    dates: tuple[Dated, ...] = ()
    amounts: tuple[Valued, ...] = ()


@record
class ServiceLine:
    """One service line (2400): what was done, when, how much, for what charge. Money exact, days as dates."""

    number: str  # LX01
    procedure: Procedure | None = None  # SV101 (SV202 institutional)
    charge: Decimal | None = None  # SV102 (SV203)
    unit: str = ""  # SV103: UN units, MJ minutes
    quantity: Decimal | None = None  # SV104
    place: str = ""  # SV105, only where it differs from the claim's
    pointers: tuple[str, ...] = ()  # SV107: positions of the claim's diagnoses, from 1
    first_day: date | None = None  # DTP*472
    last_day: date | None = None  # only where a span was sent
    control: str = ""  # REF*6R: the sender's number of the line
    emergency: str = ""  # SV109
    screening: str = ""  # SV111: EPSDT
    family_planning: str = ""  # SV112
    copay: str = ""  # SV115
    revenue: str = ""  # SV201, institutional only
    authorizations: tuple[str, ...] = ()  # REF*G1
    dates: tuple[Dated, ...] = ()
    references: tuple[Reference, ...] = ()
    amounts: tuple[Valued, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    parties: tuple[Party, ...] = ()
    decisions: tuple[LineDecision, ...] = ()
    kept: tuple[Kept, ...] = ()


@record
class Claim:
    """One claim (2300): provider, subscriber, patient, diagnoses, authorization, lines."""

    id: str  # CLM01, the sender's number of the claim, comes back in the remittance
    charge: Decimal | None = None  # CLM02
    place: str = ""  # CLM05-1: 12 home, 27 street …
    facility_list: str = "B"  # CLM05-2
    frequency: str = "1"  # CLM05-3: 1 original, 7 replacement, 8 void
    signature: str = ""  # CLM06
    assignment: str = ""  # CLM07
    benefits: str = ""  # CLM08
    release: str = ""  # CLM09
    patient_signature: str = ""  # CLM10
    diagnoses: tuple[Diagnosis, ...] = ()
    authorization: str = ""  # REF*G1
    payer_claim: str = ""  # REF*F8: the payer's number of the claim that is replaced or voided
    record_number: str = ""  # REF*EA: medical record number
    rendering: Party | None = None  # NM1*82
    provider: BillingProvider | None = None
    subscriber: Subscriber | None = None
    patient: Patient | None = None
    lines: tuple[ServiceLine, ...] = ()
    dates: tuple[Dated, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    amounts: tuple[Valued, ...] = ()
    references: tuple[Reference, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    parties: tuple[Party, ...] = ()
    other_payers: tuple[OtherPayer, ...] = ()
    contacts: tuple[Contact, ...] = ()
    accident: tuple[str, ...] = ()  # CLM11, its components
    program: str = ""  # CLM12
    delay: str = ""  # CLM20
    kept: tuple[Kept, ...] = ()
