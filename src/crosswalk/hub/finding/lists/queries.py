"""Reading the work lists, page by page from a place on, and what stands around them, in one statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from crosswalk.hub.access.acts import CARE
from crosswalk.hub.access.models import Membership, Organization
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent.lines import along
from crosswalk.hub.finding.lists.filters import ME, NOBODY, Filters
from crosswalk.hub.finding.models import Change, Listed, Run, View, Work
from crosswalk.hub.pages import rail
from crosswalk.hub.people.models import Person
from crosswalk.hub.people.naming import Tie
from crosswalk.hub.people.queries import WAITING

#: Rows a page, and in a sheet to take along.
MOST, MOST_IN_A_SHEET = 50, 5000


@dataclass(frozen=True)
class Found:
    """One page of a list."""

    rows: list[Any]
    more_after: str
    """Where the next page begins; empty on the last one."""


@dataclass(frozen=True)
class Waiting:
    """How many wait in a queue, how many of them are new, and since when the oldest does."""

    count: int
    new: int
    oldest: date | None


@dataclass(frozen=True)
class Desk:
    """What stands around every list of an organization."""

    run: Run | None
    tallies: dict[str, Waiting]
    views: list[dict[str, Any]]
    colleagues: list[dict[str, Any]]
    mine: int
    waiting: int | None
    """Questions who is who, of those that the viewer may answer; None before the first run."""
    beside: dict[str, Any]
    """What other rooms count for the rail, by its name; empty before the first run."""

    def by(self, what: str) -> dict[str, int]:
        """How many are on the list by `plan` or by `county`, under their short names."""
        kinds = ((key.partition(":"), one.count) for key, one in sorted(self.tallies.items()))
        return {value: count for (kind, _, value), count in kinds if kind == what}


def desk(*, viewer: Viewer) -> Desk:
    """The newest run, the counts, the kept views and the colleagues: one statement, asked once a request."""
    if "desk" not in viewer.memo:
        viewer.memo["desk"] = _desk(viewer)
    found: Desk = viewer.memo["desk"]
    return found


#: The newest run, and in one value of it each what stands around a list; `{beside}`: what other rooms count.
_AROUND = """SELECT r.*, min(r."on") OVER () AS first_on,
(SELECT json_agg(json_build_object('queue', queue, 'count', count, 'new', new, 'oldest', oldest))
  FROM finding_tally WHERE organization_id = %s) AS tallies,
(SELECT json_agg(json_build_object('id', id, 'name', name, 'address', address, 'shared', shared, 'worker', worker_id)
  ORDER BY name) FROM finding_view WHERE organization_id = %s AND (worker_id = %s OR shared)) AS views,
(SELECT json_agg(json_build_object('id', w.id, 'name', w.name) ORDER BY w.name)
  FROM access_membership AS m JOIN access_worker AS w ON w.id = m.worker_id
  WHERE m.organization_id = %s AND m.ended_at IS NULL AND m.role = ANY (%s)) AS colleagues,
(SELECT count(*) FROM finding_work AS k WHERE k.organization_id = %s AND k.worker_id = %s
  AND (k.aside_until IS NULL OR k.aside_until <= %s)
  AND EXISTS (SELECT FROM finding_listed AS l WHERE l.organization_id = k.organization_id AND l.person_id = k.person_id)
) AS mine,
({waiting}) AS waiting{beside}
FROM finding_run AS r ORDER BY r.brought_at DESC LIMIT 1"""


def _desk(viewer: Viewer) -> Desk:
    here, counts = viewer.organization_id, rail.values(viewer)
    beside = "".join(f", ({one.sql}) AS {name}" for name, one in counts.items())
    around = _AROUND.format(waiting=WAITING, beside=beside)
    told = [here, here, viewer.worker_id, here, sorted(CARE), here, viewer.worker_id, viewer.on]
    told += (value for one in counts.values() for value in one.params)
    # Written out, for it is on every page: the same through the mapper costs a third of a page's time.
    run = next(iter(Run.objects.raw(around, told)), None)
    if run is None:
        return Desk(None, {}, [], [], 0, None, {})
    counted = {
        one["queue"]: Waiting(one["count"], one["new"], _day(one["oldest"])) for one in run.tallies or ()
    }
    people = list({one["id"]: one for one in run.colleagues or ()}.values())
    values = {name: getattr(run, name) for name in counts}
    return Desk(run, counted, run.views or [], people, run.mine, run.waiting, values)


def _open_roles(organization_id: int) -> QuerySet[Membership]:
    """The open roles of those who may take persons on."""
    return Membership.objects.filter(organization_id=organization_id, ended_at=None, role__in=sorted(CARE))


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def on_the_list(viewer: Viewer) -> QuerySet[Listed]:
    """Everybody on the list of the viewer's organization whom the viewer may see, with the work about them."""
    found = Listed.objects.filter(organization_id=viewer.organization_id).select_related("person")
    return along(found, viewer).annotate(
        work=FilteredRelation(
            "person__work", condition=Q(person__work__organization_id=viewer.organization_id)
        ),
        worker_id=F("work__worker_id"),
        worker_name=F("work__worker__name"),
        aside_until=F("work__aside_until"),
        aside_why=F("work__aside_why"),
    )


def is_aside(on: date) -> Q:
    """Whether a person is set aside on a day: until the day said, or until something new is found for them."""
    return Q(work__aside_until__gt=on, work__aside_on__gte=F("since"))


def narrowed(*, viewer: Viewer, filters: Filters, new_since: date | None) -> QuerySet[Listed]:
    """The persons on the list that a filter leaves, in the order of need."""
    chosen = on_the_list(viewer).order_by("place", "person_id")
    # Asked with `exclude`, nobody without work would pass: null is neither.
    left = Q(work__aside_until=None) | Q(work__aside_until__lte=viewer.on) | Q(work__aside_on__lt=F("since"))
    chosen = chosen.filter(is_aside(viewer.on) if filters.aside else left)
    if filters.program:
        chosen = chosen.filter(Q(met__contains=[filters.program]) | Q(open__contains=[filters.program]))
    for column in ("plan", "county", "step"):
        if value := getattr(filters, column):
            chosen = chosen.filter(**{column: value})
    if filters.new:
        chosen = chosen.filter(since__gte=new_since or date.max).exclude(met=[])
    if filters.who == NOBODY:
        open_role = _open_roles(viewer.organization_id).filter(worker_id=OuterRef("worker_id"))
        chosen = chosen.filter(~Exists(open_role))
    elif filters.who:
        who = viewer.worker_id if filters.who == ME else int(filters.who)
        chosen = chosen.filter(work__worker_id=who)
    return chosen


def listed(*, viewer: Viewer, filters: Filters, new_since: date | None, most: int = MOST) -> Found:
    """One page of the persons on the list, in the order of need."""
    chosen = narrowed(viewer=viewer, filters=filters, new_since=new_since)
    if filters.after:
        place, person = filters.after
        chosen = chosen.filter(place__gte=place).exclude(place=place, person_id__lte=person)
    rows = list(chosen[: most + 1])
    last = rows[most - 1] if len(rows) > most else None
    return Found(rows[:most], f"{last.place}-{last.person_id}" if last else "")


def chosen(*, viewer: Viewer, persons: Iterable[str]) -> list[Listed]:
    """These persons, as far as they are on the list of the viewer's organization and to be seen."""
    return list(on_the_list(viewer).filter(person_id__in=list(persons)).order_by("place", "person_id"))


def lost(*, viewer: Viewer, after: int = 0, most: int = MOST) -> Found:
    """Who is no longer likely eligible for something, newest first, with what turned over."""
    found = Change.objects.filter(organization_id=viewer.organization_id, kind="lost").select_related(
        "person"
    )
    rows = _told(
        viewer, along(found, viewer).order_by("-on", "person_id", "program"), slice(after, after + most + 1)
    )
    return Found(rows[:most], str(after + most) if len(rows) > most else "")


def whys(*, viewer: Viewer, rows: Iterable[Listed], since: date) -> dict[str, Change]:
    """Why each of these persons is new: the newest change, by person."""
    people = [one.person_id for one in rows]
    found = Change.objects.filter(
        organization_id=viewer.organization_id, kind="new", on__gte=since, person_id__in=people
    )
    return {one.person_id: one for one in _told(viewer, found.order_by("on"), slice(None))}


def _told(viewer: Viewer, found: QuerySet[Change], page: slice) -> list[Change]:
    """Changes, each with `whole`: whether the viewer may see every source of the person, so what turned over too."""
    senders = Organization.objects.exclude(source="").values("pk")
    rows = list(found.annotate(senders=ArraySubquery(senders))[page])
    for one in rows:
        one.whole = set(one.senders).intersection(one.known_to) <= set(viewer.sees)
    return rows


def view(*, viewer: Viewer, view_id: int) -> View | None:
    """A kept view that is the viewer's own; None where it is somebody else's or not there."""
    return View.objects.filter(
        pk=view_id, organization_id=viewer.organization_id, worker_id=viewer.worker_id
    ).first()


def hidden_of_mine(*, viewer: Viewer) -> int:
    """How many the viewer took on who are not shown to them any more.

    Others are named for them, or no records of theirs reach the viewer's organization now: the wall tells not which.
    """
    mine = Work.objects.filter(organization_id=viewer.organization_id, worker_id=viewer.worker_id)
    return mine.filter(~Exists(Person.objects.filter(pk=OuterRef("person")))).count()


def took_on(viewer: Viewer, person_id: str) -> Iterator[Tie]:
    """Who of the viewer's own organization took a person on; what others do with their lists is theirs to know."""
    found = Work.objects.filter(
        person_id=person_id, organization_id=viewer.organization_id, worker__isnull=False
    )
    for one in found.select_related("worker", "organization"):
        who = (one.organization_id, one.organization.name, one.worker_id, one.worker.name)
        yield Tie(f"work:{one.pk}", *who, _("has taken the person on"))
