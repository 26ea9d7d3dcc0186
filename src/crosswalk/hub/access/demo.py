"""One-click sign-ins to try the hub: only on this machine, only with invented people, only where a site says so."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crosswalk.hub.access.models import Membership
from crosswalk.hub.access.roles import Role
from crosswalk.hub.access.viewer import ACTING, DEMO

LOOPBACK = ("127.0.0.1", "::1")
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def is_this_machine(request: HttpRequest) -> bool:
    """Whether the request came from this machine itself, through no proxy."""
    forwarded = {"HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"} & request.META.keys()
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not forwarded


def is_offered(request: HttpRequest) -> bool:
    """Whether one-click sign-ins are open to this request: asked for, invented, and from this machine."""
    return bool(settings.SITE.demo and settings.SITE.invented and is_this_machine(request))


def invented_people() -> list[Membership]:
    """The invented people who can be signed in as, in the order of their making."""
    found = Membership.objects.filter(worker__invented=True, worker__is_active=True, ended_at=None)
    return list(found.select_related("worker", "organization").order_by("pk"))


def offered(request: HttpRequest) -> dict[str, Any]:
    """For the sign-in page: the invented people who can be signed in as."""
    if not is_offered(request):
        return {"demo_sign_ins": ()}
    return {
        "demo_sign_ins": [
            {
                "membership": one.pk,
                "name": one.worker.name,
                "role": Role(one.role).label,
                "organization": one.organization.name,
                "begins_as": _("Start here") if one.role == Role.COORDINATOR else "",
            }
            for one in invented_people()
        ]
    }


@require_POST
def sign_in(request: HttpRequest, membership: int) -> HttpResponse:
    """Sign in as an invented person."""
    if not is_offered(request):
        raise Http404
    chosen = Membership.objects.filter(
        pk=membership, worker__invented=True, worker__is_active=True, ended_at=None
    )
    one = chosen.select_related("worker").first()
    if one is None:
        raise Http404
    login(request, one.worker, backend=_BACKEND)
    request.session[DEMO], request.session[ACTING] = True, one.pk
    UserSession.objects.create_from_request(request)
    return redirect("home")
