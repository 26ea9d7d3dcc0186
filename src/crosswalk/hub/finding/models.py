"""Findings that somebody acts on: likely, one answer away, or in hand; the rest is told on demand from the files."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from crosswalk.hub.access.models import Organization, Worker
from crosswalk.hub.pages.classes import COVERAGE, HEALTH, LOCATION, NONE, WORK
from crosswalk.hub.people.models import Person, Walled


class Run(models.Model):
    """One find of everybody, from which the lists were made; `arrived`: the deliveries new since the run before."""

    id = models.TextField(primary_key=True)
    on = models.DateField()
    made_at = models.DateTimeField()
    release = models.TextField()
    digest = models.TextField()
    persons = models.IntegerField()
    brought_at = models.DateTimeField(auto_now_add=True)
    arrived = models.JSONField(default=list)


class Said(models.Model):
    """One distinct text of findings, shared by everybody to whom it applies."""

    id = models.TextField(primary_key=True)
    reasons = models.JSONField()
    questions = ArrayField(models.TextField())


class Finding(Walled):
    """The answer of one program for one person, and since when it is so."""

    # Found by the constraint below that begins with it; Django would keep two more of a text that points elsewhere.
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="findings", db_constraint=False, db_index=False
    )
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


class Change(Walled):
    """An answer that turned over with a run, for each organization that may see the person: new, or lost, and why.

    `said` holds what turned over as the reasons tell it, `[sentence, answer before, answer now]`; `because` the kinds
    of cause as `core.finding.difference` names them.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="changes", db_constraint=False)
    run = models.TextField()
    on = models.DateField()
    program = models.TextField()
    kind = models.TextField()
    after = models.TextField()
    because = ArrayField(models.TextField())
    said = models.JSONField()
    CLASSES: ClassVar[dict[str, str]] = {
        "id": NONE,
        "organization": NONE,
        "person": NONE,
        "run": NONE,
        "on": HEALTH,
        "program": HEALTH,
        "kind": HEALTH,
        "after": HEALTH,
        "because": HEALTH,
        "said": HEALTH,
        "known_to": NONE,
        "named": NONE,
    }

    class Meta:
        """Read newest first, one organization and kind at a time."""

        indexes = (models.Index(fields=["organization", "kind", "-on", "person"], name="changes_newest"),)


class Kept(models.Model):
    """A row that one organization keeps for its own work and shows to nobody else."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")

    class Meta:
        """A shared part, not a table."""

        abstract = True


class Work(Kept):
    """What an organization does about a person on its list: who took it on, or until when it is set aside and why."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="work", db_constraint=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    aside_on = models.DateField(null=True)
    aside_until = models.DateField(null=True)
    aside_why = models.TextField(default="")
    CLASSES: ClassVar[dict[str, str]] = {
        "id": NONE,
        "organization": NONE,
        "person": NONE,
        "worker": WORK,
        "since": WORK,
        "aside_on": WORK,
        "aside_until": WORK,
        "aside_why": WORK,
    }

    class Meta:
        """One row a person in an organization; found by who took it on."""

        constraints = (models.UniqueConstraint(fields=["organization", "person"], name="one_work_a_person"),)
        indexes = (models.Index(fields=["organization", "worker"], name="work_of_worker"),)


class View(Kept):
    """A list narrowed to something, under a name, kept by one worker for themselves or for the organization."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="+")
    name = models.TextField()
    address = models.TextField()
    shared = models.BooleanField(default=False)
    CLASSES: ClassVar[dict[str, str]] = {
        "id": NONE,
        "organization": NONE,
        "worker": WORK,
        "name": WORK,
        "address": WORK,
        "shared": NONE,
    }

    class Meta:
        """A worker gives a name once."""

        constraints = (
            models.UniqueConstraint(fields=["organization", "worker", "name"], name="one_view_a_name"),
        )
