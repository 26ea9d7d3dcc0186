"""What somebody asks for on the public form is kept until the desk knows who it is; it tells nobody anything."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.itself import Hub
from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.roles import Kind
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.journal.actions import act
from crosswalk.hub.people import queries as people
from crosswalk.hub.referrals import queries
from crosswalk.hub.referrals.models import Request

#: So many forms an hour from one address, and from all together.
FROM_ONE, FROM_ALL = 12, 300
_HOUR = 3600


def keep(*, at: datetime, form: str, language: str, said: Mapping[str, Any], address: str) -> Request:
    """Keep a request for the desk. Raises Refused where too many came. Must run with the rows open to the hub."""
    desk = Organization.objects.filter(kind=Kind.COC).order_by("pk").first()
    if desk is None:
        raise LookupError
    _count(address, at)
    made = Request.objects.create(organization=desk, form=form, language=language, at=at, **said)
    act(Hub(), "keep request", subject=f"request:{made.pk}", basis="asked for on the public form",
        after={"form": form, "language": language})  # fmt: skip
    return made


def _count(address: str, at: datetime) -> None:
    """Count forms by address for an hour; the address itself is not kept."""
    key = "asked-" + hashlib.sha256(address.encode()).hexdigest()[:32]
    cache.add(key, 0, _HOUR)
    lately = Request.objects.filter(at__gte=at - timedelta(hours=1)).count()
    if cache.incr(key) > FROM_ONE or lately >= FROM_ALL:
        raise Refused(
            _("Too many forms came in the last hour."),
            fix=_("Wait an hour, or call us. Nothing was kept of this one."),
            code="request.too_many",
        )


def take(*, by: Viewer, at: datetime, request_id: int, person_id: str) -> Request:
    """Say who it is about; from there the desk refers."""
    may, person = acts.take_requests(by), people.person(viewer=by, person_id=person_id)
    one = queries.request(viewer=by, request_id=request_id, lock=True)
    if not may or person is None or one is None or one.state != "open":
        raise LookupError
    return _settle(by, at, one, "taken", may.basis, person_id=person.pk)


def close(*, by: Viewer, at: datetime, request_id: int, why: str) -> Request:
    """End a request that leads nowhere, with a reason."""
    may, one = acts.take_requests(by), queries.request(viewer=by, request_id=request_id, lock=True)
    if not may or one is None or one.state != "open":
        raise LookupError
    if not why.strip():
        raise Refused(_("The reason is missing."), fix=_("Say in a sentence what came of it."))
    return _settle(by, at, one, "closed", may.basis, why=why.strip())


def _settle(
    by: Viewer,
    at: datetime,
    one: Request,
    state: str,
    basis: str,
    *,
    person_id: str | None = None,
    why: str = "",
) -> Request:
    one.state, one.person_id, one.worker_id = state, person_id, by.worker_id
    one.settled_at, one.why = at, why
    one.save(update_fields=["state", "person", "worker", "settled_at", "why"])
    act(
        by, "take request" if state == "taken" else "close request", subject=f"request:{one.pk}", basis=basis,
        persons=[person_id] if person_id else [], before={"state": "open"}, after={"state": state},
    )  # fmt: skip
    return one
