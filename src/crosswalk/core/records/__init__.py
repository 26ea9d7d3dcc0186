"""The nouns of the neutral files, a member and an event, as frozen column lists with their meaning."""

from crosswalk.core.records.added import CURRENT_ADDED
from crosswalk.core.records.answers import CURRENT_ANSWERS
from crosswalk.core.records.columns import Column
from crosswalk.core.records.events import CURRENT_EVENTS, EVENT_COLUMNS, EventKind, event_kinds
from crosswalk.core.records.members import CURRENT_MEMBERS, IDENTITY_COLUMNS, MEMBER_COLUMNS

__all__ = [
    "CURRENT_ADDED",
    "CURRENT_ANSWERS",
    "CURRENT_EVENTS",
    "CURRENT_MEMBERS",
    "EVENT_COLUMNS",
    "IDENTITY_COLUMNS",
    "MEMBER_COLUMNS",
    "Column",
    "EventKind",
    "event_kinds",
]
