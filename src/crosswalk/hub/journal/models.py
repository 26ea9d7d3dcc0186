"""One table: an entry for every act and every read of a person; only the database's own function can add to it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Entry(models.Model):
    """One thing that somebody did or saw. Names are kept as they were, so that no later change rewrites it."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.TextField(choices=[("act", "act"), ("read", "read")])
    verb = models.TextField()
    worker_id = models.BigIntegerField(null=True)
    worker = models.TextField()
    organization_id = models.BigIntegerField(null=True)
    organization = models.TextField()
    role = models.TextField()
    basis = models.TextField()
    why = models.TextField()
    subject = models.TextField()
    persons = ArrayField(models.TextField())
    fields = ArrayField(models.TextField())
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    said = models.TextField()
    previous = models.TextField()
    hash = models.TextField()

    class Meta:
        """Found by person and by organization."""

        db_table = "journal_entry"
        indexes = (
            GinIndex(fields=["persons"], name="journal_by_person"),
            models.Index(fields=["organization_id", "-seq"], name="journal_by_organization"),
        )
