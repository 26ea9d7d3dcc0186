"""Counting the queues once a run, for each organization by what it may see, so that pages need not count."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, Q

from crosswalk.hub.access.models import Agreement, Organization
from crosswalk.hub.finding.models import Tally
from crosswalk.hub.finding.queries import new_since, the_newest_run


def count_queues(on: date) -> None:
    """Write the tallies anew. Must run where every row may be seen (a run)."""
    shown = Agreement.objects.filter(Q(ends=None) | Q(ends__gt=on), receiver=OuterRef("pk"))
    rows: list[Tally] = []
    new_from = new_since(the_newest_run()) or date.max
    for one in Organization.objects.annotate(givers=ArraySubquery(shown.values("giver_id"))):
        sees = [one.pk, *one.givers]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT step, count(*), count(*) FILTER (WHERE since >= %s AND met <> '{}'), min(since)"
                " FROM finding_listed WHERE known_to && %s::int[] AND named IS NULL GROUP BY step",
                [new_from, sees],
            )
            found = cursor.fetchall()
        rows += [
            Tally(organization=one, queue=step, count=n, new=new, oldest=old) for step, n, new, old in found
        ]
        if found:
            total, new = sum(row[1] for row in found), sum(row[2] for row in found)
            oldest = min(row[3] for row in found)
            rows.append(Tally(organization=one, queue="all", count=total, new=new, oldest=oldest))
            rows.append(Tally(organization=one, queue="new", count=new, new=new, oldest=None))
    Tally.objects.all().delete()
    Tally.objects.bulk_create(rows)
