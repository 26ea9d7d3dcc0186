"""The start of the day, the whole-person page, and who looked at a person."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.care import queries as care
from crosswalk.hub.consent.sharing import badge
from crosswalk.hub.coverage import queries as coverage
from crosswalk.hub.finding import queries as finding
from crosswalk.hub.finding.lists import queries as lists
from crosswalk.hub.finding.lists.filters import Filters
from crosswalk.hub.finding.lists.showing import read_lines, shown
from crosswalk.hub.finding.lists.views import LINE
from crosswalk.hub.finding.programs import programs
from crosswalk.hub.home.whole import whole
from crosswalk.hub.journal import queries as journal
from crosswalk.hub.journal.actions import read
from crosswalk.hub.people import queries as people
from crosswalk.hub.people.adding import may_take_back
from crosswalk.hub.referrals.needs import open_referrals

#: The sections of the morning with how many of each are shown.
_MORNING = (
    ("new", Filters(new=True), 8),
    ("refer", Filters(step="refer"), 8),
    ("start", Filters(step="start"), 4),
    ("chase", Filters(step="chase"), 4),
)
_WHOLE = (
    "name",
    "other name",
    "age",
    "language",
    "coverage",
    "records",
    "time line",
    "findings",
    "last seen",
)


@door(acts.see_home)
def home(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Today, by role: for those with lists what is new and what waits; for the others where their work is."""
    allowed = acts.see_lists(viewer)
    if not allowed:
        return Page("home/quiet.html", {})
    run = lists.desk(viewer=viewer).run
    since = finding.new_since(run)
    parts = [one for one in _MORNING if one[0] != "new" or since]
    pages = [
        (lists.listed(viewer=viewer, filters=filters, new_since=since, most=most), filters)
        for _, filters, most in parts
    ]
    found = shown(viewer, pages)
    sections = [(key, filters, page) for (key, filters, _), page in zip(parts, found, strict=True)]
    rows = [one for page in found for one in page.rows]
    read_lines(viewer, "open the day", rows, found[0].lines, fields=LINE, basis=allowed.basis)
    names = programs(run.on) if run else {}
    return Page(
        "home/morning.html", {"sections": sections, "run": run, "new_since": since, "programs": names}
    )


@door(acts.open_person)
def person(request: HttpRequest, viewer: Viewer, *, may: May, person_id: str) -> Page | HttpResponse:
    """One page that tells everything about a person that this viewer may know."""
    one = people.person(viewer=viewer, person_id=person_id)
    if one is None:
        return _leads_on(viewer, "person", person_id)
    run = finding.newest_run(viewer=viewer)
    on = run.on if run else viewer.on
    seen = whole(viewer, one, on)
    found = seen.sharing.found()
    tells = acts.see_why(viewer) and found.shown
    read(viewer, "open person", persons=[one.id], fields=_WHOLE, basis=seen.sharing.basis(may.basis))
    page = {
        "person": seen.person,
        "on": on,
        "run": run,
        "records": seen.records,
        "moments": seen.moments,
        "spans": seen.spans,
        "cover": coverage.covered(seen.spans, on),
        "hidden": seen.sharing.not_shown(),
        "emergency": seen.sharing.emergency,
        "may_open_emergency": bool(acts.open_emergency(viewer)),
        "notices": seen.sharing.notices(),
        "consent": badge(seen.sharing.consents, viewer.on),
        "found": found,
        "findings": finding.of_person(viewer=viewer, person_id=one.id, on=on) if tells else [],
        "programs": programs(on),
        "may_refer": bool(acts.refer(viewer)) and seen.sharing.who().shown,
        "referrals": open_referrals(viewer=viewer, person_id=one.id) if acts.see_referrals(viewer) else [],
        "may_seek": bool(acts.ask_who_has_seen(viewer)),
        "leads": care.of_person(viewer=viewer, person_id=one.id) if acts.see_referrals(viewer) else [],
        "may_see_looks": bool(acts.see_looks(viewer)),
        "may_restrict": bool(acts.restrict_person(viewer)),
        "may_review": bool(acts.review_links(viewer)),
        "may_take_back": may_take_back(viewer=viewer, records=seen.records),
    }
    return Page("home/person.html", page)


@door(acts.see_looks)
def looks(request: HttpRequest, viewer: Viewer, *, may: May, person_id: str) -> Page | HttpResponse:
    """Who saw this person or did something about them: to be read, and printed for the person."""
    one = people.person(viewer=viewer, person_id=person_id)
    if one is None:
        return _leads_on(viewer, "looks", person_id)
    ids = people.every_id(viewer=viewer, person_id=one.id)
    entries = journal.of_person(viewer=viewer, person_ids=ids)
    read(viewer, "print who looked", persons=[one.id], fields=["name", "access list"], basis=may.basis)
    return Page("home/looks.html", {"person": one, "entries": entries})


def _leads_on(viewer: Viewer, page: str, person_id: str) -> HttpResponse:
    """An id that was this person's before records were linked leads on; any other is not there."""
    now = people.leads_to(viewer=viewer, person_id=person_id)
    if now is None:
        raise Http404
    return redirect(page, now)


@door(acts.see_journal)
def entries(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """What was done and seen in the name of the viewer's organization, newest first."""
    kind = request.GET.get("kind", "") if request.GET.get("kind") in ("act", "read") else ""
    return Page("home/journal.html", {"entries": journal.newest(viewer=viewer, kind=kind), "kind": kind})
