"""A plan's answer that came in a file makes the same turn as a person would: authorized, or not authorized.

The file goes through the doors of all files (`hub/intake`): its rows are counted, the same file again changes nothing,
and an older one never lies over a newer. What it says of an authorization stands on the person's time line; here the
open requests for that are answered. Our own reading, unverified: an answer belongs to a request for the same service
by the same plan when the authorization begins on the day of the request or later, and only where the file does not say
both yes and no.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.core.journeys.referral import Act
from crosswalk.core.journeys.table import Table
from crosswalk.core.journeys.table import table as table_of
from crosswalk.hub.access.itself import Hub
from crosswalk.hub.access.models import Organization
from crosswalk.hub.journal.actions import act
from crosswalk.hub.pages.policy import edition
from crosswalk.hub.people.models import Moment
from crosswalk.hub.referrals.actions import answer_by_file
from crosswalk.hub.referrals.models import Referral

#: What a file says of an authorization → the turn it is; what was only asked for, or has ended, answers nothing.
VERBS = {"approved": "authorize", "denied": "refuse"}


@dataclass(frozen=True)
class ByFile:
    """The plan whose file it was; nobody pressed a button."""

    organization_id: int
    organization_name: str
    name: str
    worker_id: None = None
    role: str = "file"


@dataclass(frozen=True)
class Answered:
    """Of so many requests that a file speaks of: how many it answered, and how many it leaves to people."""

    spoken_of: int
    turned: int
    left: int


def answer_from_files(*, at: datetime) -> Answered:
    """Answer each open request that a plan’s file decides. The rows must be open to the hub; safe to run again."""
    table = table_of(edition(timezone.localdate(at)))
    plans = {
        one.source.removeprefix("plan:"): one for one in Organization.objects.filter(source__startswith="plan:")
    }  # fmt: skip
    waiting = Referral.objects.select_for_update(of=("self",)).filter(authorization="pending", plan__in=plans)
    told = _told(list(waiting.exclude(state="closed").order_by("pk")))
    turned = sum(_turn(table, plans[one.plan], one, said, at) for one, said in told)
    answered = Answered(len(told), turned, len(told) - turned)
    if turned:
        after = {"spoken_of": answered.spoken_of, "turned": turned, "left": answered.left}
        act(Hub(), "answer referrals from files", basis="a plan's file", after=after)
    return answered


def _told(waiting: list[Referral]) -> list[tuple[Referral, list[Moment]]]:
    """Each request of which a file speaks, with what it says, the newest first."""
    rows = Moment.objects.filter(
        kind="authorization", value__in=VERBS, person_id__in={one.person_id for one in waiting}
    ).order_by("-day", "-pk")
    said: dict[tuple[str, str, str], list[Moment]] = {}
    for row in rows:
        said.setdefault((row.person_id, row.source, row.code), []).append(row)
    found = []
    for one in waiting:
        made = timezone.localdate(one.at)
        here = [
            row for row in said.get((one.person_id, f"plan:{one.plan}", one.service), []) if row.day >= made
        ]
        if here:
            found.append((one, here))
    return found


def _turn(table: Table, plan: Organization, one: Referral, said: list[Moment], at: datetime) -> bool:
    """Make the turn that a file tells of; not where it says both, or the referral cannot take it any more."""
    if len({row.value for row in said}) > 1:
        return False
    verb, row = VERBS[said[0].value], said[0]
    done = Act(verb, "file", "file", "as_told" if verb == "refuse" else "", saw=one.mark)
    by = ByFile(plan.pk, plan.name, _("A file of the plan"))
    try:
        answer_by_file(by=by, at=at, one=one, table=table, done=done, words=f"{row.file}, {row.row}")
    except Refused:
        return False
    return True
