"""Counting the queues once a run, for each organization, so that pages need not count."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, Q

from crosswalk.hub.access.models import Agreement, Organization
from crosswalk.hub.finding.models import Tally
from crosswalk.hub.finding.queries import new_since, the_newest_run
from crosswalk.hub.people.models import Link
from crosswalk.hub.people.queries import OPEN

_COUNT = """
SELECT organization_id, step, count(*), count(*) FILTER (WHERE since >= %s AND met <> '{}'), min(since)
FROM finding_listed WHERE named IS NULL GROUP BY organization_id, step
"""


def seers(on: date) -> list[tuple[int, tuple[int, ...]]]:
    """Each organization with those whose records it may see on a day: its own, and givers of agreements in force."""
    shown = Agreement.objects.filter(Q(ends=None) | Q(ends__gt=on), receiver=OuterRef("pk"), starts__lte=on)
    found = Organization.objects.annotate(givers=ArraySubquery(shown.values("giver_id"))).order_by("pk")
    return [(one.pk, (one.pk, *one.givers)) for one in found]


def _questions(on: date) -> list[tuple[int, int]]:
    """Open questions who is who, for each organization that may see both persons."""
    counted = []
    for organization, sees in seers(on):
        both = Q(known_to__overlap=list(sees), known_to_too__overlap=list(sees), named=None)
        counted.append((organization, Link.objects.filter(OPEN & both).count()))
    return counted


def count_queues(on: date) -> None:
    """Write the tallies anew, as of a day. Must run where every row may be seen (a run)."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [new_since(the_newest_run()) or date.max])
        counted = cursor.fetchall()
    whole: dict[int, list[tuple[int, int, date]]] = {}
    rows = []
    for organization, step, count, new, oldest in counted:
        whole.setdefault(organization, []).append((count, new, oldest))
        rows.append(Tally(organization_id=organization, queue=step, count=count, new=new, oldest=oldest))
    for organization, parts in whole.items():
        count, new = sum(part[0] for part in parts), sum(part[1] for part in parts)
        oldest = min(part[2] for part in parts)
        rows.append(Tally(organization_id=organization, queue="all", count=count, new=new, oldest=oldest))
        rows.append(Tally(organization_id=organization, queue="new", count=new, new=new, oldest=None))
    rows += [
        Tally(organization_id=one, queue="review", count=count, new=0, oldest=None)
        for one, count in _questions(on)
    ]
    Tally.objects.all().delete()
    Tally.objects.bulk_create(rows)
