"""The link in a provider's e-mail: signed, for one standing of one referral, and it ends. It names nobody.

A link carries the number of the referral and the mark of the standing it asks about. Any turn changes the mark, so a
link answers once, and an old one never answers what came after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.utils import timezone

from crosswalk.core.journeys.referral import Act
from crosswalk.core.journeys.table import Table
from crosswalk.core.journeys.table import table as table_of
from crosswalk.hub.access.models import Organization
from crosswalk.hub.pages.policy import edition
from crosswalk.hub.referrals import actions
from crosswalk.hub.referrals.models import Referral

_SALT = "crosswalk.referrals.answer"
#: What a provider can answer by a link, in this order; reasons are asked for where the table asks for one.
ANSWERS = ("accept", "start", "report", "decline", "close")


@dataclass(frozen=True)
class ByLink:
    """Whoever opened the link: the provider it was sent to; nobody is signed in."""

    organization_id: int
    organization_name: str
    worker_id: None = None
    name: str = "The link in an e-mail"
    role: str = "link"


@dataclass(frozen=True)
class Opened:
    """What a link leads to: the referral where the link still asks, else why it does not (ended, used, wrong)."""

    one: Referral | None
    why: str
    table: Table


def link(one: Referral) -> str:
    """The signed token for where a referral stands now."""
    return signing.dumps([one.pk, one.mark, one.receiver_id], salt=_SALT)


def opened(token: str, *, lock: bool = False) -> Opened:
    """What a token leads to. Must run with the rows open to the hub."""
    table = table_of(edition(timezone.localdate()))
    holds = timedelta(days=table.clocks["answer_link"].value)
    try:
        number, mark, receiver = signing.loads(token, salt=_SALT, max_age=holds)
    except signing.SignatureExpired:
        return Opened(None, "ended", table)
    except (signing.BadSignature, ValueError, TypeError):
        return Opened(None, "wrong", table)
    found = Referral.objects.select_for_update(of=("self",)) if lock else Referral.objects
    one = found.select_related("sender", "receiver", "at_service").filter(pk=number).first()
    if one is None:
        return Opened(None, "wrong", table)
    if one.state == "closed":
        return Opened(None, "closed", table)
    if one.mark != mark or one.receiver_id != receiver:
        return Opened(None, "used", table)
    return Opened(one, "", table)


def answer(
    token: str,
    *,
    verb: str,
    reason: str,
    at: datetime,
    lead: actions.LeadNamed = actions.NOBODY_NAMED,
) -> Opened:
    """Give the answer of a link. Raises Refused for a missing reason, LookupError for what no link answers."""
    found = opened(token, lock=True)
    if found.one is None:
        return found
    if verb not in ANSWERS or found.one.receiver_id is None:
        raise LookupError
    by = ByLink(found.one.receiver_id, Organization.objects.get(pk=found.one.receiver_id).name)
    done = Act(verb, "provider", "link", reason, str(found.one.receiver_id), found.one.mark)
    actions.answer_by_link(by=by, at=at, one=found.one, table=found.table, done=done, lead=lead)
    return found
