"""Saying one's capacity, and reading one service with all that is known of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.core.records.network import Receiver
from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.network import actions, clocks, queries
from crosswalk.hub.network.forms import Capacity


@door(acts.state_capacity)
def capacity(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Every service that one speaks for: what was said last, and the two clicks that say it anew."""
    return _capacity(viewer)


def _capacity(viewer: Viewer, wrong: tuple[int, Capacity] | None = None, status: int = 200) -> Page:
    found = queries.own_services(viewer=viewer)
    shown = {
        "found": found,
        "old": {one.service_id for one in found if clocks.is_old(one.room, viewer.on)},
        "limit": clocks.days_of("capacity_statement", viewer.on),
        "keeps_all": bool(acts.keep_network(viewer)),
        "wrong_id": wrong[0] if wrong else 0,
        "form": wrong[1] if wrong else Capacity(),
    }
    return Page("network/capacity.html", shown, status=status)


@door(acts.state_capacity, methods=("POST",))
def state(request: HttpRequest, viewer: Viewer, *, may: May, service_id: int) -> Page | HttpResponse:
    """Say how many places one service has left; or that what was said still holds."""
    form = Capacity(request.POST)
    if form.is_valid():
        try:
            made = actions.state_capacity(
                by=viewer, at=timezone.now(), service_id=service_id, **form.cleaned_data
            )
        except LookupError:
            raise Http404 from None
        except Refused as refused:
            form.add_error("free", f"{refused.sentence} {refused.fix}".strip())
        else:
            messages.success(request, _("Kept: %(name)s.") % {"name": made.service.name})
            return redirect("capacity")
    if not acts.state_capacity(viewer, queries.organization_of(viewer=viewer, service_id=service_id)):
        raise Http404
    return _capacity(viewer, (service_id, form), status=422)


@door(acts.see_network)
def service(request: HttpRequest, viewer: Viewer, *, may: May, service_id: int) -> Page:
    """One service: for whom, where, when, under which contracts, and every statement of its capacity."""
    one = queries.receiver(viewer=viewer, service_id=service_id, on=viewer.on)
    if one is None:
        raise Http404
    return Page("network/service.html", _service(viewer, one))


def _service(viewer: Viewer, one: Receiver) -> dict[str, Any]:
    return {
        "one": one,
        "is_old": clocks.is_old(one.room, viewer.on),
        "statements": queries.statements(viewer=viewer, service_id=one.service_id),
        "may_state": bool(acts.state_capacity(viewer, one.organization_id)),
        "form": Capacity(),
    }
