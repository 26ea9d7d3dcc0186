"""A file to send: records in their envelope, levels and counts numbered, ready to be written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from crosswalk.core.basics import Refused
from crosswalk.core.formats.x12 import records as told
from crosswalk.core.formats.x12.delimiters import Delimiters
from crosswalk.core.formats.x12.plain import record_of


class Kind(NamedTuple):
    """One kind of file: GS01, the guide, the record at the head of a set, and the lists of records that may follow."""

    group: str
    version: str
    head: type
    lists: tuple[tuple[str, type], ...]
    said: tuple[tuple[str, str], ...] = ()


#: What `crosswalk x12 write` takes, by name.
KINDS: dict[str, Kind] = {
    "837p": Kind("HC", "005010X222A1", told.ClaimBatch, (("claims", told.Claim),)),
    "835": Kind(
        "HP", "005010X221A1", told.Remittance,
        (("claims", told.PaidClaim), ("provider_adjustments", told.ProviderAdjustment)),
    ),
    "834": Kind("BE", "005010X220A1", told.EnrollmentBatch, (("members", told.Member),)),
    "270": Kind(
        "HS", "005010X279A1", told.EligibilityBatch, (("levels", told.Inquiry),), (("code", "270"), ("purpose", "13")),
    ),
    "271": Kind(
        "HB", "005010X279A1", told.EligibilityBatch, (("levels", told.Inquiry),), (("code", "271"), ("purpose", "11")),
    ),
    "276": Kind(
        "HR", "005010X212", told.StatusBatch, (("levels", told.StatusLevel),),
        (("code", "276"), ("structure", "0010"), ("purpose", "13")),
    ),
    "277": Kind(
        "HN", "005010X212", told.StatusBatch, (("levels", told.StatusLevel),),
        (("code", "277"), ("structure", "0010"), ("purpose", "08"), ("kind", "DG")),
    ),
    "277ca": Kind(
        "HN", "005010X214", told.StatusBatch, (("levels", told.StatusLevel),),
        (("code", "277"), ("structure", "0085"), ("purpose", "08"), ("kind", "TH")),
    ),
    "278": Kind("HI", "005010X217", told.Review, (("levels", told.Authorization),), (("purpose", "13"),)),
    "820": Kind("RA", "005010X218", told.PremiumPayment, (("lines", told.PremiumLine),)),
    "999": Kind("FA", "005010X231A1", told.GroupAnswer, ()),
}  # fmt: skip


USUAL_SIGNS = Delimiters()


@dataclass(frozen=True)
class Envelope:
    """Who sends to whom, under which number. `usage`: T test, P production; `at` is when the file is made."""

    sender: str
    receiver: str
    control: str
    at: datetime
    sender_kind: str = "ZZ"
    receiver_kind: str = "ZZ"
    group_sender: str = ""
    group_receiver: str = ""
    group_control: str = ""
    usage: str = "T"
    wants_answer: str = "0"
    delimiters: Delimiters = USUAL_SIGNS


def enclosed(kind: str, envelope: Envelope, sets: Iterable[tuple[Any, Iterable[Any]]]) -> Iterator[Any]:
    """The records of a whole file: the envelope around the sets (head, records); trailers are filled by the writer.

    What records hold as received is joined by `:` here; give the writer the envelope's own signs.
    """
    what, at = KINDS[kind], envelope.at
    if not envelope.control.isdigit() or len(envelope.control) > 9:
        raise Refused(
            "The number of the interchange has up to 9 digits.", place="interchange.control", code="x12.json"
        )
    yield told.Interchange(
        envelope.sender_kind, envelope.sender, envelope.receiver_kind, envelope.receiver, f"{at:%y%m%d}", f"{at:%H%M}",
        envelope.control.zfill(9), wants_answer=envelope.wants_answer, usage=envelope.usage,
        delimiters=USUAL_SIGNS,
    )  # fmt: skip
    group = envelope.group_control or str(int(envelope.control))
    yield told.Group(
        what.group, envelope.group_sender or envelope.sender, envelope.group_receiver or envelope.receiver,
        f"{at:%Y%m%d}", f"{at:%H%M}", group, version=what.version,
    )  # fmt: skip
    for number, (head, records) in enumerate(sets, 1):
        yield _headed(head, number, what, at)
        yield from records
        yield told.SetEnd("", "")
    yield told.GroupEnd("", "")
    yield told.InterchangeEnd("", "")


def _headed(head: Any, number: int, what: Kind, at: datetime) -> Any:
    """The head of a set with what it does not say itself: number, guide, day and time."""
    control = f"{number:04d}"
    if isinstance(head, told.GroupAnswer):
        return replace(
            head, set_control=head.set_control or control, set_version=head.set_version or what.version
        )
    usual = {
        "control": control,
        "version": what.version,
        "day": f"{at:%Y%m%d}",
        "time": f"{at:%H%M}",
    } | dict(what.said)
    return replace(head, **{name: text for name, text in usual.items() if getattr(head, name, None) == ""})


def numbered(claims: Iterable[told.Claim]) -> Iterator[told.Claim]:
    """Claims with their levels numbered from 1: equal consecutive providers, and members, are one level.

    Members under one provider must come together with their claims; a diagnosis list begins its own segment.
    """
    level = 0
    given: list[Any] = [None, None, None]
    made: list[Any] = [None, None, None]
    for claim in claims:
        parts = [claim.provider, claim.subscriber, claim.patient]
        for depth, part in enumerate(parts):
            if part is None:
                made[depth:] = [None] * (3 - depth)
                given[depth:] = [None] * (3 - depth)
                continue
            if given[depth] is None or (part is not given[depth] and part != given[depth]):
                level += 1
                parent = made[depth - 1].level if depth else ""
                own = {"level": str(level)} | ({"parent": parent} if depth else {})
                children = "1" if depth == 0 or (depth == 1 and claim.patient is not None) else "0"
                made[depth:] = [replace(part, **own, children=children)] + [None] * (2 - depth)
                given[depth:] = [part] + [None] * (2 - depth)
        first, *more = claim.diagnoses or (None,)
        diagnoses = (first._replace(starts=True), *more) if first else ()
        yield replace(claim, provider=made[0], subscriber=made[1], patient=made[2], diagnoses=diagnoses)


def envelope_of(value: Mapping[str, Any], at: datetime) -> Envelope:
    """The envelope from a JSON file's `interchange`; day and time are those of `at` unless it says its own `at`."""
    if not isinstance(value, Mapping):
        raise Refused("This must be an object with named fields.", place="interchange", code="x12.json")
    given = dict(value)
    if "at" in given:
        try:
            at = datetime.fromisoformat(given.pop("at"))
        except (TypeError, ValueError):
            raise Refused(
                "This is not a day and time.",
                fix="Write it as 2026-11-05T09:15.",
                place="interchange.at",
                code="x12.json",
            ) from None
    signs = given.pop("delimiters", {})
    for name in ("sender", "receiver", "control"):
        if not given.get(name):
            raise Refused(
                "This field is missing.", fix="Give it as agreed with the receiver.", place=f"interchange.{name}",
                code="x12.json",
            )  # fmt: skip
    texts = record_of(_Told, given, "interchange")
    delimiters = record_of(Delimiters, signs, "interchange.delimiters")
    return Envelope(
        **{name: getattr(texts, name) for name in texts.__dataclass_fields__}, at=at, delimiters=delimiters
    )


@dataclass(frozen=True)
class _Told:
    """The texts of an envelope as JSON gives them."""

    sender: str
    receiver: str
    control: str
    sender_kind: str = "ZZ"
    receiver_kind: str = "ZZ"
    group_sender: str = ""
    group_receiver: str = ""
    group_control: str = ""
    usage: str = "T"
    wants_answer: str = "0"


def sets_of(kind: str, value: Any) -> Iterator[tuple[Any, list[Any]]]:
    """The sets of a JSON file: each a `head` and the lists of its kind, with the fields of the records."""
    if not isinstance(value, list) or not value:
        raise Refused(
            "There is no set to write.", fix="Give “sets”: a list of objects.", place="sets", code="x12.json"
        )
    what = KINDS[kind]
    for at, one in enumerate(value):
        place = f"sets[{at}]"
        if not isinstance(one, Mapping):
            raise Refused("This must be an object.", fix="Write { … }.", place=place, code="x12.json")
        known = ("head", *(name for name, _ in what.lists))
        for name in one:
            if name not in known:
                raise Refused(
                    f"A set of this kind has no “{name}”.",
                    fix=f"It has: {', '.join(known)}.",
                    place=place,
                    code="x12.json",
                )
        head: Any = record_of(what.head, dict(what.said) | dict(one.get("head", {})), f"{place}.head")
        records: list[Any] = []
        for name, record in what.lists:
            for number, entry in enumerate(one.get(name, ())):
                records.append(record_of(record, entry, f"{place}.{name}[{number}]"))
        yield head, list(numbered(records)) if kind == "837p" else records
