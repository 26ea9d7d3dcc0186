"""Reading the network: who may take a person, what an organization lists, and how far each is with capacity."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from crosswalk.core.records.network import Line, Receiver, Room, Spot, Term
from crosswalk.hub.access import acts
from crosswalk.hub.access.itself import Hub
from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.network import clocks
from crosswalk.hub.network.models import (
    Asked,
    Caseload,
    Contact,
    Contract,
    Licence,
    Listing,
    Reach,
    Service,
    Statement,
)
from crosswalk.hub.pages import rail


def in_force(on: date, starts: str = "starts", ends: str = "ends") -> Q:
    """Rows whose days hold this day: the first counts, the last no longer does."""
    return Q(**{f"{starts}__lte": on}) & (Q(**{ends: None}) | Q(**{f"{ends}__gt": on}))


def service_program(program: str) -> str:
    """The service that a program of the policy asks for: every Population of Focus (`ecm.1a`) asks for `ecm`."""
    return "ecm" if program == "ecm" or program.startswith("ecm.") else program


def receivers(
    *, viewer: Viewer | Hub, program: str, plan: str = "", county: str = "", on: date
) -> list[Receiver]:
    """Every service of a program that is in the network on a day, with its newest capacity, in eight statements.

    `plan` and `county` narrow only the contracts and the reach that are told; no service is left out for them, so
    that a ranking can say why one comes last. Services of organizations that have left are not there.
    """
    assert viewer.sees
    found = _services(on).filter(program=service_program(program)).order_by("pk")
    return as_receivers(found, on=on, plan=plan, county=county)


def receiver(*, viewer: Viewer | Hub, service_id: int, on: date) -> Receiver | None:
    """One service as it is on a day; None where it is not in the network then."""
    assert viewer.sees
    return next(iter(as_receivers(_services(on).filter(pk=service_id), on=on)), None)


def _services(on: date) -> QuerySet:
    there = in_force(on, "organization__listing__listed", "organization__listing__left")
    return Service.objects.filter(in_force(on), there).select_related("organization", "organization__listing")


#: What is read of each service, in the order of the record's first fields.
_FIELDS = (
    "pk", "organization_id", "organization__name", "organization__kind", "organization__listing__privacy",
    "organization__listing__provider_types", "organization__listing__referral_email", "program", "name", "modes",
    "populations", "languages", "expertise", "minimum_age", "maximum_age", "hours", "hours_note", "how_to_apply",
    "starts", "ends",
)  # fmt: skip


def as_receivers(found: QuerySet, *, on: date, plan: str = "", county: str = "") -> list[Receiver]:
    """Services as plain records, each table read once for all of them, and no row made an object on the way."""
    rows = list(found.values_list(*_FIELDS))
    if not rows:
        return []
    # The database chooses them anew: two thousand numbers in a statement cost more than that.
    ids = found.order_by().values("pk")
    organizations, programs = {row[1] for row in rows}, {row[7] for row in rows}
    reach, spots = _reach(ids, on, county), _spots(ids, on)
    own, general = _lines(organizations)
    terms = _terms(organizations, programs, on, plan, county)
    room = newest(ids, on)
    loads = Caseload.objects.filter(organization_id__in=organizations, program__in=programs)
    served = {
        (owner, code): n for owner, code, n in loads.values_list("organization_id", "program", "served")
    }
    made: list[Receiver] = []
    for row in rows:
        id, owner, code = row[0], row[1], row[7]
        cells: list[Any] = [*row[:5], tuple(row[5]), *row[6:9], *map(tuple, row[9:13]), *row[13:15]]
        cells += [tuple((day, opens, closes) for day, opens, closes in row[15]), *row[16:20]]
        cells += [reach[id], tuple(spots[id]), (*own[id], *general[owner]), tuple(terms[owner, code])]
        cells += [room.get(id), served.get((owner, code))]
        made.append(Receiver(*cells))
    return made


def _reach(ids: QuerySet, on: date, county: str) -> dict[int, dict[str, tuple[str, ...]]]:
    found: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    rows = Reach.objects.filter(in_force(on), service_id__in=ids)
    if county:
        rows = rows.filter(county=county)
    for service, where, zips in rows.values_list("service_id", "county", "zips"):
        found[service][where] = tuple(zips)
    return found


def _spots(ids: QuerySet, on: date) -> dict[int, list[Spot]]:
    found: dict[int, list[Spot]] = defaultdict(list)
    pairs = Service.sites.through.objects.filter(
        in_force(on, "site__opened", "site__closed"), service_id__in=ids
    ).order_by("site__name")
    cells = ("name", "address", "city", "zip", "county", "latitude", "longitude")
    for service, is_public, *row in pairs.values_list(
        "service_id", "site__is_public", *(f"site__{one}" for one in cells)
    ):
        found[service].append(_spot(is_public, *row))
    return found


def _spot(is_public: bool, name: str, address: str, city: str, zip: str, county: str, *place: Any) -> Spot:
    """A site as others may see it: of one whose address protects people, only that it is there."""
    return (
        Spot(name, address, city, zip, county, *place)
        if is_public
        else Spot(name, "", "", "", county, None, None)
    )


def _lines(organizations: Iterable[int]) -> tuple[dict[int, list[Line]], dict[int, list[Line]]]:
    own: dict[int, list[Line]] = defaultdict(list)
    general: dict[int, list[Line]] = defaultdict(list)
    for one in Contact.objects.filter(organization_id__in=organizations).order_by("-purpose", "pk"):
        line = Line(one.purpose, one.name, one.title, one.phone, one.extension, one.tty, one.email, one.hours)
        (own[one.service_id] if one.service_id else general[one.organization_id]).append(line)
    return own, general


def _terms(
    organizations: Iterable[int], programs: Iterable[str], on: date, plan: str, county: str
) -> dict[tuple[int, str], list[Term]]:
    rows = Contract.objects.filter(in_force(on), organization_id__in=organizations, program__in=programs)
    narrowed = {key: value for key, value in (("plan", plan), ("county", county)) if value}
    found: dict[tuple[int, str], list[Term]] = defaultdict(list)
    for one in rows.filter(**narrowed).order_by("plan", "county", "pk"):
        found[one.organization_id, one.program].append(
            Term(
                one.plan,
                one.program,
                one.county,
                one.starts,
                one.ends,
                one.credential,
                one.credential_until,
            )
        )
    return found


def newest(ids: Iterable[int], on: date) -> dict[int, Room]:
    """The newest statement of each service as of the end of a day."""
    until = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    rows = (
        Statement.objects.filter(service_id__in=ids, at__lt=until)
        .order_by("service_id", "-at", "-id")
        .distinct("service_id")
        .values_list("service_id", "free", "places", "waiting", "at", "said_by", "organization__name", "way")
    )
    return {service: Room(*row) for service, *row in rows}


@dataclass(frozen=True)
class Due:
    """How many services somebody can speak for, how many of them wait for a new statement, and since when."""

    services: int
    count: int
    oldest: date | None


def _spoken_for(viewer: Viewer) -> QuerySet:
    """The services whose capacity a viewer says: of their own organization; of everybody for keepers."""
    found = _services(viewer.on)
    if acts.keep_network(viewer):
        return found
    return found.filter(organization_id=viewer.organization_id)


#: Of the services that somebody speaks for (`_spoken_for`, written out for the rail): how many there are, how many
#: wait for a new word, and since when.
_DUE = """SELECT json_build_array(count(*), count(*) FILTER (WHERE old), min(since) FILTER (WHERE old)) FROM (
SELECT coalesce(told, starts) AS since, told IS NULL OR told < %s AS old FROM (
  SELECT s.starts,
    (SELECT (max(w.at) AT TIME ZONE %s)::date FROM network_statement AS w WHERE w.service_id = s.id) AS told
  FROM network_service AS s JOIN network_listing AS l USING (organization_id)
  WHERE s.starts <= %s AND (s.ends IS NULL OR s.ends > %s) AND l.listed <= %s AND (l.left IS NULL OR l.left > %s)
  AND (%s OR s.organization_id = %s)) AS services) AS words"""


def to_count(viewer: Viewer) -> RawSQL | None:
    """What a viewer has to say about capacity, as a value of another statement."""
    return RawSQL(_DUE, _about(viewer)) if acts.state_capacity(viewer) else None


def _about(viewer: Viewer) -> tuple[Any, ...]:
    on, keeps = viewer.on, bool(acts.keep_network(viewer))
    zone = timezone.get_current_timezone_name()
    return (clocks.old_before(on), zone, on, on, on, on, keeps, viewer.organization_id)


def due(*, viewer: Viewer) -> Due:
    """What a viewer has to say about capacity; no statement of its own where lists are shown."""
    if "capacity due" not in viewer.memo:
        row = rail.counted(viewer, "capacity")
        if row is None:
            with connection.cursor() as cursor:
                cursor.execute(_DUE, _about(viewer))
                row = cursor.fetchone()[0]
        services, old, since = json.loads(row) if isinstance(row, str) else row
        viewer.memo["capacity due"] = Due(services, old, date.fromisoformat(since) if since else None)
    return viewer.memo["capacity due"]


def to_ask(on: date) -> list[Receiver]:
    """The services whose provider is to be asked for its capacity: the word is old, and nobody was asked of late."""
    late = timezone.make_aware(
        datetime.combine(on - timedelta(days=clocks.days_of("capacity_reminder", on) - 1), time.min)
    )
    asked = Asked.objects.filter(service=OuterRef("pk"), at__gte=late)
    found = as_receivers(_services(on).filter(~Exists(asked)).order_by("pk"), on=on)
    return [one for one in found if clocks.is_old(one.room, on)]


def own_services(*, viewer: Viewer) -> list[Receiver]:
    """The services whose capacity a viewer says, those that wait for a new statement first, the oldest first."""
    found = as_receivers(_spoken_for(viewer).order_by("pk"), on=viewer.on)
    return sorted(
        found,
        key=lambda one: (
            not clocks.is_old(one.room, viewer.on),
            one.room.at.timestamp() if one.room else 0,
            one.organization,
            one.name,
        ),
    )


def statements(*, viewer: Viewer, service_id: int) -> list[Statement]:
    """What was said about a service's capacity, newest first."""
    assert viewer.sees
    found = Statement.objects.filter(service_id=service_id).select_related("organization")
    return list(found.order_by("-at", "-id")[:50])


def organization_of(*, viewer: Viewer, service_id: int) -> int:
    """Whose service it is; 0 where it is not in the network."""
    return _services(viewer.on).filter(pk=service_id).values_list("organization_id", flat=True).first() or 0


def network(
    *, viewer: Viewer, on: date, program: str = "", county: str = "", zip: str = "", free: bool = False
) -> list[Receiver]:
    """The whole network of a day, or the part that serves a county or ZIP code, a program, or has places left."""
    assert viewer.sees
    rows = _services(on)
    if program:
        rows = rows.filter(program=program)
    found = as_receivers(rows.order_by("program", "organization__name", "name"), on=on)
    return [
        one
        for one in found
        if (not county or one.reaches(county, zip)) and (not free or (one.room is not None and one.room.free))
    ]


def counties_reached(*, viewer: Viewer) -> list[str]:
    """The counties that any service reaches, the one with most services first."""
    assert viewer.sees
    rows = Reach.objects.filter(in_force(viewer.on)).values("county").annotate(n=Count("pk"))
    return list(rows.order_by("-n", "county").values_list("county", flat=True))


def organization(*, viewer: Viewer, organization_id: int) -> Listing | None:
    """An organization's entry in the directory; also one that has left, with the day."""
    assert viewer.sees
    return Listing.objects.select_related("organization").filter(pk=organization_id).first()


def services_of(*, viewer: Viewer, organization_id: int) -> list[Receiver]:
    """What an organization offers today."""
    assert viewer.sees
    return as_receivers(_services(viewer.on).filter(organization_id=organization_id), on=viewer.on)


def contracted_sources(organization_id: int, on: date) -> frozenset[str]:
    """The sources of the plans that an organization has a contract with on a day: `plan:north`."""
    found = Contract.objects.filter(in_force(on), organization_id=organization_id)
    return frozenset(f"plan:{plan}" for plan in found.values_list("plan", flat=True))


def contracts_of(*, viewer: Viewer, organization_id: int) -> list[Contract]:
    """All its contracts, also those that ended or have not begun, the newest first."""
    assert viewer.sees
    return list(
        Contract.objects.filter(organization_id=organization_id).order_by("-starts", "plan", "program")
    )


def contract(*, viewer: Viewer, contract_id: int) -> Contract | None:
    """One contract with its organization."""
    assert viewer.sees
    return Contract.objects.select_related("organization").filter(pk=contract_id).first()


def licences_of(*, viewer: Viewer, organization_id: int) -> list[Licence]:
    """Its HMIS licences in force: only for its own people and for those who keep the directory."""
    if organization_id != viewer.organization_id and not acts.keep_network(viewer):
        return []
    return list(
        Licence.objects.filter(in_force(viewer.on), organization_id=organization_id).order_by("holder")
    )


def plans_known() -> list[str]:
    """The short names of the plans that send files here or that anybody has a contract with."""
    sources = Organization.objects.filter(source__startswith="plan:").values_list("source", flat=True)
    told = Contract.objects.values_list("plan", flat=True).distinct()
    return sorted({one.partition(":")[2] for one in sources} | set(told))
