"""Findings that somebody acts on: likely, one answer away, or in hand; the rest is told on demand from the files."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from crosswalk.hub.access.models import Organization
from crosswalk.hub.pages.classes import COVERAGE, HEALTH, LOCATION, NONE, WORK
from crosswalk.hub.people.models import Person, Walled


class Run(models.Model):
    """One find of everybody, from which the lists were made."""

    id = models.TextField(primary_key=True)
    on = models.DateField()
    made_at = models.DateTimeField()
    release = models.TextField()
    digest = models.TextField()
    persons = models.IntegerField()
    brought_at = models.DateTimeField(auto_now_add=True)


class Said(models.Model):
    """One distinct text of findings, shared by everybody to whom it applies."""

    id = models.TextField(primary_key=True)
    reasons = models.JSONField()
    questions = ArrayField(models.TextField())


class Finding(Walled):
    """The answer of one program for one person, and since when it is so."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="findings", db_constraint=False)
    program = models.TextField()
    answer = models.TextField()
    said = models.ForeignKey(Said, on_delete=models.PROTECT, db_constraint=False)
    in_hand = models.TextField(default="")
    in_hand_with = models.TextField(default="")
    rank = models.BigIntegerField(null=True)
    since = models.DateField()
    was = models.TextField(default="")
    on = models.DateField()
    CLASSES: ClassVar[dict[str, str]] = {
        "id": NONE,
        "person": NONE,
        "program": HEALTH,
        "answer": HEALTH,
        "said": HEALTH,
        "in_hand": COVERAGE,
        "in_hand_with": COVERAGE,
        "rank": HEALTH,
        "since": HEALTH,
        "was": HEALTH,
        "on": NONE,
        "known_to": NONE,
        "named": NONE,
    }

    class Meta:
        """One answer a person and program."""

        constraints = (models.UniqueConstraint(fields=["person", "program"], name="one_answer_a_program"),)


class Listed(Walled):
    """One row a person on the work list of one organization, with what a line of the list shows.

    A row each organization, so that a list of a hundred and a list of a million are both read from an index.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="listed", db_constraint=False)
    place = models.BigIntegerField()
    county = models.TextField(default="")
    plan = models.TextField(default="")
    met = ArrayField(models.TextField())
    open = ArrayField(models.TextField())
    since = models.DateField()
    step = models.TextField()
    step_program = models.TextField(default="")
    step_words = models.TextField(default="")
    CLASSES: ClassVar[dict[str, str]] = {
        "id": NONE,
        "organization": NONE,
        "person": NONE,
        "place": HEALTH,
        "county": LOCATION,
        "plan": COVERAGE,
        "met": HEALTH,
        "open": HEALTH,
        "since": HEALTH,
        "step": WORK,
        "step_program": HEALTH,
        "step_words": WORK,
        "known_to": NONE,
        "named": NONE,
    }

    class Meta:
        """Read from the first place on, whole or by next step."""

        constraints = (models.UniqueConstraint(fields=["organization", "person"], name="listed_once"),)
        indexes = (
            models.Index(fields=["organization", "place", "person"], name="listed_by_place"),
            models.Index(fields=["organization", "step", "place", "person"], name="listed_by_step"),
        )


class Tally(models.Model):
    """How many wait in a queue, for one organization; counted once a run, not with every page."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE)
    queue = models.TextField()
    count = models.IntegerField()
    new = models.IntegerField()
    oldest = models.DateField(null=True)

    class Meta:
        """One count each."""

        constraints = (models.UniqueConstraint(fields=["organization", "queue"], name="one_count_a_queue"),)
