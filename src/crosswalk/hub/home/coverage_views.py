"""Coverage of one person month by month and on any day; and whose coverage changed in the newest files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.http import Http404, HttpRequest

from crosswalk.core.consent import Decision, said_with
from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent.lines import Lines, along
from crosswalk.hub.consent.views import sharing_of
from crosswalk.hub.coverage import queries
from crosswalk.hub.coverage.forms import OnDay
from crosswalk.hub.coverage.models import Change
from crosswalk.hub.journal.actions import read
from crosswalk.hub.people import queries as people

#: Changes on one page.
MOST = 100


@door(acts.open_person)
def months(request: HttpRequest, viewer: Viewer, *, may: May, person_id: str) -> Page:
    """Plan, state and aid code by month, the spans behind it, and what changed from file to file."""
    one = people.person(viewer=viewer, person_id=person_id)
    if one is None:
        raise Http404
    held = queries.spans(viewer=viewer, person_id=one.id)
    sharing = sharing_of(viewer, one, held=held)
    if not sharing.who().shown:
        raise Http404
    spans = sharing.spans(held)
    changes = [
        each
        for each in queries.changes_of(viewer=viewer, person_id=one.id)
        if sharing.may("coverage", sharing.holder(f"plan:{each.plan}")).shown
    ]
    for each in changes:
        if not sharing.may("coverage", sharing.holder(f"plan:{each.other_plan}")).shown:
            each.other_plan = ""
    form = OnDay(request.GET if "on" in request.GET else None)
    asked = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    fields = ["name", "coverage", "aid code"]
    read(viewer, "open coverage", persons=[one.id], fields=fields, basis=sharing.basis(may.basis))
    shown = {
        "person": one,
        "spans": spans,
        "now": queries.covered(spans, viewer.on),
        "months": queries.months(spans, viewer.on),
        "changes": changes,
        "hidden": sharing.not_shown(),
        "form": form,
        "asked": asked,
        "then": queries.covered(spans, asked) if asked else None,
    }
    return Page("coverage/months.html", shown, status=422 if form.is_bound and asked is None else 200)


@door(acts.see_coverage_changes)
def changes(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Whose coverage came, ended or was no longer told, newest first."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in ("came", "ended", "unnamed") else ""
    found = list(along(queries.changes(viewer=viewer, kind=kind), viewer)[:MOST])
    rows, needs, by = _to_show(viewer, found)
    if rows:
        persons = list(dict.fromkeys(one.person_id for one in rows))
        basis = f"{may.basis}; {said_with(by)}"
        read(viewer, "open coverage changes", persons=persons, fields=["name", "coverage"], basis=basis)
    return Page("coverage/changes.html", {"found": rows, "kind": kind, "needs": needs})


def _to_show(
    viewer: Viewer, found: Sequence[Change]
) -> tuple[list[Change], list[tuple[Decision, int]], list[Decision]]:
    """The changes of which the person and the plan may be named; what would open the others; and why these are shown.

    A change that goes with another plan leaves that one out where it may not be named.
    """
    lines = Lines(viewer, ((one.person, one.decides, "") for one in found))
    rows: list[Change] = []
    shut: Counter[Decision] = Counter()
    by: list[Decision] = []
    for one in found:
        told = [lines[one.person_id].who, lines.coverage(one.person_id, one.plan)]
        closed = next((part for part in told if not part.shown), None)
        if closed:
            shut[closed] += 1
            continue
        other = lines.coverage(one.person_id, one.other_plan)
        if not other.shown:
            one.other_plan = ""
        by += [*told, other]
        rows.append(one)
    return rows, shut.most_common(), by
