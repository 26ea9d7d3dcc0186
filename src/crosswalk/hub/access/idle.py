"""The idle lock: after a quarter of an hour without a page (a setting), one signs in again and comes back here."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

_SEEN = "seen"
#: The time is written once a minute, not with every page.
_WRITE_EVERY = 60


class IdleLock:
    """Ends a session that nobody has used for a while."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request pass, or ask to sign in again."""
        if SESSION_KEY in request.session:
            now, seen = int(time.time()), request.session.get(_SEEN)
            if seen is not None and now - seen > 60 * settings.SITE.idle_minutes:
                where = request.get_full_path()
                logout(request)
                return (
                    redirect_to_login(where)
                    if request.method in ("GET", "HEAD")
                    else redirect("account_login")
                )
            if seen is None or now - seen >= _WRITE_EVERY:
                request.session[_SEEN] = now
        return self.get_response(request)
