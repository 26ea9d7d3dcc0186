"""How many people each organization serves in each program, counted from the time lines that the hub keeps."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from crosswalk.hub.access.itself import Hub
from crosswalk.hub.access.models import Organization
from crosswalk.hub.network.actions import record_caseloads

#: Open enrollments on the day; the network knows every Population of Focus as one service, ECM.
_SERVED = """
SELECT value, CASE WHEN code LIKE 'ecm%%' THEN 'ecm' ELSE code END, count(DISTINCT person_id)
FROM people_moment
WHERE kind = 'enrollment' AND day <= %s AND (until IS NULL OR until > %s) AND value <> ''
GROUP BY 1, 2
"""


def count_caseloads(on: date, *, at: datetime) -> int:
    """Count them anew for the network; only where every row may be seen (a run)."""
    named = {name: pk for pk, name in Organization.objects.values_list("pk", "name")}
    with connection.cursor() as cursor:
        cursor.execute(_SERVED, [on, on])
        served = {(named[name], code): people for name, code, people in cursor.fetchall() if name in named}
    return record_caseloads(by=Hub(), at=at, on=on, served=served)
