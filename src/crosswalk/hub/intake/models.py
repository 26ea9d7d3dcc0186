"""A delivery with what became of it, and the causes of what is wrong in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from crosswalk.hub.access.models import Organization, Worker
from crosswalk.hub.pages.classes import IDENTITY


class State(models.TextChoices):
    """What became of a delivery so far; `words.py` says it to people."""

    READING = "reading"
    FAILED = "failed"
    REFUSED = "refused"
    WAITING = "waiting"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    IN = "in"


class Delivery(models.Model):
    """One file that an organization sent. Its rows lie in the data folder under the id `staged`."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="deliveries")
    name = models.TextField()
    size = models.BigIntegerField()
    sha256 = models.TextField()
    arrived_at = models.DateTimeField()
    arrived_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    """Empty for a file of the drop folder."""
    asked = models.TextField(default="")
    """What the sender said it is: `hmis`, `members:canonical` …; empty: to be found out."""
    as_of = models.DateField(null=True)
    """The day it speaks for, where the sender said so."""
    kept = models.TextField(default="")
    """The folder under `incoming/` where the file lies until it is read."""

    state = models.TextField(choices=State.choices, default=State.READING)
    reading = models.TextField(default="")
    rows_read = models.BigIntegerField(default=0)
    says = models.TextField(default="")
    fix = models.TextField(default="")
    """Why it was refused or failed, and how to mend it."""

    staged = models.TextField(default="")
    kind = models.TextField(default="")
    layout = models.TextField(default="")
    sources = models.JSONField(default=list)
    order = models.TextField(default="")
    """What decides older and newer: the day of the export, or the day the file speaks for."""
    is_older = models.BooleanField(default=False)
    summary = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)

    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.TextField(default="")
    in_at = models.DateTimeField(null=True)
    listed_by = models.TextField(default="")
    """The first run whose lists are made of it."""

    class Meta:
        """The same file arrives once, unless it could not be used or was rejected."""

        constraints = (
            models.UniqueConstraint(
                fields=["organization", "sha256"],
                condition=~Q(state__in=["refused", "rejected"]),
                name="one_delivery_a_file",
            ),
        )
        indexes = (models.Index(fields=["organization", "-arrived_at"], name="deliveries_newest"),)


class Cause(models.Model):
    """One thing that is wrong in a delivery, with how often, where, how it is mended, and the first rows of it."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="causes")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    place = models.IntegerField()
    code = models.TextField()
    severity = models.TextField()
    sentence = models.TextField()
    fix = models.TextField()
    rows = models.BigIntegerField()
    places = models.JSONField(default=list)
    examples = models.JSONField(default=list)
    CLASSES: ClassVar[dict[str, str]] = {"examples": IDENTITY}
    """Cells of rows as they were sent; all other columns speak of files."""

    class Meta:
        """In the order of the page."""

        constraints = (models.UniqueConstraint(fields=["delivery", "place"], name="one_cause_a_place"),)
