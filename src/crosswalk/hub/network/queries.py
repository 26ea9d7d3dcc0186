"""Reading the network: who may take a person, what an organization lists, and how far each is with capacity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from crosswalk.core.records.network import Line, Receiver, Room, Spot, Term
from crosswalk.hub.access.itself import Hub
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.network.models import Caseload, Contact, Contract, Reach, Service, Site, Statement


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
    found = list(_services(on).filter(program=service_program(program)).order_by("pk"))
    return as_receivers(found, on=on, plan=plan, county=county)


def receiver(*, viewer: Viewer | Hub, service_id: int, on: date) -> Receiver | None:
    """One service as it is on a day; None where it is not in the network then."""
    assert viewer.sees
    return next(iter(as_receivers(list(_services(on).filter(pk=service_id)), on=on)), None)


def _services(on: date) -> QuerySet:
    there = in_force(on, "organization__listing__listed", "organization__listing__left")
    return Service.objects.filter(in_force(on), there).select_related("organization", "organization__listing")


def as_receivers(found: list[Service], *, on: date, plan: str = "", county: str = "") -> list[Receiver]:
    """Services as plain records, each table read once for all of them."""
    ids = [one.pk for one in found]
    if not ids:
        return []
    organizations = {one.organization_id for one in found}
    programs = {one.program for one in found}
    reach = _reach(ids, on, county)
    spots = _spots(ids, on)
    own, general = _lines(organizations)
    terms = _terms(organizations, programs, on, plan, county)
    room = newest(ids, on)
    served = {
        (one.organization_id, one.program): one.served
        for one in Caseload.objects.filter(organization_id__in=organizations, program__in=programs)
    }
    return [
        Receiver(
            service_id=one.pk,
            organization_id=one.organization_id,
            organization=one.organization.name,
            kind=one.organization.kind,
            privacy=one.organization.listing.privacy,
            provider_types=tuple(one.organization.listing.provider_types),
            referral_email=one.organization.listing.referral_email,
            program=one.program,
            name=one.name,
            modes=tuple(one.modes),
            populations=tuple(one.populations),
            languages=tuple(one.languages),
            expertise=tuple(one.expertise),
            minimum_age=one.minimum_age,
            maximum_age=one.maximum_age,
            hours=tuple((day, opens, closes) for day, opens, closes in one.hours),
            hours_note=one.hours_note,
            how_to_apply=one.how_to_apply,
            starts=one.starts,
            ends=one.ends,
            reach=reach[one.pk],
            spots=tuple(spots[one.pk]),
            lines=(*own[one.pk], *general[one.organization_id]),
            terms=tuple(terms[one.organization_id, one.program]),
            room=room.get(one.pk),
            served=served.get((one.organization_id, one.program)),
        )
        for one in found
    ]


def _reach(ids: list[int], on: date, county: str) -> dict[int, dict[str, tuple[str, ...]]]:
    found: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    rows = Reach.objects.filter(in_force(on), service_id__in=ids)
    if county:
        rows = rows.filter(county=county)
    for service, where, zips in rows.values_list("service_id", "county", "zips"):
        found[service][where] = tuple(zips)
    return found


def _spots(ids: list[int], on: date) -> dict[int, list[Spot]]:
    found: dict[int, list[Spot]] = defaultdict(list)
    pairs = Service.sites.through.objects.filter(
        in_force(on, "site__opened", "site__closed"), service_id__in=ids
    ).select_related("site")
    for one in pairs.order_by("site__name"):
        found[one.service_id].append(as_spot(one.site))
    return found


def as_spot(site: Site) -> Spot:
    """A site as others may see it: of one whose address protects people, only that it is there."""
    if not site.is_public:
        return Spot(site.name, "", "", "", site.county, None, None)
    return Spot(site.name, site.address, site.city, site.zip, site.county, site.latitude, site.longitude)


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
        .select_related("organization")
        .order_by("service_id", "-at", "-id")
        .distinct("service_id")
    )
    return {one.service_id: as_room(one) for one in rows}


def as_room(one: Any) -> Room:
    """A statement as a plain record."""
    return Room(one.free, one.places, one.waiting, one.at, one.said_by, one.organization.name, one.way)
