"""Answering from an e-mail without signing in: opening shows, only pressing acts; it shows nobody's name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from crosswalk.core.basics import Refused
from crosswalk.hub.access.itself import as_the_hub
from crosswalk.hub.access.queries import carers
from crosswalk.hub.referrals import links
from crosswalk.hub.referrals.actions import LeadNamed
from crosswalk.hub.referrals.words import DO


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """The referral's number, the service, and the answers; an old link says that it is one. Mail scanners only look."""
    refused, done = None, ""
    with as_the_hub():
        if request.method == "POST":
            verb = request.POST.get("verb", "")
            try:
                found = links.answer(
                    token, verb=verb, reason=request.POST.get(f"reason_{verb}", ""), at=timezone.now(),
                    lead=LeadNamed(
                        name=request.POST.get("lead_name", ""), reach=request.POST.get("lead_reach", "")
                    ),
                )  # fmt: skip
                done = found.one.state if found.one else ""
            except Refused as said:
                refused = said
                found = links.opened(token)
            except LookupError:
                found = links.opened(token)
        else:
            found = links.opened(token)
        return _drawn(request, token, found, refused, done)


def _drawn(
    request: HttpRequest, token: str, found: links.Opened, refused: Refused | None, done: str
) -> HttpResponse:
    one, table = found.one, found.table
    turns: dict[str, Any] = {}
    if one is not None and not done:
        rows = {row.verb: row for row in table.open_to(one.state, one.authorization, "provider")}
        turns = {verb: rows[verb] for verb in links.ANSWERS if verb in rows}
    shown = {
        "one": one,
        "why": found.why,
        "token": token,
        "done": done,
        "refused": refused,
        "turns": turns,
        "reasons": {
            verb: table.reasons_for(row.reason, one.state)
            for verb, row in turns.items()
            if row.reason and one
        },
        "do": DO,
        "leads": carers(organization_id=one.receiver_id) if one else (),
    }
    status = (
        410 if found.why in ("ended", "used", "closed") else 404 if found.why else 422 if refused else 200
    )
    return HttpResponse(
        render_to_string("referrals/answer.html", shown, request, using="jinja2"), status=status
    )
