"""Reading claim status (276, 277) and claim acknowledgements (277CA): one record a level, and a claim each."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import pairwise
from typing import Any

from crosswalk.core.formats.x12.claims import Ended
from crosswalk.core.formats.x12.gathering import Gathering
from crosswalk.core.formats.x12.records import Status, StatusBatch, StatusItem, StatusLevel
from crosswalk.core.formats.x12.sets import Segments, beginning, hierarchy, read_groups, unheld
from crosswalk.core.formats.x12.values import Values

_HOLDS = frozenset({"references", "dates", "amounts", "quantities"})


def read_status(blocks: Iterator[str], start: str, values: Values) -> Generator[Any, None, Ended]:
    """`StatusBatch`, then a `StatusLevel` for each level, and for each further claim of a level."""
    return read_groups(blocks, start, values, frozenset({"HL"}), _head, _level)


def _head(segments: Segments, values: Values) -> StatusBatch:
    gathering = Gathering(values)
    told = beginning(segments, gathering)
    return StatusBatch(code=(segments[0] + [""])[1], **told, kept=tuple(gathering.kept))


def _level(segments: Segments, values: Values) -> Iterator[StatusLevel]:
    """A level; each TRN after the first in it begins another claim of the same patient."""
    starts = [at for at, e in enumerate(segments) if e[0] == "TRN"]
    cuts = [0, *starts[1:], len(segments)]
    for first, last in pairwise(cuts):
        yield _one(segments[first:last], segments[0], values, continues=first > 0)


def _one(segments: Segments, level: list[str], values: Values, *, continues: bool) -> StatusLevel:
    gathering = Gathering(values)
    told: dict[str, Any] = hierarchy(level, Gathering(values) if continues else gathering)
    statuses: list[Status] = []
    lines: list[tuple[dict[str, Any], Gathering]] = []
    for place, e in enumerate(segments):
        kind = e[0]
        if kind == "HL":
            continue
        if kind == "SVC" and (line := _line(e, values)) is not None:
            lines.append((line, Gathering(values, attach=False)))
        elif kind == "STC" and (status := _status(e, values)) is not None:
            if lines:
                lines[-1][0]["statuses"] += (status,)
            else:
                statuses.append(status)
        elif kind == "TRN" and "trace" not in told:
            told["trace"] = tuple(e[1:])
            gathering.close()
        elif lines and kind in ("REF", "DTP"):
            inner = lines[-1][1]
            inner.take(place, e)
            gathering.kept.extend(inner.kept)
            inner.kept.clear()
        else:
            gathering.take(place, e)
    party = next(iter(gathering.parties), None)
    for other in gathering.parties[1:]:
        gathering.keep(len(segments), ["NM1", other.role, other.kind, other.last])
    return StatusLevel(
        **told, continues=continues, party=party, statuses=tuple(statuses), references=tuple(gathering.references),
        amounts=tuple(gathering.amounts), quantities=tuple(gathering.quantities), dates=tuple(gathering.dates),
        lines=tuple(StatusItem(**line, references=tuple(g.references), dates=tuple(g.dates)) for line, g in lines),
        kept=unheld(gathering, _HOLDS | {"parties"}, len(segments)),
    )  # fmt: skip


def _status(e: list[str], values: Values) -> Status | None:
    """STC; None when a money element cannot be read or it is longer than it may be."""
    if not 2 <= len(e) <= 13:
        return None
    e = e + [""] * (13 - len(e))
    charge, paid = (values.numbers[text] if text else None for text in (e[4], e[5]))
    if (e[4] and charge is None) or (e[5] and paid is None):
        return None
    codes = tuple(tuple(e[at].split(values.delimiters.component)) for at in (1, 10, 11) if e[at])
    if not e[1] or (e[11] and not e[10]):
        return None
    return Status(codes, e[2], e[3], charge, paid, tuple(e[6:10]), e[12])


def _line(e: list[str], values: Values) -> dict[str, Any] | None:
    """SVC; None when it cannot be held exactly."""
    if len(e) > 8:
        return None
    e = e + [""] * (8 - len(e))
    told: dict[str, Any] = {
        "procedure": tuple(e[1].split(values.delimiters.component)), "revenue": e[4], "statuses": (),
    }  # fmt: skip
    for at, name in ((2, "charge"), (3, "paid"), (7, "units")):
        told[name] = values.numbers[e[at]] if e[at] else None
        if e[at] and told[name] is None:
            return None
    return None if e[5] or e[6] else told
