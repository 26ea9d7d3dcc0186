"""Sharing the work of a list: take on, give, let go, set aside, put back, each with its way back; keeping views."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.models import Membership
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.finding.lists import queries
from crosswalk.hub.finding.lists.filters import Filters
from crosswalk.hub.finding.lists.words import Aside
from crosswalk.hub.finding.models import Listed, Tally, View, Work
from crosswalk.hub.finding.queries import new_since
from crosswalk.hub.journal.actions import act
from crosswalk.hub.journal.models import Entry

#: What a row of work holds, as the journal keeps it before and after; the day is text there.
_KEPT = ("worker_id", "aside_on", "aside_until", "aside_why")
_NONE: dict[str, Any] = {"worker_id": None, "aside_on": None, "aside_until": None, "aside_why": ""}
#: The acts that can be taken back, by their verb in the journal.
VERBS = ("take on", "give to colleague", "let go", "set aside", "put back")


@dataclass(frozen=True)
class Done:
    """What was done: the entry of the journal that tells it, and for how many persons."""

    entry: int
    count: int


def give(*, by: Viewer, at: datetime, persons: Iterable[str], worker_id: int) -> Done:
    """Let a worker of one's own organization, or oneself, take these persons on."""
    here = Membership.objects.filter(organization_id=by.organization_id, ended_at=None, worker_id=worker_id)
    if not here.filter(role__in=sorted(acts.CARE)).exists():
        raise LookupError
    verb = "take on" if worker_id == by.worker_id else "give to colleague"
    return _change(by, at, verb, persons, {"worker_id": worker_id})


def let_go(*, by: Viewer, at: datetime, persons: Iterable[str]) -> Done:
    """Nobody has these persons any more; they stay on the list."""
    return _change(by, at, "let go", persons, {"worker_id": None})


def set_aside(*, by: Viewer, at: datetime, persons: Iterable[str], why: str, days: int) -> Done:
    """Take these persons off the list for some days, or until something new is found for them."""
    until = timezone.localdate(at) + timedelta(days=days)
    kept = {"aside_on": by.on.isoformat(), "aside_until": until.isoformat(), "aside_why": str(Aside(why))}
    return _change(by, at, "set aside", persons, kept)


def put_back(*, by: Viewer, at: datetime, persons: Iterable[str]) -> Done:
    """Put these persons back on the list before their time."""
    return _change(by, at, "put back", persons, {key: _NONE[key] for key in _KEPT[1:]})


def undo(*, by: Viewer, at: datetime, entry: int) -> Done:
    """Take back what one did, for those persons for whom nobody did anything else since."""
    may = acts.take_on(by)
    said = Entry.objects.filter(
        seq=entry, verb__in=VERBS, worker_id=by.worker_id, organization_id=by.organization_id
    ).first()
    if not may or said is None:
        raise LookupError
    rows = queries.chosen(viewer=by, persons=said.after)
    now = _now(by, rows)
    same = [one for one in rows if now[one.person_id] == said.after[one.person_id]]
    if not same:
        raise Refused(
            _("This cannot be taken back: something else was done since."),
            fix=_("Look at the list as it is."),
        )
    return _save(by, at, "undo", same, now, said.before, may.basis, subject=f"entry:{entry}")


def _change(by: Viewer, at: datetime, verb: str, persons: Iterable[str], change: Mapping[str, Any]) -> Done:
    """One change of the work about persons on the list; foreign ones and those that are gone are left out."""
    may = acts.take_on(by)
    rows = queries.chosen(viewer=by, persons=persons)
    if not may or not rows:
        raise LookupError
    now = _now(by, rows)
    return _save(by, at, verb, rows, now, {key: {**one, **change} for key, one in now.items()}, may.basis)


def _now(by: Viewer, rows: Iterable[Listed]) -> dict[str, dict[str, Any]]:
    """The work about persons as it is, by person; nothing for those about whom nobody did anything."""
    found = {one.person_id: dict(_NONE) for one in rows}
    kept = Work.objects.filter(organization_id=by.organization_id, person_id__in=list(found))
    for one in kept.select_for_update():
        found[one.person_id] = {key: _said(getattr(one, key)) for key in _KEPT}
    return found


def _said(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _save(
    by: Viewer,
    at: datetime,
    verb: str,
    rows: list[Listed],
    now: Mapping[str, Mapping[str, Any]],
    then: Mapping[str, Mapping[str, Any]],
    basis: str,
    *,
    subject: str = "",
) -> Done:
    """Write the work as it shall be, count the queues anew, and put both states in the journal."""
    people = [one.person_id for one in rows]
    Work.objects.bulk_create(
        [Work(organization_id=by.organization_id, person_id=one, since=at, **then[one]) for one in people],
        update_conflicts=True,
        unique_fields=["organization", "person"],
        update_fields=["since", *_KEPT],
    )
    _count(by, rows, now, then)
    entry = act(
        by,
        verb,
        subject=subject,
        basis=basis,
        persons=people,
        before={one: now[one] for one in people},
        after={one: then[one] for one in people},
    )
    return Done(entry, len(people))


def _count(
    by: Viewer,
    rows: Iterable[Listed],
    now: Mapping[str, Mapping[str, Any]],
    then: Mapping[str, Mapping[str, Any]],
) -> None:
    """Move the counts of the queues by those who leave the list or come back; a run counts everything anew."""
    since = new_since(queries.desk(viewer=by).run)
    moved: Counter[str] = Counter()
    fresh: Counter[str] = Counter()
    for one in rows:
        step = int(_is_aside(by, now[one.person_id], one)) - int(_is_aside(by, then[one.person_id], one))
        is_new = bool(since and one.since >= since and one.met)
        for queue in (one.step, "all", *(("new",) if is_new else ())):
            moved[queue] += step
            fresh[queue] += step * is_new
    for queue, count in moved.items():
        if count:
            Tally.objects.filter(organization_id=by.organization_id, queue=queue).update(
                count=F("count") + count, new=F("new") + fresh[queue]
            )


def _is_aside(by: Viewer, work: Mapping[str, Any], one: Listed) -> bool:
    """The same question as `queries.is_aside`, of a state that is not written yet."""
    until, on = work["aside_until"], work["aside_on"]
    return bool(until and until > by.on.isoformat() and on >= one.since.isoformat())


def keep_view(*, by: Viewer, at: datetime, name: str, filters: Filters, shared: bool) -> View:
    """Keep a view under a name. Raises Refused where the name is taken."""
    may = acts.keep_views(by)
    if not may:
        raise LookupError
    mine = View.objects.filter(organization_id=by.organization_id, worker_id=by.worker_id)
    if mine.filter(name__iexact=name).exists():
        raise Refused(_("You have a view of this name already."), fix=_("Choose another name."))
    made = View.objects.create(
        organization_id=by.organization_id, worker_id=by.worker_id, name=name, address=filters.address(), shared=shared
    )  # fmt: skip
    act(
        by,
        "keep view",
        subject=f"view:{made.pk}",
        basis=may.basis,
        after={"address": made.address, "shared": shared, "at": at},
    )
    return made


def let_view_go(*, by: Viewer, at: datetime, view_id: int) -> None:
    """Let a kept view of one's own go."""
    may = acts.keep_views(by)
    there = queries.view(viewer=by, view_id=view_id)
    if there is None or not may:
        raise LookupError
    before = {"address": there.address, "shared": there.shared}
    there.delete()
    act(by, "let view go", subject=f"view:{view_id}", basis=may.basis, before=before, after={"at": at})
