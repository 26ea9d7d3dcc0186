"""The rail at the left: each room names the queues it has for a role; here they come together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Queue:
    """One queue with how many wait in it and since when the oldest does."""

    key: str
    name: str
    address: str
    count: int | None = None
    oldest: date | None = None


Source = Callable[[Any], Iterable[Queue]]
_SOURCES: list[tuple[int, Source]] = []
#: What rooms count for their queues: for a viewer one value of a statement, or None where there is nothing to count.
_COUNTED: dict[str, Callable[[Any], Any]] = {}
#: The room that asks for all of them in a statement of its own: a page has few statements, and the rail is on each.
_ASKED: list[Callable[[Any], Mapping[str, Any]]] = []


def add(order: int, source: Source) -> None:
    """Let a room's queues appear in the rail; called once, when the room is opened (`apps.py`)."""
    _SOURCES.append((order, source))
    _SOURCES.sort(key=lambda one: one[0])


def queues(viewer: Any) -> list[Queue]:
    """The queues of one viewer, in the order of the day."""
    return [queue for _, source in _SOURCES for queue in source(viewer)]


def count(name: str, value: Callable[[Any], Any]) -> None:
    """Let a room's count ride along; `value` gives the expression for a viewer."""
    _COUNTED[name] = value


def counted_by(asks: Callable[[Any], Mapping[str, Any]]) -> None:
    """Name who asks for the counts of all rooms, and gives them back by their names."""
    _ASKED[:] = [asks]


def values(viewer: Any) -> dict[str, Any]:
    """The expressions of all counts for a viewer, for whoever asks for them."""
    found = {name: value(viewer) for name, value in _COUNTED.items()}
    return {name: one for name, one in found.items() if one is not None}


def counted(viewer: Any, name: str) -> Any:
    """What was counted along; None where nobody asked on this page, so that the room must itself."""
    return next((asks(viewer).get(name) for asks in _ASKED), None)
