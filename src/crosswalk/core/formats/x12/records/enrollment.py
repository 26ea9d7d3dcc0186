"""What an enrolment file says (834): who is a member, of which coverage, from when until when."""

from __future__ import annotations

from datetime import date

from crosswalk.core.formats.x12.records.building import Kept, record
from crosswalk.core.formats.x12.records.parties import Dated, Party, Reference, Valued


@record
class EnrollmentBatch:
    """ST to the payer: one file of members and what it does (a full list, or changes)."""

    control: str
    version: str = ""
    purpose: str = ""  # BGN01
    reference: str = ""  # BGN02
    day: str = ""  # BGN03
    time: str = ""  # BGN04
    zone: str = ""  # BGN05
    original: str = ""  # BGN06
    misplaced_action: str = ""  # BGN07, where some senders put the action
    action: str = ""  # BGN08: 2 changes, 4 full list, RX replace
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()
    counts: tuple[Valued, ...] = ()  # QTY
    sponsor: Party | None = None  # N1*P5
    payer: Party | None = None  # N1*IN
    parties: tuple[Party, ...] = ()  # N1*BO, N1*TV
    kept: tuple[Kept, ...] = ()


@record
class Coverage:
    """HD: one coverage of a member, with its own dates and numbers."""

    action: str = ""  # HD01: 001 change, 021 add, 024 end, 025 reinstate, 030 audit …
    insurance: str = ""  # HD03: HLT, HMO …
    plan: str = ""  # HD04, the plan's own text (`plan code;status` at DHCS)
    tier: str = ""  # HD05: IND, FAM …
    from_day: date | None = None  # DTP*348
    until_day: date | None = None  # DTP*349: the last day
    dates: tuple[Dated, ...] = ()
    amounts: tuple[Valued, ...] = ()
    references: tuple[Reference, ...] = ()
    parties: tuple[Party, ...] = ()  # NM1 after an LX: the doctor
    others: tuple[tuple[str, ...], ...] = ()  # COB, as received


@record
class Member:
    """INS: one member and what the file says about the membership."""

    is_subscriber: str  # INS01
    relationship: str = "18"  # INS02
    action: str = ""  # INS03: 001 change, 021 add, 024 end, 025 reinstate, 030 audit
    reason: str = ""  # INS04
    benefit: str = ""  # INS05
    details: tuple[str, ...] = ()  # INS06 and later, as received
    number: str = ""  # REF*0F: at DHCS the CIN
    policy: str = ""  # REF*1L
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()  # 356 eligible from, 357 until …
    person: Party | None = None  # NM1*IL or NM1*74
    marital: str = ""  # DMG04
    race: tuple[str, ...] = ()  # DMG05, components of each repetition joined by `:`
    citizenship: str = ""  # DMG06
    languages: tuple[tuple[str, ...], ...] = ()  # LUI, as received
    amounts: tuple[Valued, ...] = ()
    parties: tuple[Party, ...] = ()  # 31 mailing address, 70 wrong name, QD, GD …
    coverages: tuple[Coverage, ...] = ()
    kept: tuple[Kept, ...] = ()
