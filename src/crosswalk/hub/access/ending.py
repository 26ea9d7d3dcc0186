"""What keeps somebody's access from ending, and what leaves their hands with it: later rooms say so.

    ending.ask.append(left_by)       # in a later room's `apps.py`: sentences about whom it would leave behind
    ending.moves.append(give_way)    # what is given to others in the same transaction, before the role ends

While any room says something, access ends only where whoever ends it says that it cannot wait.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from crosswalk.hub.access.models import Membership
from crosswalk.hub.access.viewer import Viewer

ask: list[Callable[[Membership], list[str]]] = []
moves: list[Callable[[Viewer, datetime, Membership], int]] = []


def reasons(membership: Membership) -> list[str]:
    """Every reason, in sentences, why a role cannot end yet; empty: it may."""
    return [sentence for one in ask for sentence in one(membership)]


def give_way(by: Viewer, at: datetime, membership: Membership) -> int:
    """Let every room take out of these hands what is in them; how many persons were moved."""
    return sum(move(by, at, membership) for move in moves)
