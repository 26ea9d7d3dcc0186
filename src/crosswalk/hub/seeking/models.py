"""A question whether anybody has seen a person, whom it was put to, and what was told. Three walls keep them apart.

Whoever asks reads the question and what was told; whoever is asked reads what is put to them. Nobody reads both.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from crosswalk.hub.access.models import Organization, Worker
from crosswalk.hub.pages.classes import CONTACT, LOCATION, NONE, WORK
from crosswalk.hub.people.models import Person, Walled


def _person() -> Any:
    return models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)


def _organization() -> Any:
    return models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")


class Question(Walled):
    """One organization looks for a person: who asks, how to reach them, and until when. Only it reads this."""

    person = _person()
    organization = _organization()
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    asked_by = models.TextField()
    reach = models.TextField()
    asked_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    CLASSES: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("worker", "asked_by", "reach"), WORK),
        **dict.fromkeys(
            ("id", "person", "organization", "asked_at", "closes_at", "closed_at", "known_to", "named"), NONE
        ),
    }

    class Meta:
        """One at a time for a person; it ends by itself."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "person"], condition=Q(closed_at=None), name="one_question_a_person"
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=F("asked_at")), name="question_ends"),
        )


class Asked(Walled):
    """The question as it is put to one organization, which alone reads it; a no stays here."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    person = _person()
    organization = _organization()
    asker = _organization()
    asked_by = models.TextField()
    reach = models.TextField()
    basis = models.TextField()
    asked_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(
        default="", blank=True, choices=[("yes", "yes"), ("no", "no"), ("ended", "ended")]
    )
    CLASSES: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("asked_by", "reach"), WORK),
        "answer": LOCATION,
        **dict.fromkeys(
            (
                "id", "question", "person", "organization", "asker", "basis", "asked_at", "closes_at", "answered_at",
                "known_to", "named",
            ),
            NONE,
        ),
    }  # fmt: skip

    class Meta:
        """Found by who is asked, while it waits."""

        indexes = (
            models.Index(
                fields=["organization", "closes_at"], condition=Q(answered_at=None), name="asked_waiting"
            ),
        )


class Sighting(Walled):
    """What one organization told: when, where, and how to reach the person safely. Only who asked reads it."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="sightings")
    person = _person()
    organization = _organization()
    holder = _organization()
    """Who told it."""
    told_by = models.TextField()
    seen_on = models.DateField()
    place = models.TextField()
    safe = models.TextField()
    basis = models.TextField()
    at = models.DateTimeField()
    CLASSES: ClassVar[dict[str, str]] = {
        "told_by": WORK,
        **dict.fromkeys(("seen_on", "place"), LOCATION),
        "safe": CONTACT,
        **dict.fromkeys(
            ("id", "question", "person", "organization", "holder", "basis", "at", "known_to", "named"), NONE
        ),
    }

    class Meta:
        """Read for one question."""

        indexes = (models.Index(fields=["question", "-seen_on"], name="sightings_of_question"),)
