"""The work lists: to look through, to share the work of, to keep a view of, and to take along."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.finding.lists import actions, queries
from crosswalk.hub.finding.lists import sheet as sheets
from crosswalk.hub.finding.lists.filters import ME, Filters
from crosswalk.hub.finding.lists.forms import Give, KeepView, SetAside, TakeAlong
from crosswalk.hub.finding.lists.queries import Found
from crosswalk.hub.finding.lists.showing import Shown, read_lines
from crosswalk.hub.finding.lists.showing import shown as shown_of
from crosswalk.hub.finding.programs import counties, programs
from crosswalk.hub.finding.queries import new_since
from crosswalk.hub.pages.sheets import as_file

#: What a line of a list shows of a person; the journal names these fields.
LINE = ("name", "age", "language", "county", "plan", "programs", "last seen", "next step")
#: Persons that one act may be about.
_MOST_AT_ONCE = 200
_Answer: TypeAlias = "Page | HttpResponse"


@door(acts.see_lists)
def listed(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Who is likely eligible and not served, the greatest need first."""
    return _list(viewer, may, Filters.of(request.GET.dict()), KeepView())


def _list(viewer: Viewer, may: May, filters: Filters, form: KeepView, status: int = 200) -> Page:
    """The page of a list; every person on it is a read in the journal."""
    around = queries.desk(viewer=viewer)
    since = new_since(around.run)
    (found,) = shown_of(viewer, [(queries.listed(viewer=viewer, filters=filters, new_since=since), filters)])
    read_lines(viewer, "open list", found.rows, found.lines, fields=LINE, basis=may.basis)
    shown: dict[str, Any] = {
        "filters": filters,
        "found": found,
        "desk": around,
        "run": around.run,
        "new_since": since,
        "programs": programs(around.run.on) if around.run else {},
        "counties": counties(),
        "whys": queries.whys(viewer=viewer, rows=found.rows, since=since) if filters.new and since else {},
        "form": form,
        "may_work": bool(acts.take_on(viewer)),
        "hidden": queries.hidden_of_mine(viewer=viewer) if filters.who == ME else 0,
    }
    return Page("finding/listed.html", shown, status=status)


@door(acts.see_lists)
def lost(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Who is no longer likely eligible for something they were, and what turned over."""
    after = request.GET.get("after", "")
    begins = int(after) if after.isascii() and after.isdigit() else 0
    run = queries.desk(viewer=viewer).run
    (found,) = shown_of(viewer, [(queries.lost(viewer=viewer, after=begins), Filters())])
    read_lines(
        viewer,
        "open lost",
        found.rows,
        found.lines,
        fields=("name", "programs", "what changed"),
        basis=may.basis,
    )
    shown = {
        "found": found,
        "run": run,
        "programs": programs(run.on) if run else {},
    }
    return Page("finding/lost.html", shown)


@door(acts.take_on, methods=("POST",))
def chosen(request: HttpRequest, viewer: Viewer, *, may: May) -> _Answer:
    """What to do with the chosen persons: at once, or after a question about it."""
    persons = request.POST.getlist("person")[:_MOST_AT_ONCE]
    back = Filters.of_address(request.POST.get("back", ""))
    what = request.POST.get("do", "")
    if not persons:
        messages.error(request, _("Choose at least one person, then what to do."))
        return redirect(reverse("listed") + back.address())
    try:
        if what in ("give", "aside"):
            return _asked(request, viewer, may, what, persons, back)
        return _done(request, back, _at_once(viewer, what, persons), what)
    except LookupError:
        raise Http404 from None


def _at_once(viewer: Viewer, what: str, persons: list[str]) -> actions.Done:
    """The acts that need no more words."""
    at = timezone.now()
    if what == "mine":
        return actions.give(by=viewer, at=at, persons=persons, worker_id=viewer.worker_id)
    act = {"free": actions.let_go, "back": actions.put_back}.get(what)
    if act is None:
        raise LookupError
    return act(by=viewer, at=at, persons=persons)


def _asked(
    request: HttpRequest, viewer: Viewer, may: May, what: str, persons: list[str], back: Filters
) -> _Answer:
    """The acts that need a colleague, or a reason and a time: a page that says about whom, then it is done."""
    said = request.POST if "sure" in request.POST else None
    around = queries.desk(viewer=viewer)
    form: Give | SetAside = Give(said, colleagues=around.colleagues) if what == "give" else SetAside(said)
    if said is not None and form.is_valid():
        act = actions.give if what == "give" else actions.set_aside
        return _done(
            request, back, act(by=viewer, at=timezone.now(), persons=persons, **form.cleaned_data), what
        )
    (found,) = shown_of(viewer, [(Found(queries.chosen(viewer=viewer, persons=persons), ""), Filters())])
    if not found.rows or around.run is None:
        raise Http404
    read_lines(viewer, "open chosen", found.rows, found.lines, fields=("name", "next step"), basis=may.basis)
    shown = {
        "rows": found.rows,
        "form": form,
        "what": what,
        "back": back,
        "on": viewer.on,
        "programs": programs(around.run.on),
    }
    return Page("finding/chosen.html", shown, status=200 if said is None else 422)


def _done(request: HttpRequest, back: Filters, done: actions.Done, what: str) -> HttpResponse:
    """Back to the list, which says what was done and offers to take it back."""
    messages.success(request, _said(what, done.count), extra_tags=reverse("undo", args=[done.entry]))
    return redirect(reverse("listed") + back.address())


def _said(what: str, count: int) -> str:
    return {
        "mine": ngettext("You took %(n)s person on.", "You took %(n)s people on.", count),
        "give": ngettext("%(n)s person was given.", "%(n)s people were given.", count),
        "aside": ngettext("%(n)s person is set aside.", "%(n)s people are set aside.", count),
        "free": ngettext("%(n)s person is nobody's now.", "%(n)s people are nobody's now.", count),
        "back": ngettext("%(n)s person is back on the list.", "%(n)s people are back on the list.", count),
        "undo": ngettext("Taken back for %(n)s person.", "Taken back for %(n)s people.", count),
    }[what] % {"n": count}


@door(acts.take_on, methods=("POST",))
def undo(request: HttpRequest, viewer: Viewer, *, may: May, entry: int) -> HttpResponse:
    """Take back what one did a moment ago."""
    try:
        done = actions.undo(by=viewer, at=timezone.now(), entry=entry)
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _said("undo", done.count))
    return redirect(
        reverse("listed") + Filters.of_address(request.POST.get("back", "").partition("?")[2]).address()
    )


@door(acts.keep_views, methods=("POST",))
def keep_view(request: HttpRequest, viewer: Viewer, *, may: May) -> _Answer:
    """Keep the list as it is narrowed, under a name."""
    form, filters = KeepView(request.POST), Filters.of_address(request.POST.get("back", ""))
    if form.is_valid():
        try:
            made = actions.keep_view(by=viewer, at=timezone.now(), filters=filters, **form.cleaned_data)
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("The view is kept."))
            return redirect(reverse("listed") + made.address)
    return _list(viewer, acts.see_lists(viewer), filters, form, status=422)


@door(acts.keep_views, methods=("POST",))
def let_view_go(request: HttpRequest, viewer: Viewer, *, may: May, view_id: int) -> HttpResponse:
    """Let a kept view of one's own go."""
    try:
        actions.let_view_go(by=viewer, at=timezone.now(), view_id=view_id)
    except LookupError:
        raise Http404 from None
    messages.success(request, _("The view is gone; the list stays as it was."))
    return redirect("listed")


@door(acts.take_list_along, methods=("GET", "HEAD", "POST"))
def sheet(request: HttpRequest, viewer: Viewer, *, may: May) -> _Answer:
    """Take a list along: how many it is about and what it holds, what for, and then the file."""
    filters = Filters.of(request.GET.dict())
    run = queries.desk(viewer=viewer).run
    if run is None:
        raise Http404
    rows = queries.narrowed(viewer=viewer, filters=filters, new_since=new_since(run))
    form = TakeAlong(request.POST or None)
    if request.method == "POST" and form.is_valid():
        (found,) = shown_of(viewer, [(Found(list(rows[: queries.MOST_IN_A_SHEET]), ""), filters)])
        return _file(viewer, may, found, run, **form.cleaned_data)
    shown = {
        "form": form,
        "filters": filters,
        "count": rows.count(),
        "most": queries.MOST_IN_A_SHEET,
        "columns": sheets.columns(),
    }
    return Page("finding/sheet.html", shown, status=422 if request.method == "POST" else 200)


def _file(viewer: Viewer, may: May, found: Shown, run: Any, *, purpose: str, sheet: str) -> HttpResponse:
    """The file itself; everybody in it is a read in the journal, with what it is for."""
    on: date = run.on
    fields = (*LINE, "taken on by")
    read_lines(
        viewer, "take list along", found.rows, found.lines, fields=fields, basis=may.basis, why=purpose
    )
    told = found.lines
    lines = [sheets.cells(one, told[one.person_id], programs(on), counties(), on) for one in found.rows]
    whence = sheets.about(viewer, purpose, run.release, timezone.now())
    name = f"work-list-{viewer.on.isoformat()}"
    return as_file(name, sheet, sheets.columns(), sheets.WIDTHS, lines, whence)
