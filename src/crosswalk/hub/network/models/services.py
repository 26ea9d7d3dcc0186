"""Services with their days in the network, and how far each reaches, county by county and ZIP by ZIP, since when."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from crosswalk.hub.access.models import Organization
from crosswalk.hub.network.kinds import Mode
from crosswalk.hub.network.models.organizations import Site


class Service(models.Model):
    """One service of one organization. `program` is a code of `policy/network/services.csv`: `ecm`, `cs.htns`,
    `shelter`. It counts in the network from `starts` until before `ends`."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="services")
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    program = models.TextField()
    name = models.TextField()
    description = models.TextField(default="", blank=True)
    sites = models.ManyToManyField(Site, related_name="services", blank=True)
    modes = ArrayField(models.TextField(choices=Mode.choices), default=list, blank=True)
    populations = ArrayField(models.TextField(), default=list, blank=True)
    """Populations of Focus (`ecm.1a`) or groups (`families`) that it is for; empty: anybody whom the program fits."""
    languages = ArrayField(models.TextField(), default=list, blank=True)
    """Codes such as `en`, `es`, `hmn`, in which its people speak."""
    expertise = ArrayField(models.TextField(), default=list, blank=True)
    """Provider features of the policy (`street_medicine`) and the organization's own words."""
    minimum_age = models.IntegerField(null=True, blank=True)
    maximum_age = models.IntegerField(null=True, blank=True)
    hours = models.JSONField(default=list, blank=True)
    """[[“MO”, “08:00”, “17:00”], …]; empty: not told."""
    hours_note = models.TextField(default="", blank=True)
    how_to_apply = models.TextField(default="", blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        """Ends after it starts; found by program and by day."""

        indexes = (models.Index(fields=["program", "starts"], name="services_of_program"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")), name="service_ends_after"
            ),
        )


class Reach(models.Model):
    """A county that a service reaches, whole (`zips` empty) or in these ZIP codes, from a day until a day."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="reaches")
    county = models.TextField()
    zips = ArrayField(models.TextField(), default=list, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        """Ends after it starts; found by county and by ZIP."""

        indexes = (
            models.Index(fields=["county"], name="reaches_of_county"),
            GinIndex(fields=["zips"], name="reaches_of_zip"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=F("starts")), name="reach_ends_after"),
        )
