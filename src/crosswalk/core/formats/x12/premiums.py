"""Reading premium payments (820): one payment, then a record for each thing it pays."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import pairwise
from typing import Any

from crosswalk.core.formats.x12.claims import Ended
from crosswalk.core.formats.x12.gathering import Gathering
from crosswalk.core.formats.x12.records import Dated, PremiumLine, PremiumPayment
from crosswalk.core.formats.x12.remittances import payment_of
from crosswalk.core.formats.x12.sets import Segments, read_groups, unheld
from crosswalk.core.formats.x12.values import Values

_HEAD_HOLDS = frozenset({"references", "dates", "parties"})
_LINE_HOLDS = frozenset({"references", "dates", "parties"})


def read_premium(blocks: Iterator[str], start: str, values: Values) -> Generator[Any, None, Ended]:
    """`PremiumPayment`, then a `PremiumLine` for each ENT, and for each further RMR of it."""
    return read_groups(blocks, start, values, frozenset({"ENT"}), _head, _entity)


def _period(e: list[str], values: Values) -> Dated | None:
    """DTM with a span (DTM*582****RD8*…), as 820 writes coverage periods."""
    both = values.spans[e[6]] if len(e) == 7 and e[5] == "RD8" and not any(e[2:5]) else None
    return Dated(e[1], *both) if both else None


def _head(segments: Segments, values: Values) -> PremiumPayment:
    gathering = Gathering(values)
    told: dict[str, Any] = {"handling": "", "sign": "", "method": ""}
    for place, e in enumerate(segments):
        if place == 0:
            told |= {"control": [*e, "", ""][2], "version": [*e, "", "", ""][3]}
        elif e[0] == "BPR" and "total" not in told:
            told |= payment_of(e, values)
            if len(e) > 17 or told["total"] is None or (len(e) > 16 and e[16] and told["paid_on"] is None):
                gathering.keep(place, e, instead=True)
        elif e[0] == "TRN" and "trace" not in told:
            told["trace"] = tuple(e[1:])
        elif e[0] == "DTM" and (found := _period(e, values)) is not None:
            gathering.dates.append(found)
        else:
            gathering.take(place, e)
    payee, payer = gathering.named("PE"), gathering.named("PR")
    return PremiumPayment(
        **told, references=tuple(gathering.references), dates=tuple(gathering.dates), payee=payee, payer=payer,
        parties=gathering.parties, kept=unheld(gathering, _HEAD_HOLDS, len(segments)),
    )  # fmt: skip


def _entity(segments: Segments, values: Values) -> Iterator[PremiumLine]:
    """ENT; each RMR after the first makes a further line."""
    starts = [at for at, e in enumerate(segments) if e[0] == "RMR"]
    cuts = [0, *starts[1:], len(segments)]
    for first, last in pairwise(cuts):
        yield _line(segments[first:last], values)


def _line(segments: Segments, values: Values) -> PremiumLine:
    gathering = Gathering(values)
    told: dict[str, Any] = {}
    adjustments: list[tuple[str, Any]] = []
    for place, e in enumerate(segments):
        if e[0] == "ENT":
            told["entity"] = tuple(e[1:])
        elif e[0] == "RMR" and len(e) <= 6:
            gathering.close()
            padded = e + [""] * (6 - len(e))
            told |= {"kind": padded[1], "reference": padded[2], "action": padded[3]}
            for at, name in ((4, "paid"), (5, "billed")):
                told[name] = values.numbers[padded[at]] if padded[at] else None
                if padded[at] and told[name] is None:
                    gathering.keep(place, e, instead=True)
        elif e[0] == "ADX" and len(e) == 3 and values.numbers[e[1]] is not None:
            adjustments.append((e[2], values.numbers[e[1]]))
        elif e[0] == "DTM" and (found := _period(e, values)) is not None:
            gathering.dates.append(found)
        else:
            gathering.take(place, e)
    person = next(iter(gathering.parties), None)
    for other in gathering.parties[1:]:
        gathering.keep(len(segments), ["NM1", other.role, other.kind, other.last])
    return PremiumLine(
        **told, person=person, references=tuple(gathering.references), dates=tuple(gathering.dates),
        adjustments=tuple(adjustments), kept=unheld(gathering, _LINE_HOLDS, len(segments)),
    )  # fmt: skip
