"""The public form and the short one: no account, nothing revealed; and what came of them, at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.demo import LOOPBACK
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.itself import as_the_hub
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.journal.actions import read
from crosswalk.hub.people import adding, search
from crosswalk.hub.people.showing import those_to_show
from crosswalk.hub.referrals import asking, queries
from crosswalk.hub.referrals.forms import STEPS, Ask, Short

_FIELDS = ("who", "needs", "words", "name", "born", "reach", "place", "asker", "asker_reach", "agreed")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """One question a page; what was answered travels along in the form, and is kept only at the end."""
    if request.method != "POST":
        return _drawn(request, 0, Ask(asked=STEPS[0]))
    step = min(int(request.POST["step"]) if request.POST.get("step", "").isdigit() else 0, len(STEPS) - 1)
    own = request.POST.get("who") == "self"
    if request.POST.get("go") == "back":
        return _drawn(request, _next(step, own, -1), None)
    form = Ask(request.POST, asked=STEPS[step])
    if not form.is_valid():
        return _drawn(request, step, form, status=422)
    if step < len(STEPS) - 1:
        return _drawn(request, _next(step, own, 1), None)
    return _kept(
        request, Ask, "public", asked=tuple(name for name in _FIELDS if not (own and "asker" in name))
    )


def _next(step: int, own: bool, by: int) -> int:
    """The page after, or before; who asks for themselves is not asked who asks."""
    there = max(step + by, 0)
    return there + by if own and STEPS[there] == ("asker", "asker_reach") else there


def _drawn(request: HttpRequest, step: int, form: Ask | None, status: int = 200) -> HttpResponse:
    shown = form or Ask(
        initial={
            key: request.POST.getlist(key) if key == "needs" else request.POST.get(key, "")
            for key in STEPS[step]
        },
        asked=STEPS[step],
    )
    kept = [
        (key, value)
        for key in _FIELDS
        if key not in STEPS[step]
        for value in request.POST.getlist(key)
        if value
    ]
    page = {"form": shown, "step": step, "steps": len(STEPS), "kept": kept, "refused": None}
    return HttpResponse(render_to_string("referrals/ask.html", page, request, using="jinja2"), status=status)


def _kept(request: HttpRequest, made: Any, kind: str, **asked: Any) -> HttpResponse:
    form, refused = made(request.POST, **asked), None
    if form.is_valid():
        said = {key: value for key, value in form.cleaned_data.items() if key != "website"}
        try:
            if not form.cleaned_data["website"]:
                with as_the_hub():
                    asking.keep(
                        at=timezone.now(), form=kind, language=get_language() or "en", said=said,
                        address=_from(request),
                    )  # fmt: skip
            return HttpResponse(render_to_string("referrals/thanks.html", {}, request, using="jinja2"))
        except LookupError:
            raise Http404 from None
        except Refused as told:
            refused = told
    page = {"form": form, "step": 0, "steps": 0, "kept": [], "refused": refused}
    template = "referrals/ask.html" if kind == "public" else "referrals/short.html"
    return HttpResponse(
        render_to_string(template, page, request, using="jinja2"), status=429 if refused else 422
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_short(request: HttpRequest) -> HttpResponse:
    """The short form for hospitals and street teams, on one page."""
    if request.method == "POST":
        return _kept(request, Short, "short")
    page = {"form": Short(), "refused": None}
    return HttpResponse(render_to_string("referrals/short.html", page, request, using="jinja2"))


@door(acts.take_requests)
def requests(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """What people asked for and nobody took up yet, the oldest first."""
    return Page("referrals/requests.html", {"found": queries.requests(viewer=viewer)})


@door(acts.take_requests, methods=("GET", "HEAD", "POST"))
def one_request(request: HttpRequest, viewer: Viewer, *, may: May, request_id: int) -> Page | HttpResponse:
    """Who it may be, among those whom one may see; saying so leads to the desk."""
    one = queries.request(viewer=viewer, request_id=request_id)
    if one is None:
        raise Http404
    refused = None
    if request.method == "POST":
        try:
            person = request.POST.get("person", "")
            if request.POST.get("write_down"):
                said = adding.begun(f"{one.name} {one.born}", viewer.on)
                person = adding.add(by=viewer, at=timezone.now(), said=said, anyway=True).pk
            if not person:
                asking.close(
                    by=viewer, at=timezone.now(), request_id=request_id, why=request.POST.get("why", "")
                )
                messages.success(request, _("It is closed."))
                return redirect("requests")
            asking.take(by=viewer, at=timezone.now(), request_id=request_id, person_id=person)
            return redirect(f"{reverse('desk', args=[person])}")
        except LookupError:
            raise Http404 from None
        except Refused as told:
            refused = told
    sought = search.found(viewer=viewer, text=f"{one.name} {one.born}".strip(), on=viewer.on)
    found, lines = those_to_show(viewer, sought)
    shown = [likely.person.pk for likely in found.likely]
    if shown:
        fields = ("name", "other name", "birth date", "last seen")
        read(
            viewer, "find person", persons=shown, fields=fields, basis=lines.basis(may.basis, shown),
            subject=f"request:{one.pk}", withheld=lines.withheld(shown),
        )  # fmt: skip
    return Page(
        "referrals/request.html",
        {"one": one, "found": found, "lines": lines, "refused": refused},
        status=422 if refused else 200,
    )


def _from(request: HttpRequest) -> str:
    """Where a form came from: whoever spoke to the web server, or to the proxy on this machine before it.

    What a proxy writes it puts at the end; whatever stands before that may be made up by whoever asks.
    """
    near: str = request.META.get("REMOTE_ADDR", "")
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return told if told and near in LOOPBACK else near
