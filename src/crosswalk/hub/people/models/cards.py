"""The index card of each record: cleaned names and numbers, how common they are, and the keys it is found by."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from crosswalk.hub.pages.classes import CONTACT, IDENTITY, LOCATION, NONE
from crosswalk.hub.people.models.persons import Person, Walled


class Card(Walled):
    """One cleaned record, as linkage compares it. Never shown: people are found by it, and then read elsewhere."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cards", db_constraint=False)
    source = models.TextField()
    source_id = models.TextField()
    first = models.TextField(null=True)
    first_c = models.TextField(null=True)
    middle = models.TextField(null=True)
    given = ArrayField(models.TextField(), null=True)
    last_c = models.TextField(null=True)
    tok1 = models.TextField(null=True)
    tok2 = models.TextField(null=True)
    suffix = models.TextField(null=True)
    two_surnames = models.BooleanField(default=False)
    dob = models.DateField(null=True)
    ssn = models.TextField(null=True)
    ssn4 = models.TextField(null=True)
    sex = models.TextField(null=True)
    phone = models.TextField(null=True)
    zip = models.TextField(null=True)
    cin = models.TextField(null=True)
    share_first = models.FloatField(null=True)
    share_last_c = models.FloatField(null=True)
    share_zip = models.FloatField(null=True)
    share_zip3 = models.FloatField(null=True)
    share_tok1 = models.FloatField(null=True)
    share_tok2 = models.FloatField(null=True)
    keys = ArrayField(models.IntegerField(), default=list)
    CLASSES: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            (
                *("source_id", "first", "first_c", "middle", "given", "last_c", "tok1", "tok2", "suffix"),
                *("two_surnames", "dob", "ssn", "ssn4", "sex", "cin", "keys"),
            ),
            IDENTITY,
        ),
        **dict.fromkeys(("share_first", "share_last_c", "share_tok1", "share_tok2"), IDENTITY),
        **dict.fromkeys(("zip", "share_zip", "share_zip3"), LOCATION),
        "phone": CONTACT,
        **dict.fromkeys(("id", "person", "source", "known_to", "named"), NONE),
    }

    class Meta:
        """A record has one card; cards are found by their keys, inside the function `people_found` alone."""

        constraints = (models.UniqueConstraint(fields=["source", "source_id"], name="one_card_a_record"),)
        # Without `fastupdate=False` new keys wait in a list that every search reads from end to end.
        indexes = (GinIndex(fields=["keys"], name="cards_by_key", fastupdate=False),)


class Deck(models.Model):
    """The cards as a whole: under which policy they were made, and how many members there were. One row."""

    policy = models.TextField()
    members = models.IntegerField()
