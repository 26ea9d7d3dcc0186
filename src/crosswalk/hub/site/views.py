"""Pages about the hub itself: is it well, what does it count, and what it says when something cannot be shown."""

from __future__ import annotations

import time

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from crosswalk.hub.access.demo import is_this_machine
from crosswalk.hub.site import backup
from crosswalk.hub.site.measures import BACKUP_AGE, REGISTRY


@never_cache
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Whether the hub answers and reaches its database; for supervisors and load balancers, so open to all."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "well", "version": settings.CROSSWALK_VERSION})


@never_cache
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Counts and times in Prometheus's text form, for a collector on this machine; to others it is not there."""
    if not is_this_machine(request):
        raise Http404
    BACKUP_AGE.set(backup.age(settings.SITE, time.time()))
    return HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages, and stay where one was."""
    where = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(where, allowed_hosts=None):
        where = "/"
    response = redirect(where)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=31536000,
            samesite="Lax",
            secure=settings.SITE.https,
        )
    return response


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same answer for what does not exist and for what is not one's to see."""
    return _plain(request, "site/not_there.html", 404)


def failed(request: HttpRequest) -> HttpResponse:
    """Our own fault: nothing of the request is repeated on the page."""
    return _plain(request, "site/failed.html", 500)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A malformed or suspicious request."""
    return _plain(request, "site/failed.html", 400)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from another sign-in, or sent from elsewhere."""
    return _plain(request, "site/form_too_old.html", 403)


def _plain(request: HttpRequest, template: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string(template, {}, request, using="jinja2"), status=status)
