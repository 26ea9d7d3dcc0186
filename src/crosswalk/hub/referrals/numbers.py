"""The loop in numbers: how far referrals came, how long each step takes, why they are declined, how they end.

Every figure is a set of referrals that can be opened. One referral is one need for one service, as it is counted in
the field; only referrals count to which the viewer's organizations are a party. All of it is one statement.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from crosswalk.core.journeys.clocks import due
from crosswalk.core.journeys.table import CLOSED, Table
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.finding.models import Listed
from crosswalk.hub.referrals import growth
from crosswalk.hub.referrals.models import Edge, Referral
from crosswalk.hub.referrals.reach import NARROWED, Reach

#: How far a referral came, with the turns that say so; each step is a subset of those before it, but for what needs
#: no plan.
STEPS: Mapping[str, tuple[str, ...]] = {
    "referred": (), "authorized": ("authorize",), "offered": ("offer", "send", "streamline"), "accepted": ("accept",),
    "started": ("start",), "received": (),
}  # fmt: skip
_COUNTED = (Path(__file__).parent / "texts" / "numbers.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Figure:
    """A count that can be opened, and its share of the first figure of its table."""

    key: str
    count: int
    share: float | None


@dataclass(frozen=True)
class Stay:
    """How long referrals stayed in a state: how many stays, in days half and nine of ten of them.

    `clocked`, `kept`: of how many a clock was running, and how many of these ended within it.
    """

    state: str
    count: int
    half: float
    most: float
    clocked: int
    kept: int


@dataclass(frozen=True)
class Numbers:
    """Everything on the page but the chart."""

    likely: int
    """People on the viewer's own list who are likely eligible for something today."""
    referred: int
    """How many of these have a referral, whenever it was made."""
    funnel: tuple[Figure, ...]
    stays: tuple[Stay, ...]
    declined: tuple[Figure, ...]
    outcomes: tuple[Figure, ...]
    channels: tuple[Figure, ...]
    services: tuple[Figure, ...]
    providers: tuple[Figure, ...]
    senders: tuple[Figure, ...]
    closed: int
    in_time: int
    """Closed ones of which every step kept its clock."""
    owed: int
    """Notices to members that are still owed."""


def found(*, viewer: Viewer, reach: Reach, kind: str = "", key: str = "") -> QuerySet[Referral]:
    """The referrals of a reach; with `kind` and `key` those behind one figure. Raises LookupError."""
    assert viewer.sees
    if kind == "calaim":
        return growth.behind(viewer=viewer, reach=reach, key=key)
    rows = Referral.objects.filter(reach.narrowed(), at__gte=reach.begin(), at__lt=reach.end())
    if not kind:
        return rows
    if kind == "step" and key in STEPS:
        return rows.filter(_step(key))
    if kind == "declined":
        return rows.filter(Exists(Edge.objects.filter(referral=OuterRef("pk"), verb="decline", reason=key)))
    if kind == "listed":
        listed = Listed.objects.filter(
            organization_id=viewer.organization_id, person_id=OuterRef("person_id"), met__len__gt=0
        )
        return Referral.objects.filter(Exists(listed), reach.narrowed())
    if kind in ("outcome", "channel", "service"):
        return rows.filter(**{kind: key})
    if kind in ("receiver", "sender") and key.isdecimal():
        return rows.filter(**{f"{kind}_id": int(key)})
    raise LookupError


def numbers(*, viewer: Viewer, table: Table, reach: Reach) -> Numbers:
    """Count everything for a reach, in one statement."""
    asked = {
        **reach.told(), "organization": viewer.organization_id,
        **{f"{step}_verbs": list(verbs) for step, verbs in STEPS.items() if verbs},
        **_clocks(table, reach.first, max(reach.last, viewer.on)),
    }  # fmt: skip
    told: dict[str, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.replace("/* narrowed */", f"AND {NARROWED}"), asked)
        for what, *rest in cursor.fetchall():
            told.setdefault(what, []).append(tuple(rest))
    steps = {key: count for key, count, *_ in told["step"]}
    stays = {state: (count, *rest) for state, count, *rest in told.get("stay", [])}

    def shared(kind: str) -> tuple[Figure, ...]:
        rows = _sorted(told, kind)
        return _figures(rows, sum(count for _, count in rows))

    def single(what: str) -> int:
        return int(told[what][0][1])

    return Numbers(
        single("likely"),
        single("referred"),
        _figures(((key, steps[key]) for key in STEPS), steps["referred"]),
        tuple(Stay(state, *stays[state]) for state in table.states if state in stays),
        _figures(_sorted(told, "declined"), None),
        shared("outcome"),
        shared("channel"),
        shared("service"),
        shared("provider"),
        shared("sender"),
        single("closed"),
        single("in_time"),
        single("owed"),
    )


def _step(key: str) -> Q:
    if key == "referred":
        return Q()
    if key == "received":
        return Q(outcome="services_received")
    return Q(Exists(Edge.objects.filter(referral=OuterRef("pk"), verb__in=STEPS[key])))


def _sorted(told: Mapping[str, list[tuple[Any, ...]]], what: str) -> list[tuple[str, int]]:
    return sorted(((key, count) for key, count, *_ in told.get(what, [])), key=lambda one: (-one[1], one[0]))


def _figures(told: Iterable[tuple[str, int]], whole: int | None) -> tuple[Figure, ...]:
    return tuple(Figure(key, count, count / whole if whole else None) for key, count in told)


def _clocks(table: Table, first: date, last: date) -> dict[str, str]:
    """For the statement: which clock runs in each state for each kind of help, and how long it is from each day on.

    A clock that counts working days is as long as the day it begins on makes it, so each day has its own length.
    """
    kinds = [(program, urgent) for program in ("ecm", "cs", "") for urgent in (False, True)]
    ran = [
        {"state": name, "program": program, "urgent": urgent, "clock": clock}
        for name, state in table.states.items() if name != CLOSED for program, urgent in kinds
        if (clock := state.clock(program, expedited=urgent))
    ]  # fmt: skip
    keys = sorted({str(one["clock"]) for one in ran})
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    lengths = [
        {"clock": key, "day": day.isoformat(), "seconds": _length(table, key, day)}
        for key in keys for day in days
    ]  # fmt: skip
    return {"ran": json.dumps(ran), "lengths": json.dumps(lengths)}


def _length(table: Table, key: str, day: date) -> float:
    begun = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return (due(table.clocks[key], begun) - begun).total_seconds()
