"""One organization in the directory: what it offers, its contracts and licences, and leaving the network."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.network import actions, clocks, contracts, queries
from crosswalk.hub.network.forms import AddContract, ChangeContract, KeepLicence, Leave


@door(acts.see_network)
def organization(request: HttpRequest, viewer: Viewer, *, may: May, organization_id: int) -> Page:
    """What the directory says of one organization."""
    return _organization(viewer, organization_id)


def _organization(viewer: Viewer, organization_id: int, status: int = 200, **forms: Any) -> Page:
    one = queries.organization(viewer=viewer, organization_id=organization_id)
    if one is None:
        raise Http404
    found = queries.services_of(viewer=viewer, organization_id=organization_id)
    keeps = bool(acts.keep_network(viewer))
    shown = {
        "one": one,
        "found": found,
        "old": {service.service_id for service in found if clocks.is_old(service.room, viewer.on)},
        "contracts": queries.contracts_of(viewer=viewer, organization_id=organization_id),
        "licences": queries.licences_of(viewer=viewer, organization_id=organization_id),
        "keeps": keeps,
        "contract": AddContract(on=viewer.on, plans=queries.plans_known()) if keeps else None,
        "leave": Leave(),
        "licence": KeepLicence(initial={"starts": viewer.on}) if keeps else None,
        **forms,
    }
    return Page("network/organization.html", shown, status=status)


@door(acts.keep_network, methods=("POST",))
def add_contract(
    request: HttpRequest, viewer: Viewer, *, may: May, organization_id: int
) -> Page | HttpResponse:
    """Write a contract with a plan down."""
    form = AddContract(request.POST, on=viewer.on, plans=queries.plans_known())
    if form.is_valid():
        try:
            contracts.add_contract(
                by=viewer, at=timezone.now(), organization_id=organization_id, **form.cleaned_data
            )
        except LookupError:
            raise Http404 from None
        except Refused as refused:
            form.add_error(refused.place, f"{refused.sentence} {refused.fix}")
        else:
            messages.success(request, _("The contract is kept."))
            return redirect("network_organization", organization_id)
    return _organization(viewer, organization_id, 422, contract=form)


@door(acts.keep_network, methods=("GET", "HEAD", "POST"))
def change_contract(
    request: HttpRequest, viewer: Viewer, *, may: May, contract_id: int
) -> Page | HttpResponse:
    """Let a contract end, or go on; and how far the plan is with vetting."""
    one = queries.contract(viewer=viewer, contract_id=contract_id)
    if one is None:
        raise Http404
    names = ("ends", "credential", "credential_until", "source")
    form = ChangeContract(request.POST or None, initial={name: getattr(one, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            contracts.change_contract(
                by=viewer, at=timezone.now(), contract_id=contract_id, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(refused.place, f"{refused.sentence} {refused.fix}")
        else:
            messages.success(request, _("The contract is kept."))
            return redirect("network_organization", one.organization_id)
    status = 422 if form.errors else 200
    return Page("network/contract.html", {"one": one, "form": form}, status=status)


@door(acts.keep_network, methods=("POST",))
def keep_licence(
    request: HttpRequest, viewer: Viewer, *, may: May, organization_id: int
) -> Page | HttpResponse:
    """Write an HMIS licence down."""
    form = KeepLicence(request.POST)
    if form.is_valid():
        try:
            contracts.keep_licence(
                by=viewer, at=timezone.now(), organization_id=organization_id, **form.cleaned_data
            )
        except LookupError:
            raise Http404 from None
        except Refused as refused:
            form.add_error(refused.place, f"{refused.sentence} {refused.fix}")
        else:
            messages.success(request, _("The licence is kept."))
            return redirect("network_organization", organization_id)
    return _organization(viewer, organization_id, 422, licence=form)


@door(acts.keep_network, methods=("POST",))
def end_licence(request: HttpRequest, viewer: Viewer, *, may: May, licence_id: int) -> HttpResponse:
    """Let an HMIS licence end today."""
    try:
        one = contracts.end_licence(by=viewer, at=timezone.now(), licence_id=licence_id)
    except LookupError:
        raise Http404 from None
    messages.success(request, _("The licence has ended."))
    return redirect("network_organization", one.organization_id)


@door(acts.keep_network, methods=("POST",))
def leave(request: HttpRequest, viewer: Viewer, *, may: May, organization_id: int) -> Page | HttpResponse:
    """Let an organization leave the network, where nobody is left behind."""
    form = Leave(request.POST)
    if form.is_valid():
        try:
            actions.leave(by=viewer, at=timezone.now(), organization_id=organization_id, **form.cleaned_data)
        except LookupError:
            raise Http404 from None
        except Refused as refused:
            form.add_error("why", f"{refused.sentence} {refused.fix}".strip())
        else:
            messages.success(request, _("It left the network today. What was, stays to be read."))
            return redirect("network_organization", organization_id)
    return _organization(viewer, organization_id, 422, leave=form)
