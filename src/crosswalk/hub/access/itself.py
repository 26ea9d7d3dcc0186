"""The hub itself, where it works without anybody asking: who it is in the journal, and whose rows are open to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.viewer import open_rows


@dataclass(frozen=True)
class Hub:
    """The hub itself, acting by night."""

    worker_id: None = None
    name: str = "Crosswalk"
    organization_id: None = None
    organization_name: str = ""
    role: str = "run"
    sees: tuple[int, ...] = (0,)


def everyone() -> tuple[int, ...]:
    """A run is for everybody: it says so row by row, and the wall holds for it like for all others."""
    return tuple(Organization.objects.order_by("pk").values_list("pk", flat=True))


@contextmanager
def as_the_hub() -> Iterator[None]:
    """One transaction in which the hub sees the rows of every organization."""
    with transaction.atomic():
        open_rows(worker_id=0, organization_id=0, role=Hub.role, sees=everyone())
        yield
