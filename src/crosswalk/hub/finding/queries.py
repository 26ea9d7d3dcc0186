"""Reading what was found: the newest run, and everything about one person."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Min, QuerySet, Window

from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.finding.models import Finding, Run
from crosswalk.hub.finding.programs import programs, weights


def runs() -> QuerySet[Run]:
    """Runs that were brought in, the newest first, each with the day of the first one of all as `first_on`."""
    return Run.objects.annotate(first_on=Window(Min("on"))).order_by("-brought_at")


def the_newest_run() -> Run | None:
    """The run brought in last."""
    return runs().first()


def newest_run(*, viewer: Viewer) -> Run | None:
    """The run that the lists were made from."""
    assert viewer.sees
    return the_newest_run()


def of_person(*, viewer: Viewer, person_id: str, on: date) -> list[Finding]:
    """What was found for one person in programs in force on a day: the likely ones first, in the order of policy."""
    assert viewer.sees
    found = Finding.objects.filter(person_id=person_id).select_related("said")
    answers, known, order = {"met": 0, "unknown": 1, "not_met": 2}, programs(on), weights(on).order
    return sorted(
        (one for one in found if one.program in known),
        key=lambda one: (answers[one.answer], *order(known[one.program], one.rank or 0)),
    )


def new_since(run: Run | None) -> date | None:
    """From which day on somebody counts as new: within the last week, but never on the first list of all."""
    if run is None or run.first_on == run.on:
        return None
    return max(run.on - timedelta(days=7), run.first_on + timedelta(days=1))
