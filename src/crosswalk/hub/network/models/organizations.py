"""What the directory says of an organization, of its sites, and whom to call there."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from crosswalk.hub.access.models import Organization
from crosswalk.hub.network.kinds import HmisUse, Privacy, Purpose


class Listing(models.Model):
    """An organization's entry in the directory. `left` is the first day on which it no longer belongs to it."""

    organization = models.OneToOneField(
        Organization, on_delete=models.PROTECT, primary_key=True, related_name="listing"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    """The id under which it stands in HSDS files; never reused."""
    description = models.TextField(default="", blank=True)
    email = models.TextField(default="", blank=True)
    referral_email = models.TextField(default="", blank=True)
    """Where word of a referral goes; a message there names nobody."""
    website = models.TextField(default="", blank=True)
    npi = models.TextField(default="", blank=True)
    provider_types = ArrayField(models.TextField(), default=list, blank=True)
    """Kinds of provider as in `policy/authorizations/streamlined.csv`; they decide who may begin early."""
    privacy = models.TextField(choices=Privacy.choices, default=Privacy.UNKNOWN)
    hmis_use = models.TextField(choices=HmisUse.choices, default=HmisUse.UNKNOWN)
    listed = models.DateField()
    left = models.DateField(null=True, blank=True)

    class Meta:
        """Leaves after it was listed."""

        constraints = (
            models.CheckConstraint(
                condition=Q(left=None) | Q(left__gt=F("listed")), name="listing_left_after"
            ),
        )


class Site(models.Model):
    """A place where services are given; coordinates only where its organization gave them."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="sites")
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    name = models.TextField()
    address = models.TextField(default="", blank=True)
    city = models.TextField(default="", blank=True)
    state = models.TextField(default="CA", blank=True)
    zip = models.TextField(default="", blank=True)
    county = models.TextField(default="", blank=True)
    """The State's county code, `54`."""
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    is_public = models.BooleanField(default=True)
    """False for a place whose address protects people: it is never shown, printed or exported."""
    access = models.TextField(default="", blank=True)
    """How one gets in with a wheelchair, by bus …"""
    opened = models.DateField()
    closed = models.DateField(null=True, blank=True)

    class Meta:
        """Closes after it opened; both coordinates or none."""

        constraints = (
            models.CheckConstraint(
                condition=Q(closed=None) | Q(closed__gt=F("opened")), name="site_closed_after"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="site_both_coordinates",
            ),
        )


class Contact(models.Model):
    """Whom to call or write to, with the way for people who do not hear or speak."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="contacts")
    service = models.ForeignKey(
        "network.Service", on_delete=models.CASCADE, null=True, related_name="contacts"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    purpose = models.TextField(choices=Purpose.choices, default=Purpose.GENERAL)
    name = models.TextField(default="", blank=True)
    title = models.TextField(default="", blank=True)
    phone = models.TextField(default="", blank=True)
    extension = models.TextField(default="", blank=True)
    tty = models.TextField(default="", blank=True)
    """A TTY number, or `711` for the relay service."""
    email = models.TextField(default="", blank=True)
    hours = models.TextField(default="", blank=True)
