"""The loop in numbers: how far referrals came, how long each step takes, why they are declined, how they end.

Every figure is a set of referrals that can be opened. One referral is one need for one service, as it is counted in
the field; only referrals count to which the viewer's organizations are a party.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from crosswalk.core.journeys.clocks import Clock, due
from crosswalk.core.journeys.table import Table
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.referrals.models import Edge, Offer, Referral

#: How far a referral came; each step is a subset of those before it, but for what needs no plan.
STEPS = ("referred", "authorized", "offered", "accepted", "started", "received")
_TIMES = """
SELECT after, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY stayed),
       percentile_cont(0.9) WITHIN GROUP (ORDER BY stayed)
FROM (
  SELECT e.after,
         extract(epoch FROM lead(e.at) OVER (PARTITION BY e.referral_id ORDER BY e.id) - e.at) / 86400 AS stayed
  FROM referrals_edge AS e JOIN referrals_referral AS r ON r.id = e.referral_id WHERE r.at >= %s AND r.at < %s
) AS walked
WHERE stayed IS NOT NULL AND after <> 'closed' GROUP BY after
"""


@dataclass(frozen=True)
class Figure:
    """A count that can be opened, and its share of the first figure of its table."""

    key: str
    count: int
    share: float | None


@dataclass(frozen=True)
class Stay:
    """How long referrals stayed in a state: how many stays, and in days half and nine of ten of them."""

    state: str
    count: int
    half: float
    most: float


@dataclass(frozen=True)
class Numbers:
    """Everything on the page."""

    first: date
    last: date
    funnel: tuple[Figure, ...]
    stays: tuple[Stay, ...]
    declined: tuple[Figure, ...]
    outcomes: tuple[Figure, ...]
    channels: tuple[Figure, ...]
    services: tuple[Figure, ...]
    answered: int
    in_time: int
    owed: int
    """Notices to members that are still owed."""


def found(*, viewer: Viewer, first: date, last: date, kind: str = "", key: str = "") -> QuerySet[Referral]:
    """The referrals of a span of days; with `kind` and `key` those behind one figure. Raises LookupError."""
    assert viewer.sees
    rows = Referral.objects.filter(at__gte=_begin(first), at__lt=_begin(last + timedelta(days=1)))
    if not kind:
        return rows
    if kind == "step" and key in STEPS:
        return rows.filter(_step(key))
    if kind == "declined":
        return rows.filter(Exists(Edge.objects.filter(referral=OuterRef("pk"), verb="decline", reason=key)))
    if kind in ("outcome", "channel", "service"):
        return rows.filter(**{kind: key})
    raise LookupError


def numbers(*, viewer: Viewer, table: Table, first: date, last: date) -> Numbers:
    """Count everything for referrals made in these days, the last included."""
    rows = found(viewer=viewer, first=first, last=last)
    funnel = rows.aggregate(**{key: Count("pk", filter=_step(key)) for key in STEPS})
    declined = (
        Edge.objects.filter(verb="decline", referral__in=rows).values("reason")
        .annotate(n=Count("referral", distinct=True)).order_by("-n", "reason")
    )  # fmt: skip
    answered = list(
        Offer.objects.filter(referral__in=rows, answered_at__isnull=False).values_list("at", "answered_at")
    )
    return Numbers(
        first,
        last,
        _figures([(key, funnel[key]) for key in STEPS], funnel["referred"]),
        _stays(table, first, last),
        _figures([(one["reason"], one["n"]) for one in declined], None),
        _grouped(rows.exclude(outcome=""), "outcome"),
        _grouped(rows, "channel"),
        _grouped(rows, "service"),
        len(answered),
        _in_time(table.clocks["accept_referral"], answered),
        rows.filter(notices__to="member", notices__given_at=None).distinct().count(),
    )


def _step(key: str) -> Q:
    made = {
        "referred": (), "authorized": ("authorize",), "offered": ("offer", "send", "streamline"),
        "accepted": ("accept",), "started": ("start",), "received": (),
    }[key]  # fmt: skip
    if key == "referred":
        return Q()
    if key == "received":
        return Q(outcome="services_received")
    return Q(Exists(Edge.objects.filter(referral=OuterRef("pk"), verb__in=made)))


def _grouped(rows: QuerySet[Referral], column: str) -> tuple[Figure, ...]:
    told = list(rows.values(column).annotate(n=Count("pk")).order_by("-n", column))
    whole = sum(one["n"] for one in told)
    return _figures([(one[column], one["n"]) for one in told], whole)


def _figures(told: Sequence[tuple[str, int]], whole: int | None) -> tuple[Figure, ...]:
    return tuple(Figure(key, count, count / whole if whole else None) for key, count in told)


def _stays(table: Table, first: date, last: date) -> tuple[Stay, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_TIMES, [_begin(first), _begin(last + timedelta(days=1))])
        rows: dict[str, Any] = {state: rest for state, *rest in cursor.fetchall()}
    return tuple(Stay(state, *rows[state]) for state in table.states if state in rows)


def _in_time(clock: Clock, answered: Sequence[tuple[datetime, datetime]]) -> int:
    return sum(answer <= due(clock, asked) for asked, answer in answered)


def _begin(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_current_timezone())
