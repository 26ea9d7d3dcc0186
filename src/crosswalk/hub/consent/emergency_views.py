"""Opening what is hidden in an emergency, closing it, and judging it afterwards."""

from __future__ import annotations

import structlog
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.through import ask_again
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent import emergencies
from crosswalk.hub.consent.models import Reason
from crosswalk.hub.journal.actions import read
from crosswalk.hub.people import queries as people

_LOG = structlog.get_logger("crosswalk")


class OpenEmergency(forms.Form):
    """Why it is an emergency."""

    reason = forms.ChoiceField(label=_("What is the emergency?"), choices=[("", "—"), *Reason.choices])
    words = forms.CharField(
        label=_("In a sentence"), max_length=400,
        help_text=_("What happens now, and what you need to know for it. A reviewer reads it."),
    )  # fmt: skip


@door(acts.open_emergency, methods=("GET", "HEAD", "POST"))
def emergency(request: HttpRequest, viewer: Viewer, *, may: May, person_id: str) -> Page | HttpResponse:
    """Ask why, ask for the second factor again, and open for an hour."""
    person = people.person(viewer=viewer, person_id=person_id)
    if person is None:
        raise Http404
    if not acts.is_fresh(viewer):
        return redirect(ask_again(viewer, request.path))
    form = OpenEmergency(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            emergencies.open_emergency(by=viewer, at=timezone.now(), person_id=person_id, **form.cleaned_data)
        except LookupError:
            raise Http404 from None
        except Refused as refused:
            form.add_error(refused.place or None, str(refused))
        else:
            _LOG.warning("emergency access", worker=viewer.worker_id, organization=viewer.organization_id)
            return redirect("person", person_id)
    read(viewer, "ask for emergency access", persons=[person_id], fields=["name"], basis=may.basis)
    status = 422 if request.method == "POST" else 200
    return Page("consent/emergency.html", {"person": person, "form": form}, status=status)


@door(acts.open_emergency, methods=("POST",))
def close(request: HttpRequest, viewer: Viewer, *, may: May, person_id: str) -> HttpResponse:
    """Close it before the hour is over."""
    try:
        emergencies.close(by=viewer, at=timezone.now(), person_id=person_id)
    except LookupError:
        raise Http404 from None
    messages.success(request, _("The emergency access is closed."))
    return redirect("person", person_id)


@door(acts.review_emergency)
def waiting(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Every emergency access, those to judge first."""
    return _waiting(viewer, may)


def _waiting(viewer: Viewer, may: May, wrong: tuple[int, str] | None = None) -> Page:
    found = list(emergencies.waiting(viewer=viewer)[:200])
    if found:
        persons = sorted({one.person_id for one in found})
        read(
            viewer, "open emergencies", persons=persons, fields=["name", "emergency access"], basis=may.basis
        )
    now = timezone.now()
    shown = {"found": [(one, one.is_overdue(now)) for one in found], "wrong": wrong}
    return Page("consent/emergencies.html", shown, status=422 if wrong else 200)


@door(acts.review_emergency, methods=("POST",))
def review(request: HttpRequest, viewer: Viewer, *, may: May, emergency_id: int) -> Page | HttpResponse:
    """Judge one."""
    try:
        emergencies.review(
            by=viewer,
            at=timezone.now(),
            emergency_id=emergency_id,
            right=request.POST.get("right") == "yes",
            words=request.POST.get("words", ""),
        )
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        return _waiting(viewer, may, wrong=(emergency_id, str(refused)))
    messages.success(request, _("Your review is kept."))
    return redirect("emergencies")
