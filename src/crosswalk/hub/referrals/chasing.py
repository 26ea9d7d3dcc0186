"""Silence is asked about by itself: a mail to whoever has the turn, another, then the coordinator is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crosswalk.core.journeys.clocks import Clock, due
from crosswalk.hub.access.itself import Hub
from crosswalk.hub.journal.actions import act
from crosswalk.hub.network.models import Listing
from crosswalk.hub.pages.policy import edition
from crosswalk.hub.referrals.links import link
from crosswalk.hub.referrals.models import Notice

#: After so many questions without an answer the coordinator is told.
TIMES, TOLD = 2, 3
#: One statement for all that is silent: who has the turn and is a provider is asked, else the coordinator is told.
_SWEEP = """
WITH silent AS (
  SELECT id, person_id, known_to, named, parties, turn = 'provider' AND chased < %(times)s AS ask
  FROM referrals_referral WHERE chase_at <= %(at)s FOR UPDATE SKIP LOCKED
), moved AS (
  UPDATE referrals_referral AS r
  SET chased = CASE WHEN s.ask THEN r.chased + 1 ELSE %(told)s END, chase_at = CASE WHEN s.ask THEN %(next)s END
  FROM silent AS s WHERE r.id = s.id
), written AS (
  INSERT INTO referrals_notice
    (referral_id, person_id, "to", about, way, owed_at, given_at, given_by, known_to, named, parties)
  SELECT id, person_id, CASE WHEN ask THEN 'provider' ELSE 'referrer' END,
         CASE WHEN ask THEN 'silent' ELSE 'escalated' END, 'electronic', %(at)s,
         CASE WHEN NOT ask THEN %(at)s END, CASE WHEN ask THEN '' ELSE 'Crosswalk' END, known_to, named, parties
  FROM silent
)
SELECT count(*) FILTER (WHERE ask), count(*) FILTER (WHERE NOT ask) FROM silent
"""


@dataclass(frozen=True)
class Chased:
    """How many were asked about, and of how many the coordinator was told."""

    asked: int
    told: int


def chase(*, at: datetime) -> Chased:
    """Ask about every referral whose clock ran out. Must run with the rows open to the hub; safe to run again."""
    clock = Clock.of(edition(timezone.localdate(at)).entries("clocks")["chase_again"])
    with connection.cursor() as cursor:
        cursor.execute(_SWEEP, {"at": at, "next": due(clock, at), "times": TIMES, "told": TOLD})
        asked, told = cursor.fetchone()
    if asked or told:
        act(Hub(), "chase referrals", basis="clocks of the referral", after={"asked": asked, "told": told})
    return Chased(asked, told)


def write_mails(*, at: datetime, most: int = 200) -> int:
    """Send the mails that providers are owed; how many went. Without an address or a mail server it stays owed."""
    if not settings.SITE.sends_mail:
        return 0
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
