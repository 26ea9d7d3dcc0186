"""Why a job failed, in words; the line of jobs itself is procrastinate's."""

from __future__ import annotations

from django.db import models


class Failure(models.Model):
    """One failed try of a job. Sentences speak of files and numbers, never of people."""

    job_id = models.BigIntegerField(db_index=True)
    at = models.DateTimeField(auto_now_add=True)
    says = models.TextField()
