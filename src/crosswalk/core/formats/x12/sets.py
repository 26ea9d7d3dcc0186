"""One transaction set in groups of segments: what comes before the first group, then one group after the other."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any

from crosswalk.core.formats.x12.claims import ENVELOPE, Ended
from crosswalk.core.formats.x12.gathering import Gathering
from crosswalk.core.formats.x12.records import Kept, OtherSegments
from crosswalk.core.formats.x12.values import Values

#: The segments of one record, each as its elements.
Segments = list[list[str]]
Record = Any


def read_groups(
    blocks: Iterator[str],
    start: str,
    values: Values,
    names: frozenset[str],
    head: Callable[[Segments, Values], Record],
    group: Callable[[Segments, Values], Iterator[Record]],
) -> Generator[Record, None, Ended]:
    """The record of the head (ST first), then those of each group, which begins at one of `names`."""
    element = values.delimiters.element
    gathered: Segments = [segment.split(element) for segment in values.segments(start)]
    make: Callable[[Segments], Iterator[Record]] = lambda told: iter((head(told, values),))  # noqa: E731
    count = len(gathered)
    ended: str | None = None
    for block in blocks:
        if block[:3] in ENVELOPE:
            ended = block
            count += 1
            break
        for segment in values.segments(block):
            count += 1
            e = segment.split(element)
            if e[0] in names:
                yield from make(gathered)
                gathered = []
                make = lambda told: group(told, values)  # noqa: E731
            gathered.append(e)
    yield from make(gathered)
    return ended, count


def beginning(segments: Segments, gathering: Gathering) -> dict[str, str]:
    """ST and BHT as the fields that all batches with levels share; other segments go to `gathering`."""
    told: dict[str, str] = {}
    for place, e in enumerate(segments):
        if place == 0:
            st = [*e, "", "", ""]
            told |= {"control": st[2], "version": st[3]}
        elif e[0] == "BHT" and len(e) <= 7 and "purpose" not in told:
            names = ("structure", "purpose", "reference", "day", "time", "kind")
            told |= dict(zip(names, [*e[1:], *[""] * 6], strict=False))
        else:
            gathering.keep(place, e)
    told.setdefault("structure", "")
    return told


def hierarchy(e: list[str], gathering: Gathering) -> dict[str, str]:
    """HL as level, parent, kind and children; kept as received when it says more."""
    if len(e) > 5:
        gathering.keep(0, e, instead=True)
    padded = [*e, "", "", "", ""]
    return {"level": padded[1], "parent": padded[2], "kind": padded[3], "children": padded[4]}


def unheld(gathering: Gathering, held: frozenset[str], place: int) -> tuple[Kept, ...]:
    """Everything kept, in order, and what was gathered although the record has no field of that name for it."""
    kept = list(gathering.kept)
    writers: dict[str, Callable[[Any], tuple[str, ...]]] = {
        "references": lambda r: ("REF", *r),
        "amounts": lambda v: ("AMT", v.kind, str(v.amount)),
        "quantities": lambda v: ("QTY", v.kind, str(v.amount)),
        "notes": lambda n: ("NTE", *n),
        "contacts": lambda c: ("PER", c.role, c.name, *(text for way in c.ways for text in way)),
        "dates": lambda d: ("DTP", d.kind, *_day(d)),
        "adjustments": lambda a: ("CAS", a.group, a.reason, str(a.amount)),
        "parties": lambda p: (
            "NM1",
            p.role,
            p.kind,
            p.last,
            p.first,
            p.middle,
            p.prefix,
            p.suffix,
            p.id_kind,
            p.id,
        ),
    }
    for name, write in writers.items():
        if name not in held:
            kept.extend(Kept(place, write(told)) for told in getattr(gathering, name))
    return tuple(sorted(kept))


def _day(dated: Any) -> tuple[str, str]:
    first = f"{dated.first:%Y%m%d}"
    return ("RD8", f"{first}-{dated.last:%Y%m%d}") if dated.last else ("D8", first)


def loose(segments: Segments) -> Iterator[OtherSegments]:
    """Segments that belong to no record, as they are."""
    if segments:
        yield OtherSegments(tuple(map(tuple, segments)))
