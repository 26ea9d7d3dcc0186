"""Putting what a person decided into effect at once: records change their person, old ids lead on, nothing is lost.

The groups are made by the code of the batch (`core/linkage/cluster`), on the few records concerned, so that the next
run comes to the same persons. Rooms that keep rows about persons say how theirs move (`moves`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from crosswalk.core.linkage.cluster import Edge, Record, cluster
from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.viewer import Viewer, open_rows
from crosswalk.hub.journal.actions import By
from crosswalk.hub.people.models import (
    Added,
    Alias,
    Card,
    Judgement,
    Link,
    Moment,
    Person,
    Restriction,
    Walled,
)
from crosswalk.hub.people.models import Record as Kept

Pair = tuple[Record, Record]


@dataclass(frozen=True)
class Move:
    """A record that goes from one person to another; `whole` where nothing of the old person stays behind."""

    record: Record
    old: str
    new: str
    whole: bool


_MOVERS: list[Callable[[Sequence[Move]], None]] = []


def moves(mover: Callable[[Sequence[Move]], None]) -> None:
    """Let a room's rows follow their record to its new person; called once, when the room is opened (`apps.py`)."""
    _MOVERS.append(mover)


def follow(moved: Sequence[Move]) -> None:
    """Let the rows of every room follow; also where a run joined or parted persons. Needs `open_everything`."""
    for mover in _MOVERS:
        mover(moved)


def open_everything() -> None:
    """See every row, as the hub itself: for a run, or while records change their person. Worker 0 is the hub."""
    everyone = tuple(Organization.objects.order_by("pk").values_list("pk", flat=True))
    open_rows(worker_id=0, organization_id=0, role="run", sees=everyone)


@contextmanager
def as_the_hub(by: By) -> Iterator[None]:
    """See every row for a moment, then again what a viewer may see. Must run in the transaction of the request.

    A wrong link may hide from its judge what the parts will belong to; so the parts are written with open eyes.
    Whoever is no viewer (the hub itself, the link in an e-mail) works with open eyes already.
    """
    if not isinstance(by, Viewer):
        yield
        return
    open_everything()
    try:
        yield
    finally:
        open_rows(
            worker_id=by.worker_id,
            organization_id=by.organization_id,
            role=by.role,
            sees=by.sees,
            counties=by.counties,
            populations=by.populations,
        )


def standing(pairs: Iterable[Pair] | None = None) -> dict[Pair, Judgement]:
    """The newest judgement of each pair of records (of these, or of all), taken back or not."""
    rows = Judgement.objects.order_by("at", "id")
    if pairs is not None:
        rows = rows.filter(_about({record for pair in pairs for record in pair}, "left") | _about(
            {record for pair in pairs for record in pair}, "right"))  # fmt: skip
    return {pair_of(one): one for one in rows}


def pair_of(one: Judgement | Link) -> Pair:
    """The two records in a fixed order."""
    first, second = sorted([(one.left_source, one.left_id), (one.right_source, one.right_id)])
    return first, second


def _about(records: Iterable[Record], side: str) -> Q:
    by_source: dict[str, list[str]] = defaultdict(list)
    for source, record in records:
        by_source[source].append(record)
    asked = Q(pk=None)
    for source, ids in by_source.items():
        asked |= Q(**{f"{side}_source": source, f"{side}_id__in": ids})
    return asked


def regroup(pairs: Sequence[Pair], *, at: datetime, back_to: Mapping[str, str] | None = None) -> list[Move]:
    """Group the records of all persons concerned anew, by links and standing judgements; the records that moved.

    `back_to` (`source/id` → person) are ids to return to where they are free: undoing. Needs `open_everything`.
    """
    persons = {
        person
        for source, record in {record for pair in pairs for record in pair}
        for person in Kept.objects.filter(source=source, source_id=record).values_list("person_id", flat=True)
    }
    before: dict[Record, str] = {
        (source, record): person
        for source, record, person in Kept.objects.filter(person_id__in=persons).values_list(
            "source", "source_id", "person_id"
        )
    }
    edges, apart = _edges(before)
    found = cluster(before, edges, apart=apart, before=before, issued=persons)
    after = _old_names(found.person, before, back_to or {})
    left = set(after.values())
    moved = [
        Move(record, before[record], person, whole=before[record] not in left)
        for record, person in sorted(after.items())
        if person != before[record]
    ]
    if moved:
        _move(moved, at)
    return moved


def _edges(before: Mapping[Record, str]) -> tuple[list[Edge], list[Pair]]:
    """Links among these records as the batch would take them: its own, and what people say, which is stronger."""
    newest = standing([(record, record) for record in before])
    edges: list[Edge] = []
    apart: list[Pair] = []
    inside = {pair: one for pair, one in newest.items() if pair[0] in before and pair[1] in before}
    taken_back = {pair for pair, one in inside.items() if one.answer == "undo"}
    for pair, one in inside.items():
        if one.answer == "same":
            edges.append(Edge(*pair, 1000.0, by_person=True))
        elif one.answer == "different":
            apart.append(pair)
    people = set(before.values())
    for link in Link.objects.filter(decision="same", left_person__in=people, right_person__in=people):
        pair = pair_of(link)
        if pair in inside and (inside[pair].answer != "undo" or link.decided_by == "person"):
            continue
        edges.append(
            Edge(*pair, _weight(link), by_person=link.decided_by == "person", undone=pair in taken_back)
        )
    return edges, apart


def _weight(link: Link) -> float:
    return sum(float(piece["weight"]) for piece in link.evidence)


def _old_names(
    after: Mapping[Record, str], before: Mapping[Record, str], back_to: Mapping[str, str]
) -> dict[Record, str]:
    """Where undoing makes a person anew, she gets back the id she had, if it is free."""
    parts: dict[str, set[str]] = defaultdict(set)
    for record, person in after.items():
        parts[person].add(back_to.get("/".join(record), ""))
    alive = set(before.values())
    again = {
        person: next(iter(ids))
        for person, ids in parts.items()
        if person not in alive and len(ids) == 1 and (found := next(iter(ids))) and found not in alive
    }
    return {record: again.get(person, person) for record, person in after.items()}


def _move(moved: Sequence[Move], at: datetime) -> None:
    persons = {one.old for one in moved} | {one.new for one in moved}
    known = Person.objects.in_bulk(persons)
    for one in moved:
        source, record = one.record
        for model in (Kept, Card, Moment, Added):
            model.objects.filter(source=source, source_id=record).update(person_id=one.new)
        Link.objects.filter(left_source=source, left_id=record).update(left_person_id=one.new)
        Link.objects.filter(right_source=source, right_id=record).update(right_person_id=one.new)
    follow(moved)
    for person in sorted(persons):
        _described(person, known, moved, at)
    for one in moved:
        _lead_on(one, at)
    straighten()


def _described(person: str, known: Mapping[str, Person], moved: Sequence[Move], at: datetime) -> None:
    """Write a person's row from the records she has now; without records she is gone, and her id leads on."""
    records = list(Kept.objects.filter(person_id=person).order_by("source", "source_id"))
    if not records:
        Person.objects.filter(pk=person).delete()
        return
    there = [known[one] for one in (person, *_came_from(person, moved)) if one in known]
    own = person in known and not any(one.old == person for one in moved)
    of = {one.source.partition(":")[0]: one for one in reversed(records)}
    hmis, plan = of.get("hmis"), of.get("plan")
    # What files say goes before what somebody wrote down, as in a run.
    here = Added.objects.filter(person_id=person).order_by("pk").last()
    name, plans = _name(hmis), _name(plan)
    seen = max((one for one in there if one.seen_on), key=lambda one: one.seen_on, default=None)
    last = Moment.objects.filter(person_id=person, kind="living_situation").order_by("-day").first()
    row = {
        "name": known[person].name if own and hmis is None else name or plans or _name(here),
        "other_name": plans if name and plans.casefold() != name.casefold() else "",
        "born": (plan and plan.born) or (hmis and hmis.born) or (here and here.born),
        **{column: _told(column, there if plan else [here]) for column in ("language", "county")},
        "seen_on": last.day if last else (seen.seen_on if seen and own else None),
        "seen_by": last.place if last else (seen.seen_by if seen and own else ""),
        "seen_source": last.source if last else (seen.seen_source if seen and own else ""),
        "regrouped_at": at,
        "known_to": sorted({holder for one in records for holder in one.holders}),
        # Restrictions have followed the records, and two of them have become one.
        "named": Restriction.objects.filter(person_id=person).values_list("named", flat=True).first(),
    }
    Person.objects.update_or_create(id=person, defaults=row)
    for model in walled():
        model.objects.filter(person_id=person).update(known_to=row["known_to"], named=row["named"])
    Link.objects.filter(left_person_id=person).update(known_to=row["known_to"])
    Link.objects.filter(right_person_id=person).update(known_to_too=row["known_to"])


def walled() -> Iterator[Any]:
    """Every table whose rows hang on one person, of whatever room."""
    for model in Walled.__subclasses__():
        if any(column.attname == "person_id" for column in model._meta.fields):
            yield model


def _came_from(person: str, moved: Sequence[Move]) -> list[str]:
    return list(dict.fromkeys(one.old for one in moved if one.new == person))


def _name(record: Kept | Added | None) -> str:
    return f"{record.first_name} {record.last_name}".strip() if record else ""


def _told(column: str, rows: Iterable[Person | Added | None]) -> str:
    """The first of these that says anything, or nothing."""
    return next((told for one in rows if one and (told := getattr(one, column))), "")


def _lead_on(one: Move, at: datetime) -> None:
    """The old id leads to the new person; one that lives on is only remembered to have stood for her too."""
    Alias.objects.filter(old=one.new, until=None).delete()
    reason, until = ("joined by a person", None) if one.whole else ("split from", at)
    Alias.objects.update_or_create(old=one.old, new=one.new, defaults={"reason": reason, "until": until})


def straighten() -> None:
    """Let every old id lead straight to a person who is there: a chain of ids becomes one step."""
    nexts = dict(Alias.objects.filter(until=None).values_list("old", "new"))
    for alias in Alias.objects.filter(new__in=nexts):
        target, seen = alias.new, {alias.old}
        while target in nexts and target not in seen:
            seen.add(target)
            target = nexts[target]
        if target in (alias.old, alias.new):
            continue
        if Alias.objects.filter(old=alias.old, new=target).exists():
            alias.delete()
        else:
            Alias.objects.filter(pk=alias.pk).update(new=target)


def apply_again(*, at: datetime) -> None:
    """After a run came in: judgements that it did not know of take effect again. Needs `open_everything`."""
    for pair, one in standing().items():
        (a, b), (c, d) = pair
        link = Link.objects.filter(
            Q(left_source=a, left_id=b, right_source=c, right_id=d)
            | Q(left_source=c, left_id=d, right_source=a, right_id=b)
        ).first()
        by_person = link is not None and link.decided_by == "person"
        undone = one.answer == "undo"
        if link is not None:
            Link.objects.filter(pk=link.pk).update(answered="" if undone or by_person else one.answer)
        if by_person == undone:
            regroup([pair], at=at, back_to=one.before if undone else None)
