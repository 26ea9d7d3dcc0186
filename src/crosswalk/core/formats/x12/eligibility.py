"""Reading eligibility questions and answers (270, 271): one record a level, with what is asked or answered."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from crosswalk.core.formats.x12.claims import Ended
from crosswalk.core.formats.x12.gathering import Gathering
from crosswalk.core.formats.x12.records import Benefit, EligibilityBatch, Inquiry, Refusal, Request
from crosswalk.core.formats.x12.sets import Segments, beginning, hierarchy, read_groups, unheld
from crosswalk.core.formats.x12.values import Values

_LEVEL_HOLDS = frozenset({"references", "dates", "amounts"})
_BENEFIT_HOLDS = frozenset({"references", "dates", "parties"})


def read_eligibility(blocks: Iterator[str], start: str, values: Values) -> Generator[Any, None, Ended]:
    """`EligibilityBatch`, then an `Inquiry` for each level."""
    return read_groups(blocks, start, values, frozenset({"HL"}), _head, _level)


def _head(segments: Segments, values: Values) -> EligibilityBatch:
    gathering = Gathering(values)
    told = beginning(segments, gathering)
    return EligibilityBatch(code=(segments[0] + [""])[1], **told, kept=tuple(gathering.kept))


def refusal(e: list[str]) -> Refusal | None:
    """AAA; None when it says more than four things."""
    return Refusal(*(e + [""] * (5 - len(e)))[1:5]) if len(e) <= 5 else None


def _level(segments: Segments, values: Values) -> Iterator[Inquiry]:
    gathering = Gathering(values)
    told: dict[str, Any] = hierarchy(segments[0], gathering)
    traces: list[tuple[str, ...]] = []
    refusals: list[Refusal] = []
    requests: list[Request] = []
    benefits: list[tuple[dict[str, Any], Gathering]] = []
    opened = ""
    for place, e in enumerate(segments):
        kind = e[0]
        if place == 0:
            continue
        if kind == "EB":
            benefits.append((_benefit(e, values), Gathering(values, attach=False)))
            opened = ""
        elif benefits:
            opened = _of_benefit(place, e, *benefits[-1], gathering, opened)
        elif kind == "TRN":
            traces.append(tuple(e[1:]))
        elif kind == "AAA" and (found := refusal(e)) is not None:
            refusals.append(found)
        elif kind == "EQ" and len(e) <= 5:
            requests.append(_request(e, values))
            gathering.close()
        elif kind == "INS" and "details" not in told:
            told["details"] = tuple(e[1:])
        else:
            gathering.take(place, e)
    party = next(iter(gathering.parties), None)
    for other in gathering.parties[1:]:
        gathering.keep(len(segments), ["NM1", other.role, other.kind, other.last])
    yield Inquiry(
        **told, party=party, traces=tuple(traces), references=tuple(gathering.references),
        dates=tuple(gathering.dates), refusals=tuple(refusals), requests=tuple(requests),
        benefits=tuple(Benefit(**held, references=tuple(g.references), dates=tuple(g.dates), parties=g.parties)
                       for held, g in benefits),
        amounts=tuple(gathering.amounts), kept=unheld(gathering, _LEVEL_HOLDS | {"parties"}, len(segments)),
    )  # fmt: skip


def _several(text: str, values: Values) -> tuple[str, ...]:
    """A repeated element; none where it is empty."""
    sign = values.delimiters.repetition
    return tuple(text.split(sign)) if text and sign else ((text,) if text else ())


def _request(e: list[str], values: Values) -> Request:
    e = e + [""] * (5 - len(e))
    procedure = tuple(e[2].split(values.delimiters.component)) if e[2] else ()
    return Request(_several(e[1], values), procedure, e[3], e[4])


def _benefit(e: list[str], values: Values) -> dict[str, Any]:
    padded = e + [""] * (6 - len(e))
    return {
        "status": padded[1], "level": padded[2], "services": _several(padded[3], values), "insurance": padded[4],
        "plan": padded[5], "details": tuple(e[6:]), "messages": (), "refusals": (),
    }  # fmt: skip


def _of_benefit(
    place: int, e: list[str], told: dict[str, Any], inner: Gathering, outer: Gathering, opened: str
) -> str:
    """One segment after an EB; what does not fit is kept at its place in the level. Returns the open LS loop."""
    if e[0] == "LS" and len(e) == 2:
        inner.open()
        told["loop"] = e[1]
        return e[1]
    if e[0] == "LE" and len(e) == 2 and e[1] == opened:
        inner.close()
        return ""
    if e[0] == "MSG" and len(e) == 2:
        told["messages"] += (e[1],)
    elif e[0] == "AAA" and (found := refusal(e)) is not None:
        told["refusals"] += (found,)
    else:
        before = len(inner.kept)
        inner.take(place, e)
        held = inner.kept[before:]
        for name in ("amounts", "quantities", "notes", "contacts", "adjustments"):
            if getattr(inner, name):
                outer.keep(place, e)
                getattr(inner, name).clear()
        del inner.kept[before:]
        outer.kept.extend(held)
    return opened
