"""What a line about a person may show is said by a room further on (consent); the rooms before it ask here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from crosswalk.hub.access.viewer import Viewer
    from crosswalk.hub.people.models import Person
    from crosswalk.hub.people.search import Found


class Says(Protocol):
    """Who says it: what has to be read with the persons for that, and then the lines by person (`consent.lines`)."""

    def along(self, persons: Any, viewer: Viewer) -> Any:
        """The same persons, with what decides about them read along."""

    def lines(self, viewer: Viewer, persons: Iterable[Person]) -> Any:
        """The lines of persons who were read so."""


_SAYS: list[Says] = []


def said_by(says: Says) -> None:
    """Name who says it; called once, when the room of consent is opened (`apps.py`)."""
    _SAYS[:] = [says]


def along(persons: Any, viewer: Viewer) -> Any:
    """Persons to be read, with what decides about their lines in the same statement."""
    (says,) = _SAYS
    return says.along(persons, viewer)


def those_to_show(viewer: Viewer, found: Found) -> tuple[Found, Any]:
    """Of those whom a search found the ones of whom it may be said who they are, and their lines."""
    (says,) = _SAYS
    lines = says.lines(viewer, [one.person for one in found.likely])
    return replace(found, likely=tuple(one for one in found.likely if lines[one.person.pk].who.shown)), lines
