"""The door of every page: who comes in, by which act, within which rows; then the page is made and kept in one go.

    @door(acts.see_lists)
    def likely(request, viewer):
        return Page("finding/list.html", {...})

A door opens one transaction, tells PostgreSQL whose rows may be seen, and draws the page inside it, so that what a
page shows, the journal entry about it and every change stand or fall together. Somebody without the right gets the
same answer as for a page that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import get_messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from crosswalk.hub.access.acts import May
from crosswalk.hub.access.viewer import Viewer, open_rows, viewer_of
from crosswalk.hub.pages import rail

Act = Callable[[Viewer], May]


@dataclass(frozen=True)
class Page:
    """What a view gives back: a template and what it shows."""

    template: str
    shown: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


View = Callable[..., "Page | HttpResponse"]


def door(
    act: Act, *, methods: tuple[str, ...] = ("GET", "HEAD"), rail_shown: bool = True
) -> Callable[[View], Any]:
    """Let in whoever may `act`; the view gets the request, the viewer, and `may` with its basis by keyword."""

    def guard(view: View) -> Any:
        @never_cache
        @require_http_methods(list(methods))
        @wraps(view)
        def enter(request: HttpRequest, **named: Any) -> HttpResponse:
            viewer = viewer_of(request)
            if viewer is None:
                return _outside(request)
            request.viewer = viewer
            may = act(viewer)
            if not may:
                if not viewer.strong:
                    return redirect("mfa_index")
                raise Http404
            try:
                with transaction.atomic():
                    open_rows(
                        worker_id=viewer.worker_id,
                        organization_id=viewer.organization_id,
                        role=viewer.role,
                        sees=viewer.sees,
                        counties=viewer.counties,
                        populations=viewer.populations,
                    )
                    made = view(request, viewer, may=may, **named)
                    return _drawn(request, viewer, made, rail_shown) if isinstance(made, Page) else made
            except BaseException:
                # What was not kept must not be told as done by the next page.
                list(get_messages(request))
                raise

        # The matrix test reads who may.
        enter.act = act
        enter.methods = methods
        return enter

    return guard


def _outside(request: HttpRequest) -> HttpResponse:
    """Nobody, or somebody whose access has ended: to the sign-in page, and back here afterwards."""
    if request.user.is_authenticated:
        request.session.flush()
    if request.method not in ("GET", "HEAD"):
        return redirect("account_login")
    return redirect_to_login(request.get_full_path())


def _drawn(request: HttpRequest, viewer: Viewer, page: Page, rail_shown: bool) -> HttpResponse:
    shown = {"viewer": viewer, "queues": rail.queues(viewer) if rail_shown else (), **page.shown}
    return HttpResponse(render_to_string(page.template, shown, request, using="jinja2"), status=page.status)
