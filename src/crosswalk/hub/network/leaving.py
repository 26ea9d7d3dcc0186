"""What keeps an organization in the network: rooms after this one say who would be left behind.

    leaving.ask.append(open_referrals)      # in a later room's `apps.py`

Each is asked `(organization_id, on)` and answers with sentences; while any says something, nobody leaves.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

ask: list[Callable[[int, date], list[str]]] = []


def reasons(organization_id: int, on: date) -> list[str]:
    """Every reason, in sentences, why an organization cannot leave on a day; empty: it may."""
    return [sentence for one in ask for sentence in one(organization_id, on)]
