"""Care follows its person when records are linked; two of one program stand side by side until it is settled."""

from __future__ import annotations

from collections.abc import Sequence

from crosswalk.hub.care.models import Care, Handoff, Lead
from crosswalk.hub.people.grouping import Move


def follow(moved: Sequence[Move]) -> None:
    """Take it along where all of a person goes; a record that alone leaves a person leaves her care where it is."""
    for old, new in sorted({(one.old, one.new) for one in moved if one.whole}):
        there = Care.objects.filter(person_id=new, ended_at=None).values("service")
        Care.objects.filter(person_id=old, ended_at=None, service__in=there).update(double=True)
        for model in (Care, Lead, Handoff):
            model.objects.filter(person_id=old).update(person_id=new)
