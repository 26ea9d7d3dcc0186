"""Reading persons. Row-level security shows a viewer only persons whom an organization they may see for knows."""

from __future__ import annotations

from typing import Any

from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.people.models import Moment, Person, Record


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
