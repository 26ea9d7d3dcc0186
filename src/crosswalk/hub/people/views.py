"""Finding a person, and settling which records are whose."""

from __future__ import annotations

from dataclasses import asdict
from secrets import token_hex
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
from crosswalk.hub.people import actions, adding, naming, queries, review
from crosswalk.hub.people import search as searching
from crosswalk.hub.people.forms import NewPerson
from crosswalk.hub.people.showing import those_to_show

#: In the session: what was typed, by the token that stands in the address instead of it; so many are remembered.
_SEARCHES, _REMEMBERED = "searches", 8
_LINE = ("name", "other name", "age", "county", "last seen", "sources", "what fits")
_RESTRICTION = ("name", "restriction", "lead worker")
_PAIR = ("names", "birth dates", "numbers", "addresses", "phones", "evidence")


@door(acts.find_person, methods=("GET", "HEAD", "POST"))
def search(request: HttpRequest, viewer: Viewer, *, may: May) -> Page | HttpResponse:
    """The empty search; what is typed goes into the session, and only a token of it into the address."""
    text = request.POST.get("sought", "").strip()
    if request.method != "POST" or not text:
        return Page("people/search.html", {"text": "", "found": None, "forgotten": False})
    token = token_hex(8)
    kept = {**request.session.get(_SEARCHES, {}), token: text[:200]}
    request.session[_SEARCHES] = dict(list(kept.items())[-_REMEMBERED:])
    return redirect("found", token)


@door(acts.find_person)
def found(request: HttpRequest, viewer: Viewer, *, may: May, token: str) -> Page:
    """Who may be meant, the likeliest first; each person shown is an entry in the journal."""
    text = request.session.get(_SEARCHES, {}).get(token)
    if text is None:
        return Page("people/search.html", {"text": "", "found": None, "forgotten": True})
    made, lines = those_to_show(viewer, searching.found(viewer=viewer, text=text, on=viewer.on))
    shown = [one.person.pk for one in made.likely]
    if shown:
        clues = ", ".join(made.asked.clues)
        read(
            viewer, "find person", persons=shown, fields=_LINE, basis=lines.basis(may.basis, shown),
            subject=f"by {clues}", withheld=lines.withheld(shown),
        )  # fmt: skip
    page = {"text": text, "found": made, "lines": lines, "forgotten": False, "token": token}
    return Page("people/search.html", {**page, "may_add": bool(acts.add_person(viewer))})


@door(acts.add_person, methods=("GET", "HEAD", "POST"))
def add(request: HttpRequest, viewer: Viewer, *, may: May) -> Page | HttpResponse:
    """Write somebody down after a search; whoever may be meant is shown first."""
    sent = request.POST if request.method == "POST" else request.GET
    token = sent.get("token", "")
    text = request.session.get(_SEARCHES, {}).get(token)
    shown: dict[str, Any] = {"token": token if text else "", "refused": None, "alike": ()}
    if request.method != "POST":
        if text is None:
            return redirect("search")  # it begins with a search
        form = NewPerson(on=viewer.on, initial=asdict(adding.begun(text, viewer.on)))
        return Page("people/add.html", {**shown, "form": form})
    form = NewPerson(request.POST, on=viewer.on)
    if form.is_valid():
        try:
            made = adding.add(
                by=viewer, at=timezone.now(), said=form.said(), anyway=sent.get("anyway") == "yes"
            )
        except LookupError:
            raise Http404 from None
        except adding.Known as refused:
            shown |= {"refused": refused, "alike": refused.likely}
            seen = [one.person.pk for one in refused.likely]
            read(viewer, "find person", persons=seen, fields=_LINE, basis=may.basis, subject="before adding")
        except Refused as refused:
            if refused.place in form.fields:
                form.add_error(refused.place, f"{refused.sentence} {refused.fix}")
            else:
                shown["refused"] = refused
        else:
            request.session.get(_SEARCHES, {}).pop(token, None)
            messages.success(request, _("The person is written down."))
            return redirect("person", made.pk)
    return Page("people/add.html", {**shown, "form": form}, status=422)


@door(acts.add_person, methods=("POST",))
def take_back(request: HttpRequest, viewer: Viewer, *, may: May, person_id: str) -> HttpResponse:
    """Undo that somebody was written down; the search is the next thing to do."""
    try:
        adding.take_back(by=viewer, at=timezone.now(), person_id=person_id)
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        messages.warning(request, f"{refused.sentence} {refused.fix}")
        return redirect("person", person_id)
    messages.success(request, _("It is taken back; nobody was written down."))
    return redirect("search")


@door(acts.review_links)
def review_next(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """The next question: two records side by side, the evidence for and against, and the answers."""
    link = queries.open_links(viewer=viewer).first()
    pair = review.pair(viewer=viewer, link=link) if link else None
    if pair:
        read(viewer, "compare records", persons=pair.persons, fields=_PAIR, basis=may.basis)
    last = queries.last_act(viewer=viewer)
    shown = {
        "pair": pair,
        "waiting": queries.open_links(viewer=viewer).count(),
        "last": last[0] if last else None,
    }
    return Page("people/review.html", shown)


@door(acts.review_links, methods=("POST",))
def review_answer(request: HttpRequest, viewer: Viewer, *, may: May, link_id: int) -> HttpResponse:
    """Keep an answer, or put the question off, and go on to the next."""
    said, now = request.POST.get("said", ""), timezone.now()
    try:
        if said == "later":
            actions.later(by=viewer, at=now, link_id=link_id)
        else:
            because = request.POST.get("because", "").strip()[:500]
            actions.answer(by=viewer, at=now, link_id=link_id, said=said, because=because)
    except LookupError:
        raise Http404 from None
    return redirect("review")


@door(acts.review_links, methods=("POST",))
def review_undo(request: HttpRequest, viewer: Viewer, *, may: May) -> HttpResponse:
    """Take one's last answer back."""
    try:
        actions.undo(by=viewer, at=timezone.now())
    except LookupError:
        raise Http404 from None
    messages.success(request, _("Your last answer is taken back; the question is open again."))
    return redirect((request.POST.get("next") == "home" and "home") or "review")


@door(acts.review_links)
def conflicts(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Medi-Cal numbers that contradict each other."""
    listed = queries.conflicts(viewer=viewer)
    persons = list(
        dict.fromkeys(person for one in listed for person in (one.left_person_id, one.right_person_id))
    )
    if persons:
        read(viewer, "open list", persons=persons, fields=("name", "Medi-Cal number"), basis=may.basis)
    return Page("people/conflicts.html", {"conflicts": listed})


@door(acts.review_links, methods=("GET", "HEAD", "POST"))
def unlink(request: HttpRequest, viewer: Viewer, *, may: May, record_id: int) -> Page | HttpResponse:
    """Say that a record is not this person: what will happen, why, and then it has happened."""
    shown = review.unlinking(viewer=viewer, record_id=record_id)
    if shown is None:
        raise Http404
    read(viewer, "compare records", persons=[shown.person.pk], fields=_PAIR, basis=may.basis)
    because = request.POST.get("because", "")
    if request.method != "POST":
        return Page("people/unlink.html", {"shown": shown, "because": "", "refused": None})
    try:
        actions.unlink(by=viewer, at=timezone.now(), record_id=record_id, because=because)
    except Refused as refused:
        return Page(
            "people/unlink.html", {"shown": shown, "because": because, "refused": refused}, status=422
        )
    messages.success(
        request, _("The record is un-linked. Every later run holds to it; you can take it back.")
    )
    return redirect("review")


@door(acts.restrict_person, methods=("GET", "HEAD", "POST"))
def restrict(request: HttpRequest, viewer: Viewer, *, may: May, person_id: str) -> Page | HttpResponse:
    """Let only named workers see a person, change who is named, or end that; warned whom it would cut off."""
    shown = naming.naming(viewer=viewer, person_id=person_id)
    if shown is None:
        raise Http404
    read(viewer, "open person", persons=[person_id], fields=_RESTRICTION, basis=may.basis)
    page: dict[str, Any] = {"shown": shown, "because": "", "address": "", "refused": None}
    if request.method != "POST":
        return Page("people/restrict.html", {**page, "chosen": shown.chosen})
    sent, now = request.POST, timezone.now()
    chosen = [int(one) for one in sent.getlist("worker") if one.isdigit()]
    because, address = sent.get("because", ""), sent.get("address", "")
    try:
        if sent.get("lift"):
            actions.lift(by=viewer, at=now, person_id=person_id)
            return redirect("person", person_id)
        actions.restrict(
            by=viewer, at=now, person_id=person_id, workers=chosen, because=because, address=address,
            seen=sent.getlist("seen") if sent.get("anyway") else (),
        )  # fmt: skip
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        page |= {"because": because, "address": address, "refused": refused, "chosen": frozenset(chosen)}
        return Page("people/restrict.html", page, status=422)
    messages.success(request, _("Only those named see this person now."))
    return redirect("person", person_id)
