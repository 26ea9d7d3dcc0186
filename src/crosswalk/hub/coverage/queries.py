"""Is a person covered, by whom, on a day; never a guess: without a file that says so it is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.coverage.models import Change, Span


@dataclass(frozen=True)
class Covered:
    """Coverage on one day: `state` is active, ended or unknown."""

    state: str
    plan: str
    since: date | None
    ended: date | None


def spans(*, viewer: Viewer, person_id: str) -> list[Span]:
    """Every span of a person that the viewer may see, newest first."""
    assert viewer.sees
    return list(Span.objects.filter(person_id=person_id).order_by("-starts", "plan"))


def covered(found: Sequence[Span], on: date) -> Covered:
    """What these spans say about a day. A span that the plan's newest file no longer tells proves nothing after it."""
    past = [span for span in found if span.starts <= on]
    open_ones = [span for span in past if span.ends is None or span.ends > on]
    for span in open_ones:
        if span.sure or (span.told_on and on <= span.told_on):
            return Covered("active", span.plan, span.starts, None)
    if open_ones or not past:
        return Covered("unknown", "", None, None)
    last = max(past, key=lambda span: span.ends)
    return Covered("ended", last.plan, last.starts, last.ends)


def plan_now(*, viewer: Viewer, person_id: str) -> str:
    """The plan that covers a person today, by its short name; empty where none is known to."""
    cover = covered(spans(viewer=viewer, person_id=person_id), viewer.on)
    return cover.plan if cover.state == "active" else ""


@dataclass(frozen=True)
class Month:
    """Coverage in one month: its first day, the state on the last day of it that counts, plans and aid codes."""

    first: date
    state: str
    plans: tuple[str, ...]
    aid_codes: tuple[str, ...]


def months(found: Sequence[Span], on: date, most: int = 24) -> list[Month]:
    """The last months until the one of `on`, newest first; none before the first that a file tells of."""
    if not found:
        return []
    begins = min(span.starts for span in found).replace(day=1)
    told: list[Month] = []
    first, day = on.replace(day=1), on
    while first >= begins and len(told) < most:
        held = [span for span in found if span.starts <= day and (span.ends is None or span.ends > first)]
        told.append(
            Month(
                first,
                covered(found, day).state,
                tuple(dict.fromkeys(span.plan for span in held)),
                tuple(dict.fromkeys(span.aid_code for span in held if span.aid_code)),
            )
        )
        day = first - timedelta(days=1)
        first = day.replace(day=1)
    return told


def changes_of(*, viewer: Viewer, person_id: str) -> list[Change]:
    """What changed for one person from file to file, newest first."""
    assert viewer.sees
    return list(Change.objects.filter(person_id=person_id).order_by("-day", "-pk"))


def changes(*, viewer: Viewer, kind: str = "") -> QuerySet[Change]:
    """What changed last, for everybody whom the viewer may see; `kind` is came, ended or unnamed, empty for all."""
    assert viewer.sees
    found = Change.objects.filter(kind=kind) if kind else Change.objects.all()
    return found.select_related("person").order_by("-day", "-pk")
