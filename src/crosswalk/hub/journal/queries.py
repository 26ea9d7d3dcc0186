"""Reading the journal; row-level security shows a viewer their own organization's part and no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crosswalk.hub.journal.models import Entry


def of_person(*, viewer: Any, person_ids: Sequence[str], most: int = 500) -> list[Entry]:
    """Who saw a person or did something about them, newest first. `person_ids`: every id the person ever had."""
    assert viewer is not None
    return list(Entry.objects.filter(persons__overlap=list(person_ids)).order_by("-seq")[:most])


def newest(*, viewer: Any, kind: str = "", most: int = 100) -> list[Entry]:
    """The newest entries of the viewer's organization; `kind` is act or read, empty for both."""
    found = Entry.objects.filter(organization_id=viewer.organization_id)
    return list((found.filter(kind=kind) if kind else found).order_by("-seq")[:most])
