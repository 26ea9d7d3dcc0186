"""Silence is asked about by itself: a mail to whoever has the turn, another, then the coordinator is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crosswalk.core.journeys.clocks import Clock, due
from crosswalk.hub.access.itself import Hub
from crosswalk.hub.journal.actions import act
from crosswalk.hub.network.models import Listing
from crosswalk.hub.pages.policy import edition
from crosswalk.hub.referrals.links import link
from crosswalk.hub.referrals.models import Notice, Referral

#: After so many questions without an answer the coordinator is told.
TIMES, TOLD = 2, 3
_AT_ONCE = 5000


@dataclass(frozen=True)
class Chased:
    """How many were asked about, and of how many the coordinator was told."""

    asked: int
    told: int


def chase(*, at: datetime) -> Chased:
    """Ask about every referral whose clock ran out. Must run with the rows open to the hub; safe to run again."""
    clock = Clock.of(edition(timezone.localdate(at)).entries("clocks")["chase_again"])
    asked = told = 0
    while rows := _silent(at):
        ask = [one for one in rows if one.turn == "provider" and one.chased < TIMES]
        tell = [one for one in rows if not (one.turn == "provider" and one.chased < TIMES)]
        _write(ask, "provider", "silent", at)
        _write(tell, "referrer", "escalated", at)
        for done in range(TIMES):
            ids = [one.pk for one in ask if one.chased == done]
            Referral.objects.filter(pk__in=ids).update(chased=done + 1, chase_at=due(clock, at))
        Referral.objects.filter(pk__in=[one.pk for one in tell]).update(chased=TOLD, chase_at=None)
        asked, told = asked + len(ask), told + len(tell)
    if asked or told:
        act(Hub(), "chase referrals", basis="clocks of the referral", after={"asked": asked, "told": told})
    return Chased(asked, told)


def _silent(at: datetime) -> list[Referral]:
    found = Referral.objects.select_for_update(skip_locked=True).filter(chase_at__lte=at)
    return list(
        found.only("pk", "turn", "chased", "person_id", "known_to", "named", "parties").order_by(
            "chase_at", "pk"
        )[:_AT_ONCE]
    )


def _write(rows: Sequence[Referral], to: str, about: str, at: datetime) -> None:
    in_the_hub: dict[str, Any] = {"given_at": at, "given_by": "Crosswalk"} if to == "referrer" else {}
    Notice.objects.bulk_create(
        (
            Notice(
                referral_id=one.pk, person_id=one.person_id, to=to, about=about, owed_at=at,
                known_to=one.known_to, named=one.named, parties=one.parties, **in_the_hub,
            )
            for one in rows
        ),
        batch_size=2000,
    )  # fmt: skip


def write_mails(*, at: datetime, most: int = 200) -> int:
    """Send the mails that providers are owed; how many went. Where no address is known it stays owed."""
    owed = list(
        Notice.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(to="provider", given_at=None, referral__receiver__listing__referral_email__gt="")
        .select_related("referral", "referral__sender", "referral__at_service")
        .order_by("id")[:most]
    )
    addresses = dict(
        Listing.objects.filter(organization__in={one.referral.receiver_id for one in owed}).values_list(
            "organization_id", "referral_email"
        )
    )
    mails = list(_mails(owed, addresses))
    if mails:
        get_connection().send_messages(mails)
    Notice.objects.filter(pk__in=[one.pk for one in owed]).update(
        given_at=at, given_by="Crosswalk", way="electronic"
    )
    return len(mails)


def _mails(owed: Sequence[Notice], addresses: dict[int, str]) -> Iterator[EmailMessage]:
    for one in owed:
        subject, text = mail_text(one)
        yield EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [addresses[one.referral.receiver_id]])


def mail_text(one: Notice) -> tuple[str, str]:
    """Subject and text of a mail, in both languages; it names a number, a service and a link, and nobody."""
    parts, subjects = [], []
    for language in ("en", "es"):
        with translation.override(language):
            subject, text = _text(one)
        subjects.append(subject)
        parts.append(text)
    return " / ".join(subjects), "\n\n---\n\n".join(parts)


def _text(one: Notice) -> tuple[str, str]:
    number = {"n": one.referral_id, "service": one.referral.at_service.name}
    if one.about in ("offered", "silent") and one.referral.state != "closed":
        where = settings.SITE.address.rstrip("/") + reverse("answer_link", args=[link(one.referral)])
        subject = (
            _("Referral %(n)s waits for your answer") if one.about == "offered"
            else _("Referral %(n)s: how is it going?")
        )  # fmt: skip
        text = _(
            "Referral %(n)s is for %(service)s. Answer here, without signing in:\n%(where)s\n\n"
            "Who it is about stands in the hub, for those who sign in. The link answers once and then ends."
        )
        return str(subject % number), str(text % {**number, "where": where})
    subject = _("Referral %(n)s has ended")
    text = _("Referral %(n)s for %(service)s has ended. Nothing is left to do. Look it up in the hub.")
    return str(subject % number), str(text % number)
