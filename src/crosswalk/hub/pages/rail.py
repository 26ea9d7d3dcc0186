"""The rail at the left: each room names the queues it has for a role; here they come together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


def add(order: int, source: Source) -> None:
    """Let a room's queues appear in the rail; called once, when the room is opened (`apps.py`)."""
    _SOURCES.append((order, source))
    _SOURCES.sort(key=lambda one: one[0])


def queues(viewer: Any) -> list[Queue]:
    """The queues of one viewer, in the order of the day."""
    return [queue for _, source in _SOURCES for queue in source(viewer)]
