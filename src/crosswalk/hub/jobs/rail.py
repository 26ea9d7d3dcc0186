"""The page of jobs in the rail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crosswalk.hub.access import acts
from crosswalk.hub.pages.rail import Queue


def queues(viewer: Any) -> Iterator[Queue]:
    """For those who look after the hub."""
    if acts.see_jobs(viewer):
        yield Queue("jobs", _("Jobs"), reverse("jobs"))
