"""Handing people's answers to the folder store, where every later run of linkage reads them.

The table is the outbox: an answer counts once it is committed there, and is appended to the store's decisions after
that, at once where the hub may write the folder, else when the next run begins. Nothing is appended twice.
"""

from __future__ import annotations

from django.conf import settings
from django.db import connection, transaction

from crosswalk.cli.store import Store
from crosswalk.core.linkage import judgements
from crosswalk.core.linkage.judgements import Judgement as Line
from crosswalk.hub.people import grouping
from crosswalk.hub.people.models import Judgement

#: Two processes that append at the same time wait for each other.
_LOCK = 740_021


def store_judgements() -> int:
    """Append what is not in the store yet, in the order in which it was given; how many lines."""
    path = Store(settings.SITE.data).root / "decisions.jsonl"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        grouping.open_everything()
        waiting = list(Judgement.objects.filter(stored=False).order_by("at", "id"))
        if not waiting:
            return 0
        there = set(judgements.read(path))
        for one in waiting:
            line = _line(one)
            if line not in there:
                judgements.add(path, line)
        Judgement.objects.filter(pk__in=[one.pk for one in waiting]).update(stored=True)
        return len(waiting)


def _line(one: Judgement) -> Line:
    because = one.because or "answered in the review of uncertain links"
    return Line(
        *(one.left_source, one.left_id, one.right_source, one.right_id),
        answer=one.answer,
        by=one.by,
        because=because,
        at=one.at.isoformat(timespec="seconds"),
    )
