"""Answering on the why page: the answer is kept, the person is found again, and the page shows what it changed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.exceptions import AlreadyEnqueued

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.answers import actions
from crosswalk.hub.finding.views import answer_now, answer_words, why_page
from crosswalk.hub.runs.again import find_again
from crosswalk.hub.runs.jobs import count_again


@door(acts.answer, methods=("POST",))
def answer(
    request: HttpRequest, viewer: Viewer, *, may: May, person_id: str, program: str
) -> Page | HttpResponse:
    """Keep an answer to a question of the why page, and find the person again."""
    before = answer_now(viewer, person_id, program)
    sent, day = request.POST, None
    with suppress(ValueError):
        day = date.fromisoformat(sent.get("day", ""))
    try:
        actions.answer(
            by=viewer, at=timezone.now(), person_id=person_id,
            fact=sent.get("fact", ""), value=sent.get("value", ""), day=day,
        )  # fmt: skip
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        return why_page(
            viewer, acts.see_why(viewer), person_id, program,
            refused=(sent["fact"], refused), sent_day=sent.get("day", ""), status=422,
        )  # fmt: skip
    return _found_again(request, viewer, person_id, program, before, _("Your answer is kept."))


@door(acts.answer, methods=("POST",))
def take_back(
    request: HttpRequest, viewer: Viewer, *, may: May, person_id: str, program: str, answer_id: int
) -> HttpResponse:
    """Take an answer back, and find the person again."""
    before = answer_now(viewer, person_id, program)
    try:
        actions.take_back(by=viewer, at=timezone.now(), person_id=person_id, answer_id=answer_id)
    except LookupError:
        raise Http404 from None
    return _found_again(request, viewer, person_id, program, before, _("The answer is taken back."))


def _found_again(
    request: HttpRequest, viewer: Viewer, person_id: str, program: str, before: str, done: str
) -> HttpResponse:
    find_again(viewer=viewer, person_id=person_id)
    # One count is enough for several answers; the failed insert must not take the answer with it.
    with suppress(AlreadyEnqueued), transaction.atomic():
        count_again.defer()
    after = answer_now(viewer, person_id, program)
    changed = (
        _("This was: %(before)s. Now it is: %(after)s.")
        % {"before": answer_words(before), "after": answer_words(after)}
        if before != after
        else _("It stays: %(after)s.") % {"after": answer_words(after)}
    )
    messages.success(request, f"{done} {changed}")
    return redirect("why", person_id, program)
