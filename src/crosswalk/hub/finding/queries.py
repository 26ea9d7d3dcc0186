"""Reading the work lists: filtered by what stands in the address, page by page from a place on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.db.models import Min, Q, Window
from django.db.models.expressions import RawSQL

from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.finding.models import Finding, Listed, Run, Tally
from crosswalk.hub.finding.programs import programs, weights
from crosswalk.hub.people.queries import WAITING

#: Rows a page.
MOST = 50
STEPS = ("start", "refer", "chase", "ask", "none")


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; kept in the address, so that it can be shared and saved."""

    program: str = ""
    plan: str = ""
    county: str = ""
    step: str = ""
    new: bool = False
    after: tuple[int, str] | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Filters:
        """From the address; what nobody knows is left out."""
        place, _, person = asked.get("after", "").partition("-")
        return cls(
            program=asked.get("program", ""),
            plan=asked.get("plan", ""),
            county=asked.get("county", ""),
            step=asked.get("step", "") if asked.get("step") in STEPS else "",
            new=asked.get("new") == "1",
            after=(int(place), person) if place.isdigit() and person else None,
        )

    def address(self, **changes: object) -> str:
        """The same list with something else chosen, from its first page."""
        now: dict[str, object] = {
            "program": self.program, "plan": self.plan, "county": self.county, "step": self.step, "new": self.new
        }  # fmt: skip
        chosen = {key: ("1" if value is True else value) for key, value in (now | changes).items() if value}
        return f"?{urlencode(chosen)}" if chosen else "?"


@dataclass(frozen=True)
class Found:
    """One page of a list."""

    rows: list[Listed]
    more_after: str
    """Where the next page begins; empty on the last one."""


def newest_run(*, viewer: Viewer) -> Run | None:
    """The run that the lists were made from."""
    assert viewer.sees
    return the_newest_run()


def the_newest_run() -> Run | None:
    """The run brought in last, with the day of the first one of all as `first_on`."""
    return Run.objects.annotate(first_on=Window(Min("on"))).order_by("-brought_at").first()


def listed(*, viewer: Viewer, filters: Filters, new_since: date | None, most: int = MOST) -> Found:
    """One page of the persons on the list, in the order of need."""
    chosen = Listed.objects.filter(organization_id=viewer.organization_id).select_related("person")
    chosen = chosen.order_by("place", "person_id")
    if filters.program:
        chosen = chosen.filter(Q(met__contains=[filters.program]) | Q(open__contains=[filters.program]))
    if filters.plan:
        chosen = chosen.filter(plan=filters.plan)
    if filters.county:
        chosen = chosen.filter(county=filters.county)
    if filters.step:
        chosen = chosen.filter(step=filters.step)
    if filters.new:
        chosen = chosen.filter(since__gte=new_since or date.max).exclude(met=[])
    if filters.after:
        place, person = filters.after
        chosen = chosen.filter(place__gte=place).exclude(place=place, person_id__lte=person)
    rows = list(chosen[: most + 1])
    last = rows[most - 1] if len(rows) > most else None
    return Found(rows[:most], f"{last.place}-{last.person_id}" if last else "")


def tallies(*, viewer: Viewer) -> dict[str, Tally]:
    """How many wait in each queue of the viewer's organization; each with the `waiting` questions who is who."""
    counted = Tally.objects.filter(organization_id=viewer.organization_id)
    return {one.queue: one for one in counted.annotate(waiting=RawSQL(WAITING, ()))}


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
