"""A person in one program of one organization, the one worker who leads there, and how the lead was handed on."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from crosswalk.hub.access.models import Organization, Worker
from crosswalk.hub.pages.classes import CONTACT, HEALTH, NONE, WORK
from crosswalk.hub.people.models import Person, Walled
from crosswalk.hub.referrals.models import Between, Referral

_WALL = ("known_to", "named", "parties")


def _person() -> Any:
    """The person; bringing a run in swaps persons, so PostgreSQL holds no constraint and nothing is deleted along."""
    return models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)


class End(models.TextChoices):
    """How care in a program ended, where no referral says it."""

    GOALS = "goals", _("The goals are reached")
    NO_LONGER_ELIGIBLE = "no_longer_eligible", _("No longer eligible for the service")
    NO_LONGER_NEEDS = "no_longer_needs", _("No longer needs the service, or declines it")
    UNABLE_TO_REACH = "unable_to_reach", _("Unable to reach the member")
    OTHER = "other", _("Other")


class Care(Walled, Between):
    """A person whom an organization has taken on for one program, from the acceptance until care ends."""

    person = _person()
    service = models.TextField()
    """The benefit or kind of help, as of a referral: `ecm`, `cs.htns`, `shelter`."""
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(default="", blank=True)
    double = models.BooleanField(default=False)
    """Came to stand beside another of the same program when two records were found to be one person."""
    CLASSES: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("service", "ended_because"), HEALTH),
        **dict.fromkeys(
            ("id", "person", "organization", "referral", "began_at", "ended_at", "double", *_WALL), NONE
        ),
    }

    class Meta:
        """One of a program at a time for a person; an end has its reason."""

        constraints = (
            models.UniqueConstraint(
                fields=["person", "service"],
                condition=Q(ended_at=None, double=False),
                name="one_care_a_program",
            ),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(ended_at=None), name="one_care_a_referral"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_because="")
                | (Q(ended_at__gte=F("began_at")) & ~Q(ended_because="")),
                name="care_ends_for_a_reason",
            ),
        )
        indexes = (
            models.Index(fields=["organization"], condition=Q(ended_at=None), name="care_of_organization"),
        )


class Lead(Walled, Between):
    """The one worker who leads a person's care in a program, since when and until when."""

    care = models.ForeignKey(Care, on_delete=models.PROTECT, related_name="leads")
    person = _person()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    """None where the organization has nobody who signs in: then `name` and `reach` are what it told."""
    name = models.TextField()
    reach = models.TextField(default="", blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    CLASSES: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("worker", "name"), WORK),
        "reach": CONTACT,
        **dict.fromkeys(("id", "care", "person", "organization", "since", "until", *_WALL), NONE),
    }

    class Meta:
        """One at a time; found by worker."""

        constraints = (
            models.UniqueConstraint(fields=["care"], condition=Q(until=None), name="one_lead_a_care"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="lead_ends_after"
            ),
        )
        indexes = (
            models.Index(fields=["worker", "organization"], condition=Q(until=None), name="leads_of_worker"),
            models.Index(fields=["person"], condition=Q(until=None), name="leads_of_person"),
        )


class Handoff(Walled, Between):
    """The lead handed from one worker to another: asked, answered, introduced, and the member told."""

    care = models.ForeignKey(Care, on_delete=models.PROTECT, related_name="handoffs")
    person = _person()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    """Whose worker takes over."""
    giving = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    """Whose worker hands over; mostly the same."""
    giver = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    giver_name = models.TextField()
    taker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    taker_name = models.TextField()
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(
        default="",
        blank=True,
        choices=[("accepted", "accepted"), ("declined", "declined"), ("withdrawn", "withdrawn")],
    )
    interim = models.BooleanField(default=False)
    """The giver’s access ended at once: nobody can introduce, and a supervisor leads for now."""
    introduced_at = models.DateTimeField(null=True)
    introduced_how = models.TextField(default="", blank=True)
    introduced_by = models.TextField(default="", blank=True)
    told_at = models.DateTimeField(null=True)
    told_how = models.TextField(default="", blank=True)
    told_by = models.TextField(default="", blank=True)
    CLASSES: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            ("giver", "giver_name", "taker", "taker_name", "asked_by", "introduced_by", "told_by"), WORK
        ),
        **dict.fromkeys(
            (
                "id", "care", "person", "organization", "giving", "asked_at", "answered_at", "answer", "interim",
                "introduced_at", "introduced_how", "told_at", "told_how", *_WALL,
            ),
            NONE,
        ),
    }  # fmt: skip

    class Meta:
        """One question at a time; what is owed is found by giver and by taker."""

        constraints = (
            models.UniqueConstraint(fields=["care"], condition=Q(answer=""), name="one_handoff_asked"),
        )
        indexes = (
            models.Index(fields=["taker", "answer"], name="handoffs_of_taker"),
            models.Index(fields=["giver", "answer"], name="handoffs_of_giver"),
        )

    def missing(self) -> tuple[str, ...]:
        """What a handoff still lacks: `answer`, `introduction`, `notice`; empty when it is done."""
        if self.answer != "accepted":
            return ("answer",) if not self.answer else ()
        introduction = () if self.introduced_at or self.interim else ("introduction",)
        return (*introduction, *(() if self.told_at else ("notice",)))
