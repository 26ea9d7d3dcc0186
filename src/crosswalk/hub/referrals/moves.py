"""A referral follows its person when records are linked: where all of the person goes, it goes too."""

from __future__ import annotations

from collections.abc import Sequence

from crosswalk.hub.people.grouping import Move
from crosswalk.hub.referrals.models import Edge, Notice, Offer, Referral, Request


def follow(moved: Sequence[Move]) -> None:
    """Take them along; a record that alone leaves a person leaves her referrals where they were made."""
    for old, new in {(one.old, one.new) for one in moved if one.whole}:
        for model in (Referral, Edge, Offer, Notice, Request):
            model.objects.filter(person_id=old).update(person_id=new)
