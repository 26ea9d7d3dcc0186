"""My members: whom I lead, whom I am asked to take over, what a handoff still lacks; and who would be left behind."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.queries import carers, colleague
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.care import actions, queries
from crosswalk.hub.care.left import led_unseen, left_by
from crosswalk.hub.care.models import End
from crosswalk.hub.journal.actions import read
from crosswalk.hub.referrals.models import Way

_LINE = ("name", "service", "lead worker")


@door(acts.see_members)
def members(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Whom the viewer leads, with what waits for the viewer at the top."""
    return _members(viewer, may)


def _members(viewer: Viewer, may: May, refused: Refused | None = None) -> Page:
    own = viewer.worker_id
    shown: dict[str, Any] = {
        "incoming": queries.incoming(viewer=viewer),
        "owed": queries.unfinished(viewer=viewer, worker_id=own),
        "leads": queries.leads(viewer=viewer, worker_id=own),
    }
    rows = [one for each in shown.values() for one in each]
    if rows:
        read(viewer, "open members", persons=queries.persons(rows), fields=_LINE, basis=may.basis)
    shown["unseen"] = led_unseen(own, viewer.organization_id, len(shown["leads"]))
    return _page(viewer, "care/members.html", own, rows, refused, shown)


def _page(
    viewer: Viewer,
    template: str,
    worker_id: int,
    rows: list[Any],
    refused: Refused | None,
    shown: dict[str, Any],
) -> Page:
    here = carers(organization_id=viewer.organization_id)
    more = {
        "known": queries.names(viewer=viewer, rows=rows),
        "colleagues": [one for one in here if one.worker_id != worker_id],
        "ways": Way.choices,
        "ends": End.choices,
        "held": actions.HELD,
        "refused": refused,
    }
    return Page(template, {**shown, **more}, status=422 if refused else 200)


@door(acts.see_members, methods=("POST",))
def hand_over(request: HttpRequest, viewer: Viewer, *, may: May) -> Page | HttpResponse:
    """Ask a colleague to take one person or several over."""
    chosen = [int(one) for one in request.POST.getlist("lead") if one.isdigit()]
    worker = request.POST.get("worker", "")
    try:
        if not chosen or not worker.isdigit():
            raise Refused(
                _("Choose at least one person, and a colleague."),
                fix=_("Then press again."),
                code="care.none",
            )
        made = actions.hand_over(by=viewer, at=timezone.now(), lead_ids=chosen, worker_id=int(worker))
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        left = _membership(viewer, request)
        return _left(viewer, left, refused) if left else _members(viewer, may, refused)
    said = ngettext(
        "%(name)s is asked to take %(num)s person over. Until the answer nothing changes.",
        "%(name)s is asked to take %(num)s persons over. Until the answer nothing changes.",
        len(made),
    )
    if made[0].taker_id == viewer.worker_id:
        said = ngettext("You lead %(num)s person more now.", "You lead %(num)s persons more now.", len(made))
    messages.success(request, said % {"name": made[0].taker_name, "num": len(made)})
    return _back(request)


@door(acts.see_members, methods=("POST",))
def answer_handoff(request: HttpRequest, viewer: Viewer, *, may: May, handoff_id: int) -> Page | HttpResponse:
    """Take over, or say no."""
    answer = request.POST.get("answer", "")
    try:
        actions.answer_handoff(by=viewer, at=timezone.now(), handoff_id=handoff_id, answer=answer)
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        return _members(viewer, may, refused)
    messages.success(
        request,
        _("You lead this person now. Let yourself be introduced, and let the member be told.")
        if answer == "accepted"
        else _("You said no. Whoever asked sees it."),
    )
    return redirect("members")


@door(acts.see_members, methods=("POST",))
def handoff_step(request: HttpRequest, viewer: Viewer, *, may: May, handoff_id: int) -> HttpResponse:
    """Say that the introduction took place, or that the member was told."""
    sent = request.POST
    try:
        actions.take_step(
            by=viewer, at=timezone.now(), handoff_id=handoff_id, step=sent.get("step", ""), how=sent.get("how", "")
        )  # fmt: skip
    except LookupError:
        raise Http404 from None
    messages.success(request, _("It is kept."))
    return _back(request)


@door(acts.see_members, methods=("POST",))
def end_care(request: HttpRequest, viewer: Viewer, *, may: May, lead_id: int) -> Page | HttpResponse:
    """Say how care ended."""
    try:
        actions.end_care(
            by=viewer, at=timezone.now(), lead_id=lead_id, because=request.POST.get("because", "")
        )
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        return _members(viewer, may, refused)
    messages.success(request, _("The care has ended."))
    return redirect("members")


@door(acts.see_who_is_left)
def who_is_left(request: HttpRequest, viewer: Viewer, *, may: May, membership_id: int) -> Page:
    """Everybody whom an end of this access would leave, with what is missing; a supervisor hands them over here."""
    membership = colleague(viewer=viewer, membership_id=membership_id)
    if membership is None:
        raise Http404
    return _left(viewer, membership)


def _left(viewer: Viewer, membership: Any, refused: Refused | None = None) -> Page:
    worker = membership.worker_id
    shown: dict[str, Any] = {
        "leads": queries.leads(viewer=viewer, worker_id=worker),
        "owed": queries.unfinished(viewer=viewer, worker_id=worker, given_only=True),
    }
    rows = [*shown["leads"], *shown["owed"]]
    if rows:
        read(
            viewer, "open who is left", persons=queries.persons(rows), fields=_LINE,
            basis=acts.see_who_is_left(viewer).basis, subject=f"membership:{membership.pk}",
        )  # fmt: skip
    leads, unfinished = left_by(membership)
    shown |= {
        "membership": membership,
        "hidden": leads + unfinished - len(rows) if leads + unfinished else 0,
        "may_give": bool(acts.supervise_leads(viewer)),
        "may_end": bool(acts.end_access(viewer, membership)),
        "free": not leads and not unfinished,
    }
    return _page(viewer, "care/left.html", worker, rows, refused, shown)


def _membership(viewer: Viewer, request: HttpRequest) -> Any:
    """The colleague on whose list something was pressed; None on one's own."""
    number = request.POST.get("membership", "")
    found = colleague(viewer=viewer, membership_id=int(number)) if number.isdigit() else None
    return found if found and acts.see_who_is_left(viewer) else None


def _back(request: HttpRequest) -> HttpResponse:
    number = request.POST.get("membership", "")
    return redirect("who_is_left", int(number)) if number.isdigit() else redirect("members")
