"""The audit from referral to service: which ended in none and where they stopped, to look through and take along."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.finding.lists.forms import TakeAlong
from crosswalk.hub.finding.lists.sheet import about
from crosswalk.hub.journal.actions import read
from crosswalk.hub.pages.policy import edition
from crosswalk.hub.pages.sheets import as_file
from crosswalk.hub.referrals import audit as audits
from crosswalk.hub.referrals.audit import Asked

#: So many lines are shown; all of them go into the sheet.
FIRST = 100
_LINE = ("name", "service", "plan", "provider", "where it stopped", "why")


@door(acts.see_referrals)
def audit(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Where they stopped and why, in counts; beneath, the newest of them."""
    asked, now = Asked.of(request.GET, viewer), timezone.now()
    rows = list(audits.lines(viewer=viewer, asked=asked, at=now)[:FIRST])
    if rows:
        persons = list(dict.fromkeys(one.person_id for one in rows))
        read(viewer, "audit referrals", persons=persons, fields=_LINE, basis=may.basis, subject=asked.which)
    shown = {
        "asked": asked, "rows": rows, "told": audits.stops(viewer=viewer, asked=asked, at=now),
        "may_take": bool(acts.take_list_along(viewer)), "why_of": audits.why_words, "which": audits.WHICH, "now": now,
    }  # fmt: skip
    return Page("referrals/audit.html", shown)


@door(acts.take_list_along, methods=("GET", "HEAD", "POST"))
def sheet(request: HttpRequest, viewer: Viewer, *, may: May) -> Page | HttpResponse:
    """Take the audit along: how many lines, what for, and then the file; everybody in it is a read in the journal."""
    asked, now = Asked.of(request.GET, viewer), timezone.now()
    form = TakeAlong(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        shown = {"form": form, "asked": asked, "told": audits.stops(viewer=viewer, asked=asked, at=now),
                 "most": audits.MOST_IN_A_SHEET, "columns": audits.columns()}  # fmt: skip
        return Page("referrals/audit_sheet.html", shown, status=422 if request.method == "POST" else 200)
    rows = list(audits.lines(viewer=viewer, asked=asked, at=now)[: audits.MOST_IN_A_SHEET])
    purpose, kind = form.cleaned_data["purpose"], form.cleaned_data["sheet"]
    persons = list(dict.fromkeys(one.person_id for one in rows))
    read(
        viewer,
        "take audit along",
        persons=persons,
        fields=_LINE,
        basis=may.basis,
        subject=asked.which,
        why=purpose,
    )
    lines = audits.cells(rows, now)
    whence = about(viewer, purpose, edition(viewer.on).release, now)
    name = f"referral-audit-{viewer.on.isoformat()}"
    return as_file(name, kind, audits.columns(), audits.WIDTHS, lines, whence)
