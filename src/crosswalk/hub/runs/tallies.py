"""Counting the queues once a run, for each organization, so that pages need not count."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, Q

from crosswalk.hub.access.models import Agreement, Organization
from crosswalk.hub.consent.wishes import NOT_KEPT
from crosswalk.hub.finding.models import Tally
from crosswalk.hub.finding.queries import new_since, the_newest_run

#: By next step, by plan (`plan:sequoia`) and by county (`county:54`); who is set aside does not wait.
_COUNT = f"""
SELECT l.organization_id,
    CASE WHEN grouping(step) = 0 THEN step WHEN grouping(plan) = 0 THEN 'plan:' || plan ELSE 'county:' || county END,
    count(*), count(*) FILTER (WHERE l.since >= %s AND met <> '{{}}'), min(l.since)
FROM finding_listed AS l
LEFT JOIN finding_work AS w ON w.organization_id = l.organization_id AND w.person_id = l.person_id
    AND w.aside_until > %s AND w.aside_on >= l.since
WHERE l.named IS NULL AND w.id IS NULL AND {NOT_KEPT.format(person="l.person_id", organization="l.organization_id")}
GROUP BY GROUPING SETS ((l.organization_id, step), (l.organization_id, plan), (l.organization_id, county))
"""
#: Persons who fell off the list of late.
_LOST = f"""
SELECT organization_id, 'lost', count(DISTINCT person_id), 0, min("on")
FROM finding_change AS c WHERE kind = 'lost' AND named IS NULL AND "on" >= %s
    AND {NOT_KEPT.format(person="c.person_id", organization="c.organization_id")}
GROUP BY organization_id
"""


def seers(on: date) -> list[tuple[int, tuple[int, ...]]]:
    """Each organization with those whose records it may see on a day: its own, and givers of agreements in force."""
    shown = Agreement.objects.filter(Q(ends=None) | Q(ends__gt=on), receiver=OuterRef("pk"), starts__lte=on)
    found = Organization.objects.annotate(givers=ArraySubquery(shown.values("giver_id"))).order_by("pk")
    return [(one.pk, (one.pk, *one.givers)) for one in found]


def count_queues(on: date) -> None:
    """Write the tallies anew as of a day. Must run where every row may be seen (a run)."""
    since = new_since(the_newest_run()) or date.max
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [since, on, on, on, on])
        counted = cursor.fetchall()
        cursor.execute(_LOST, [since, on, on, on])
        counted_lost = cursor.fetchall()
    whole: dict[int, list[tuple[int, int, date]]] = {}
    rows = []
    for organization, queue, count, new, oldest in (*counted, *counted_lost):
        if queue.endswith(":"):  # a plan or county that is not known is no filter
            continue
        if queue != "lost" and ":" not in queue:
            whole.setdefault(organization, []).append((count, new, oldest))
        rows.append(Tally(organization_id=organization, queue=queue, count=count, new=new, oldest=oldest))
    for organization, parts in whole.items():
        count, new = sum(part[0] for part in parts), sum(part[1] for part in parts)
        oldest = min(part[2] for part in parts)
        rows.append(Tally(organization_id=organization, queue="all", count=count, new=new, oldest=oldest))
        rows.append(Tally(organization_id=organization, queue="new", count=new, new=new, oldest=None))
    Tally.objects.all().delete()
    Tally.objects.bulk_create(rows)
