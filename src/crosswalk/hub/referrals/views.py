"""The desk: what a person may be referred for, who could take them, what goes along, and sending it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent.sharing import badge
from crosswalk.hub.consent.views import sharing_of
from crosswalk.hub.coverage.queries import covered, plan_now, spans
from crosswalk.hub.journal.actions import read
from crosswalk.hub.network import queries as network
from crosswalk.hub.people import queries as people
from crosswalk.hub.referrals import actions, needs, queries
from crosswalk.hub.referrals.actions import Asked
from crosswalk.hub.referrals.models import Channel
from crosswalk.hub.referrals.parcel import parcel

_SEEN = ("name", "age", "language", "coverage", "findings", "referrals")
#: So many receivers are shown open; the others are one key away.
FIRST = 8


@door(acts.refer)
def desk(request: HttpRequest, viewer: Viewer, *, may: May, person_id: str) -> Page:
    """What this person may have, what is missing, who serves them already; and after a choice, who could take them."""
    person = _person(viewer, person_id)
    code = request.GET.get("need", "")
    frame = _frame(viewer, may, person)
    # Where what was found may not be told, any help can still be asked for.
    found = needs.choices(viewer=viewer, person_id=person_id) if frame["found"].shown else []
    rest = needs.others(viewer.on, found)
    if code and code not in {*rest, *(one.code for one in found)}:
        raise Http404
    shown = frame | {"choices": found, "others": rest, "need": code}
    if not code:
        return Page("referrals/desk.html", shown)
    wanted = request.GET.get("wanted", "")
    lines = needs.lines(
        viewer=viewer, person=person, code=code, mode=request.GET.get("mode", ""),
        wanted=int(wanted) if wanted.isdigit() else None,
    )  # fmt: skip
    return Page("referrals/receivers.html", shown | {"lines": lines, "first": FIRST, "wanted": wanted,
                                                     "mode": request.GET.get("mode", "")})  # fmt: skip


@door(acts.refer, methods=("GET", "HEAD", "POST"))
def send(
    request: HttpRequest, viewer: Viewer, *, may: May, person_id: str, need: str, to_service: int
) -> Page | HttpResponse:
    """What would go to this receiver, shown before it goes; then it goes."""
    person = _person(viewer, person_id)
    to = network.receiver(viewer=viewer, service_id=to_service, on=viewer.on)
    if to is None or to.program != network.service_program(need):
        raise Http404
    asked = _asked(request.POST, need, to_service)
    refused = None
    if request.method == "POST":
        try:
            return _sent(request, viewer, person_id, asked)
        except LookupError:
            raise Http404 from None
        except Refused as said:
            refused = said
    population = need if need != to.program else ""
    companion = "ecm" if to.program.startswith("cs.") else "cs." if to.program == "ecm" else ""
    shown = _frame(viewer, may, person) | {
        "need": need,
        "to": to,
        "asked": asked,
        "refused": refused,
        "parcel": parcel(
            viewer=viewer, person=person, receiver=to, population=population, note=asked.note or "…"
        ),
        "early": needs.may_begin_early(viewer.on, to, population, plan_now(viewer=viewer, person_id=person_id)),
        "pays": needs.plan_decides(to.program),
        "channels": Channel.choices,
        "companions": [
            one for one in needs.choices(viewer=viewer, person_id=person_id)
            if companion and one.service.startswith(companion) and one.answer == "met"
            and not one.in_hand and not one.open_referral
        ],
    }  # fmt: skip
    return Page("referrals/send.html", shown, status=422 if refused else 200)


@door(acts.refer, methods=("GET", "HEAD", "POST"))
def log(request: HttpRequest, viewer: Viewer, *, may: May, person_id: str, need: str) -> Page | HttpResponse:
    """Keep a referral that was made elsewhere, so that the desk asks how it went."""
    person = _person(viewer, person_id)
    asked = _asked(request.POST, need, None)
    refused = None
    if request.method == "POST":
        try:
            if not asked.elsewhere:
                raise Refused(_("To whom is missing."), fix=_("Write to whom it was made."))
            return _sent(request, viewer, person_id, asked)
        except LookupError:
            raise Http404 from None
        except Refused as said:
            refused = said
    shown = _frame(viewer, may, person) | {
        "need": need, "asked": asked, "refused": refused, "channels": Channel.choices
    }  # fmt: skip
    return Page("referrals/log.html", shown, status=422 if refused else 200)


def _sent(request: HttpRequest, viewer: Viewer, person_id: str, asked: Asked) -> HttpResponse:
    one = actions.refer(by=viewer, at=timezone.now(), person_id=person_id, asked=asked)
    messages.success(request, _("It is on its way. From now on the hub asks when nobody answers."))
    next_need = request.POST.get("companion", "")
    if next_need:
        return redirect(f"{reverse('desk', args=[person_id])}?need={next_need}")
    return redirect("referral", one.pk)


def _asked(sent: Any, need: str, service_id: int | None) -> Asked:
    channel = sent.get("channel", "desk")
    return Asked(
        need,
        service_id,
        channel=channel if channel in Channel.values else "desk",
        expedited=sent.get("expedited") == "yes",
        note=sent.get("note", "").strip()[:1000],
        elsewhere=sent.get("elsewhere", "").strip()[:200],
        anyway=sent.get("anyway") == "yes",
    )


def _person(viewer: Viewer, person_id: str) -> Any:
    person = people.person(viewer=viewer, person_id=person_id)
    if person is None:
        raise Http404
    return person


def _frame(viewer: Viewer, may: May, person: Any) -> dict[str, Any]:
    """What every page of the desk shows about the person; each is a read in the journal."""
    held = spans(viewer=viewer, person_id=person.pk)
    sharing = sharing_of(viewer, person, held=held)
    if not sharing.who().shown:
        raise Http404
    read(viewer, "open desk", persons=[person.pk], fields=_SEEN, basis=sharing.basis(may.basis))
    return {
        "person": person,
        "on": viewer.on,
        "cover": covered(sharing.spans(held), viewer.on),
        "consent": badge(sharing.consents, viewer.on),
        "found": sharing.found(),
        "open_ones": needs.open_referrals(viewer=viewer, person_id=person.pk),
        "states": queries.states(viewer),
    }
