"""Pages of one's own account, and of who works in one's organization."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import actions, acts, ending, queries
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.forms import EndAccess, EndAccessAtOnce, GiveAccess
from crosswalk.hub.access.viewer import ACTING, Viewer


@door(acts.sign_in_pages)
def account(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """One's own account: where one is signed in, and the second factor."""
    here = request.session.session_key
    return Page("access/account.html", {"sessions": queries.own_sessions(viewer=viewer), "here": here})


@door(acts.sign_in_pages, methods=("POST",))
def end_session(request: HttpRequest, viewer: Viewer, *, may: May, session_id: int) -> HttpResponse:
    """Sign one device out."""
    try:
        actions.end_own_session(by=viewer, at=timezone.now(), session_id=session_id)
    except LookupError:
        raise Http404 from None
    messages.success(request, _("That device is signed out."))
    return redirect("account")


@door(acts.sign_in_pages, methods=("POST",))
def act_for(request: HttpRequest, viewer: Viewer, *, may: May) -> HttpResponse:
    """Choose in whose name, and in which role, one acts."""
    wanted = request.POST.get("membership", "")
    if wanted not in {str(one.membership_id) for one in viewer.others}:
        raise Http404
    request.session[ACTING] = int(wanted)
    return redirect("home")


@door(acts.see_colleagues)
def colleagues(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Everybody with a role in one's organization."""
    return Page("access/colleagues.html", _colleagues(viewer))


def _colleagues(viewer: Viewer, **more: Any) -> dict[str, Any]:
    shown = {
        "people": queries.colleagues(viewer=viewer),
        "form": GiveAccess(viewer=viewer),
        "may_give": acts.give_access(viewer),
    }
    return {**shown, "link": None, "made": None, "through": None, **more}


@door(acts.give_access, methods=("POST",))
def give_access(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Let somebody in; the page then shows the link with which they choose a password."""
    form = GiveAccess(request.POST, viewer=viewer)
    if not form.is_valid():
        return Page("access/colleagues.html", _colleagues(viewer, form=form), status=422)
    try:
        let_in = actions.give_access(by=viewer, at=timezone.now(), **form.cleaned_data)
    except Refused as refused:
        form.add_error("email", str(refused))
        return Page("access/colleagues.html", _colleagues(viewer, form=form), status=422)
    worker = let_in.membership.worker
    link = request.build_absolute_uri(actions.way_in(worker)) if let_in.link_is_due else None
    shown = _colleagues(viewer, link=link, made=let_in.membership, through=let_in.through)
    return Page("access/colleagues.html", shown)


@door(acts.end_access, methods=("GET", "HEAD", "POST"))
def end_access(request: HttpRequest, viewer: Viewer, *, may: May, membership_id: int) -> Page | HttpResponse:
    """End somebody's role: what will happen, why, and then it has happened."""
    membership = queries.colleague(viewer=viewer, membership_id=membership_id)
    if membership is None or not acts.end_access(viewer, membership):
        raise Http404
    kept = ending.reasons(membership)
    form = (EndAccessAtOnce if kept else EndAccess)(request.POST or None)
    shown = {"membership": membership, "form": form, "kept": kept}
    if request.method != "POST":
        return Page("access/end_access.html", shown)
    if not form.is_valid():
        return Page("access/end_access.html", shown, status=422)
    try:
        actions.end_access(by=viewer, at=timezone.now(), membership_id=membership_id, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, f"{refused.sentence} {refused.fix}")
        return Page("access/end_access.html", shown, status=422)
    messages.success(
        request,
        _("The access of %(name)s has ended; every session is closed.") % {"name": membership.worker.name},
    )
    return redirect("colleagues")
