"""Findings follow a person whose every record has gone to another; until the next run the stronger answer stands."""

from __future__ import annotations

from collections.abc import Sequence

from crosswalk.hub.finding.models import Change, Finding, Listed, Work
from crosswalk.hub.people.grouping import Move


def follow(moved: Sequence[Move]) -> None:
    """Take over what the other person has not; a part that was un-linked has no findings until the next run."""
    for old, new in {(one.old, one.new) for one in moved if one.whole}:
        programs = Finding.objects.filter(person_id=new).values("program")
        Finding.objects.filter(person_id=old).exclude(program__in=programs).update(person_id=new)
        Finding.objects.filter(person_id=old).delete()
        there = Listed.objects.filter(person_id=new).values("organization_id")
        Listed.objects.filter(person_id=old).exclude(organization_id__in=there).update(person_id=new)
        Listed.objects.filter(person_id=old).delete()
        working = Work.objects.filter(person_id=new).values("organization_id")
        Work.objects.filter(person_id=old).exclude(organization_id__in=working).update(person_id=new)
        Work.objects.filter(person_id=old).delete()
        Change.objects.filter(person_id=old).update(person_id=new)
