"""Why somebody is on a list, and the rules in prose."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent.views import sharing_of
from crosswalk.hub.coverage.queries import covered, spans
from crosswalk.hub.finding import queries
from crosswalk.hub.finding.programs import programs
from crosswalk.hub.finding.why import explained
from crosswalk.hub.finding.why import why as why_told
from crosswalk.hub.journal.actions import read
from crosswalk.hub.pages.policy import whole
from crosswalk.hub.people.queries import person as one_person
from crosswalk.hub.people.words import spoken_code


@door(acts.see_why)
def why(request: HttpRequest, viewer: Viewer, *, may: May, person_id: str, program: str) -> Page:
    """One program's answer for one person: rule, edition and page, facts with source and date, what is missing."""
    return why_page(viewer, may, person_id, program)


def answer_now(viewer: Viewer, person_id: str, program: str) -> str:
    """What is decided now: met, unknown or not_met. Raises Http404 where there is no such person or program."""
    run = queries.newest_run(viewer=viewer)
    if run is None or one_person(viewer=viewer, person_id=person_id) is None:
        raise Http404
    try:
        told = explained(viewer=viewer, run=run, person_id=person_id, program=program)
    except Refused:
        raise Http404 from None
    return str(told.programs[0].reason.answer)


def answer_words(answer: str) -> str:
    """An answer as people read it."""
    return {
        "met": _("likely eligible"),
        "unknown": _("cannot tell yet"),
        "not_met": _("not by what is known"),
    }[answer]


def why_page(
    viewer: Viewer,
    may: May,
    person_id: str,
    program: str,
    *,
    refused: tuple[str, Refused] | None = None,
    sent_day: str = "",
    status: int = 200,
) -> Page:
    """The why page; `refused`: the fact whose answer could not be kept, and what to mend; `sent_day`: as typed."""
    person = one_person(viewer=viewer, person_id=person_id)
    run = queries.newest_run(viewer=viewer)
    if person is None or run is None or program not in programs(run.on):
        raise Http404
    held = spans(viewer=viewer, person_id=person.id)
    sharing = sharing_of(viewer, person, held=held)
    shut = next((one for one in (sharing.who(), sharing.found()) if not one.shown), None)
    if shut:
        return Page("finding/closed.html", {"person_id": person.id, "part": shut}, status=status)
    try:
        told = why_told(
            viewer=viewer,
            run=run,
            person_id=person.id,
            program=program,
            sharing=sharing,
            language=spoken_code(person.language),
        )
    except Refused:
        raise Http404 from None
    read(
        viewer,
        "open why",
        persons=[person.id],
        fields=["name", "findings", program, "facts"],
        basis=sharing.basis(may.basis),
    )
    shown = {
        "person": person,
        "told": told,
        "program": programs(run.on)[program],
        "run": run,
        "cover": covered(sharing.spans(held), told.on),
        "may_answer": bool(acts.answer(viewer)),
        "emergency": sharing.emergency,
        "notices": sharing.notices(),
        "refused": refused,
        "sent_day": sent_day,
    }
    return Page("finding/why.html", shown, status=status)


@door(acts.see_home)
def rules(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Every program with its rule in prose, open to anyone signed in."""
    run = queries.newest_run(viewer=viewer)
    on = run.on if run else viewer.on
    return Page("finding/rules.html", {"programs": programs(on), "on": on})


@door(acts.see_home)
def rule(request: HttpRequest, viewer: Viewer, *, may: May, program: str) -> Page:
    """One program's rule in prose, with source, edition and pages."""
    run = queries.newest_run(viewer=viewer)
    on = run.on if run else viewer.on
    found = programs(on).get(program)
    if found is None:
        raise Http404
    text, text_language = whole(found.rule)
    shown = {"program": found, "text": text, "text_language": text_language, "on": on}
    return Page("finding/rule.html", shown)
