"""Answering a question about a person, and taking the answer back; both are in the journal."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.core.facts import catalogue
from crosswalk.hub.access import acts
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.answers.models import Answer
from crosswalk.hub.journal.actions import act
from crosswalk.hub.people import queries as people


def answer(*, by: Viewer, at: datetime, person_id: str, fact: str, value: str, day: date | None) -> Answer:
    """Keep what somebody says about a person: yes or no, and on which day it was so."""
    may, known = acts.answer(by), catalogue().get(fact)
    person = people.person(viewer=by, person_id=person_id)
    records = people.records(viewer=by, person_id=person_id)
    if not may or person is None or not records or known is None or not known.attestable:
        raise LookupError
    if value not in ("yes", "no"):
        raise Refused(_("The answer is missing."), fix=_("Press Yes or No."))
    if day is None:
        raise Refused(
            _("The day cannot be read."), fix=_("Give the day on which it was so, such as 2026-11-18.")
        )
    if day > by.on:
        raise Refused(_("The day lies ahead."), fix=_("Give the day on which it was so: today or before."))
    if person.born and day < person.born:
        raise Refused(_("The person was not born yet on that day."), fix=_("Give a later day."))
    made = Answer.objects.create(
        person=person,
        source=records[0].source,
        source_id=records[0].source_id,
        fact=fact,
        value=value,
        day=day,
        worker_id=by.worker_id,
        organization_id=by.organization_id,
        at=at,
        known_to=person.known_to,
        named=person.named,
    )
    after = {"fact": fact, "value": value, "day": day}
    act(by, "answer", subject=f"answer:{made.pk}", basis=may.basis, persons=[person.pk], after=after)
    return made


def take_back(*, by: Viewer, at: datetime, person_id: str, answer_id: int) -> Answer:
    """Take back an answer of one's own organization."""
    may = acts.answer(by)
    one = Answer.objects.filter(
        pk=answer_id, person_id=person_id, organization_id=by.organization_id, taken_back_at=None
    ).first()
    if not may or one is None:
        raise LookupError
    one.taken_back_at = at
    one.save(update_fields=["taken_back_at"])
    before = {"fact": one.fact, "value": one.value, "day": one.day}
    act(
        by,
        "withdraw answer",
        subject=f"answer:{one.pk}",
        basis=may.basis,
        persons=[person_id],
        before=before,
        after={"standing": False, "at": at},
    )
    return one
