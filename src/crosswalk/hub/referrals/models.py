"""Referrals with every turn they took, whom they were offered to with what, the notices owed, and public requests."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crosswalk.core.journeys.referral import Standing
from crosswalk.hub.access.models import Organization, Worker
from crosswalk.hub.network.models import Service
from crosswalk.hub.pages.classes import CONTACT, COVERAGE, HEALTH, IDENTITY, LOCATION, NONE, WORK
from crosswalk.hub.people.models import Person, Walled


def _person(related: str) -> Any:
    """The person; bringing a run in swaps persons, so PostgreSQL holds no constraint and nothing is deleted along."""
    return models.ForeignKey(Person, on_delete=models.DO_NOTHING, related_name=related, db_constraint=False)


class Between(models.Model):
    """A row that those between whom a referral goes may see: who sent it, who has it, and the plan."""

    parties = ArrayField(models.IntegerField(), default=list)

    class Meta:
        """A shared part, not a table."""

        abstract = True


class Way(models.TextChoices):
    """How somebody is told or introduced."""

    PERSON = "person", _("in person")
    PHONE = "phone", _("by telephone")
    MAIL = "mail", _("by mail")
    ELECTRONIC = "electronic", _("electronically")


class Channel(models.TextChoices):
    """How a referral came to the desk."""

    DESK = "desk", _("Found on a list or by a worker")
    PHONE = "phone", _("By telephone")
    FAMILY = "family", _("The person, family or a friend")
    HOSPITAL = "hospital", _("A hospital or clinic")
    STREET = "street", _("A street team")
    CONFERENCE = "conference", _("A case conference")
    PLAN = "plan", _("The plan")


class Referral(Walled, Between):
    """One need of one person on its way to a service; it ends in exactly one outcome."""

    person = _person("referrals")
    service = models.TextField()
    """The benefit or kind of help: `ecm`, `cs.htns`, `shelter`."""
    population = models.TextField(default="", blank=True)
    """The Population of Focus it was found for, such as `ecm.1a`; empty where none is."""
    plan = models.TextField(default="", blank=True)
    expedited = models.BooleanField(default=False)
    channel = models.TextField(choices=Channel.choices, default=Channel.DESK)
    note = models.TextField(default="", blank=True)
    """Words for whoever takes the person on; counts as health information."""
    sender = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="sent_referrals")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    receiver = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, related_name="received_referrals"
    )
    at_service = models.ForeignKey(Service, on_delete=models.PROTECT, null=True, related_name="referrals")
    """The service of the receiver; before the plan’s yes, the one that is meant."""
    elsewhere = models.TextField(default="", blank=True)
    """To whom, where it was made outside the hub."""
    companion = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="companions")
    state = models.TextField()
    authorization = models.TextField()
    outcome = models.TextField(default="", blank=True)
    since = models.DateTimeField()
    mark = models.IntegerField()
    turn = models.TextField()
    due = models.DateTimeField(null=True)
    clock = models.TextField(default="", blank=True)
    chased = models.SmallIntegerField(default=0)
    """How often silence was asked about where it stands; 3 is with the coordinator."""
    chase_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    CLASSES: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("service", "population", "note", "outcome"), HEALTH),
        **dict.fromkeys(("plan", "authorization"), COVERAGE),
        "worker": WORK,
        **dict.fromkeys(
            (
                "id", "person", "expedited", "channel", "sender", "receiver", "at_service", "elsewhere", "companion",
                "state", "since", "mark", "turn", "due", "clock", "chased", "chase_at", "at", "known_to", "named",
                "parties",
            ),
            NONE,
        ),
    }  # fmt: skip

    class Meta:
        """An outcome exactly when closed; found by person, by whose turn, and by what is due."""

        constraints = (
            models.CheckConstraint(
                condition=(Q(state="closed") & ~Q(outcome="")) | (~Q(state="closed") & Q(outcome="")),
                name="one_outcome_when_closed",
            ),
        )
        indexes = (
            models.Index(fields=["person", "-at"], name="referrals_of_person"),
            models.Index(fields=["turn", "due", "id"], name="referrals_by_turn"),
            models.Index(fields=["chase_at"], condition=Q(chase_at__isnull=False), name="referrals_to_chase"),
            models.Index(fields=["receiver", "state", "due"], name="referrals_of_receiver"),
        )

    def standing(self) -> Standing:
        """Where it stands, for the decisions of core."""
        return Standing(
            self.service, self.expedited, self.state, self.authorization, str(self.receiver_id or ""),
            self.outcome, self.since, self.mark,
        )  # fmt: skip


class Edge(Walled, Between):
    """One turn that was made: who, when, from where, and what it changed. Never rewritten."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="edges")
    person = _person("+")
    verb = models.TextField()
    before = models.TextField()
    after = models.TextField()
    authorization = models.TextField()
    party = models.TextField()
    source = models.TextField()
    reason = models.TextField(default="", blank=True)
    words = models.TextField(default="", blank=True)
    receiver = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.TextField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    CLASSES: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("reason", "words"), HEALTH),
        "authorization": COVERAGE,
        **dict.fromkeys(("worker", "by"), WORK),
        **dict.fromkeys(
            (
                "id", "referral", "person", "verb", "before", "after", "party", "source", "receiver", "organization",
                "at", "known_to", "named", "parties",
            ),
            NONE,
        ),
    }  # fmt: skip

    class Meta:
        """Read in order, for one referral; what was done stays done."""

        indexes = (
            models.Index(fields=["referral", "id"], name="edges_of_referral"),
            models.Index(fields=["verb", "at"], name="edges_by_verb"),
        )
        triggers = (
            pgtrigger.Protect(
                name="edge_stays",
                operation=pgtrigger.Delete
                | pgtrigger.UpdateOf(
                    *(
                        "verb",
                        "before",
                        "after",
                        "authorization",
                        "party",
                        "source",
                        "reason",
                        "words",
                        "by",
                        "at",
                    )
                ),
            ),
        )


class Offer(Walled, Between):
    """A referral given to one organization, with exactly what went to it; only it and the sender see that."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="offers")
    person = _person("+")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="offers")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="offers")
    sent = models.JSONField(default=dict)
    """Category → what was sent of it; what was not allowed is not in it."""
    basis = models.TextField()
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(default="", blank=True)
    reason = models.TextField(default="", blank=True)
    mark = models.IntegerField()
    """The mark of the referral that was offered: an answer to another one is an old one."""
    CLASSES: ClassVar[dict[str, str]] = {
        "sent": HEALTH,
        "reason": HEALTH,
        **dict.fromkeys(
            (
                "id", "referral", "person", "organization", "service", "basis", "at", "answered_at", "answer", "mark",
                "known_to", "named", "parties",
            ),
            NONE,
        ),
    }  # fmt: skip

    class Meta:
        """Found by organization, and by referral."""

        indexes = (
            models.Index(fields=["organization", "-at"], name="offers_of_organization"),
            models.Index(fields=["referral", "-id"], name="offers_of_referral"),
        )


class Notice(Walled, Between):
    """A notice that a turn owes: to whom, about what, by which way, and when it was given."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="notices")
    person = _person("+")
    to = models.TextField()
    about = models.TextField()
    way = models.TextField(default="electronic")
    owed_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    given_by = models.TextField(default="", blank=True)
    printed_at = models.DateTimeField(null=True)
    """When it was printed last; a letter that came back is to be printed again."""
    printed_by = models.TextField(default="", db_default="", blank=True)
    returned_at = models.DateTimeField(null=True)
    """When the letter came back last."""
    CLASSES: ClassVar[dict[str, str]] = {
        "about": HEALTH,
        **dict.fromkeys(("given_by", "printed_by"), WORK),
        **dict.fromkeys(
            (
                "id", "referral", "person", "to", "way", "owed_at", "given_at", "printed_at", "returned_at",
                "known_to", "named", "parties",
            ),
            NONE,
        ),
    }  # fmt: skip

    class Meta:
        """Read for one referral; those owed are found quickly."""

        indexes = (
            models.Index(fields=["referral", "id"], name="notices_of_referral"),
            models.Index(fields=["to", "owed_at"], condition=Q(given_at=None), name="notices_owed"),
        )


class Request(models.Model):
    """What somebody asked for on the public form, until the desk knows who it is."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="requests")
    form = models.TextField(choices=[("public", "public"), ("short", "short")])
    language = models.TextField(default="en")
    who = models.TextField()
    """Who asks: the person, family, a friend, a hospital, a street team."""
    name = models.TextField()
    born = models.TextField(default="", blank=True)
    reach = models.TextField(default="", blank=True)
    place = models.TextField(default="", blank=True)
    needs = ArrayField(models.TextField(), default=list, blank=True)
    words = models.TextField(default="", blank=True)
    asker = models.TextField(default="", blank=True)
    asker_reach = models.TextField(default="", blank=True)
    agreed = models.BooleanField(default=False)
    at = models.DateTimeField()
    state = models.TextField(
        default="open", choices=[("open", "open"), ("taken", "taken"), ("closed", "closed")]
    )
    person = models.ForeignKey(
        Person, on_delete=models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    why = models.TextField(default="", blank=True)
    CLASSES: ClassVar[dict[str, str]] = {
        **dict.fromkeys(("name", "born", "asker"), IDENTITY),
        **dict.fromkeys(("reach", "asker_reach"), CONTACT),
        "place": LOCATION,
        **dict.fromkeys(("needs", "words", "why"), HEALTH),
        "worker": WORK,
        **dict.fromkeys(
            (
                "id",
                "organization",
                "form",
                "language",
                "who",
                "agreed",
                "at",
                "state",
                "person",
                "settled_at",
            ),
            NONE,
        ),
    }

    class Meta:
        """Read oldest first where it waits."""

        indexes = (models.Index(fields=["organization", "state", "at"], name="requests_waiting"),)
