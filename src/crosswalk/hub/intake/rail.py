"""Deliveries in the rail, with how many wait for somebody's answer and since when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crosswalk.hub.access import acts
from crosswalk.hub.intake.queries import waiting
from crosswalk.hub.pages.rail import Queue


def queues(viewer: Any) -> Iterator[Queue]:
    """For those who send files."""
    if acts.send_files(viewer):
        count, oldest = waiting(viewer=viewer)
        yield Queue("deliveries", _("Deliveries"), reverse("deliveries"), count, oldest)
