"""Reading claims (837P, and 837I with its own lines): one record a claim, as fast as the file can be taken apart."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Any

from crosswalk.core.formats.x12.claim_parts import (
    UNHELD_BY_LEVELS,
    billing_provider,
    claim_head,
    line_of,
    patient_of,
    subscriber_of,
    unheld_parties,
)
from crosswalk.core.formats.x12.gathering import Gathering
from crosswalk.core.formats.x12.records import (
    BillingProvider,
    ClaimBatch,
    OtherSegments,
    Patient,
    ServiceLine,
    Subscriber,
)
from crosswalk.core.formats.x12.values import Values

#: The first three characters of the blocks that end a transaction set, rightly or not.
ENVELOPE = frozenset(name + sign for name in ("SE", "ST", "GE", "GS") for sign in map(chr, range(256))) | {
    "ISA",
    "IEA",
}
Record = Any
#: What reading one transaction set ends with: the block that ended it and how many segments it had, ST included.
Ended = tuple[str | None, int]


def read_claims(blocks: Iterator[str], start: str, values: Values) -> Generator[Record, None, Ended]:
    """The claims of one transaction set, from the block of its ST to the block that ends it.

    Yields a `ClaimBatch`, then a `Claim` each, and a level without any claim (`BillingProvider`, `Subscriber`,
    `Patient`) as itself, so that nothing is lost. Returns the ending block, or None where the file ends first.
    """
    element, sign = values.delimiters.element, values.delimiters.terminator
    line_starts, level_starts = "LX" + element, "HL" + element
    provider: BillingProvider | None = None
    subscriber: Subscriber | None = None
    patient: Patient | None = None
    unused: list[Record] = []
    head = ""
    lines: list[ServiceLine] = []
    yield batch_of(start, values)
    count = start.count(sign) + 1
    for block in blocks:
        name = block[:3]
        marks = block.count(sign)
        count += marks + 1
        if name == line_starts and head:
            lines.append(line_of(block, values))
            continue
        if head:
            yield claim_head(head, values, provider, subscriber, patient, tuple(lines))
            head, lines = "", []
        if name == "CLM":
            head = block
            unused = []
        elif name == level_starts:
            level = block.split(element, 4)[3:4]
            if level == ["22"]:
                if unused and type(unused[-1]) is not BillingProvider:
                    yield from unused
                    unused = []
                subscriber, patient = subscriber_of(block, values), None
                unused.append(subscriber)
            elif level == ["23"]:
                if unused and type(unused[-1]) is Patient:
                    yield from unused
                    unused = []
                patient = patient_of(block, values)
                unused.append(patient)
            else:
                yield from unused
                provider, subscriber, patient = billing_provider(block, values), None, None
                unused = [provider]
        elif name in ENVELOPE:
            yield from unused
            return block, count - marks
        else:
            yield OtherSegments(tuple(tuple(s.split(element)) for s in values.segments(block)))
    if head:
        yield claim_head(head, values, provider, subscriber, patient, tuple(lines))
    yield from unused
    return None, count


def batch_of(block: str, values: Values) -> ClaimBatch:
    """ST, BHT and the names of submitter and receiver."""
    gathering = Gathering(values)
    told: dict[str, str] = {}
    split = [segment.split(values.delimiters.element) for segment in values.segments(block)]
    for place, e in enumerate(split):
        if place == 0:
            continue
        if e[0] == "BHT" and len(e) <= 7 and not told:
            told = dict(
                zip(("structure", "purpose", "reference", "day", "time", "kind"), e[1:], strict=False)
            )
        else:
            gathering.take_held(place, e, UNHELD_BY_LEVELS)
    start = [*split[0], "", "", ""]
    return ClaimBatch(
        control=start[2],
        version=start[3],
        **{"structure": "", "purpose": "", "kind": "", **told},
        submitter=gathering.named("41"),
        receiver=gathering.named("40"),
        kept=unheld_parties(gathering, len(split)),
    )
