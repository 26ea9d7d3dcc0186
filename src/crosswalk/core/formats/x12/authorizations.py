"""Reading authorization requests and decisions (278): one record a level."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from crosswalk.core.formats.x12.claim_parts import values_of_hi
from crosswalk.core.formats.x12.claims import Ended
from crosswalk.core.formats.x12.eligibility import refusal
from crosswalk.core.formats.x12.gathering import Gathering
from crosswalk.core.formats.x12.records import Authorization, AuthorizedService, Diagnosis, Refusal, Review
from crosswalk.core.formats.x12.sets import Segments, beginning, hierarchy, read_groups, unheld
from crosswalk.core.formats.x12.values import Values

_HOLDS = frozenset({"references", "dates", "parties"})


def read_authorization(blocks: Iterator[str], start: str, values: Values) -> Generator[Any, None, Ended]:
    """`Review`, then an `Authorization` for each level."""
    return read_groups(blocks, start, values, frozenset({"HL"}), _head, _level)


def _head(segments: Segments, values: Values) -> Review:
    gathering = Gathering(values)
    return Review(**beginning(segments, gathering), kept=tuple(gathering.kept))


def _level(segments: Segments, values: Values) -> Iterator[Authorization]:
    gathering = Gathering(values)
    told: dict[str, Any] = hierarchy(segments[0], gathering)
    traces: list[tuple[str, ...]] = []
    refusals: list[Refusal] = []
    diagnoses: list[Diagnosis] = []
    notes: list[str] = []
    service: dict[str, Any] = {}
    for place, e in enumerate(segments):
        kind = e[0]
        if place == 0:
            continue
        if kind == "TRN":
            traces.append(tuple(e[1:]))
        elif kind == "AAA" and (found := refusal(e)) is not None:
            refusals.append(found)
        elif kind in ("UM", "HCR") and (name := "request" if kind == "UM" else "decision") not in told:
            told[name] = tuple(e[1:])
            gathering.close()
        elif kind == "HI" and (codes := values_of_hi(e, values)):
            diagnoses.extend(codes)
        elif kind in ("SV1", "SV2", "SV3") and "segment" not in service:
            service |= {"segment": kind, "elements": tuple(e[1:])}
        elif kind == "HSD" and "amount" not in service:
            service["amount"] = tuple(e[1:])
        elif kind == "MSG" and len(e) == 2:
            notes.append(e[1])
        else:
            if kind == "NM1":
                gathering.open()
            gathering.take(place, e)
    first, *others = (*gathering.parties, None)
    of_level = told["kind"] not in ("EV", "SS")
    yield Authorization(
        **told, party=first if of_level else None,
        parties=tuple(p for p in (others if of_level else (first, *others)) if p is not None),
        traces=tuple(traces), refusals=tuple(refusals), references=tuple(gathering.references),
        dates=tuple(gathering.dates), diagnoses=tuple(diagnoses),
        service=AuthorizedService(**service) if service else None, notes=tuple(notes),
        kept=unheld(gathering, _HOLDS, len(segments)),
    )  # fmt: skip
