"""The queue of the privacy officer: emergency accesses to judge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crosswalk.hub.access import acts
from crosswalk.hub.consent.emergencies import to_review
from crosswalk.hub.pages.rail import Queue


def queues(viewer: Any) -> Iterator[Queue]:
    """How many wait, and since when the oldest does: for those who judge them."""
    if acts.review_emergency(viewer):
        found = to_review(viewer=viewer).aggregate(count=Count("pk"), oldest=Min("at"))
        oldest = timezone.localdate(found["oldest"]) if found["oldest"] else None
        yield Queue(
            "emergencies", _("Emergency access to review"), reverse("emergencies"), found["count"], oldest
        )
