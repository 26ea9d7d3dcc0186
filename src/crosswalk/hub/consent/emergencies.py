"""Emergency access: what is hidden opens for an hour to one worker, who says why; somebody else reviews it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent.models import Emergency, Reason
from crosswalk.hub.journal.actions import act
from crosswalk.hub.people import queries as people

#: How long it stays open, and until when it must be reviewed.
OPEN_FOR, REVIEW_WITHIN = timedelta(minutes=60), timedelta(hours=72)


def open_now(*, viewer: Viewer, person_id: str) -> Emergency | None:
    """The viewer's own emergency access to a person that is open at this moment."""
    return (
        Emergency.objects.filter(
            person_id=person_id,
            worker_id=viewer.worker_id,
            organization_id=viewer.organization_id,
            closes_at__gt=timezone.now(),
        )
        .order_by("-pk")
        .first()
    )


def waiting(*, viewer: Viewer) -> QuerySet[Emergency]:
    """Every emergency access to persons whom the viewer may see, those to review first and the oldest of them."""
    assert viewer.sees
    found = Emergency.objects.select_related("worker", "organization", "person", "reviewer")
    return found.order_by(F("reviewed_at").desc(nulls_first=True), "pk")


def to_review(*, viewer: Viewer) -> QuerySet[Emergency]:
    """Those that wait for their review."""
    assert viewer.sees
    return Emergency.objects.filter(reviewed_at=None)


def open_emergency(*, by: Viewer, at: datetime, person_id: str, reason: str, words: str) -> Emergency:
    """Open what is hidden of a person for an hour. Raises Refused without a reason or a fresh second factor."""
    may, person = acts.open_emergency(by), people.person(viewer=by, person_id=person_id)
    records = people.records(viewer=by, person_id=person_id)
    if not may or person is None or not records:
        raise LookupError
    if not acts.is_fresh(by):
        raise Refused(
            _("Show your second factor again first."), fix=_("It must be at most five minutes old.")
        )
    if reason not in Reason.values or len(words.strip()) < 10:
        raise Refused(
            _("Say in a sentence what the emergency is."), fix=_("The reviewer reads it."), place="words"
        )
    made = Emergency.objects.create(
        person=person,
        source=records[0].source,
        source_id=records[0].source_id,
        worker_id=by.worker_id,
        organization_id=by.organization_id,
        reason=reason,
        words=words,
        at=at,
        closes_at=at + OPEN_FOR,
        known_to=person.known_to,
        named=person.named,
    )
    act(
        by,
        "open emergency access",
        subject=f"emergency:{made.pk}",
        why=words,
        basis=may.basis,
        persons=[person_id],
        after={"reason": reason, "closes_at": made.closes_at},
    )
    return made


def close(*, by: Viewer, at: datetime, person_id: str) -> Emergency:
    """Close one's own emergency access before its hour is over."""
    one = open_now(viewer=by, person_id=person_id)
    if one is None:
        raise LookupError
    one.closes_at = at
    one.save(update_fields=["closes_at"])
    act(
        by,
        "close emergency access",
        subject=f"emergency:{one.pk}",
        basis=acts.open_emergency(by).basis,
        persons=[person_id],
        after={"closes_at": at},
    )
    return one


def review(*, by: Viewer, at: datetime, emergency_id: int, right: bool, words: str) -> Emergency:
    """Judge an emergency access; nobody judges their own."""
    may = acts.review_emergency(by)
    one = Emergency.objects.filter(pk=emergency_id, reviewed_at=None).exclude(worker_id=by.worker_id).first()
    if not may or one is None:
        raise LookupError
    if not words.strip():
        raise Refused(
            _("Say in a sentence how you judge it."), fix=_("It stays with the record."), place="words"
        )
    one.reviewed_at, one.reviewer_id, one.right, one.verdict = at, by.worker_id, right, words
    one.save(update_fields=["reviewed_at", "reviewer", "right", "verdict"])
    act(
        by,
        "review emergency access",
        subject=f"emergency:{one.pk}",
        why=words,
        basis=may.basis,
        persons=[one.person_id],
        after={"right": right},
    )
    return one
