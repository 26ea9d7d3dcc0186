"""Persons, the source records that are each of them, and the moments of their time line."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from crosswalk.hub.pages.classes import CONTACT, COVERAGE, HEALTH, IDENTITY, LOCATION, NONE

_WALLED = {"known_to": NONE, "named": NONE}


class Walled(models.Model):
    """A row that the wall guards: which organizations know of it, and if restricted, the only workers who do."""

    known_to = ArrayField(models.IntegerField(), default=list)
    named = ArrayField(models.IntegerField(), null=True, blank=True)

    class Meta:
        """A shared part, not a table."""

        abstract = True


class Person(Walled):
    """One person, under an id that stays over runs and deliveries."""

    id = models.TextField(primary_key=True)
    name = models.TextField()
    other_name = models.TextField(default="")
    born = models.DateField(null=True)
    language = models.TextField(default="")
    county = models.TextField(default="")
    seen_on = models.DateField(null=True)
    seen_by = models.TextField(default="")
    seen_source = models.TextField(default="", db_default="")
    """The source that told it; empty where nobody did."""
    regrouped_at = models.DateTimeField(null=True)
    """When a person linked or un-linked records of hers; what was found before then is of the former records."""
    CLASSES: ClassVar[dict[str, str]] = {
        "id": NONE,
        "name": IDENTITY,
        "other_name": IDENTITY,
        "born": IDENTITY,
        "language": IDENTITY,
        "county": LOCATION,
        "seen_on": LOCATION,
        "seen_by": LOCATION,
        "seen_source": NONE,
        "regrouped_at": NONE,
        **_WALLED,
    }


class Record(Walled):
    """One record of one source that is this person; the newest version that was delivered."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="records", db_constraint=False)
    source = models.TextField()
    source_id = models.TextField()
    first_name = models.TextField(default="")
    last_name = models.TextField(default="")
    born = models.DateField(null=True)
    sex = models.TextField(default="")
    phone = models.TextField(default="")
    address = models.TextField(default="")
    delivery = models.TextField(default="")
    file = models.TextField(default="")
    row = models.IntegerField(null=True)
    holders = ArrayField(models.IntegerField(), default=list)
    """The organizations that know of this very record; a person is known to all who know one of her records."""
    CLASSES: ClassVar[dict[str, str]] = {
        "id": NONE,
        "person": NONE,
        "source": NONE,
        "source_id": IDENTITY,
        "holders": NONE,
        "first_name": IDENTITY,
        "last_name": IDENTITY,
        "born": IDENTITY,
        "sex": IDENTITY,
        "phone": CONTACT,
        "address": LOCATION,
        "delivery": NONE,
        "file": NONE,
        "row": NONE,
        **_WALLED,
    }

    class Meta:
        """A source has an id once."""

        constraints = (models.UniqueConstraint(fields=["source", "source_id"], name="one_record_an_id"),)


class Moment(Walled):
    """One row of the time line: something that happened to a person, from a source, on a day."""

    # Found by the index below that begins with it; Django would keep two more of a text that points elsewhere.
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="moments", db_constraint=False, db_index=False
    )
    day = models.DateField()
    until = models.DateField(null=True)
    kind = models.TextField()
    code = models.TextField(default="")
    value = models.TextField(default="")
    place = models.TextField(default="")
    source = models.TextField()
    source_id = models.TextField(default="")
    file = models.TextField(default="")
    row = models.IntegerField(null=True)
    CLASSES: ClassVar[dict[str, str]] = {
        "id": NONE,
        "person": NONE,
        "source_id": IDENTITY,
        "day": HEALTH,
        "until": HEALTH,
        "kind": HEALTH,
        "code": HEALTH,
        "value": HEALTH,
        "place": LOCATION,
        "source": COVERAGE,
        "file": NONE,
        "row": NONE,
        **_WALLED,
    }

    class Meta:
        """Read newest first for one person."""

        indexes = (models.Index(fields=["person", "-day"], name="moments_of_person"),)
