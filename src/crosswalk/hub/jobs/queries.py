"""Reading the line of jobs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.jobs.line import SAYS

_NEWEST = """
SELECT j.id, j.task_name, j.status::text, j.attempts, j.scheduled_at,
  (SELECT max(at) FROM procrastinate_events AS e WHERE e.job_id = j.id),
  (SELECT says FROM jobs_failure AS f WHERE f.job_id = j.id ORDER BY f.id DESC LIMIT 1)
FROM procrastinate_jobs AS j WHERE j.task_name = ANY (%s) ORDER BY j.id DESC LIMIT %s
"""


@dataclass(frozen=True)
class Job:
    """One job as the page shows it."""

    id: int
    says: Any
    status: str
    tries: int
    due: datetime | None
    at: datetime | None
    failed: str


def jobs(*, viewer: Viewer, most: int = 50) -> list[Job]:
    """The newest jobs; the hub's own housekeeping is left out."""
    assert viewer.strong
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [list(SAYS), most])
        return [
            Job(number, SAYS[name], status, tries, due, at, failed or "")
            for number, name, status, tries, due, at, failed in cursor.fetchall()
        ]
