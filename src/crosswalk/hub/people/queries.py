"""Reading persons. Row-level security shows a viewer only persons whom an organization they may see for knows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from crosswalk.core.linkage.cluster import Record as Named
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.people.models import Alias, Judgement, Link, Moment, Person, Record


def person(*, viewer: Viewer, person_id: str) -> Person | None:
    """One person, or None: not there, foreign and restricted look the same."""
    assert viewer.sees
    return Person.objects.filter(pk=person_id).first()


def records(*, viewer: Viewer, person_id: str) -> list[Record]:
    """The source records that are this person, HMIS first."""
    assert viewer.sees
    return list(Record.objects.filter(person_id=person_id).order_by("source", "source_id"))


def moments(*, viewer: Viewer, person_id: str, most: int = 500) -> list[Any]:
    """The time line of a person over every source, newest first; rows with what a line shows, and no more."""
    assert viewer.sees
    found = Moment.objects.filter(person_id=person_id).order_by("-day", "-pk")
    return list(
        found.values_list("day", "until", "kind", "code", "value", "place", "source", named=True)[:most]
    )


def leads_to(*, viewer: Viewer, person_id: str) -> str | None:
    """The person to whom an id that is no longer anybody's leads; None where there is none that the viewer may see."""
    assert viewer.sees
    found = Alias.objects.filter(old=person_id, until=None).values_list("new", flat=True).first()
    return found if found and Person.objects.filter(pk=found).exists() else None


def every_id(*, viewer: Viewer, person_id: str) -> list[tuple[str, datetime | None]]:
    """Each id a person ever had, the present one first, with the time until which it stood for her (None: for good)."""
    assert viewer.sees
    old = Alias.objects.filter(new=person_id).order_by("old").values_list("old", "until")
    return [(person_id, None), *old]


#: What a reviewer has not answered, the likeliest first; what was put off comes last.
OPEN = Q(decision="ask", answered="") & ~Q(left_person=F("right_person"))


#: How many questions wait, as one value of another statement; a thousand is as good as more.
WAITING = """SELECT count(*)::int FROM (SELECT FROM people_link WHERE decision = 'ask' AND answered = ''
AND left_person_id <> right_person_id LIMIT 1000) AS open_questions"""


def open_links(*, viewer: Viewer) -> QuerySet[Link]:
    """Questions to answer, in the order in which they are asked."""
    assert viewer.sees
    return Link.objects.filter(OPEN).order_by(F("later").asc(nulls_first=True), F("probability").desc(), "id")


def open_link(*, viewer: Viewer, link_id: int) -> Link | None:
    """One question, or None: not there, answered, or not for this viewer."""
    return open_links(viewer=viewer).filter(pk=link_id).first()


def links_between(pair: tuple[Named, Named]) -> QuerySet[Link]:
    """The link of two records, whichever way round."""
    (a, b), (c, d) = pair
    return Link.objects.filter(
        Q(left_source=a, left_id=b, right_source=c, right_id=d)
        | Q(left_source=c, left_id=d, right_source=a, right_id=b)
    )


def last_act(*, viewer: Viewer) -> list[Judgement]:
    """What the viewer answered last and has not taken back; a chain of undos goes back answer by answer."""
    mine = Judgement.objects.filter(worker_id=viewer.worker_id).order_by("-at", "-id")[:200]
    undone: set[tuple[str, str, str, str]] = set()
    for one in mine:
        pair = (one.left_source, one.left_id, one.right_source, one.right_id)
        if one.answer == "undo":
            undone.add(pair)
        elif pair in undone:
            undone.discard(pair)
        else:
            return [other for other in mine if other.act == one.act]
    return []


def conflicts(*, viewer: Viewer, most: int = 200) -> list[Link]:
    """Pairs whose Medi-Cal numbers contradict each other, or who seem to be one person under two ids."""
    assert viewer.sees
    found = Link.objects.exclude(conflict="").select_related("left_person", "right_person")
    return list(found.order_by("conflict", "id")[:most])


def records_of_pair(*, viewer: Viewer, link: Link) -> tuple[Record | None, Record | None]:
    """The two records of a question, as their sources have them."""
    assert viewer.sees
    asked = Q(source=link.left_source, source_id=link.left_id) | Q(
        source=link.right_source, source_id=link.right_id
    )
    found = {(one.source, one.source_id): one for one in Record.objects.filter(asked)}
    return found.get((link.left_source, link.left_id)), found.get((link.right_source, link.right_id))
