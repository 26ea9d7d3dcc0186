"""Has anyone seen this person: the question about one person, and everything that waits for one's organization."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.journal.actions import read
from crosswalk.hub.network.clocks import days_of
from crosswalk.hub.people import queries as people
from crosswalk.hub.seeking import actions, queries
from crosswalk.hub.seeking.forms import Ask, Tell


@door(acts.ask_who_has_seen, methods=("GET", "HEAD", "POST"))
def ask(request: HttpRequest, viewer: Viewer, *, may: May, person_id: str) -> Page | HttpResponse:
    """Ask, and read what was told. The page is the same whether somebody was asked or nobody."""
    form = Ask(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask(by=viewer, at=timezone.now(), person_id=person_id, **form.cleaned_data)
        except LookupError:
            raise Http404 from None
        except Refused as refused:
            form.add_error("reach", f"{refused.sentence} {refused.fix}")
        else:
            messages.success(request, _("The question stands. What is told appears here."))
            return redirect("ask_who_has_seen", person_id)
    return _about(viewer, may, person_id, form, 422 if form.errors else 200)


def _about(viewer: Viewer, may: May, person_id: str, form: Ask, status: int) -> Page:
    person = people.person(viewer=viewer, person_id=person_id)
    if person is None:
        raise Http404
    one = queries.question(viewer=viewer, person_id=person_id)
    read(viewer, "open question", persons=[person.pk], fields=["name", "where seen"], basis=may.basis)
    shown = {
        "person": person,
        "one": one,
        "open": bool(one and one.closed_at is None and one.closes_at > timezone.now()),
        "told": queries.sightings(viewer=viewer, one=one),
        "days": days_of("seen_asked", viewer.on),
        "form": form,
    }
    return Page("seeking/ask.html", shown, status=status)


@door(acts.ask_who_has_seen, methods=("POST",))
def end(request: HttpRequest, viewer: Viewer, *, may: May, person_id: str) -> HttpResponse:
    """End one's own question."""
    try:
        actions.end(by=viewer, at=timezone.now(), person_id=person_id)
    except LookupError:
        raise Http404 from None
    messages.success(request, _("The question has ended."))
    return redirect("ask_who_has_seen", person_id)


@door(acts.answer_seen)
def seeking(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Questions that others put to one's organization, and one's own."""
    return _seeking(viewer, may)


def _seeking(viewer: Viewer, may: May, *, wrong: Any = None) -> Page:
    """`wrong`: the number of the question that was answered, and the form with what was typed."""
    asked, ours = list(queries.put_to_us(viewer=viewer, at=timezone.now())), queries.ours(viewer=viewer)
    rows = [*asked, *ours]
    if rows:
        persons = list(dict.fromkeys(one.person_id for one in rows))
        # As any list of theirs: whoever asked may print who looked at a person, which must not tell who was asked.
        read(viewer, "open list", persons=persons, fields=["name", "age"], basis=acts.see_lists(viewer).basis)
    forms = {one.pk: Tell(auto_id=f"id_{one.pk}_%s") for one in asked} | (
        {wrong[0]: wrong[1]} if wrong else {}
    )
    shown = {"asked": asked, "ours": ours, "forms": forms, "wrong": wrong[1] if wrong else None}
    return Page("seeking/seeking.html", shown, status=422 if wrong else 200)


@door(acts.answer_seen, methods=("POST",))
def answer_seen(request: HttpRequest, viewer: Viewer, *, may: May, asked_id: int) -> Page | HttpResponse:
    """Tell where the person was seen, or tell nothing."""
    form = Tell(request.POST, auto_id=f"id_{asked_id}_%s")
    try:
        if request.POST.get("answer") == "no":
            actions.say_no(by=viewer, at=timezone.now(), asked_id=asked_id)
            messages.success(
                request, _("Nothing is told. Whoever asks learns nothing, not even that you were asked.")
            )
            return redirect("seeking")
        if not queries.put_to_us(viewer=viewer, at=timezone.now()).filter(pk=asked_id).exists():
            raise LookupError
        if form.is_valid():
            actions.tell(by=viewer, at=timezone.now(), asked_id=asked_id, **form.cleaned_data)
            messages.success(request, _("It is told to whoever asks, with your name."))
            return redirect("seeking")
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        form.add_error("safe", f"{refused.sentence} {refused.fix}")
    return _seeking(viewer, may, wrong=(asked_id, form))
