"""Nobody leaves the network while a person whom they have would be left without an answer."""

from __future__ import annotations

from datetime import date

from django.utils.translation import ngettext

from crosswalk.hub.referrals.models import Referral


def waiting_for(organization_id: int, on: date) -> list[str]:
    """A sentence with how many open referrals an organization has; none where it has none.

    It counts those that the asker may see: whoever keeps the directory is told at least that there are some.
    """
    count = (
        Referral.objects.filter(receiver_id=organization_id, at__date__lte=on).exclude(state="closed").count()
    )
    if not count:
        return []
    said = ngettext(
        "%(num)s referral is open there: give it to another provider, or close it.",
        "%(num)s referrals are open there: give them to other providers, or close them.",
        count,
    )
    return [said % {"num": count}]
