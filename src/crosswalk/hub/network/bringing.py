"""An HSDS directory brought into the network: what is new is added, what is known is brought up to date.

Only what HSDS says is written: contracts, licences and who may begin early stay as they are. The same file again
changes nothing. What cannot be used is told with its place in the file.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from crosswalk.core.formats.hsds import Directory
from crosswalk.core.formats.hsds.directory import Row
from crosswalk.hub.access.itself import Hub
from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.roles import Kind
from crosswalk.hub.journal.actions import act
from crosswalk.hub.network.kinds import Mode, Purpose, Way
from crosswalk.hub.network.models import Contact, Listing, Reach, Service, Site, Statement
from crosswalk.hub.network.queries import in_force
from crosswalk.hub.network.telling import MIDNIGHT, TAXONOMY
from crosswalk.hub.network.words import counties, programs

_FIX = "Mend it at the source and send the file again."
_ROOT = uuid.UUID("0f9a6a3e-7f06-4a52-9f43-5d2c8a4be6a7")
_ZIPS = re.compile(r"\b9[0-6]\d{3}\b")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass
class Brought:
    """How many of each were new, brought up to date, or as they were before."""

    new: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    same: dict[str, int] = field(default_factory=dict)

    def count(self, what: str, how: str) -> None:
        """One more."""
        kept: dict[str, int] = getattr(self, how)
        kept[what] = kept.get(what, 0) + 1


def bring(directory: Directory, *, by: Hub, at: datetime, on: date) -> Brought:
    """Bring a directory in, all of it or nothing."""
    made = Brought()
    with transaction.atomic():
        owners = {
            id: _organization(directory, row, made, on) for id, row in directory.rows["organization"].items()
        }
        sites = _sites(directory, owners, made, on)
        for id, row in directory.rows["service"].items():
            owner = owners.get(row.get("organization_id", ""))
            if owner is None:
                _tell(
                    directory,
                    "service",
                    id,
                    "organization_id",
                    "The service names no organization that is here.",
                )
                directory.counts.accepted -= 1
                directory.counts.rejected += 1
                continue
            _service(directory, row, owner, sites, made, at, on)
        for id, owner in owners.items():
            _contacts(directory, id, owner, made)
        act(
            by,
            "bring directory",
            basis="the community's directory",
            after={**directory.counts.as_dict(), "new": made.new, "changed": made.changed, "at": at},
        )
    return made


def uid_of(id: str) -> uuid.UUID:
    """The id as it is, or, where it is no UUID, one that is made of it and stays the same."""
    try:
        return uuid.UUID(id)
    except ValueError:
        return uuid.uuid5(_ROOT, id)


def _tell(
    directory: Directory, table: str, id: str, column: str, sentence: str, severity: str = "error"
) -> None:
    directory.tell(directory.places[table, id], column, "not_brought", severity, sentence, _FIX)


def _kept(one: Any, values: dict[str, Any], made: Brought, what: str) -> Any:
    """Bring a row up to date with what the file says; an empty word of the file takes nothing away."""
    said = {key: value for key, value in values.items() if value not in ("", None, [])}
    differs = [key for key, value in said.items() if not _is_same(getattr(one, key), value)]
    for key in differs:
        setattr(one, key, values[key])
    if differs:
        one.save(update_fields=differs)
    made.count(what, "changed" if differs else "same")
    return one


def _is_same(ours: Any, told: Any) -> bool:
    """Whether two values say the same; in a list of words the order says nothing."""
    if isinstance(ours, list) and all(isinstance(word, str) for word in [*ours, *told]):
        return set(ours) == set(told)
    return bool(ours == told)


def _organization(directory: Directory, row: Row, made: Brought, on: date) -> Organization:
    uid = uid_of(row["id"])
    listing = Listing.objects.select_related("organization").filter(uid=uid).first()
    numbers = directory.of("organization_identifier", "organization_id", row["id"])
    npi = next((one["identifier"] for one in numbers if "NPI" in one["identifier_type"].upper()), "")
    values = {
        "description": row.get("description", ""),
        "email": row.get("email", ""),
        "website": row.get("website", ""),
        "npi": npi,
    }
    if listing is not None:
        return _kept(listing, values, made, "organizations").organization
    there = Organization.objects.filter(name=row["name"]).first()
    known = Listing.objects.filter(organization=there).first() if there else None
    if known is not None:
        # Two directories name the same organization by different ids: ours stays.
        return _kept(known, values, made, "organizations").organization
    there = there or Organization.objects.create(name=row["name"], kind=Kind.COMMUNITY)
    Listing.objects.create(
        organization=there, uid=uid, listed=on, referral_email=row.get("email", ""), **values
    )
    made.count("organizations", "new")
    return there


def _sites(
    directory: Directory, owners: dict[str, Organization], made: Brought, on: date
) -> dict[str, Site | None]:
    """Location id → site; None for a location that is no place (a call centre, a website)."""
    found: dict[str, Site | None] = {}
    of_service = {id: row.get("organization_id", "") for id, row in directory.rows["service"].items()}
    used = {
        row.get("location_id"): of_service.get(row.get("service_id", ""), "")
        for row in directory.rows["service_at_location"].values()
    }
    for id, row in directory.rows["location"].items():
        owner = owners.get(row.get("organization_id", "") or used.get(id) or "")
        found[id] = None
        if row["location_type"] != "physical":
            continue
        if owner is None:
            _tell(
                directory,
                "location",
                id,
                "organization_id",
                "The place belongs to no organization.",
                "warning",
            )
            continue
        found[id] = _site(directory, id, row, owner, made, on)
    return found


def _site(directory: Directory, id: str, row: Row, owner: Organization, made: Brought, on: date) -> Site:
    addresses = directory.of("address", "location_id", id)
    where = next((one for one in addresses if one["address_type"] == "physical"), {}) or next(
        iter(addresses), {}
    )
    latitude, longitude = row.get("latitude"), row.get("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        if latitude is not None or longitude is not None:
            _tell(
                directory, "location", id, "latitude", "These coordinates are no place on earth.", "warning"
            )
        latitude = longitude = None
    values = {
        "name": row.get("name") or where.get("address_1") or owner.name,
        "address": where.get("address_1", ""),
        "city": where.get("city", ""),
        "state": where.get("state_province", ""),
        "zip": (_ZIPS.findall(where.get("postal_code", "")) or [""])[0],
        "county": next(iter(_counties_in(where.get("region", ""), on)), ""),
        "latitude": latitude,
        "longitude": longitude,
        "access": row.get("transportation", ""),
    }
    one = Site.objects.filter(uid=uid_of(id)).first()
    if one is not None:
        return _kept(one, values, made, "sites")
    made.count("sites", "new")
    return Site.objects.create(organization=owner, uid=uid_of(id), opened=on, **values)


def _counties_in(text: str, on: date) -> list[str]:
    """The codes of the counties that a text names: “Tulare County”."""
    return [code for code, name in counties(on).items() if re.search(rf"\b{re.escape(name)} County\b", text)]


def _service(
    directory: Directory, row: Row, owner: Organization, sites: dict[str, Site | None], made: Brought,
    at: datetime, on: date,
) -> None:  # fmt: skip
    one = Service.objects.filter(uid=uid_of(row["id"])).first()
    if row["status"] != "active":
        if one is not None and one.ends is None and one.starts < on:
            one.ends = on
            one.save(update_fields=["ends"])
            made.count("services", "changed")
        return
    terms = _terms(directory, row["id"])
    at_places = directory.of("service_at_location", "service_id", row["id"])
    places = [sites.get(one.get("location_id", "")) for one in at_places]
    values = {
        "program": _program(directory, row, terms, on),
        "name": row["name"],
        "description": row.get("description", ""),
        "how_to_apply": row.get("application_process", ""),
        "minimum_age": row.get("minimum_age"),
        "maximum_age": row.get("maximum_age"),
        "modes": _told(terms, "mode") or _modes(places),
        "populations": _told(terms, "population"),
        "expertise": _told(terms, "expertise"),
        "languages": sorted(
            {lang["code"] for lang in directory.of("language", "service_id", row["id"]) if lang.get("code")}
        ),
        "hours": _hours(directory, row["id"]),
    }
    if one is None:
        one = Service.objects.create(organization=owner, uid=uid_of(row["id"]), starts=on, **values)
        made.count("services", "new")
    else:
        _kept(one, values, made, "services")
    one.sites.add(*[place for place in places if place is not None])
    _reach(directory, row["id"], one, [place for place in places if place is not None], on)
    _capacity(directory, row["id"], one, owner, made, at)


def _terms(directory: Directory, service: str) -> list[Row]:
    """The terms of any taxonomy that hang on a service."""
    hung = directory.of("attribute", "link_id", service)
    terms = directory.rows["taxonomy_term"]
    return [terms[one["taxonomy_term_id"]] for one in hung if one.get("taxonomy_term_id") in terms]


def _told(terms: list[Row], kind: str) -> list[str]:
    """What our own vocabulary says of one kind: `mode:street` → `street`."""
    own = [one["code"] for one in terms if one.get("taxonomy") == TAXONOMY and ":" in one.get("code", "")]
    return sorted(code.partition(":")[2] for code in own if code.startswith(f"{kind}:"))


def _program(directory: Directory, row: Row, terms: list[Row], on: date) -> str:
    """Which service of the policy's list it is: by our own term, else by an Open Eligibility code, else “other”."""
    known = programs(on)
    told = next((code for code in _told(terms, "program") if code in known), "")
    codes = {one.get("code") for one in terms if "open eligibility" in one.get("taxonomy", "").lower()}
    # Community Supports and ECM are contracts with plans; a general directory cannot say that it is one.
    outside = {code: one for code, one in known.items() if "." not in code and code not in ("ecm", "chw")}
    by_code = next(
        (code for code, one in outside.items() if one["open_eligibility"] in codes - {None, ""}), ""
    )
    if not told and not by_code:
        _tell(
            directory, "service", row["id"], "", "Nothing tells which kind of service it is; kept as “other”.",
            "warning",
        )  # fmt: skip
    return told or by_code or "other"


def _modes(places: list[Site | None]) -> list[str]:
    found = {str(Mode.REMOTE) if one is None else str(Mode.SITE) for one in places}
    return sorted(found)


def _hours(directory: Directory, service: str) -> list[list[str]]:
    """The weekly hours, in the order of the week."""
    found = set()
    for row in directory.of("schedule", "service_id", service):
        opens, closes = row.get("opens_at", "")[:5], row.get("closes_at", "")[:5]
        if row.get("freq") == "WEEKLY" and opens and closes:
            for day in row.get("byday", "").split(","):
                if day.strip() in _DAYS:
                    found.add((day.strip(), opens, "24:00" if closes == MIDNIGHT else closes))
    return [list(one) for one in sorted(found, key=lambda one: (_DAYS.index(one[0]), one[1]))]


def _reach(directory: Directory, id: str, one: Service, places: list[Site], on: date) -> None:
    """How far it reaches: the counties and ZIP codes that its areas name; one that is told otherwise ends today."""
    told: dict[str, list[str]] = {}
    for area in directory.of("service_area", "service_id", id):
        text = " ".join(str(area.get(key, "")) for key in ("name", "description", "extent"))
        named = _counties_in(text, on) or sorted({place.county for place in places if place.county})
        for county in named:
            told[county] = sorted({*told.get(county, ()), *_ZIPS.findall(text)})
        if not named:
            _tell(
                directory, "service_area", area["id"], "name", "It names no county of California.", "warning"
            )
    if not told:
        return
    for old in Reach.objects.filter(in_force(on), service=one):
        if sorted(old.zips) == told.get(old.county):
            del told[old.county]
        elif old.starts < on:
            old.ends = on
            old.save(update_fields=["ends"])
        else:
            old.delete()
    Reach.objects.bulk_create(
        Reach(service=one, county=county, zips=zips, starts=on) for county, zips in told.items()
    )


def _capacity(
    directory: Directory, id: str, one: Service, owner: Organization, made: Brought, at: datetime
) -> None:
    """The statements of the file that are newer than what was said; one from the future is not believed."""
    for row in directory.of("service_capacity", "service_id", id):
        moment = _moment(row["updated"])
        if moment is None or moment > at:
            _tell(
                directory,
                "service_capacity",
                row["id"],
                "updated",
                "This is no moment of the past.",
                "warning",
            )
            continue
        if row["available"] < 0 or Statement.objects.filter(service=one, at__gte=moment).exists():
            continue
        waiting = re.fullmatch(r"waiting: (\d+)", row.get("description", ""))
        Statement.objects.create(
            service=one,
            free=int(row["available"]),
            places=int(row["maximum"]) if row.get("maximum", -1) >= 0 else None,
            waiting=int(waiting[1]) if waiting else None,
            at=moment,
            way=Way.FILE,
            said_by=owner.name,
            organization=owner,
        )
        made.count("capacity", "new")


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _contacts(directory: Directory, id: str, owner: Organization, made: Brought) -> None:
    for row in directory.of("contact", "organization_id", id):
        phones = directory.of("phone", "contact_id", row["id"])
        voice = next((one for one in phones if one.get("type") in (None, "voice", "cell")), {})
        tty = next((one["number"] for one in phones if one.get("type") == "textphone"), "")
        service = (
            Service.objects.filter(uid=uid_of(row["service_id"])).first() if row.get("service_id") else None
        )
        purpose = row.get("department", "")
        values = {
            "purpose": purpose if purpose in Purpose.values else str(Purpose.GENERAL),
            "name": row.get("name", ""),
            "title": row.get("title", ""),
            "email": row.get("email", ""),
            "phone": voice.get("number", ""),
            "extension": str(voice.get("extension", "")),
            "tty": tty,
            "hours": voice.get("description", ""),
        }
        one = Contact.objects.filter(uid=uid_of(row["id"])).first()
        if one is not None:
            _kept(one, values, made, "contacts")
        else:
            Contact.objects.create(organization=owner, service=service, uid=uid_of(row["id"]), **values)
            made.count("contacts", "new")
