"""The coordinator’s chart: how many referrals stand on the first of each month, by help and by provider.

It counts referrals for Enhanced Care Management or a Community Support, one for each service, as the field counts them
in HMIS and calls them enrollments (seed 004, lines 40 to 43). The published chart does not say whether one that has
ended leaves the count; here it stays, and how many of them are still open on the day stands beside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q, QuerySet

from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.referrals.models import Referral
from crosswalk.hub.referrals.reach import Reach, firsts, midnight

#: More months than this are not drawn: nobody could read them.
MOST = 36
#: A referral that the chart counts.
IS_CALAIM = Q(service="ecm") | Q(service__startswith="cs.")
#: How many were made before each mark and ended before each mark, by help, provider and plan: one pass.
_COUNTED = """
SELECT r.service, r.receiver_id, r.plan, width_bucket(r.at, %(marks)s::timestamptz[]) AS made,
       CASE WHEN r.state = 'closed' THEN width_bucket(r.since, %(marks)s::timestamptz[]) END AS ended, count(*)
FROM referrals_referral AS r
WHERE (r.service = 'ecm' OR r.service LIKE 'cs.%%') AND r.at < %(until)s
GROUP BY 1, 2, 3, 4, 5
"""


#: Help, provider, plan, between which marks it was made and ended, how many.
_Row = tuple[str, int | None, str, int, int | None, int]


@dataclass(frozen=True)
class Mark:
    """The first of a month: what stands on it in all, how many of these are open, how many the month before it made."""

    day: date
    standing: int
    open: int
    made: int


@dataclass(frozen=True)
class Growth:
    """One kind of help or one provider: what stood on the first mark and on the last."""

    key: str
    first: int
    last: int

    @property
    def more(self) -> int:
        """How many came in between."""
        return self.last - self.first


@dataclass(frozen=True)
class Standings:
    """The chart: its marks, and what grew by help and by provider; `today` is the count on the last day asked for."""

    marks: tuple[Mark, ...]
    today: int
    services: tuple[Growth, ...]
    providers: tuple[Growth, ...]
    helps: tuple[str, ...]
    """Every kind of help that can be chosen."""
    holders: tuple[int, ...]
    """Every provider that can be chosen."""

    @property
    def more(self) -> int:
        """How many came between the first mark and the last."""
        return self.marks[-1].standing - self.marks[0].standing

    @property
    def growth(self) -> int | None:
        """That in percent of the first mark; None where nothing stood."""
        first = self.marks[0].standing
        return round(100 * self.more / first) if first else None


def standings(*, viewer: Viewer, reach: Reach) -> Standings:
    """Count them for a reach, in one statement; what the viewer may not see is not counted."""
    assert viewer.sees
    days = firsts(reach.first, reach.last)[-MOST:] or [reach.last]
    marks = [*(midnight(day + timedelta(days=1)) for day in days), reach.end()]
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"marks": sorted(set(marks)), "until": marks[-1]})
        rows = cursor.fetchall()
    chosen = [row for row in rows if _is_in(row, reach)]
    made = _before(((row[3], row[5]) for row in chosen), len(days) + 1)
    ended = _before(((row[4], row[5]) for row in chosen if row[4] is not None), len(days) + 1)
    return Standings(
        tuple(
            Mark(day, made[n], made[n] - ended[n], made[n] - made[n - 1] if n else 0)
            for n, day in enumerate(days)
        ),
        made[-1],
        _growth(chosen, 0, len(days)),
        _growth(chosen, 1, len(days)),
        tuple(sorted({row[0] for row in rows})),
        tuple(sorted({row[1] for row in rows if row[1]})),
    )


def behind(*, viewer: Viewer, reach: Reach, key: str) -> QuerySet[Referral]:
    """The referrals behind a figure of the last day: standing on it, open on it, or made from the first day on."""
    assert viewer.sees
    rows = Referral.objects.filter(IS_CALAIM, reach.narrowed(), at__lt=reach.end())
    if key == "standing":
        return rows
    if key == "open":
        return rows.exclude(state="closed", since__lt=reach.end())
    if key == "made":
        return rows.filter(at__gte=reach.begin())
    raise LookupError


def _is_in(row: _Row, reach: Reach) -> bool:
    service, provider, plan, *_ = row
    return reach.service in ("", service) and reach.plan in ("", plan) and reach.provider in (None, provider)


def _before(told: Iterable[tuple[int, int]], marks: int) -> list[int]:
    """How many lie before each mark, from how many lie between the marks."""
    counted: Counter[int] = Counter()
    for place, many in told:
        counted[place] += many
    return [sum(many for place, many in counted.items() if place <= mark) for mark in range(marks)]


def _growth(rows: Sequence[_Row], column: int, marks: int) -> tuple[Growth, ...]:
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for row in rows:
        key = str(row[column] or "")
        first[key] += row[5] if row[3] <= 0 else 0
        last[key] += row[5] if row[3] < marks else 0
    found = [Growth(key, first[key], many) for key, many in last.items()]
    return tuple(sorted(found, key=lambda one: (-one.last, one.key)))
