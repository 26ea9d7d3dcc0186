"""Capacity as dated statements that are never rewritten, and the caseload that the hub knows of beside them."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q

from crosswalk.hub.access.models import Organization, Worker
from crosswalk.hub.network.kinds import Way
from crosswalk.hub.network.models.services import Service


class Statement(models.Model):
    """How many more people a service can take, how many wait, who said so and when. The newest one counts."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="statements")
    free = models.IntegerField()
    """Places left for new people."""
    places = models.IntegerField(null=True, blank=True)
    """All places, where the provider says so."""
    waiting = models.IntegerField(null=True, blank=True)
    at = models.DateTimeField()
    way = models.TextField(choices=Way.choices)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    said_by = models.TextField()
    """Who said so, as they were called then: a worker, or a name given by phone."""
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    """In whose name it was said."""

    class Meta:
        """Counts are counts; the newest of a service is read first; nothing said is changed."""

        indexes = (models.Index(fields=["service", "-at", "-id"], name="statements_newest"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(free__gte=0)
                & (Q(places=None) | Q(places__gte=0))
                & (Q(waiting=None) | Q(waiting__gte=0)),
                name="statement_counts",
            ),
        )
        triggers = (pgtrigger.Protect(name="statement_stands", operation=pgtrigger.Update),)


class Asked(models.Model):
    """The hub asked a provider for a new statement of a service's capacity."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="asked")
    at = models.DateTimeField()

    class Meta:
        """The newest of a service is looked for."""

        indexes = (models.Index(fields=["service", "-at"], name="asked_newest"),)


class Caseload(models.Model):
    """How many people an organization serves in a program, as far as the files that the hub has read say."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="caseloads")
    program = models.TextField()
    served = models.IntegerField()
    on = models.DateField()

    class Meta:
        """One count a program."""

        constraints = (
            models.UniqueConstraint(fields=["organization", "program"], name="one_caseload_a_program"),
        )
