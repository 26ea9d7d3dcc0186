"""Reading acknowledgements (TA1, 999, 997): what a receiver thought of our file."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from crosswalk.core.formats.x12.claims import Ended
from crosswalk.core.formats.x12.records import (
    ElementNote,
    GroupAnswer,
    InterchangeAnswer,
    Kept,
    OtherSegments,
    SegmentNote,
    SetAnswer,
)
from crosswalk.core.formats.x12.sets import Segments, read_groups
from crosswalk.core.formats.x12.values import Values


def interchange_answer(e: list[str]) -> InterchangeAnswer | OtherSegments:
    """TA1 from its elements."""
    return InterchangeAnswer(*e[1:]) if len(e) == 6 else OtherSegments((tuple(e),))


def read_acknowledgement(blocks: Iterator[str], start: str, values: Values) -> Generator[Any, None, Ended]:
    """One `GroupAnswer`, when the set is complete."""
    return read_groups(blocks, start, values, frozenset(), _answer, _nothing)


def _nothing(_segments: Segments, _values: Values) -> Iterator[Any]:
    return iter(())


def _answer(segments: Segments, _values: Values) -> GroupAnswer:
    st = [*segments[0], "", "", ""]
    told: dict[str, Any] = {
        "form": st[1],
        "set_control": st[2],
        "set_version": st[3],
        "kind": "",
        "control": "",
    }
    sets: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    kept: list[Kept] = []
    for place, e in enumerate(segments[1:], 1):
        name = e[0].replace("IK", "AK")
        if name == "AK1" and len(e) <= 4 and not told["kind"]:
            told |= dict(zip(("kind", "control", "version"), [*e[1:], "", "", ""], strict=False))
        elif name == "AK2" and len(e) <= 4:
            notes = []
            told_of_set = dict(zip(("code", "control", "version"), [*e[1:], "", "", ""], strict=False))
            sets.append({**told_of_set, "notes": notes})
        elif name == "AK3" and len(e) <= 5 and sets:
            padded = [*e[1:], "", "", "", ""]
            told_of_segment = dict(zip(("segment", "position", "loop", "code"), padded, strict=False))
            notes.append({**told_of_segment, "of": [], "ctx": []})
        elif name == "CTX" and notes and not notes[-1]["of"]:
            notes[-1]["ctx"].append(tuple(e[1:]))
        elif name == "AK4" and len(e) <= 5 and notes:
            notes[-1]["of"].append(ElementNote(*[*e[1:], "", "", ""][:4]))
        elif name == "AK5" and sets and "verdict" not in sets[-1]:
            sets[-1] |= {"verdict": [*e, ""][1], "reasons": tuple(e[2:])}
        elif name == "AK9" and "verdict" not in told:
            padded = [*e[1:], "", "", "", ""]
            told |= dict(zip(("verdict", "included", "received", "accepted"), padded, strict=False))
            told["reasons"] = tuple(e[5:])
        else:
            kept.append(Kept(place, tuple(e)))
    return GroupAnswer(**told, sets=tuple(_set(one) for one in sets), kept=tuple(kept))


def _set(told: dict[str, Any]) -> SetAnswer:
    notes = told.pop("notes")
    segments = tuple(
        SegmentNote(n["segment"], n["position"], n["loop"], n["code"], tuple(n["ctx"]), tuple(n["of"]))
        for n in notes
    )
    return SetAnswer(**told, segments=segments)
