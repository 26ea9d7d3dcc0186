"""From referral to service, audited: which referrals ended in no service, or stand still, and where they stopped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.pages.words import plan_words
from crosswalk.hub.referrals import queries
from crosswalk.hub.referrals.models import Channel, Edge, Referral
from crosswalk.hub.referrals.reach import Reach
from crosswalk.hub.referrals.words import help_words, outcome_words, reason_words, state_words

#: Ended without a service, or still open with its clock run out.
WHICH = ("ended", "late")
#: Widths of the columns of the sheet, in signs.
WIDTHS = (8, 26, 26, 14, 30, 26, 24, 12, 12, 8, 30, 30, 30)
#: No more lines go into one sheet.
MOST_IN_A_SHEET = 50_000


@dataclass(frozen=True)
class Asked:
    """What the audit is about: ended or late, of which days, and if narrowed, where they stopped and why."""

    which: str
    reach: Reach
    stopped: str = ""
    why: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str], viewer: Viewer) -> Asked:
        """What an address asks for."""
        which = said.get("which", "")
        return cls(
            which if which in WHICH else WHICH[0], Reach.of(said, viewer.on),
            said.get("stopped", ""), said.get("why", ""),
        )  # fmt: skip

    def address(self, **also: str) -> str:
        """The end of an address that asks for the same, and for what is named besides."""
        return self.reach.address(**{"which": self.which, "stopped": self.stopped, "why": self.why, **also})


@dataclass(frozen=True)
class Stops:
    """How many there are by where they stopped and why, by kind of help, by provider (id and name)."""

    count: int
    made: int
    """Of so many referrals in all."""
    stopped: tuple[tuple[str, int], ...]
    why: tuple[tuple[str, int], ...]
    services: tuple[tuple[str, int], ...]
    providers: tuple[tuple[int, str, int], ...]


def lines(*, viewer: Viewer, asked: Asked, at: datetime) -> QuerySet[Referral]:
    """The referrals of the audit, the newest first, each with `stopped`, `said` (the reason) and `name`."""
    rows = queries.named(viewer=viewer, rows=_rows(asked, at))
    return rows.select_related("sender", "receiver", "at_service").order_by("-at", "-id")


def stops(*, viewer: Viewer, asked: Asked, at: datetime) -> Stops:
    """Count them; where it is narrowed, what stands beside is counted so that another choice can be seen."""
    assert viewer.sees
    told = list(
        _marked(asked, at)
        .values("stopped", "said", "service", "receiver_id", provider=F("receiver__name"))
        .annotate(many=Count("pk"))
        .order_by()
    )
    stopped = [one for one in told if one["stopped"]]
    so = [one for one in stopped if asked.stopped in ("", one["stopped"])]
    here = [one for one in so if asked.why in ("", one["said"])]
    providers = Counter[tuple[int, str]]()
    for one in here:
        if one["receiver_id"]:
            providers[one["receiver_id"], one["provider"]] += one["many"]
    return Stops(
        sum(one["many"] for one in here),
        sum(one["many"] for one in told),
        _counted(stopped, "stopped"),
        _counted(so, "said"),
        _counted(here, "service"),
        tuple((pk, name, many) for (pk, name), many in providers.most_common()),
    )


def columns() -> list[str]:
    """The heads of the sheet, in the language of the page."""
    return [
        _("No."), _("Person"), _("Help"), _("Plan"), _("Provider"), _("Sent by"), _("How it came"), _("Made on"),
        _("Stopped on"), _("Days"), _("Where it stopped"), _("Why"), _("Service"),
    ]  # fmt: skip


def cells(rows: Iterable[Any], at: datetime) -> Iterator[list[str]]:
    """The lines of the sheet, every cell a text."""
    channels = dict(Channel.choices)
    for one in rows:
        ended = one.since if one.state == "closed" else at
        yield [
            str(one.pk), one.name or "", help_words(one.service), plan_words(one.plan) if one.plan else "",
            one.receiver.name if one.receiver else one.elsewhere, one.sender.name, str(channels[one.channel]),
            timezone.localdate(one.at).isoformat(),
            timezone.localdate(one.since).isoformat() if one.state == "closed" else "",
            str((ended - one.at).days), state_words(one.stopped), why_words(one),
            one.at_service.name if one.at_service else "",
        ]  # fmt: skip


def why_words(one: Any) -> str:
    """Why it ended; of one that goes on, that it is late."""
    return outcome_words(one.outcome) if one.outcome else reason_words("late")


def _marked(asked: Asked, at: datetime) -> QuerySet[Referral]:
    """All referrals of the reach, those of the audit marked with where they stopped (`stopped`) and why (`said`)."""
    reach, ended = asked.reach, asked.which == "ended"
    rows = Referral.objects.filter(reach.narrowed(), at__gte=reach.begin(), at__lt=reach.end())
    closing = (
        Edge.objects.filter(referral=OuterRef("pk"), after="closed").order_by("-id").values("before")[:1]
    )
    is_here = ~Q(outcome__in=("", "services_received")) if ended else ~Q(state="closed") & Q(due__lt=at)
    return rows.annotate(
        stopped=Case(
            When(is_here, then=Subquery(closing) if ended else F("state")),
            default=Value(""),
            output_field=TextField(),
        ),
        said=Case(
            When(is_here, then=F("outcome") if ended else F("clock")),
            default=Value(""),
            output_field=TextField(),
        ),
    )


def _rows(asked: Asked, at: datetime) -> QuerySet[Referral]:
    wanted = {key: value for key, value in (("stopped", asked.stopped), ("said", asked.why)) if value}
    return _marked(asked, at).exclude(stopped="").filter(**wanted)


def _counted(rows: Iterable[Mapping[str, Any]], column: str) -> tuple[tuple[str, int], ...]:
    found: Counter[str] = Counter()
    for one in rows:
        found[one[column] or ""] += one["many"]
    return tuple(found.most_common())
