"""One row a span of coverage: which plan, from when until when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from crosswalk.hub.pages.classes import COVERAGE, IDENTITY, NONE
from crosswalk.hub.people.models import Person, Walled


class Span(Walled):
    """Months in which a plan's file says that a person was its member; `ends` is the first day not covered."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="spans", db_constraint=False)
    plan = models.TextField()
    cin = models.TextField()
    starts = models.DateField()
    ends = models.DateField(null=True)
    aid_code = models.TextField(default="")
    renewal_month = models.TextField(default="")
    CLASSES: ClassVar[dict[str, str]] = {
        "id": NONE,
        "person": NONE,
        "plan": COVERAGE,
        "cin": IDENTITY,
        "starts": COVERAGE,
        "ends": COVERAGE,
        "aid_code": COVERAGE,
        "renewal_month": COVERAGE,
        "known_to": NONE,
        "named": NONE,
    }

    class Meta:
        """A span ends after it starts."""

        constraints = (
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=F("starts")), name="span_ends_after"),
        )
        indexes = (models.Index(fields=["person", "-starts"], name="spans_of_person"),)
