"""Organizations, the people who sign in, what they are there, and what organizations agreed to show each other."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from crosswalk.hub.access.roles import Kind, Role


@pghistory.track()
class Organization(models.Model):
    """One organization that works with the hub, or whose files it receives."""

    name = models.TextField(unique=True)
    kind = models.TextField(choices=Kind.choices)
    counties = ArrayField(models.TextField(), default=list, blank=True)
    source = models.TextField(default="", blank=True)
    """The source of its files: `plan:<plan>` or `hmis:<implementation>`; empty when it sends none."""
    hmis_name = models.TextField(default="", blank=True)
    """The name under which HMIS lists its projects; empty when it has none there."""

    class Meta:
        """A source belongs to one organization."""

        constraints = (
            models.UniqueConstraint(
                fields=["source"], condition=~Q(source=""), name="one_organization_a_source"
            ),
        )

    def __str__(self) -> str:
        return str(self.name)


class _Workers(BaseUserManager):
    """Makes accounts; nobody makes one for themselves."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> Worker:
        """A new account. Without a password the person sets one through a mailed link."""
        worker = self.model(email=self.normalize_email(email).lower(), **more)
        worker.set_password(password)
        worker.save(using=self._db)
        return worker


@pghistory.track(exclude=["password", "last_login"])
class Worker(AbstractBaseUser):
    """Somebody who signs in."""

    email = models.EmailField(unique=True)
    name = models.TextField()
    is_active = models.BooleanField(default=True)
    invented = models.BooleanField(default=False)
    """Made by the demo; only these can sign in with one click."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = _Workers()

    def __str__(self) -> str:
        return str(self.name)


def called(worker: Worker) -> str:
    """How the sign-in pages call somebody."""
    return str(worker.name)


@pghistory.track()
class Membership(models.Model):
    """What somebody is in an organization, for which counties and populations, since when and until when."""

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="memberships")
    role = models.TextField(choices=Role.choices)
    counties = ArrayField(models.TextField(), default=list, blank=True)
    populations = ArrayField(models.TextField(), default=list, blank=True)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.TextField(default="", blank=True)

    class Meta:
        """A person has a role in an organization once at a time; an end comes after the beginning."""

        constraints = (
            models.UniqueConstraint(
                fields=["worker", "organization", "role"],
                condition=Q(ended_at=None),
                name="one_open_role_each",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("since")), name="role_ends_after"
            ),
        )


@pghistory.track()
class Agreement(models.Model):
    """One organization lets another see the records it holds, from a day until a day, for named purposes."""

    giver = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="given")
    receiver = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="received")
    purposes = ArrayField(models.TextField(), default=list)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    document = models.TextField(default="", blank=True)

    class Meta:
        """Ends after it starts, and is between two."""

        constraints = (
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")), name="agreement_ends_after"
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="agreement_between_two"),
        )
