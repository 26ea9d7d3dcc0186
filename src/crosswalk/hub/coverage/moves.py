"""Spans of coverage follow their member record when it turns out to be somebody else's."""

from __future__ import annotations

from collections.abc import Sequence

from crosswalk.hub.coverage.models import Span
from crosswalk.hub.people.grouping import Move


def follow(moved: Sequence[Move]) -> None:
    """Give each span to the person that its record has now."""
    for one in moved:
        source, record = one.record
        if source.startswith("plan:"):
            plan = source.partition(":")[2]
            Span.objects.filter(person_id=one.old, plan=plan, cin=record).update(person_id=one.new)
