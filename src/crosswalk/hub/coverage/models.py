"""Spans of coverage as plans' files tell them, and what changed from one file of a plan to its next."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from crosswalk.hub.pages.classes import COVERAGE, IDENTITY, NONE
from crosswalk.hub.people.models import Person, Walled


class Span(Walled):
    """Months in which a plan's file says that a person was its member; `ends` is the first day not covered."""

    # Found by the index below that begins with it; Django would keep two more of a text that points elsewhere.
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="spans", db_constraint=False, db_index=False
    )
    plan = models.TextField()
    cin = models.TextField()
    starts = models.DateField()
    ends = models.DateField(null=True)
    aid_code = models.TextField(default="")
    renewal_month = models.TextField(default="")
    sure = models.BooleanField(default=True)
    """Whether the plan's newest file still names the member; else nobody knows how it goes on."""
    told_on = models.DateField(null=True)
    """The day for which the file speaks that told it last."""
    CLASSES: ClassVar[dict[str, str]] = {
        "id": NONE,
        "person": NONE,
        "plan": COVERAGE,
        "cin": IDENTITY,
        "starts": COVERAGE,
        "ends": COVERAGE,
        "aid_code": COVERAGE,
        "renewal_month": COVERAGE,
        "sure": COVERAGE,
        "told_on": NONE,
        "known_to": NONE,
        "named": NONE,
    }

    class Meta:
        """A span ends after it starts."""

        constraints = (
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=F("starts")), name="span_ends_after"),
        )
        indexes = (models.Index(fields=["person", "-starts"], name="spans_of_person"),)


class Change(Walled):
    """A member who was covered by a plan's file before and not by its next one, or the other way round."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="coverage_changes", db_constraint=False, db_index=False
    )
    day = models.DateField()
    """The day for which the newer file speaks."""
    kind = models.TextField(choices=[("came", "came"), ("ended", "ended"), ("unnamed", "unnamed")])
    plan = models.TextField()
    other_plan = models.TextField(default="")
    """The plan that the person came from, or is covered by now."""
    delivery = models.TextField()
    CLASSES: ClassVar[dict[str, str]] = {
        "id": NONE,
        "person": NONE,
        "day": COVERAGE,
        "kind": COVERAGE,
        "plan": COVERAGE,
        "other_plan": COVERAGE,
        "delivery": NONE,
        "known_to": NONE,
        "named": NONE,
    }

    class Meta:
        """Read newest first, for one person or for all."""

        indexes = (
            models.Index(fields=["person", "-day"], name="coverage_changes_of_person"),
            models.Index(fields=["-day", "kind"], name="coverage_changes_newest"),
        )
