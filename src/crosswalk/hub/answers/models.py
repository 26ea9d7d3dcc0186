"""One table: an answer to one question about one person; taken back, it stays and says so."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from crosswalk.hub.access.models import Organization, Worker
from crosswalk.hub.pages.classes import HEALTH, IDENTITY, NONE, WORK
from crosswalk.hub.people.models import Person, Walled


class Answer(Walled):
    """What a worker says of one fact: `day` is the day on which it was so. It belongs to one source record, so that
    it goes with that record when records are linked otherwise."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="answers", db_constraint=False)
    source = models.TextField()
    source_id = models.TextField()
    fact = models.TextField()
    value = models.TextField(choices=[("yes", "yes"), ("no", "no")])
    day = models.DateField()
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    CLASSES: ClassVar[dict[str, str]] = {
        "id": NONE,
        "person": NONE,
        "source": NONE,
        "source_id": IDENTITY,
        "fact": HEALTH,
        "value": HEALTH,
        "day": HEALTH,
        "worker": WORK,
        "organization": NONE,
        "at": NONE,
        "taken_back_at": NONE,
        "known_to": NONE,
        "named": NONE,
    }

    class Meta:
        """Read for one person; taken back after it was given."""

        indexes = (models.Index(fields=["person", "-id"], name="answers_of_person"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(taken_back_at__gte=F("at")), name="taken_back_after"
            ),
        )
