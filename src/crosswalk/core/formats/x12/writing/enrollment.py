"""Writing enrolment (834): the file's head, each member with coverages."""

from __future__ import annotations

from crosswalk.core.formats.x12.records import Coverage, EnrollmentBatch, Member, Party
from crosswalk.core.formats.x12.writing.parties import CONTACTS_FIRST, dates, party, references, valued
from crosswalk.core.formats.x12.writing.pen import Element, Raw, Repeated, Segment, raws


def head(one: EnrollmentBatch) -> list[Segment]:
    """ST to the payer."""
    told = (
        one.purpose,
        one.reference,
        one.day,
        one.time,
        one.zone,
        one.original,
        one.misplaced_action,
        one.action,
    )
    names = [name for name in (one.sponsor, one.payer, *one.parties) if name]
    return [
        ("ST", "834", one.control, one.version), *([("BGN", *told)] if any(told) else []),
        *references(one.references), *dates(one.dates), *valued("QTY", one.counts),
        *(segment for name in names for segment in party(name, CONTACTS_FIRST, short=True)),
    ]  # fmt: skip


def member(one: Member) -> list[Segment]:
    """INS and everything about one member."""
    told = (one.is_subscriber, one.relationship, one.action, one.reason, one.benefit)
    numbers = [(kind, text) for kind, text in (("0F", one.number), ("1L", one.policy)) if text]
    return [
        ("INS", *told, *raws(one.details)), *references(numbers), *references(one.references), *dates(one.dates),
        *(_person(one, one.person) if one.person else []), *valued("AMT", one.amounts),
        *(("LUI", *raws(language)) for language in one.languages),
        *(segment for other in one.parties for segment in party(other, CONTACTS_FIRST)),
        *(segment for covered in one.coverages for segment in coverage(covered)),
    ]  # fmt: skip


def _person(one: Member, person: Party) -> list[Segment]:
    """The member's name; its DMG carries what only a member's has."""
    race: Element = Repeated(map(Raw, one.race)) if one.race else ""
    segments = party(person, CONTACTS_FIRST)
    more = (one.marital, race, one.citizenship)
    return [(*segment, *more) if segment[0] == "DMG" else segment for segment in segments]


def coverage(one: Coverage) -> list[Segment]:
    """HD and what follows it."""
    held = [(kind, day) for kind, day in (("348", one.from_day), ("349", one.until_day)) if day]
    return [
        ("HD", one.action, "", one.insurance, one.plan, one.tier),
        *(("DTP", kind, "D8", day) for kind, day in held), *dates(one.dates), *valued("AMT", one.amounts),
        *references(one.references), *(segment for other in one.parties for segment in party(other)),
        *(("COB", *raws(other)) for other in one.others),
    ]  # fmt: skip
