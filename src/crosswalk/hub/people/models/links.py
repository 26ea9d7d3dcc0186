"""Which records are one person, which ask a person's answer, what people answered, and where old ids lead."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from crosswalk.hub.pages.classes import IDENTITY, NONE, WORK
from crosswalk.hub.people.models.persons import Person, Walled


class Link(Walled):
    """Two records that linkage compared: same person or a question, with its evidence; newest run.

    `known_to` are those who know of the left person, `known_to_too` of the right one: a viewer must see both.
    """

    left_source = models.TextField()
    left_id = models.TextField()
    right_source = models.TextField()
    right_id = models.TextField()
    # Found by the indexes below that begin with them; Django would keep two more of a text that points elsewhere.
    left_person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    right_person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    probability = models.FloatField(null=True)
    decision = models.TextField()
    decided_by = models.TextField()
    evidence = models.JSONField(default=list)
    conflict = models.TextField(default="")
    """Kind of contradiction between Medi-Cal numbers, where there is one; else empty."""
    answered = models.TextField(default="", db_default="")
    """What a person answered since the run: same or different; empty while the question is open."""
    later = models.DateTimeField(null=True)
    """When a reviewer put the question off; it then comes last."""
    known_to_too = ArrayField(models.IntegerField(), default=list)
    CLASSES: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("left_id", "right_id", "evidence"), IDENTITY),
        **dict.fromkeys(
            (
                *(
                    "id",
                    "left_source",
                    "right_source",
                    "left_person",
                    "right_person",
                    "probability",
                    "decision",
                ),
                *("decided_by", "conflict", "answered", "later", "known_to", "known_to_too", "named"),
            ),
            NONE,
        ),
    }

    class Meta:
        """A pair stands once; open questions and conflicts are found quickly."""

        constraints = (
            models.UniqueConstraint(
                fields=["left_source", "left_id", "right_source", "right_id"], name="one_link_a_pair"
            ),
        )
        indexes = (
            models.Index(
                fields=["later", "-probability", "id"],
                condition=Q(decision="ask", answered=""),
                name="links_to_answer",
            ),
            models.Index(fields=["conflict", "id"], condition=~Q(conflict=""), name="links_in_conflict"),
            models.Index(fields=["left_person"], name="links_of_left"),
            models.Index(fields=["right_person"], name="links_of_right"),
        )


class Judgement(Walled):
    """What somebody decided about two records, or took back; kept for ever, and written to the store's decisions."""

    left_source = models.TextField()
    left_id = models.TextField()
    right_source = models.TextField()
    right_id = models.TextField()
    answer = models.TextField(choices=[("same", "same"), ("different", "different"), ("undo", "undo")])
    by = models.TextField()
    worker_id = models.IntegerField(null=True)
    organization_id = models.IntegerField(null=True)
    because = models.TextField(default="")
    at = models.DateTimeField()
    act = models.UUIDField()
    """Judgements of one act (un-linking a record from several others) share this."""
    before = models.JSONField(default=dict)
    """Person of each record before the act, as `source/id`: person; what undoing goes back to."""
    stored = models.BooleanField(default=False)
    """Whether it is in the store's decisions.jsonl yet."""
    known_to_too = ArrayField(models.IntegerField(), default=list)
    CLASSES: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("left_id", "right_id", "before"), IDENTITY),
        **dict.fromkeys(("by", "worker_id", "because", "at"), WORK),
        **dict.fromkeys(
            (
                *("id", "left_source", "right_source", "answer", "organization_id", "act", "stored"),
                *("known_to", "known_to_too", "named"),
            ),
            NONE,
        ),
    }

    class Meta:
        """Read in the order in which they were given."""

        indexes = (
            models.Index(fields=["worker_id", "-at"], name="judgements_of_worker"),
            models.Index(fields=["act"], name="judgements_of_act"),
        )


class Alias(models.Model):
    """An id that once stood for somebody, and the person it leads to now. Holds ids and nothing else."""

    old = models.TextField()
    new = models.TextField()
    reason = models.TextField()
    run = models.TextField(default="")
    until = models.DateTimeField(null=True)
    """For an id that lives on (`split from`): until when it stood for this person too."""

    class Meta:
        """Found both ways; each pair once."""

        constraints = (models.UniqueConstraint(fields=["old", "new"], name="one_alias_a_pair"),)
        indexes = (models.Index(fields=["new"], name="aliases_of_person"),)


class Restriction(Walled):
    """A person whom only the named workers may find and open: danger at home, or somebody's own family."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    by = models.TextField()
    because = models.TextField()
    at = models.DateTimeField()
    organizations = ArrayField(models.IntegerField(), default=list, db_default=[])
    """Whose people restricted, and may change and end it: one, or two where two restrictions became one.

    Empty for one of before this was written down, when only workers of that organization could be named.
    """
    keepers = ArrayField(models.IntegerField(), default=list, db_default=[])
    """The workers who restricted; they stay named where two restrictions become one."""
    CLASSES: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("id", "person", "known_to", "named", "organizations"), NONE),
        **dict.fromkeys(("by", "because", "at", "keepers"), WORK),
    }
