"""One table: a form that a person signed or refused, with every element that makes it valid."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crosswalk.hub.access.models import Organization, Worker
from crosswalk.hub.pages.classes import HEALTH, IDENTITY, NONE, WORK
from crosswalk.hub.people.models import Person, Walled


class Answer(models.TextChoices):
    """What the person said."""

    GIVEN = "given", _("May be shared")
    REFUSED = "refused", _("Refused to sign")
    RESTRICTED = "restricted", _("Asks that it is not shared")


class Signer(models.TextChoices):
    """Who signed."""

    SELF = "self", _("The person")
    MINOR = "minor", _("A minor who may consent to this care alone")
    REPRESENTATIVE = "representative", _("A representative")


class Method(models.TextChoices):
    """How it was signed."""

    PAPER = "paper", _("On paper")
    ELECTRONIC = "electronic", _("Electronically")
    SPOKEN = "spoken", _("Spoken, with a witness")


class Consent(Walled):
    """A signed form. `holders` and `recipients` are ids of organizations, `any` or a class; a revoked one stays."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents", db_constraint=False)
    source = models.TextField()
    source_id = models.TextField()
    """The source record that it goes with when records are linked otherwise."""
    answer = models.TextField(choices=Answer.choices)
    form = models.TextField()
    version = models.TextField(default="", blank=True)
    language = models.TextField(default="", blank=True)
    holders = ArrayField(models.TextField())
    recipients = ArrayField(models.TextField())
    intermediary = models.TextField(default="", blank=True)
    categories = ArrayField(models.TextField())
    purposes = ArrayField(models.TextField())
    limits = models.TextField(default="", blank=True)
    signed_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    expires_when = models.TextField(default="", blank=True)
    signer = models.TextField(choices=Signer.choices, default=Signer.SELF)
    authority = models.TextField(default="", blank=True)
    method = models.TextField(choices=Method.choices, default=Method.PAPER)
    statements = ArrayField(models.TextField(), default=list)
    copy_given = models.BooleanField(default=False)
    document = models.TextField(default="", blank=True)
    fingerprint = models.TextField(default="", blank=True)
    origin = models.TextField(default="", blank=True)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_on = models.DateField(null=True)
    revoked_how = models.TextField(default="", blank=True)
    renews = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="renewed_by")
    CLASSES: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            (
                "id", "person", "version", "language", "signed_on", "expires_on", "expires_when", "method",
                "statements", "copy_given", "organization", "at", "revoked_at", "revoked_on", "origin", "renews",
                "fingerprint", "known_to", "named",
            ),
            NONE,
        ),
        **dict.fromkeys(
            (
                "answer", "form", "holders", "recipients", "intermediary", "categories", "purposes", "limits",
                "revoked_how", "document",
            ),
            HEALTH,
        ),
        "source": NONE,
        "source_id": IDENTITY,
        "signer": IDENTITY,
        "authority": IDENTITY,
        "worker": WORK,
    }  # fmt: skip

    class Meta:
        """Read for one person; ends after it begins."""

        indexes = (models.Index(fields=["person", "-id"], name="consents_of_person"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gt=F("signed_on")), name="consent_ends_after"
            ),
        )

    def state(self, on: date) -> str:
        """On a day: given, refused, restricted, or what ended it: revoked, expired."""
        if self.revoked_on and self.revoked_on <= on:
            return "revoked"
        if self.expires_on and self.expires_on <= on:
            return "expired"
        return str(self.answer)


class Reason(models.TextChoices):
    """Why emergency access is asked for."""

    LIFE = "life", _("Danger to life or health of the person")
    OTHERS = "others", _("Danger to somebody else")
    MISSING = "missing", _("The person is missing and at risk")
    DISASTER = "disaster", _("Disaster or evacuation")


class Emergency(Walled):
    """One emergency access: who, to whom, why, until when, and how somebody else judged it."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="emergencies", db_constraint=False
    )
    source = models.TextField()
    source_id = models.TextField()
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(choices=Reason.choices)
    words = models.TextField()
    at = models.DateTimeField()
    closes_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewer = models.ForeignKey(Worker, null=True, on_delete=models.PROTECT, related_name="+")
    right = models.BooleanField(null=True)
    verdict = models.TextField(default="", blank=True)
    CLASSES: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("id", "person", "source", "organization", "at", "closes_at", "reviewed_at", "known_to", "named"),
            NONE,
        ),
        "source_id": IDENTITY,
        "reason": HEALTH,
        "words": HEALTH,
        "worker": WORK,
        "reviewer": WORK,
        "right": WORK,
        "verdict": WORK,
    }

    class Meta:
        """Found by person and by what waits; never longer than an hour."""

        indexes = (
            models.Index(fields=["person", "worker", "-closes_at"], name="emergencies_open"),
            models.Index(fields=["reviewed_at", "id"], name="emergencies_waiting"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_at__lte=F("at") + timedelta(minutes=60)), name="emergency_closes"
            ),
        )

    def is_overdue(self, now: datetime) -> bool:
        """Whether nobody judged it within 72 hours."""
        return self.reviewed_at is None and now > self.at + timedelta(hours=72)
