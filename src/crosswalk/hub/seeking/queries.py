"""Reading questions: one's own with what was told, and those put to one's own organization."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from crosswalk.hub.access import acts
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.pages import rail
from crosswalk.hub.people.models import Person
from crosswalk.hub.seeking.models import Asked, Question, Sighting

#: What waits for an answer, and what was told to one's own open questions; rides along with the rail.
_COUNTS = """SELECT json_build_array(
(SELECT count(*) FROM seeking_asked WHERE organization_id = %s AND answered_at IS NULL AND closes_at > now()),
(SELECT count(*) FROM seeking_sighting AS s JOIN seeking_question AS q ON q.id = s.question_id
WHERE q.organization_id = %s AND q.closed_at IS NULL AND q.closes_at > now()))"""


def to_count(viewer: Viewer) -> RawSQL | None:
    """The counts of the rail as a value of another statement."""
    return RawSQL(_COUNTS, (viewer.organization_id,) * 2) if acts.answer_seen(viewer) else None


def counts(*, viewer: Viewer) -> tuple[int, int]:
    """How many questions wait for the viewer's organization, and how much was told to its own."""
    row = rail.counted(viewer, "seeking")
    if row is None:
        with connection.cursor() as cursor:
            cursor.execute(_COUNTS, (viewer.organization_id,) * 2)
            row = cursor.fetchone()[0]
    asked, told = json.loads(row) if isinstance(row, str) else row
    return int(asked), int(told)


def put_to_us(*, viewer: Viewer, at: datetime) -> QuerySet[Asked]:
    """Questions that wait for the viewer's organization, of persons whom the viewer may see; what ends first first."""
    found = Asked.objects.filter(
        organization_id=viewer.organization_id,
        answered_at=None,
        closes_at__gt=at,
        person__in=Person.objects.all(),
    )
    return found.select_related("person", "asker").order_by("closes_at", "id")


def ours(*, viewer: Viewer) -> list[Question]:
    """The open questions of the viewer's organization, each with how much was told."""
    found = Question.objects.filter(
        organization_id=viewer.organization_id, closed_at=None, closes_at__gt=timezone.now(),
        person__in=Person.objects.all(),
    )  # fmt: skip
    return list(found.select_related("person").annotate(told=Count("sightings")).order_by("closes_at", "id"))


def question(*, viewer: Viewer, person_id: str) -> Question | None:
    """The newest question of the viewer's organization about a person; open, ended or closed."""
    found = Question.objects.filter(organization_id=viewer.organization_id, person_id=person_id)
    return found.order_by("-asked_at").first()


def sightings(*, viewer: Viewer, one: Question | None) -> list[Sighting]:
    """What was told to a question, the newest sighting first."""
    assert viewer.sees
    found = Sighting.objects.filter(question=one) if one else Sighting.objects.none()
    return list(found.select_related("holder").order_by("-seen_on", "-id"))
