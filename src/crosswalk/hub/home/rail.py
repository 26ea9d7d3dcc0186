"""What everybody has in the rail: the start of the day first; at the end what administers and accounts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crosswalk.hub.access import acts
from crosswalk.hub.pages.rail import Queue


def first(viewer: Any) -> Iterator[Queue]:
    """The page the day starts with."""
    if acts.see_home(viewer):
        yield Queue("home", _("Today"), reverse("home"))


def last(viewer: Any) -> Iterator[Queue]:
    """Colleagues, journal, rules: as far as the role has them."""
    if acts.see_colleagues(viewer):
        yield Queue("colleagues", _("Colleagues"), reverse("colleagues"))
    if acts.see_journal(viewer):
        yield Queue("journal", _("Journal"), reverse("journal"))
    if acts.see_home(viewer):
        yield Queue("rules", _("The rules"), reverse("rules"))
