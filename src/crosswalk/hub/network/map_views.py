"""The asset map: the network of any day as a list, a matrix, a map and one sheet to print; and what changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest

from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.network import assets, clocks, drawing, elections, queries, words
from crosswalk.hub.network.forms import Look


def _look(request: HttpRequest, viewer: Viewer) -> tuple[dict[str, Any], int]:
    """What was asked for, with what stands where nothing was: today, and the county with most services."""
    form = Look(request.GET)
    good = form.is_valid()
    asked = form.cleaned_data
    on: date = asked.get("on") or viewer.on
    reached = queries.counties_reached(viewer=viewer)
    shown = {
        "form": form,
        "on": on,
        "since": asked.get("since") or date(on.year, 1, 1),
        "program": asked.get("program") or "",
        "county": asked.get("county") or "",
        "zip": asked.get("zip") or "",
        "free": bool(asked.get("free")),
        "reached": reached,
        "main": asked.get("county") or (reached[0] if reached else ""),
        "programs": words.programs(viewer.on),
        "keeps": bool(acts.keep_network(viewer)),
    }
    return shown, 200 if good else 422


@door(acts.see_network)
def listed(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Every service of a day, by program, with its places left and how old that word is."""
    shown, status = _look(request, viewer)
    found = queries.network(
        viewer=viewer, **{key: shown[key] for key in ("on", "program", "county", "zip", "free")}
    )
    old = {one.service_id for one in found if clocks.is_old(one.room, shown["on"])}
    return Page("network/list.html", {**shown, "found": found, "old": old}, status=status)


@door(acts.see_network)
def matrix(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Services by ZIP code, with the gaps."""
    shown, status = _look(request, viewer)
    found = queries.network(viewer=viewer, on=shown["on"])
    made = assets.grid(found, shown["main"], [*shown["programs"]][:-1])
    return Page("network/matrix.html", {**shown, "grid": made}, status=status)


@door(acts.see_network)
def map(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """The same as a schematic map: one field a ZIP code."""
    shown, status = _look(request, viewer)
    found = queries.network(viewer=viewer, on=shown["on"], program=shown["program"])
    everything = queries.network(viewer=viewer, on=shown["on"]) if shown["program"] else found
    made = drawing.fields(found, assets.grid(everything, shown["main"]), shown["main"])
    return Page("network/map.html", {**shown, "fields": made, "drawn": drawing.size(made)}, status=status)


@door(acts.see_network)
def elected(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Which plan offers which Community Support in a county, on a day, by whose word."""
    shown, status = _look(request, viewer)
    plans, made = queries.plans_known(), elections.elections()
    rows = {
        code: {plan: made.election(plan, code, shown["main"], shown["on"]) for plan in plans}
        for code in shown["programs"]
        if elections.is_elected(code, shown["on"])
    }
    silent = [plan for plan in plans if not made.tells(plan, shown["main"])]
    return Page(
        "network/elections.html", {**shown, "plans": plans, "rows": rows, "silent": silent}, status=status
    )


@door(acts.see_network)
def changes(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """What differs between the networks of two days, in words."""
    shown, status = _look(request, viewer)
    before, after = (queries.network(viewer=viewer, on=shown[key]) for key in ("since", "on"))
    found = assets.difference(before, after)
    return Page(
        "network/changes.html", {**shown, "found": found, "before": before, "after": after}, status=status
    )


@door(acts.see_network)
def county(request: HttpRequest, viewer: Viewer, *, may: May, county: str) -> Page:
    """One county on one sheet: what there is, for whom, where, whom to call, and what has room."""
    if county not in words.counties(viewer.on):
        raise Http404
    shown, status = _look(request, viewer)
    found = queries.network(viewer=viewer, on=shown["on"], county=county)
    made = assets.grid(found, county, [*shown["programs"]][:-1])
    return Page(
        "network/county.html", {**shown, "county": county, "found": found, "grid": made}, status=status
    )
