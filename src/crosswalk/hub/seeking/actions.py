"""Asking whether anybody has seen a person, answering, and ending the question."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.core.consent import said_with
from crosswalk.hub.access import acts
from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.journal.actions import act
from crosswalk.hub.network.clocks import days_of
from crosswalk.hub.people import queries as people
from crosswalk.hub.people.grouping import as_the_hub
from crosswalk.hub.seeking import queries
from crosswalk.hub.seeking.contacts import WHEREABOUTS, Sayable, to_ask
from crosswalk.hub.seeking.models import Asked, Question, Sighting


def ask(*, by: Viewer, at: datetime, person_id: str, reach: str) -> Question:
    """Ask. Whom it is put to, and whether to anybody, is told to nobody; it ends by itself."""
    may, person = acts.ask_who_has_seen(by), people.person(viewer=by, person_id=person_id)
    if not may or person is None:
        raise LookupError
    if not reach.strip():
        raise Refused(
            _("Say how whoever has seen the person can reach you."), fix=_("A telephone number is enough.")
        )
    mine = Question.objects.filter(organization_id=by.organization_id, person_id=person_id, closed_at=None)
    if mine.filter(closes_at__gt=at).exists():
        raise Refused(_("Your organization asks already."), fix=_("Wait, or end that question first."))
    mine.update(closed_at=at)
    wall: dict[str, Any] = {"person_id": person.pk, "known_to": person.known_to, "named": person.named}
    said: dict[str, Any] = {
        "asked_by": by.name, "reach": reach.strip()[:200], "asked_at": at,
        "closes_at": at + timedelta(days=days_of("seen_asked", by.on)),
    }  # fmt: skip
    made = Question.objects.create(organization_id=by.organization_id, worker_id=by.worker_id, **said, **wall)
    with as_the_hub(by):
        Asked.objects.bulk_create(
            Asked(question=made, organization=one, asker_id=by.organization_id, basis=basis, **said, **wall)
            for one, basis in to_ask(by, person)
        )
    act(
        by, "ask who has seen", subject=f"question:{made.pk}", persons=[person.pk], basis=may.basis,
        after={"closes_at": made.closes_at},
    )  # fmt: skip
    return made


def tell(*, by: Viewer, at: datetime, asked_id: int, seen_on: date, place: str, safe: str) -> Sighting:
    """Tell where the person was seen, as the disclosure table allows it now. Raises Refused where it does not."""
    may, one = _waiting(by, at, asked_id)
    if seen_on > by.on or not place.strip() or not safe.strip():
        raise Refused(
            _("Say when, where, and how to reach the person safely."), fix=_("The day cannot lie ahead.")
        )
    own = Organization.objects.get(pk=by.organization_id)
    with as_the_hub(by):
        open_still = Question.objects.filter(pk=one.question_id, closed_at=None, closes_at__gt=at).exists()
        decision = Sayable.of(by, one.person).may(WHEREABOUTS, own, one.asker)
    if not open_still:
        raise Refused(_("This question has ended."), fix=_("Nothing is left to do."))
    if not decision.shown:
        raise Refused(_("This may not be told now."), fix=_("It needs: %(need)s.") % {"need": decision.need})
    basis = said_with([decision])
    with as_the_hub(by):
        made = Sighting.objects.create(
            question_id=one.question_id, person_id=one.person_id, organization_id=one.asker_id,
            holder_id=by.organization_id, told_by=by.name, seen_on=seen_on, place=place.strip()[:200],
            safe=safe.strip()[:200], basis=basis, at=at, known_to=one.known_to, named=one.named,
        )  # fmt: skip
    _answer(one, at, "yes")
    act(
        by, "tell where seen", subject=f"question:{one.question_id}", persons=[one.person_id],
        basis=f"{may.basis}; {basis}", after={"to": one.asker_id},
    )  # fmt: skip
    return made


def say_no(*, by: Viewer, at: datetime, asked_id: int) -> None:
    """Say that nobody here has seen the person, or that nothing is told. Whoever asked learns nothing."""
    may, one = _waiting(by, at, asked_id)
    _answer(one, at, "no")
    # The entry names no person: on the list of who looked at her, a no would tell that this organization was asked.
    act(by, "tell nothing", subject=f"question:{one.question_id}", basis=may.basis)


def _waiting(by: Viewer, at: datetime, asked_id: int) -> tuple[acts.May, Asked]:
    may = acts.answer_seen(by)
    one = queries.put_to_us(viewer=by, at=at).select_for_update(of=("self",)).filter(pk=asked_id).first()
    if not may or one is None:
        raise LookupError
    return may, one


def _answer(one: Asked, at: datetime, answer: str) -> None:
    one.answer, one.answered_at = answer, at
    one.save(update_fields=["answer", "answered_at"])


def end(*, by: Viewer, at: datetime, person_id: str) -> Question:
    """End one's own question: the person was found, or is no longer looked for."""
    may = acts.ask_who_has_seen(by)
    one = queries.question(viewer=by, person_id=person_id)
    if not may or one is None or one.closed_at is not None:
        raise LookupError
    one.closed_at = at
    one.save(update_fields=["closed_at"])
    with as_the_hub(by):
        Asked.objects.filter(question=one, answered_at=None).update(answered_at=at, answer="ended")
    act(by, "end question", subject=f"question:{one.pk}", persons=[person_id], basis=may.basis)
    return one
