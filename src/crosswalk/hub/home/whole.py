"""Everything about a person that may be shown to one viewer now; what may not is counted, and says what it needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent.sharing import Sharing, own_places
from crosswalk.hub.coverage import queries as coverage
from crosswalk.hub.people import queries as people
from crosswalk.hub.people.models import Person


@dataclass(frozen=True)
class Head:
    """Who it is, as far as it may be shown; the columns of a person that pages read."""

    id: str
    name: str
    other_name: str
    born: date | None
    language: str
    seen_on: date | None
    seen_by: str
    named: Any
    regrouped_at: datetime | None


@dataclass(frozen=True)
class Whole:
    """What the page about a person shows, and the decisions that it rests on."""

    person: Head
    records: list[Any]
    moments: list[Any]
    spans: list[Any]
    sharing: Sharing


def whole(viewer: Viewer, person: Person, on: date) -> Whole:
    """Read everything and keep what may be shown."""
    spans = coverage.spans(viewer=viewer, person_id=person.pk)
    sharing = Sharing(viewer, person, medi_cal=coverage.covered(spans, on).state == "active")
    records = people.records(viewer=viewer, person_id=person.pk)
    hmis_own = sharing.serves() and bool(sharing.own and sharing.own.hmis_name)
    own = own_places(sharing.own)
    shown_records = [
        one
        for one in records
        if (one.source.startswith("hmis:") and hmis_own)
        or sharing.shows("identity", sharing.holder(one.source))
    ]
    moments = [
        one for one in people.moments(viewer=viewer, person_id=person.pk) if sharing.moment_shown(one, own)
    ]
    head = _head(person, known=sharing.who().shown)
    return Whole(
        head if sharing.seen().shown else replace(head, seen_on=None, seen_by=""),
        shown_records,
        moments,
        sharing.spans(spans),
        sharing,
    )


def _head(person: Person, *, known: bool) -> Head:
    """The columns that a page reads, without who it is where that may not be said."""
    return Head(
        id=person.pk,
        name=person.name if known else _("Name not shown"),
        other_name=person.other_name if known else "",
        born=person.born if known else None,
        language=person.language if known else "",
        seen_on=person.seen_on,
        seen_by=person.seen_by,
        named=person.named,
        regrouped_at=person.regrouped_at,
    )
