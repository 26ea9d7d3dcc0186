"""Reading remittances (835): the payment, each claim it pays or denies, and money outside claims."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from crosswalk.core.formats.x12.claims import ENVELOPE, Ended
from crosswalk.core.formats.x12.gathering import Gathering
from crosswalk.core.formats.x12.records import Kept, OtherSegments, PaidLine, ProviderAdjustment, Remittance
from crosswalk.core.formats.x12.remittance_parts import paid_claim, paid_line
from crosswalk.core.formats.x12.values import Values


def read_remittance(blocks: Iterator[str], start: str, values: Values) -> Generator[Any, None, Ended]:
    """The payment of one transaction set: `Remittance`, then a `PaidClaim` each, then `ProviderAdjustment`s."""
    element, sign = values.delimiters.element, values.delimiters.terminator
    line_starts = "LX" + element
    yield remittance_of(start, values)
    count = start.count(sign) + 1
    head = ""
    lines: list[PaidLine] = []
    group = ""
    summary: tuple[tuple[str, ...], ...] = ()
    for block in blocks:
        name = block[:3]
        marks = block.count(sign)
        count += marks + 1
        if name == "SVC" and head:
            lines.append(paid_line(block, values))
            continue
        if head:
            yield paid_claim(head, values, tuple(lines), group, summary)
            head, lines, group, summary = "", [], "", ()
        if name == "CLP":
            head = block
        elif name == line_starts:
            if group:
                yield _loose([[*("LX", group)], *map(list, summary)])
            first, *others = [tuple(s.split(element)) for s in values.segments(block)]
            group, summary = first[1] if len(first) > 1 else "", tuple(others)
        elif name in ENVELOPE:
            if group:
                yield _loose([["LX", group], *map(list, summary)])
            return block, count - marks
        elif name == "PLB":
            yield from provider_adjustments(block, values)
        else:
            yield _loose([s.split(element) for s in values.segments(block)])
    if head:
        yield paid_claim(head, values, tuple(lines), group, summary)
    return None, count


def _loose(segments: list[list[str]]) -> OtherSegments:
    return OtherSegments(tuple(map(tuple, segments)))


def remittance_of(block: str, values: Values) -> Remittance:
    """ST to the payee."""
    element = values.delimiters.element
    split = [segment.split(element) for segment in values.segments(block)]
    gathering = Gathering(values)
    told: dict[str, Any] = {"handling": "", "sign": "", "method": ""}
    for place, e in enumerate(split):
        if place == 0:
            told |= {"control": (e[1:] + [""] * 2)[1], "version": (e[1:] + [""] * 3)[2]}
        elif e[0] == "BPR" and "total" not in told:
            told |= payment_of(e, values)
            if len(e) > 17 or told["total"] is None or (len(e) > 16 and e[16] and told["paid_on"] is None):
                gathering.keep(place, e, instead=True)
        elif e[0] == "TRN" and "trace" not in told:
            told["trace"] = tuple(e[1:])
        else:
            gathering.take(place, e)
    payer, payee = gathering.named("PR"), gathering.named("PE")
    for party in gathering.parties:
        gathering.keep(len(split), ["N1", party.role, party.last, party.id_kind, party.id])
    for valued in (*gathering.amounts, *gathering.quantities):
        gathering.keep(len(split), ["AMT", valued.kind, str(valued.amount)])
    return Remittance(
        **told, references=tuple(gathering.references), dates=tuple(gathering.dates), payer=payer, payee=payee,
        kept=tuple(gathering.kept),
    )  # fmt: skip


def payment_of(e: list[str], values: Values) -> dict[str, Any]:
    """BPR as the fields that 835 and 820 share."""
    e = e + [""] * (17 - len(e))
    return {
        "handling": e[1], "total": values.numbers[e[2]], "sign": e[3], "method": e[4], "bank": tuple(e[5:16]),
        "paid_on": values.days[e[16]] if e[16] else None,
    }  # fmt: skip


def provider_adjustments(block: str, values: Values) -> Iterator[ProviderAdjustment | OtherSegments]:
    """PLB: provider, fiscal day, then pairs of reason and amount."""
    element, component = values.delimiters.element, values.delimiters.component
    first, *others = [s.split(element) for s in values.segments(block)]
    kept = tuple(Kept(place, tuple(e)) for place, e in enumerate(others, 1))
    pairs = [(first[at], (first[at + 1 : at + 2] or [""])[0]) for at in range(3, len(first), 2)]
    if not pairs or len(first) > 15:
        yield OtherSegments((tuple(first), *map(tuple, others)))
        return
    for at, (told, amount) in enumerate(pairs):
        reason, _, reference = told.partition(component)
        money = values.numbers[amount]
        unheld = (Kept(0, tuple(first), True),) if money is None else ()
        yield ProviderAdjustment(
            first[1],
            first[2],
            reason,
            reference,
            money,
            at == 0,
            unheld + (kept if at == len(pairs) - 1 else ()),
        )
