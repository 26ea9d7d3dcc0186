"""What a receiver answers about our file: TA1 for the interchange, 999 (or 997) for groups, sets and segments."""

from __future__ import annotations

from crosswalk.core.formats.x12.records.building import Kept, record


@record
class InterchangeAnswer:
    """TA1: the interchange as a whole was accepted (A), accepted with errors (E) or rejected (R), and why."""

    control: str  # TA101: ISA13 of the interchange that is answered
    day: str  # TA102
    time: str  # TA103
    verdict: str  # TA104
    note: str  # TA105: 000 nothing wrong, 001 …, 025 duplicate control number


@record
class ElementNote:
    """IK4 or AK4: one element that is wrong."""

    position: str  # element, component and repetition, joined by `:`
    element: str = ""  # element reference number
    code: str = ""  # 1 missing, 7 bad code …
    value: str = ""  # as received


@record
class SegmentNote:
    """IK3 or AK3: one segment that is wrong, with its elements."""

    segment: str
    position: str  # counted from ST = 1
    loop: str = ""
    code: str = ""  # 1 unknown, 3 missing, 8 has element errors …
    contexts: tuple[tuple[str, ...], ...] = ()  # CTX, as received
    elements: tuple[ElementNote, ...] = ()


@record
class SetAnswer:
    """AK2 to IK5 (AK5): one transaction set: verdict A, E, M, R, W or X and up to five reasons."""

    code: str
    control: str
    version: str = ""
    verdict: str = ""
    reasons: tuple[str, ...] = ()
    segments: tuple[SegmentNote, ...] = ()


@record
class GroupAnswer:
    """AK1 to AK9: one functional group: verdict, how many sets came and how many were accepted."""

    kind: str  # AK101 = GS01
    control: str  # AK102 = GS06
    version: str = ""  # AK103 = GS08
    verdict: str = ""
    included: str = ""
    received: str = ""
    accepted: str = ""
    reasons: tuple[str, ...] = ()
    sets: tuple[SetAnswer, ...] = ()
    form: str = "999"  # or 997
    set_control: str = ""  # ST02 of the acknowledgement
    set_version: str = ""  # ST03
    kept: tuple[Kept, ...] = ()
