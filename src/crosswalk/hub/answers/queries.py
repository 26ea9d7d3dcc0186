"""Reading what workers answered about a person; row-level security shows it to whoever may see the person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.answers.models import Answer


def standing(*, viewer: Viewer, person_id: str) -> list[Answer]:
    """The answers about a person that were not taken back, newest first."""
    assert viewer.sees
    found = Answer.objects.filter(person_id=person_id, taken_back_at=None).order_by("-day", "-id")
    return list(found.select_related("worker", "organization"))


def all_standing() -> Iterable[Answer]:
    """Every answer that was not taken back, of everybody. Only where every row may be seen (a run)."""
    found = Answer.objects.filter(taken_back_at=None).order_by("id")
    return found.select_related("worker", "organization").iterator(chunk_size=5000)


def given_since(moment: datetime) -> list[str]:
    """The persons about whom something was answered or taken back since. Only where every row may be seen."""
    found = Answer.objects.filter(Q(at__gte=moment) | Q(taken_back_at__gte=moment))
    return list(found.values_list("person_id", flat=True).distinct().order_by("person_id"))


def as_row(one: Answer) -> dict[str, Any]:
    """An answer in the columns that facts read (`core.records.CURRENT_ANSWERS`)."""
    return {
        "source": one.source,
        "source_id": one.source_id,
        "fact": one.fact,
        "value": one.value,
        "day": one.day,
        "by": f"{one.worker.name}, {one.organization.name}",
        "delivery": delivery(one.organization_id),
        "file": "answer",
        "row": one.pk,
    }


def delivery(organization_id: int) -> str:
    """The name under which an organization's answers stand among the deliveries that facts come from."""
    return f"answer-{organization_id}"
