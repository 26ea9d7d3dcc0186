"""A question follows its person when records are linked; of two by one organization the younger has ended."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from crosswalk.hub.people.grouping import Move
from crosswalk.hub.seeking.models import Asked, Question, Sighting


def follow(moved: Sequence[Move]) -> None:
    """Take it along where all of a person goes."""
    for old, new in sorted({(one.old, one.new) for one in moved if one.whole}):
        there = Question.objects.filter(person_id=new, closed_at=None).values("organization_id")
        double = Question.objects.filter(person_id=old, closed_at=None, organization_id__in=there)
        double.update(closed_at=timezone.now())
        for model in (Question, Asked, Sighting):
            model.objects.filter(person_id=old).update(person_id=new)
