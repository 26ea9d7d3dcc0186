"""The list of coverage changes in the rail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crosswalk.hub.access import acts
from crosswalk.hub.pages.rail import Queue


def queues(viewer: Any) -> Iterator[Queue]:
    """For those who work with persons."""
    if acts.see_coverage_changes(viewer):
        yield Queue("coverage", _("Coverage changes"), reverse("coverage_changes"))
