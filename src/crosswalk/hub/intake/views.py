"""Sending files, reading what is wrong in them, and deciding about them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.intake import actions, queries
from crosswalk.hub.intake.arriving import most_bytes
from crosswalk.hub.intake.forms import Answer, SendFile
from crosswalk.hub.intake.models import Delivery
from crosswalk.hub.intake.sheet import workbook
from crosswalk.hub.intake.words import size_words
from crosswalk.hub.journal.actions import read

_SHOWN = ("numbers of records as sent", "cells as sent")


@door(acts.send_files, methods=("GET", "HEAD", "POST"))
def deliveries(request: HttpRequest, viewer: Viewer, *, may: May) -> Page | HttpResponse:
    """What one's organization sent, and the form that takes the next file."""
    form = SendFile(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return Page("intake/deliveries.html", _deliveries(viewer, form))
    if getattr(request, "is_too_large", False):
        _say(form, _too_large())
        return Page("intake/deliveries.html", _deliveries(viewer, form), status=413)
    if form.is_valid():
        try:
            one, is_new = actions.receive(by=viewer, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error("file", _sentence(refused))
        else:
            if not is_new:
                messages.info(request, _("This file came before; nothing was changed."))
            return redirect("delivery", one.pk)
    return Page("intake/deliveries.html", _deliveries(viewer, form), status=422)


def _deliveries(viewer: Viewer, form: SendFile) -> dict[str, Any]:
    return {"found": queries.deliveries(viewer=viewer), "form": form, "most": size_words(most_bytes())}


def _say(form: SendFile, sentence: str) -> None:
    """The one thing that is wrong, at the field of the file."""
    form.is_valid()
    form.errors.pop("file", None)
    form.add_error("file", sentence)


def _too_large() -> str:
    most = size_words(most_bytes())
    return _(
        "The file is larger than %(most)s. Send it through the drop folder (crosswalk watch), or in parts."
    ) % {"most": most}


def _sentence(refused: Refused) -> str:
    return f"{refused.sentence} {refused.fix}".strip()


@door(acts.send_files)
def delivery(request: HttpRequest, viewer: Viewer, *, may: May, delivery_id: int) -> Page:
    """One delivery: how far it is, what is wrong in it by cause, and what accepting it would change."""
    return _delivery(viewer, may, delivery_id, Answer())


def _delivery(viewer: Viewer, may: May, delivery_id: int, form: Answer, status: int = 200) -> Page:
    one = queries.delivery(viewer=viewer, delivery_id=delivery_id)
    if one is None:
        raise Http404
    causes = queries.causes(viewer=viewer, delivery_id=one.pk)
    if any(cause.examples for cause in causes):
        read(viewer, "see problems", persons=(), fields=_SHOWN, subject=f"delivery:{one.pk}", basis=may.basis)
    return Page("intake/delivery.html", {**_progress(one), "causes": causes, "form": form}, status=status)


def _progress(one: Delivery) -> dict[str, Any]:
    is_going_on = one.state in ("reading", "accepted") or (one.state == "in" and not one.listed_by)
    return {
        "one": one,
        "is_going_on": is_going_on,
        "is_worked_on": not is_going_on or queries.is_worked_on(),
    }


@door(acts.send_files, rail_shown=False)
def progress(request: HttpRequest, viewer: Viewer, *, may: May, delivery_id: int) -> Page:
    """How far a delivery is, as a part of its page that a browser can fetch again and again."""
    one = queries.delivery(viewer=viewer, delivery_id=delivery_id)
    if one is None:
        raise Http404
    return Page("intake/progress.html", _progress(one))


@door(acts.send_files)
def sheet(request: HttpRequest, viewer: Viewer, *, may: May, delivery_id: int) -> HttpResponse:
    """Every problem of a delivery as a workbook, for those who mend it at the source."""
    one = queries.delivery(viewer=viewer, delivery_id=delivery_id)
    path = workbook(one) if one and one.staged else None
    if one is None or path is None:
        raise Http404
    read(viewer, "take sheet", persons=(), fields=_SHOWN, subject=f"delivery:{one.pk}", basis=may.basis)
    handle = path.open("rb")
    path.unlink()
    return FileResponse(handle, as_attachment=True, filename=f"problems-{one.pk}.xlsx")


@door(acts.send_files, methods=("POST",))
def accept(request: HttpRequest, viewer: Viewer, *, may: May, delivery_id: int) -> HttpResponse:
    """Let it in."""
    try:
        actions.accept(by=viewer, at=timezone.now(), delivery_id=delivery_id)
        messages.success(request, _("Accepted. The lists are made anew; that can take some minutes."))
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, _sentence(refused))
    return redirect("delivery", delivery_id)


@door(acts.send_files, methods=("POST",))
def reject(request: HttpRequest, viewer: Viewer, *, may: May, delivery_id: int) -> Page | HttpResponse:
    """Turn it down, with a reason."""
    form = Answer(request.POST)
    if not form.is_valid():
        return _delivery(viewer, may, delivery_id, form, status=422)
    try:
        actions.reject(by=viewer, at=timezone.now(), delivery_id=delivery_id, why=form.cleaned_data["why"])
        messages.success(
            request, _("Rejected; nothing was changed. If it was a mistake, send the same file again.")
        )
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, _sentence(refused))
    return redirect("delivery", delivery_id)


@door(acts.send_files, methods=("POST",))
def again(request: HttpRequest, viewer: Viewer, *, may: May, delivery_id: int) -> HttpResponse:
    """Read it again after a fault of ours."""
    try:
        actions.try_again(by=viewer, at=timezone.now(), delivery_id=delivery_id)
    except LookupError:
        raise Http404 from None
    return redirect("delivery", delivery_id)
