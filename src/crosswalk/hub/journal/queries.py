"""Reading the journal; row-level security shows a viewer their own organization's part and no other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from crosswalk.hub.journal.actions import WITHHELD
from crosswalk.hub.journal.models import Entry


def of_person(
    *, viewer: Any, person_ids: Sequence[tuple[str, datetime | None]], most: int = 500
) -> list[Entry]:
    """Who saw a person or did something about them, newest first; each with the fields of hers `seen`.

    `person_ids`: every id the person ever had; with a time, entries only until then (the id went on to be
    somebody else's alone).
    """
    assert viewer is not None
    asked = Q(persons__overlap=[one for one, until in person_ids if until is None])
    for one, until in person_ids:
        if until is not None:
            asked |= Q(persons__contains=[one], at__lte=until)
    found = list(Entry.objects.filter(asked).order_by("-seq")[:most])
    ids = {one for one, _ in person_ids}
    for entry in found:
        withheld = (entry.after or {}).get(WITHHELD, {}) if entry.kind == "read" else {}
        entry.seen = [one for one in entry.fields if not ids & set(withheld.get(one, ()))]
    return found


def newest(*, viewer: Any, kind: str = "", most: int = 100) -> list[Entry]:
    """The newest entries of the viewer's organization; `kind` is act or read, empty for both."""
    found = Entry.objects.filter(organization_id=viewer.organization_id)
    return list((found.filter(kind=kind) if kind else found).order_by("-seq")[:most])
