"""What runs, what waits, what failed and why."""

from __future__ import annotations

from django.http import HttpRequest

from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.jobs import queries


@door(acts.see_jobs)
def jobs(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """The line of jobs in words."""
    return Page("jobs/jobs.html", {"jobs": queries.jobs(viewer=viewer)})
