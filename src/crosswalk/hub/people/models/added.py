"""Somebody whom a worker wrote down because no file held them yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from crosswalk.hub.access.models import Organization, Worker
from crosswalk.hub.pages.classes import CONTACT, IDENTITY, LOCATION, NONE, WORK
from crosswalk.hub.people.models.persons import Person, Walled


class Added(Walled):
    """What was written down, as it was; later files say more, and linkage says whose record it is."""

    person = models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="added", db_constraint=False)
    source = models.TextField()
    source_id = models.TextField(unique=True)
    first_name = models.TextField(default="", blank=True)
    last_name = models.TextField(default="", blank=True)
    born = models.DateField(null=True)
    phone = models.TextField(default="", blank=True)
    zip = models.TextField(default="", blank=True)
    cin = models.TextField(default="", blank=True)
    language = models.TextField(default="", blank=True)
    county = models.TextField(default="", blank=True)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    CLASSES: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("source_id", "first_name", "last_name", "born", "cin", "language"), IDENTITY),
        "phone": CONTACT,
        **dict.fromkeys(("zip", "county"), LOCATION),
        "worker": WORK,
        **dict.fromkeys(("id", "person", "source", "organization", "at", "known_to", "named"), NONE),
    }

    class Meta:
        """Read with the person."""

        indexes = (models.Index(fields=["person"], name="added_of_person"),)
