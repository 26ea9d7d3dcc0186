"""How long a statement of capacity counts as new, and when a silent provider is asked once more: policy data."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from crosswalk.core.records.network import Room
from crosswalk.hub.pages.policy import edition


@lru_cache(maxsize=64)
def days_of(key: str, on: date) -> int:
    """The days of one clock that is in force; read once, for every page asks."""
    return int(edition(on).entries("clocks")[key]["value"])


def old_before(on: date) -> date:
    """Statements of before this day are old."""
    return on - timedelta(days=days_of("capacity_statement", on))


def is_old(room: Room | None, on: date) -> bool:
    """Whether a statement is so old that it is asked for again; none at all is old too."""
    return room is None or room.age(on) > days_of("capacity_statement", on)
