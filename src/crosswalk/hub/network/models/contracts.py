"""Contracts of providers with plans, by service, county and period; and who holds an HMIS licence."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from crosswalk.hub.access.models import Organization, Worker
from crosswalk.hub.network.kinds import Credential


class Contract(models.Model):
    """A plan pays this organization for this service in this county, from a day until before another."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="contracts")
    plan = models.TextField()
    """The plan's short name as its files say it: `north`."""
    program = models.TextField()
    county = models.TextField()
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    credential = models.TextField(choices=Credential.choices, default=Credential.UNKNOWN)
    credential_until = models.DateField(null=True, blank=True)
    source = models.TextField(default="", blank=True)
    """Who said so, or the document."""

    class Meta:
        """Ends after it begins; asked by plan, program and county."""

        indexes = (models.Index(fields=["plan", "program", "county"], name="contracts_of_plan"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")), name="contract_ends_after"
            ),
        )


class Licence(models.Model):
    """A licence to use HMIS: who holds it, who pays for it, and when its holder was trained."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="licences")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    holder = models.TextField()
    payer = models.TextField(default="", blank=True)
    trained = models.DateField(null=True, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        """Ends after it begins."""

        constraints = (
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")), name="licence_ends_after"
            ),
        )
