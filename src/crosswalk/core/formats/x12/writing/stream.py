"""A whole file from records, one after the other: envelope and levels in order, counts and numbers filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from crosswalk.core.basics import Refused
from crosswalk.core.formats.x12 import records as told
from crosswalk.core.formats.x12.delimiters import Delimiters
from crosswalk.core.formats.x12.writing import (
    acknowledgements,
    authorizations,
    claims,
    eligibility,
    enrollment,
    premiums,
    remittances,
    status,
)
from crosswalk.core.formats.x12.writing.pen import Pen, Segment, raws, unusable_signs
from crosswalk.core.formats.x12.writing.usual import Usual, as_received

#: Text is handed to the file in portions of about this many characters.
PORTION = 1 << 20

#: A record that begins a transaction set: its segments.
_HEADS: dict[type, Callable[[Any], list[Segment]]] = {
    told.ClaimBatch: claims.batch,
    told.Remittance: remittances.head,
    told.EnrollmentBatch: enrollment.head,
    told.EligibilityBatch: lambda one: eligibility.head(one.code, one),
    told.StatusBatch: lambda one: eligibility.head(one.code, one),
    told.Review: lambda one: eligibility.head("278", one),
    told.PremiumPayment: premiums.head,
    told.GroupAnswer: acknowledgements.group_answer,
}
#: A record inside a set: its segments.
_INNER: dict[type, Callable[[Any], list[Segment]]] = {
    told.Member: enrollment.member,
    told.Inquiry: eligibility.level,
    told.StatusLevel: status.level,
    told.Authorization: authorizations.level,
    told.PremiumLine: premiums.line,
}


def write(
    records: Iterable[Any],
    file: BinaryIO,
    *,
    delimiters: Delimiters | None = None,
    newline: str = "",
    replacement: str | None = None,
) -> Writing:
    """Write records, as `Reading` gives them, into a file; returns the writing with its counts.

    `delimiters` other than those of each `Interchange`; `newline` after every segment; `replacement` for separating
    signs inside data, which are refused without it. An empty count or number in a trailer is filled in.
    """
    writing = Writing(delimiters, newline=newline, replacement=replacement)
    held: list[str] = []
    size = 0
    for text in writing.texts(records):
        held.append(text)
        size += len(text)
        if size > PORTION:
            file.write("".join(held).encode("latin-1"))
            held, size = [], 0
    file.write("".join(held).encode("latin-1"))
    return writing


class Writing:
    """Turns records into text. `sets` and `segments` count what was written, `replaced` the signs taken out of data."""

    def __init__(
        self, delimiters: Delimiters | None = None, *, newline: str = "", replacement: str | None = None
    ) -> None:
        self._asked, self._newline, self._replacement = delimiters, newline, replacement
        if delimiters is not None and len(set(delimiters)) < len(delimiters):
            raise unusable_signs()
        self._use(delimiters or Delimiters(), None)
        self.records = self.sets = self.groups = self.segments = self.replaced = 0
        self._in_set = self._in_group = self._in_interchange = 0
        self._controls = {"set": "", "group": "", "interchange": ""}
        self._provider: Any = None
        self._member: Any = None
        self._patient: Any = None
        self._institutional = False
        self._waiting: list[told.ProviderAdjustment] = []

    def texts(self, records: Iterable[Any]) -> Iterator[str]:
        """The text of each record, in order."""
        for record in records:
            yield self.text(record)
        yield self._flushed()

    def text(self, record: Any) -> str:
        """The text of the next record; of a money reason outside claims, that of those before it."""
        self.records += 1
        try:
            if type(record) is told.Claim and not self._waiting:
                return self._claim(record)
            before = self._flushed() if self._waiting and not self._goes_on(record) else ""
            return before + self._one(record)
        except Refused as refused:
            place = f"record {self.records}" + (f", {refused.place}" if refused.place else "")
            raise Refused(refused.sentence, fix=refused.fix, place=place, code=refused.code) from None

    def _goes_on(self, record: Any) -> bool:
        return isinstance(record, told.ProviderAdjustment) and not record.starts

    def _one(self, record: Any) -> str:
        kind = type(record)
        if kind is told.Claim:
            return self._claim(record)
        if kind is told.PaidClaim:
            return self._paid_claim(record)
        if kind is told.ProviderAdjustment:
            self._waiting.append(record)
            return ""
        if kind in _INNER:
            return self._ended(self.pen.segments(_INNER[kind](record), record.kept))
        if kind in _HEADS:
            return self._head(record, _HEADS[kind](record))
        if kind in (told.BillingProvider, told.Subscriber, told.Patient):
            return self._level(record)
        if kind is told.OtherSegments:
            return self._ended(self.pen.segments([raws(segment) for segment in record.segments]))
        return self._envelope(record)

    def _envelope(self, record: Any) -> str:
        if isinstance(record, told.Interchange):
            self._use(self._asked or record.delimiters, record.delimiters)
            self._in_interchange, self._controls["interchange"] = 0, record.control
            return self._isa(record)
        if isinstance(record, told.Group):
            self._in_group, self._controls["group"] = 0, record.control
            self._in_interchange += 1
            self.groups += 1
            ids = (record.kind, record.sender, record.receiver, record.day, record.time, record.control)
            return self._ended(self.pen.segments([("GS", *ids, record.agency, record.version)]))
        if isinstance(record, told.SetStart):
            return self._head(record, [("ST", record.code, record.control, record.version)])
        if isinstance(record, told.InterchangeAnswer):
            return self._ended(self.pen.segments(acknowledgements.interchange_answer(record)))
        counts = {
            told.SetEnd: self._in_set + 1,
            told.GroupEnd: self._in_group,
            told.InterchangeEnd: self._in_interchange,
        }
        names = {
            told.SetEnd: ("SE", "set"),
            told.GroupEnd: ("GE", "group"),
            told.InterchangeEnd: ("IEA", "interchange"),
        }
        if type(record) not in names:
            raise Refused(f"A {type(record).__name__} is no record of an X12 file.", code="x12.record")
        name, what = names[type(record)]
        count = record.count or str(counts[type(record)])
        return self._ended(self.pen.segments([(name, count, record.control or self._controls[what])]))

    def _use(self, delimiters: Delimiters, received: Delimiters | None) -> None:
        self.pen = Pen(delimiters, received=received, replacement=self._replacement)
        self._usual = Usual(delimiters)
        self._sign = delimiters.terminator

    def _isa(self, one: told.Interchange) -> str:
        delimiters = self.pen.delimiters
        repetition = one.repetition if self.pen.received == delimiters else delimiters.repetition or "U"
        if one.version < "00402":
            repetition = "U" if len(one.repetition) != 1 else one.repetition
        control = one.control.zfill(9) if one.control.isdigit() else one.control
        told_with = (
            (one.authorization_kind, 2), (one.authorization, 10), (one.security_kind, 2), (one.security, 10),
            (one.sender_kind, 2), (one.sender, 15), (one.receiver_kind, 2), (one.receiver, 15), (one.day, 6),
            (one.time, 4), (repetition, 1), (one.version, 5), (control, 9), (one.wants_answer, 1), (one.usage, 1),
        )  # fmt: skip
        for at, (text, width) in enumerate(told_with, 1):
            if len(text) > width or (at != 11 and self.pen.data(text) != text):
                raise Refused(
                    f"This element of the interchange is {width} characters wide, and what is given is longer or holds "
                    "a separating sign.",
                    fix="Shorten it as the receiver has it on file.", place=f"ISA{at:02d}", code="x12.isa",
                )  # fmt: skip
        padded = [text.ljust(width) for text, width in told_with]
        return self._ended([delimiters.element.join(["ISA", *padded, delimiters.component])])

    def _head(self, record: Any, segments: list[Segment]) -> str:
        self.sets += 1
        self._in_group += 1
        self._in_set = 0
        self._provider = self._member = self._patient = None
        self._controls["set"] = record.set_control if isinstance(record, told.GroupAnswer) else record.control
        if isinstance(record, told.ClaimBatch):
            self._institutional = "X223" in record.version or "X096" in record.version
        return self._ended(self.pen.segments(segments, getattr(record, "kept", ())))

    def _level(self, record: Any) -> str:
        """A level of claims, which ends the levels under the one before."""
        if isinstance(record, told.Subscriber):
            return self._subscriber(record)
        if isinstance(record, told.BillingProvider):
            self._provider, self._member, self._patient = record, None, None
            return self._ended(self.pen.segments(claims.billing_provider(record), record.kept))
        self._patient = record
        return self._ended(self.pen.segments(claims.patient(record), record.kept))

    def _subscriber(self, record: told.Subscriber) -> str:
        self._member, self._patient = record, None
        text = as_received(record, self.pen.delimiters)
        if text is not None:
            return self._counted(text, text.count(self._sign))
        usual = self._usual.subscriber(record)
        if usual is not None:
            return self._counted(*usual)
        return self._ended(self.pen.segments(claims.subscriber(record), record.kept))

    def _claim(self, one: told.Claim) -> str:
        text = ""
        if one.provider is not self._provider and one.provider is not None:
            text = self._level(one.provider)
        if one.subscriber is not self._member and one.subscriber is not None:
            text += self._subscriber(one.subscriber)
        if one.patient is not self._patient:
            if one.patient is None:
                raise Refused(
                    "A claim of the member comes after one of a dependent, and would become the dependent's.",
                    fix="Put the member's own claims first.", place="CLM", code="x12.order",
                )  # fmt: skip
            text += self._level(one.patient)
        usual = self._usual.claim(one)
        if usual is not None:
            return text + self._counted(*usual)
        segments = self.pen.segments(claims.claim(one), one.kept)
        for line in one.lines:
            segments += self.pen.segments(claims.line(line, institutional=self._institutional), line.kept)
        return text + self._ended(segments)

    def _paid_claim(self, one: told.PaidClaim) -> str:
        segments = self.pen.segments(remittances.group(one))
        segments += self.pen.segments(remittances.claim(one), one.kept)
        for line in one.lines:
            segments += self.pen.segments(remittances.line(line), line.kept)
        return self._ended(segments)

    def _flushed(self) -> str:
        """The PLB segment whose reasons were waiting for each other."""
        if not self._waiting:
            return ""
        together, self._waiting = self._waiting, []
        kept = [one for part in together for one in part.kept]
        return self._ended(self.pen.segments([remittances.provider_adjustments(together)], kept))

    def _ended(self, segments: list[str]) -> str:
        self._in_set += len(segments)
        self.segments += len(segments)
        self.replaced = self.pen.replaced
        end = self._sign + self._newline
        return end.join(segments) + end if segments else ""

    def _counted(self, text: str, count: int) -> str:
        self._in_set += count
        self.segments += count
        return text.replace(self._sign, self._sign + self._newline) if self._newline else text
