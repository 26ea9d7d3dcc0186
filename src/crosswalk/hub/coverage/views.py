"""Coverage of one person month by month and on any day; and whose coverage changed in the newest files."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.coverage import queries
from crosswalk.hub.coverage.forms import OnDay
from crosswalk.hub.journal.actions import read
from crosswalk.hub.people import queries as people


@door(acts.open_person)
def months(request: HttpRequest, viewer: Viewer, *, may: May, person_id: str) -> Page:
    """Plan, state and aid code by month, the spans behind it, and what changed from file to file."""
    one = people.person(viewer=viewer, person_id=person_id)
    if one is None:
        raise Http404
    spans = queries.spans(viewer=viewer, person_id=one.id)
    form = OnDay(request.GET if "on" in request.GET else None)
    asked = form.cleaned_data["on"] if form.is_bound and form.is_valid() else None
    read(viewer, "open coverage", persons=[one.id], fields=["name", "coverage", "aid code"], basis=may.basis)
    shown = {
        "person": one,
        "spans": spans,
        "now": queries.covered(spans, viewer.on),
        "months": queries.months(spans, viewer.on),
        "changes": queries.changes_of(viewer=viewer, person_id=one.id),
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
    found = queries.changes(viewer=viewer, kind=kind)
    if found:
        persons = list(dict.fromkeys(one.person_id for one in found))
        read(viewer, "open coverage changes", persons=persons, fields=["name", "coverage"], basis=may.basis)
    return Page("coverage/changes.html", {"found": found, "kind": kind})
