"""The wrapping: interchange (ISA to IEA), functional group (GS to GE), transaction set (ST to SE)."""

from __future__ import annotations

from crosswalk.core.formats.x12.delimiters import Delimiters
from crosswalk.core.formats.x12.records.building import record


@record
class Interchange:
    """One ISA: who sends to whom, when, and the signs that separate the parts. Texts without padding."""

    sender_kind: str  # ISA05
    sender: str  # ISA06
    receiver_kind: str  # ISA07
    receiver: str  # ISA08
    day: str  # ISA09, YYMMDD
    time: str  # ISA10, HHMM
    control: str  # ISA13, 9 digits
    version: str = "00501"  # ISA12
    wants_answer: str = "0"  # ISA14: 1 = answer with a TA1
    usage: str = "T"  # ISA15: P production, T test
    authorization_kind: str = "00"  # ISA01
    authorization: str = ""  # ISA02
    security_kind: str = "00"  # ISA03
    security: str = ""  # ISA04
    repetition: str = "^"  # ISA11 as received (a repetition sign, or U in 00401)
    delimiters: Delimiters = Delimiters()


@record
class InterchangeEnd:
    """IEA: how many groups there were and the number of the interchange."""

    count: str
    control: str


@record
class Group:
    """One GS: what kind of transactions, in which guide."""

    kind: str  # GS01: HC claims, HP remittances, BE enrolment, HS, HB, HR, HN, HI, RA, FA
    sender: str  # GS02
    receiver: str  # GS03
    day: str  # GS04, CCYYMMDD
    time: str  # GS05
    control: str  # GS06
    agency: str = "X"  # GS07
    version: str = ""  # GS08


@record
class GroupEnd:
    """GE: how many transaction sets there were and the number of the group."""

    count: str
    control: str


@record
class SetStart:
    """One ST: which transaction, its number, and (not in every transaction) its guide."""

    code: str  # ST01: 837, 835 …
    control: str  # ST02
    version: str = ""  # ST03


@record
class SetEnd:
    """SE: how many segments the sender counted, and the number of the set."""

    count: str
    control: str


@record
class OtherSegments:
    """Segments that no reader knows, as received: elements of each, at most a thousand at a time."""

    segments: tuple[tuple[str, ...], ...]
