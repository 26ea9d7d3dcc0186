"""The viewer of a request: who it is, in whose name, what for, and whose records may be seen at this moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone

from crosswalk.hub.access import providers
from crosswalk.hub.access.models import Agreement, Membership

#: In the session: the membership somebody acts through, and whether a second factor was shown.
ACTING, DEMO = "acting", "demo"
_METHODS = "account_authentication_methods"
#: The kind of a second factor that an identity provider vouches for.
AT_PROVIDER = "provider"


@dataclass(frozen=True)
class Acting:
    """One of the organizations and roles that somebody can act in."""

    membership_id: int
    organization: str
    role: str


@dataclass(frozen=True)
class Viewer:
    """Everything that decides what may be seen and done, read anew for every request."""

    worker_id: int
    name: str
    membership_id: int
    organization_id: int
    organization_name: str
    organization_kind: str
    role: str
    counties: tuple[str, ...]
    populations: tuple[str, ...]
    sees: tuple[int, ...]
    """The organizations whose records may be seen: one's own, and those that agreed to show theirs."""
    strong: bool
    """Whether a second factor was shown in this session."""
    fresh_at: datetime | None
    """When it was shown last."""
    demo: bool
    on: date
    through: str = ""
    """The identity provider whose second factor counts for this session; it alone can show it anew."""
    others: tuple[Acting, ...] = field(default=())
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What was read already for this request, so that the page and the rail ask once."""


def viewer_of(request: HttpRequest) -> Viewer | None:
    """The viewer of a request; None when nobody is signed in or nothing is open to them any more.

    One query besides the session's own two, whatever the number of roles. An ended role, a closed account or an
    ended agreement takes effect here, at the next request.
    """
    if SESSION_KEY not in request.session:
        return None
    worker = request.user
    if not worker.is_authenticated or not worker.is_active:
        return None
    today = timezone.localdate()
    shown = Agreement.objects.filter(
        Q(ends=None) | Q(ends__gt=today), receiver=OuterRef("organization"), starts__lte=today
    )
    open_ones = list(
        Membership.objects.filter(worker_id=worker.pk, ended_at=None, since__lte=timezone.now())
        .select_related("organization")
        .annotate(givers=ArraySubquery(shown.values("giver_id")))
        .order_by("pk")
    )
    methods = request.session.get(_METHODS, [])
    through = came_through(methods)
    offered = settings.IDENTITY_PROVIDERS
    open_ones = [one for one in open_ones if providers.opens(offered, one.organization.name, through)]
    if not open_ones:
        return None
    chosen = next((one for one in open_ones if one.pk == request.session.get(ACTING)), open_ones[0])
    theirs, second = second_factors(methods)
    here = settings.SITE
    demo = bool(request.session.get(DEMO)) and worker.invented and here.demo and here.invented
    return Viewer(
        worker_id=worker.pk,
        name=worker.name,
        membership_id=chosen.pk,
        organization_id=chosen.organization_id,
        organization_name=chosen.organization.name,
        organization_kind=chosen.organization.kind,
        role=chosen.role,
        counties=tuple(chosen.counties),
        populations=tuple(chosen.populations),
        sees=(chosen.organization_id, *chosen.givers),
        strong=bool(second) or demo,
        fresh_at=datetime.fromtimestamp(second[-1]["at"], tz=timezone.get_current_timezone())
        if second
        else None,
        demo=demo,
        through=through if theirs else "",
        on=today,
        others=tuple(Acting(one.pk, one.organization.name, one.role) for one in open_ones),
    )


def came_through(methods: list[dict[str, Any]]) -> str:
    """The identity provider that a session began at; empty where it began with a password or a passkey."""
    return next((str(one["provider"]) for one in methods if one.get("method") == "socialaccount"), "")


def second_factors(methods: list[dict[str, Any]]) -> tuple[bool, list[dict[str, Any]]]:
    """Whether a provider vouched for the second factor of this session, and each time that one was shown.

    Where a provider vouched, only its word makes it fresh: whoever took such a session over could enrol a code here.
    """
    theirs = [one for one in methods if one.get("type") == AT_PROVIDER]
    ours = [one for one in methods if one.get("method") == "mfa" or one.get("type") in ("totp", "webauthn")]
    return bool(theirs), theirs or ours


def open_rows(
    *,
    worker_id: int,
    organization_id: int,
    role: str,
    sees: tuple[int, ...],
    counties: tuple[str, ...] = (),
    populations: tuple[str, ...] = (),
) -> None:
    """Tell PostgreSQL, until the transaction ends, whose rows may be seen. Without this call it shows none.

    `counties`, `populations`: the scope of the membership; empty is no limit.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('app.worker', %s, true), set_config('app.organization', %s, true),"
            " set_config('app.role', %s, true), set_config('app.orgs', %s, true),"
            " set_config('app.counties', coalesce(nullif(%s::text[], '{}')::text, ''), true),"
            " set_config('app.populations', coalesce(nullif(%s::text[], '{}')::text, ''), true)",
            [
                str(worker_id),
                str(organization_id),
                role,
                "{" + ",".join(map(str, sees)) + "}",
                list(counties),
                list(populations),
            ],
        )
