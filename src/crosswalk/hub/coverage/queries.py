"""Is a person covered, by whom, on a day; never a guess: without a file that says so it is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.coverage.models import Span


@dataclass(frozen=True)
class Covered:
    """Coverage on one day: `state` is active, ended or unknown."""

    state: str
    plan: str
    since: date | None
    ended: date | None


def spans(*, viewer: Viewer, person_id: str) -> list[Span]:
    """Every span of a person that the viewer may see, newest first."""
    assert viewer.sees
    return list(Span.objects.filter(person_id=person_id).order_by("-starts", "plan"))


def covered(found: Sequence[Span], on: date) -> Covered:
    """What these spans say about a day."""
    past = [span for span in found if span.starts <= on]
    for span in past:
        if span.ends is None or span.ends > on:
            return Covered("active", span.plan, span.starts, None)
    if past:
        last = max(past, key=lambda span: span.ends)
        return Covered("ended", last.plan, last.starts, last.ends)
    return Covered("unknown", "", None, None)
