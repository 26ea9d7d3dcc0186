"""The loop: lists by whose turn it is, one referral with everything that happened, and its next turn."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.core.journeys.referral import GIVING
from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.queries import carers
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.journal.actions import read
from crosswalk.hub.people import queries as people
from crosswalk.hub.referrals import actions, needs, queries
from crosswalk.hub.referrals.words import DO, state_words

_LISTS = ("inbox", "mine", "desk", "sent", "plan", "not_started", "silent", "closed")
_LINE = ("name", "service", "state", "receiver")
#: So many referrals stand on a page of a list.
ON_A_PAGE = 50
#: So many receivers are offered when it is given to another.
FIRST = 6
#: Turns that need more than a press; they have their own part of the page, or of the desk.
_OWN_PLACE = GIVING | {"submit", "log"}


@door(acts.see_referrals)
def loop(request: HttpRequest, viewer: Viewer, *, may: May, which: str) -> Page:
    """One list of referrals: whose turn it is, how old, what is due first at the top."""
    if which not in _LISTS:
        raise Http404
    said = request.GET.get("page", "")
    page = int(said) if said.isdecimal() and 0 < len(said) < 6 and int(said) else 1
    start = (page - 1) * ON_A_PAGE
    rows = list(queries.listed(viewer=viewer, which=which)[start : start + ON_A_PAGE + 1])
    rows, more = rows[:ON_A_PAGE], len(rows) > ON_A_PAGE
    if rows:
        read(
            viewer, "open referrals", persons=list(dict.fromkeys(one.person_id for one in rows)), fields=_LINE,
            basis=may.basis, subject=which,
        )  # fmt: skip
    known = queries.names(viewer=viewer, rows=rows)
    return Page(
        "referrals/loop.html",
        {"which": which, "rows": rows, "known": known, "lists": _LISTS, "now": timezone.now(),
         "told": queries.counts(viewer=viewer), "page": page, "start": start, "more": more},
    )  # fmt: skip


@door(acts.see_referrals)
def referral(request: HttpRequest, viewer: Viewer, *, may: May, referral_id: int) -> Page:
    """Everything about one referral that this party may know, and what can be done now."""
    return _page(viewer, may, referral_id)


@door(acts.turn_referral, methods=("POST",))
def take_turn(request: HttpRequest, viewer: Viewer, *, may: May, referral_id: int) -> Page | HttpResponse:
    """Make the next turn; of one that came too late the page says who was there first."""
    sent = request.POST
    to = sent.get("service_id", "")
    try:
        one = actions.take_turn(
            by=viewer, at=timezone.now(), referral_id=referral_id, verb=sent.get("verb", ""),
            saw=int(sent["saw"]) if sent.get("saw", "").isdigit() else None,
            reason=sent.get(f"reason_{sent.get('verb', '')}", ""), words=sent.get("words", "").strip()[:500],
            service_id=int(to) if to.isdigit() else None,
            lead=actions.LeadNamed(
                int(sent["lead"]) if sent.get("lead", "").isdigit() else None,
                sent.get("lead_name", ""), sent.get("lead_reach", ""),
            ),
        )  # fmt: skip
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        return _page(viewer, may, referral_id, refused=refused)
    messages.success(request, _("Done. It is “%(state)s” now.") % {"state": state_words(one.state)})
    return redirect("referral", referral_id)


@door(acts.turn_referral, methods=("POST",))
def give_notice(
    request: HttpRequest, viewer: Viewer, *, may: May, referral_id: int, notice_id: int
) -> HttpResponse:
    """Say that a notice has been given."""
    try:
        actions.give_notice(
            by=viewer, at=timezone.now(), referral_id=referral_id, notice_id=notice_id,
            way=request.POST.get("way", ""),
        )  # fmt: skip
    except LookupError:
        raise Http404 from None
    return redirect("referral", referral_id)


def _page(viewer: Viewer, may: May, referral_id: int, *, refused: Refused | None = None) -> Page:
    one = queries.referral(viewer=viewer, referral_id=referral_id)
    if one is None:
        raise Http404
    read(
        viewer, "open referral", persons=[one.person_id], fields=["referral", "what was sent"], basis=may.basis,
        subject=f"referral:{one.pk}",
    )  # fmt: skip
    table = queries.states(viewer)
    mine = queries.parties_of(viewer, one)
    turns = {
        row.verb: row for party in mine for row in table.open_to(one.state, one.authorization, party)
        if row.verb not in _OWN_PLACE
    }  # fmt: skip
    person = people.person(viewer=viewer, person_id=one.person_id)
    may_offer = any(
        row.verb == "offer" for party in mine for row in table.open_to(one.state, one.authorization, party)
    )
    code = one.population or one.service
    offer = queries.offer(viewer=viewer, referral=one) if one.receiver_id else None
    shown = {
        "one": one,
        "person": person,
        "name": queries.names(viewer=viewer, rows=[one])[one.pk],
        "offer": offer,
        "edges": queries.edges(viewer=viewer, referral_id=one.pk),
        "notices": queries.notices(viewer=viewer, referral_id=one.pk),
        "turns": turns,
        "reasons": {
            row.verb: table.reasons_for(row.reason, one.state) for row in turns.values() if row.reason
        },
        "do": DO,
        "table": table,
        "mine": mine,
        "again": needs.lines(viewer=viewer, person=person, code=code).ranked[:FIRST] if person and may_offer else (),
        "refused": refused,
        "leads": carers(organization_id=one.receiver_id) if "accept" in turns else (),
        "now": timezone.now(),
    }  # fmt: skip
    return Page("referrals/referral.html", shown, status=422 if refused else 200)
