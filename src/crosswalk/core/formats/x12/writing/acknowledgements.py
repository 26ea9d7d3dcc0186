"""Writing acknowledgements: TA1 for an interchange, 999 or 997 for a group."""

from __future__ import annotations

from crosswalk.core.formats.x12.records import GroupAnswer, InterchangeAnswer, SegmentNote, SetAnswer
from crosswalk.core.formats.x12.writing.pen import Segment, raws


def interchange_answer(one: InterchangeAnswer) -> list[Segment]:
    """TA1."""
    return [("TA1", one.control, one.day, one.time, one.verdict, one.note)]


def group_answer(one: GroupAnswer) -> list[Segment]:
    """ST to AK9 of a 999 (IK segments) or a 997 (AK segments)."""
    letters = "AK" if one.form == "997" else "IK"
    counted = (one.verdict, one.included, one.received, one.accepted)
    return [
        ("ST", one.form, one.set_control, one.set_version),
        *([("AK1", one.kind, one.control, one.version)] if one.kind or one.control else []),
        *(segment for told in one.sets for segment in _set(told, letters)),
        *([("AK9", *counted, *one.reasons)] if any(counted) else []),
    ]


def _set(one: SetAnswer, letters: str) -> list[Segment]:
    return [
        ("AK2", one.code, one.control, one.version),
        *(segment for note in one.segments for segment in _note(note, letters)),
        *([(f"{letters}5", one.verdict, *one.reasons)] if one.verdict else []),
    ]


def _note(one: SegmentNote, letters: str) -> list[Segment]:
    return [
        (f"{letters}3", one.segment, one.position, one.loop, one.code),
        *(("CTX", *raws(context)) for context in one.contexts),
        *(
            (f"{letters}4", *raws((told.position, told.element)), told.code, told.value)
            for told in one.elements
        ),
    ]
