"""A whole file as records, in order, one at a time: the envelope, then what each transaction says."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any, BinaryIO

from crosswalk.core.formats.x12.acknowledgements import interchange_answer, read_acknowledgement
from crosswalk.core.formats.x12.authorizations import read_authorization
from crosswalk.core.formats.x12.claims import ENVELOPE, Ended, read_claims
from crosswalk.core.formats.x12.delimiters import Delimiters
from crosswalk.core.formats.x12.eligibility import read_eligibility
from crosswalk.core.formats.x12.enrollment import read_enrollment
from crosswalk.core.formats.x12.premiums import read_premium
from crosswalk.core.formats.x12.records import (
    Group,
    GroupEnd,
    Interchange,
    InterchangeEnd,
    OtherSegments,
    SetEnd,
    SetStart,
)
from crosswalk.core.formats.x12.remittances import read_remittance
from crosswalk.core.formats.x12.segments import CHUNK, Segments
from crosswalk.core.formats.x12.status import read_status
from crosswalk.core.formats.x12.values import Values

Reader = Callable[[Iterator[str], str, Values], Generator[Any, None, Ended]]

#: ST01 to the reader of that transaction. 837 covers professional and institutional claims.
READERS: dict[str, Reader] = {
    "837": read_claims, "835": read_remittance, "834": read_enrollment, "270": read_eligibility,
    "271": read_eligibility, "276": read_status, "277": read_status, "278": read_authorization,
    "820": read_premium, "999": read_acknowledgement, "997": read_acknowledgement,
}  # fmt: skip
LOOSE_AT_ONCE = 1000


class Reading:
    """The records of one file; after the last, `segments` tells what was odd about the file and whether it was cut.

    `uneven` names the envelope's own contradictions met on the way, as (code, what was said, what was found):
    `set_count`, `set_control`, `group_count`, `group_control`, `interchange_count`, `interchange_control`,
    `no_set_end`, `no_group_end`, `no_interchange_end`. `watch` is shown each block before it is read.
    """

    def __init__(
        self, file: BinaryIO, *, chunk: int = CHUNK, watch: Callable[[str], str] | None = None
    ) -> None:
        self.segments = Segments(file, chunk)
        self.watch = watch
        self.uneven: list[tuple[str, str, str]] = []

    def __iter__(self) -> Iterator[Any]:
        blocks = self.segments.blocks() if self.watch is None else map(self.watch, self.segments.blocks())
        envelope = _Envelope(self.uneven)
        values: Values | None = None
        block: str | None = next(blocks, None)
        while block is not None:
            if values is None or values.delimiters != self.segments.delimiters:
                values = Values(self.segments.delimiters)
            if block[:2] == "ST" and block[2:3] == values.delimiters.element:
                block = yield from self._set(blocks, block, values, envelope)
                continue
            for segment in values.segments(block):
                yield from envelope.take(segment.split(values.delimiters.element), values.delimiters)
            block = next(blocks, None)
        envelope.close("interchange")

    def _set(
        self, blocks: Iterator[str], start: str, values: Values, envelope: _Envelope
    ) -> Generator[Any, None, str | None]:
        """One transaction set, by the reader of its kind; returns the block that did not belong to it."""
        told = [*start.split(values.mark, 1)[0].split(values.delimiters.element), "", "", ""]
        reader = READERS.get(told[1], read_unknown)
        envelope.opens_set(told[2])
        ended, count = yield from reader(blocks, start, values)
        if ended is None or ended[:2] != "SE":
            self.uneven.append(("no_set_end", told[2], ""))
            return ended
        first, *others = [segment.split(values.delimiters.element) for segment in values.segments(ended)]
        se = [*first, "", ""]
        envelope.set_ended(se[1], se[2], count, told[2])
        yield SetEnd(se[1], se[2])
        if others:
            yield OtherSegments(tuple(map(tuple, others)))
        return next(blocks, None)


def read_unknown(blocks: Iterator[str], start: str, values: Values) -> Generator[Any, None, Ended]:
    """A transaction that we have no reader for: its segments as they are, in portions."""
    element = values.delimiters.element
    first, *others = [segment.split(element) for segment in values.segments(start)]
    st = [*first, "", "", ""]
    yield SetStart(st[1], st[2], st[3])
    portion = [tuple(e) for e in others]
    count = len(others) + 1
    for block in blocks:
        if block[:3] in ENVELOPE:
            if portion:
                yield OtherSegments(tuple(portion))
            return block, count + 1
        segments = values.segments(block)
        count += len(segments)
        portion.extend(tuple(segment.split(element)) for segment in segments)
        if len(portion) >= LOOSE_AT_ONCE:
            yield OtherSegments(tuple(portion))
            portion = []
    if portion:
        yield OtherSegments(tuple(portion))
    return None, count


class _Envelope:
    """Counts groups and sets while reading, and compares with what the trailers say."""

    def __init__(self, uneven: list[tuple[str, str, str]]) -> None:
        self.uneven = uneven
        self.groups = self.sets = 0
        self.interchange: str | None = None
        self.group: str | None = None

    def take(self, e: list[str], delimiters: Delimiters) -> Iterator[Any]:
        """One segment outside a transaction set, as its record."""
        if e[0] == "ISA" and len(e) == 17:
            self.close("interchange")
            self.interchange, self.groups = e[13], 0
            yield _interchange(e, delimiters)
        elif e[0] == "GS" and len(e) == 9:
            self.close("group")
            self.group, self.sets = e[6], 0
            self.groups += 1
            yield Group(*e[1:])
        elif e[0] == "GE" and len(e) == 3:
            self._compare("group", e[1], self.sets, e[2], self.group)
            self.group = None
            yield GroupEnd(*e[1:])
        elif e[0] == "IEA" and len(e) == 3:
            self.close("group")
            self._compare("interchange", e[1], self.groups, e[2], self.interchange)
            self.interchange = None
            yield InterchangeEnd(*e[1:])
        elif e[0] == "TA1":
            yield interchange_answer(e)
        else:
            yield OtherSegments((tuple(e),))

    def opens_set(self, _control: str) -> None:
        """A transaction set begins."""
        self.sets += 1

    def set_ended(self, said: str, control: str, found: int, expected: str) -> None:
        """SE: its count and number against what came."""
        self._compare("set", said, found, control, expected)

    def close(self, what: str) -> None:
        """Something ends although its trailer never came."""
        if self.group is not None:
            self.uneven.append(("no_group_end", self.group, ""))
            self.group = None
        if what == "interchange" and self.interchange is not None:
            self.uneven.append(("no_interchange_end", self.interchange, ""))
            self.interchange = None

    def _compare(self, what: str, said: str, found: int, control: str, expected: str | None) -> None:
        if not said.isdigit() or int(said[:12]) != found:
            self.uneven.append((f"{what}_count", said, str(found)))
        if control != expected:
            self.uneven.append((f"{what}_control", control, expected or ""))


def _interchange(e: list[str], delimiters: Delimiters) -> Interchange:
    t = [text.strip() for text in e]
    return Interchange(
        sender_kind=t[5], sender=t[6], receiver_kind=t[7], receiver=t[8], day=t[9], time=t[10], control=t[13],
        version=t[12], wants_answer=t[14], usage=t[15], authorization_kind=t[1], authorization=t[2],
        security_kind=t[3], security=t[4], repetition=t[11], delimiters=delimiters,
    )  # fmt: skip
