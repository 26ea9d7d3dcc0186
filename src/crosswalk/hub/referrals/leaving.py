"""Nobody leaves the network while a person whom they have would be left without an answer."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.utils.translation import ngettext


def waiting_for(organization_id: int, _on: date) -> list[str]:
    """A sentence with how many open referrals an organization has; none where it has none.

    The database counts all of them, also those to which whoever asks is no party, and tells only their number.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT referrals_waiting(%s)", [organization_id])
        (count,) = cursor.fetchone()
    if not count:
        return []
    said = ngettext(
        "%(num)s referral is open there: give it to another provider, or close it.",
        "%(num)s referrals are open there: give them to other providers, or close them.",
        count,
    )
    return [said % {"num": count}]
