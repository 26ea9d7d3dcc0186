"""Notices owed: a list to choose from, letters to print, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.journal.actions import read
from crosswalk.hub.referrals import notices
from crosswalk.hub.referrals.models import Way


@door(acts.turn_referral)
def owed(request: HttpRequest, viewer: Viewer, *, may: May, pile: str) -> Page:
    """One list of notices to the people themselves."""
    return _page(viewer, may, pile)


@door(acts.turn_referral, methods=("POST",))
def chosen(request: HttpRequest, viewer: Viewer, *, may: May, pile: str) -> Page | HttpResponse:
    """Print those chosen, or say how they were given."""
    ids, do = _numbers(request.POST.getlist("notice")), request.POST.get("do", "")
    if do != "print" and do not in Way.values:
        raise Http404
    try:
        if do == "print":
            printed = notices.print_notices(by=viewer, at=timezone.now(), notice_ids=ids)
            return redirect(f"{reverse('letters')}?of={','.join(map(str, printed))}")
        count = notices.give(by=viewer, at=timezone.now(), notice_ids=ids, way=do)
    except Refused as refused:
        return _page(viewer, may, pile, refused)
    said = ngettext("%(num)s notice is given.", "%(num)s notices are given.", count)
    messages.success(request, said % {"num": count})
    return redirect("notices", pile)


@door(acts.turn_referral)
def letters(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """The letters themselves, each a sheet of paper."""
    ids = _numbers(request.GET.get("of", "").split(","))
    made = notices.letters(viewer=viewer, at=timezone.now(), notice_ids=ids)
    if not made:
        raise Http404
    for one in made:
        read(
            viewer, "read notice", persons=[one.notice.person_id], fields=["name", "address", "service"],
            basis=one.basis, subject=f"referral:{one.notice.referral_id}",
        )  # fmt: skip
    return Page("referrals/letters.html", {"letters": made})


@door(acts.turn_referral, methods=("POST",))
def came_back(request: HttpRequest, viewer: Viewer, *, may: May, notice_id: int) -> HttpResponse:
    """Say that a letter came back."""
    try:
        notices.came_back(by=viewer, at=timezone.now(), notice_id=notice_id)
    except LookupError:
        raise Http404 from None
    return redirect("notices", "owed")


def _page(viewer: Viewer, may: May, pile: str, refused: Refused | None = None) -> Page:
    if pile not in notices.PILES:
        raise Http404
    rows = list(notices.listed(viewer=viewer, pile=pile, at=timezone.now())[: notices.FIRST])
    if rows:
        persons = list(dict.fromkeys(one.person_id for one in rows))
        read(viewer, "list notices", persons=persons, fields=["name", "language", "notice"], basis=may.basis)
    shown = {"rows": rows, "pile": pile, "lists": notices.PILES, "refused": refused, "first": notices.FIRST}
    return Page("referrals/notices.html", shown, status=422 if refused else 200)


def _numbers(said: Iterable[str]) -> list[int]:
    return [int(one) for one in said if one.isdecimal() and len(one) < 18]
