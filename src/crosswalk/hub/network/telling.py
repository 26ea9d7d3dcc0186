"""The network as an HSDS directory: what others may read of it, without the addresses that protect people."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db.models import Prefetch

from crosswalk.core.formats.hsds import Directory
from crosswalk.hub.access.models import Organization
from crosswalk.hub.network.models import Contact, Listing, Reach, Service, Site
from crosswalk.hub.network.queries import in_force, newest
from crosswalk.hub.network.words import counties, programs

#: Our own vocabulary in HSDS files: `program:cs.htns`, `mode:street`, `population:ecm.1a`, `expertise:…`.
TAXONOMY = "Crosswalk"
_ROOT = uuid.UUID("b41a2f0e-2f62-4f0f-9a52-5b7f3cbb4a10")
_PLACES = str(uuid.uuid5(_ROOT, "unit/places"))
#: HSDS has no hour 24; the last minute stands for the end of the day.
MIDNIGHT = "23:59"


def own_id(*said: object) -> str:
    """The id of a row that HSDS wants and the hub has none for: the same every time."""
    return str(uuid.uuid5(_ROOT, "/".join(map(str, said))))


def as_directory(on: date) -> Directory:
    """Everything that is in the network on a day."""
    out = Directory("network")
    _put(
        out, "taxonomy", id=own_id(TAXONOMY), name=TAXONOMY, description="Services of this network, own list"
    )
    _put(out, "unit", id=_PLACES, name="Places")
    there = Listing.objects.filter(in_force(on, "listed", "left")).select_related("organization")
    for listing in there.order_by("organization__name"):
        _organization(out, listing)
    owners = {one.pk for one in there}
    for site in Site.objects.filter(
        in_force(on, "opened", "closed"), organization_id__in=owners, is_public=True
    ):
        _site(out, site)
    reach = Prefetch("reaches", Reach.objects.filter(in_force(on)).order_by("county"))
    services = (
        Service.objects.filter(in_force(on), organization_id__in=owners)
        .select_related("organization__listing")
        .prefetch_related(reach, "sites")
        .order_by("organization__name", "name")
    )
    rooms = newest([one.pk for one in services], on)
    for service in services:
        _service(out, service, on)
        if room := rooms.get(service.pk):
            waiting = "" if room.waiting is None else f"waiting: {room.waiting}"
            _put(
                out, "service_capacity", id=own_id(service.uid, "capacity"), service_id=str(service.uid),
                unit_id=_PLACES, available=room.free, maximum=room.places, description=waiting,
                updated=room.at.isoformat(),
            )  # fmt: skip
    for contact in Contact.objects.filter(organization_id__in=owners).select_related(
        "organization__listing", "service"
    ):
        _contact(out, contact)
    return out


def _put(out: Directory, table: str, **cells: Any) -> None:
    """One row; what is empty is left out."""
    row = {key: value for key, value in cells.items() if value not in (None, "")}
    out.rows[table][row["id"]] = row


def _organization(out: Directory, one: Listing) -> None:
    organization: Organization = one.organization
    _put(
        out, "organization", id=str(one.uid), name=organization.name,
        description=one.description or organization.name, email=one.email or one.referral_email,
        website=one.website,
    )  # fmt: skip
    if one.npi:
        _put(
            out, "organization_identifier", id=own_id(one.uid, "npi"), organization_id=str(one.uid),
            identifier_scheme="US-NPI", identifier_type="NPI", identifier=one.npi,
        )  # fmt: skip


def _site(out: Directory, one: Site) -> None:
    _put(
        out, "location", id=str(one.uid), location_type="physical", name=one.name,
        organization_id=str(one.organization.listing.uid), latitude=one.latitude, longitude=one.longitude,
        transportation=one.access,
    )  # fmt: skip
    if one.address and one.city and one.zip:
        _put(
            out, "address", id=own_id(one.uid, "address"), location_id=str(one.uid), address_1=one.address,
            city=one.city, region=_county(one.county, one.opened), state_province=one.state,
            postal_code=one.zip, country="US", address_type="physical",
        )  # fmt: skip


def _county(code: str, on: date) -> str:
    name = counties(on).get(code, "")
    return f"{name} County" if name else ""


def _service(out: Directory, one: Service, on: date) -> None:
    id = str(one.uid)
    _put(
        out, "service", id=id, organization_id=str(one.organization.listing.uid), name=one.name,
        description=one.description, status="active", application_process=one.how_to_apply,
        minimum_age=one.minimum_age, maximum_age=one.maximum_age,
    )  # fmt: skip
    told = [("program", one.program), *(("mode", code) for code in one.modes)]
    told += [("population", code) for code in one.populations] + [
        ("expertise", code) for code in one.expertise
    ]
    for kind, code in told:
        _attribute(out, id, f"{kind}:{code}", programs(on).get(code, {}).get("name", code))
    for site in one.sites.all():
        if str(site.uid) in out.rows["location"]:
            _put(
                out, "service_at_location", id=own_id(id, site.uid), service_id=id, location_id=str(site.uid)
            )
    for code in one.languages:
        _put(out, "language", id=own_id(id, "language", code), service_id=id, code=code, name=code)
    for reach in one.reaches.all():
        zips = f"; ZIP {' '.join(reach.zips)}" if reach.zips else ""
        _put(
            out, "service_area", id=own_id(id, "reach", reach.county), service_id=id,
            name=_county(reach.county, on), extent=f"county {reach.county}{zips}", extent_type="text",
        )  # fmt: skip
    _schedules(out, id, one)


def _attribute(out: Directory, service: str, code: str, name: str) -> None:
    term = own_id(TAXONOMY, code)
    _put(
        out, "taxonomy_term", id=term, code=code, name=name, description=name, taxonomy=TAXONOMY,
        taxonomy_id=own_id(TAXONOMY),
    )  # fmt: skip
    _put(
        out, "attribute", id=own_id(service, code), link_id=service, link_entity="service",
        link_type="taxonomy", taxonomy_term_id=term,
    )  # fmt: skip


def _schedules(out: Directory, service: str, one: Service) -> None:
    by_hours: dict[tuple[str, str], list[str]] = {}
    for day, opens, closes in one.hours:
        by_hours.setdefault((opens, closes), []).append(day)
    for (opens, closes), days in by_hours.items():
        _put(
            out, "schedule", id=own_id(service, "hours", opens, closes), service_id=service, freq="WEEKLY",
            byday=",".join(days), opens_at=opens, closes_at=MIDNIGHT if closes == "24:00" else closes,
            description=one.hours_note,
        )  # fmt: skip


def _contact(out: Directory, one: Contact) -> None:
    id, owner = str(one.uid), str(one.organization.listing.uid)
    service = str(one.service.uid) if one.service and str(one.service.uid) in out.rows["service"] else ""
    _put(
        out, "contact", id=id, organization_id=owner, service_id=service, name=one.name, title=one.title,
        department=one.purpose, email=one.email,
    )  # fmt: skip
    for kind, number in (("voice", one.phone), ("textphone", one.tty)):
        if number:
            extension = int(one.extension) if kind == "voice" and one.extension.isdigit() else None
            _put(
                out, "phone", id=own_id(id, kind), contact_id=id, number=number, extension=extension,
                type=kind, description=one.hours,
            )  # fmt: skip
