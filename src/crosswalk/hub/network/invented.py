"""The invented county's network: who offers what there, with a history, so that every page has something to show."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from crosswalk.core.simulation.network import npi
from crosswalk.core.simulation.people import COUNTY, TOWNS
from crosswalk.hub.access.itself import Hub
from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.roles import Kind
from crosswalk.hub.journal.actions import act
from crosswalk.hub.network.kinds import Credential, HmisUse, Mode, Privacy, Purpose, Way
from crosswalk.hub.network.models import Contact, Contract, Licence, Listing, Reach, Service, Site, Statement

_ZIP = dict(TOWNS)
_ROOT = uuid.UUID("6c5f6a0e-4f0f-4d2b-9d59-0d3c8f7f1a54")
_STREET, _SITE, _REMOTE = str(Mode.STREET), str(Mode.SITE), str(Mode.REMOTE)
_WEEK = [[day, "08:00", "17:00"] for day in ("MO", "TU", "WE", "TH", "FR")]
_ALWAYS = [[day, "00:00", "24:00"] for day in ("MO", "TU", "WE", "TH", "FR", "SA", "SU")]
#: Organization → kind, privacy, use of HMIS, kinds of provider, town.
_WHO: dict[str, tuple[Any, Any, Any, tuple[str, ...], str]] = {
    "Crossroads Housing Partnership": (
        Kind.CS_PROVIDER, Privacy.ASSOCIATE, HmisUse.WRITES, ("housing_trio_provider",), "Alder Grove"),
    "Valley Lantern Outreach": (
        Kind.ECM_PROVIDER, Privacy.ASSOCIATE, HmisUse.WRITES, ("street_medicine",), "Cotton Flat"),
    "Sierra Gate Rescue Shelter": (Kind.COMMUNITY, Privacy.OUTSIDE, HmisUse.WRITES, (), "Sierra Gate"),
    "County Homeless Alliance": (Kind.COUNTY, Privacy.OUTSIDE, HmisUse.WRITES, (), "Alder Grove"),
    "Bridgehouse Youth Center": (Kind.CS_PROVIDER, Privacy.ASSOCIATE, HmisUse.WRITES, (), "Kaweah Ford"),
    "Madrone Family Refuge": (Kind.COMMUNITY, Privacy.OUTSIDE, HmisUse.NONE, (), "Rio Manso"),
    "Alder Grove Family Health Center": (
        Kind.CLINIC, Privacy.COVERED, HmisUse.READS, ("primary_care",), "Alder Grove"),
    "Rio Manso Health": (Kind.CLINIC, Privacy.COVERED, HmisUse.NONE, ("primary_care", "obstetrics"), "Rio Manso"),
    "Quiet Creek Recuperative Care": (Kind.CS_PROVIDER, Privacy.COVERED, HmisUse.NONE, (), "Orange Bend"),
    "Golden Basket Meals": (Kind.CS_PROVIDER, Privacy.ASSOCIATE, HmisUse.NONE, (), "Mill Slough"),
    "Open Table Pantry": (Kind.COMMUNITY, Privacy.OUTSIDE, HmisUse.NONE, (), "Dry Creek"),
    "Valley Bridge Legal Aid": (Kind.COMMUNITY, Privacy.OUTSIDE, HmisUse.NONE, (), "Alder Grove"),
    "Sunrise Sobering Center": (Kind.CS_PROVIDER, Privacy.COVERED, HmisUse.NONE, (), "Kaweah Ford"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Offer:
    """One invented service. `age`: days since its capacity was said, None for never; `new`: since this January."""

    who: str
    program: str
    name: str
    modes: tuple[str, ...]
    towns: tuple[str, ...] = ()
    populations: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en", "es")
    expertise: tuple[str, ...] = ()
    free: int = 0
    places: int | None = None
    waiting: int | None = None
    age: int | None = None
    new: bool = False
    plans: tuple[str, ...] = ()


_BOTH = ("sequoia", "valley_oak")
_NORTH, _SOUTH = ("Alder Grove", "Kaweah Ford", "Sierra Gate"), ("Cotton Flat", "Rio Manso", "Orange Bend")
_HOMES, _LANTERN, _GATE = (
    "Crossroads Housing Partnership",
    "Valley Lantern Outreach",
    "Sierra Gate Rescue Shelter",
)
_OFFERS = (
    _Offer(_HOMES, "cs.htns", "Housing Navigation", (_SITE, _STREET), free=6, places=80, waiting=3, age=4,
           plans=_BOTH),
    _Offer(_HOMES, "cs.hd", "Move-in Deposits", (_SITE,), free=10, age=4, plans=_BOTH),
    _Offer(_HOMES, "cs.htss", "Keeping Your Home", (_SITE, _REMOTE), free=0, places=60, waiting=9, age=41,
           plans=("sequoia",)),
    _Offer(_HOMES, "ecm", "ECM for Adults Without a Home", (_SITE, _STREET), _NORTH, ("ecm.1a", "ecm.3"),
           ("en", "es", "hmn"), ("housing_trio_provider",), 4, 45, 0, 12, plans=_BOTH),
    _Offer(_HOMES, "housing", "Harvest Apartments", (_SITE,), free=0, places=150, waiting=64, age=20),
    _Offer(_HOMES, "cs.trent", "Bridge Rent", (_SITE,), free=5, places=20, age=8, new=True, plans=("sequoia",)),
    _Offer(_LANTERN, "ecm", "Lantern Street ECM", (_STREET,), _SOUTH, ("ecm.1a", "ecm.1b", "ecm.2"), ("en", "es"),
           ("street_medicine",), 11, 60, 0, 2, plans=_BOTH),
    _Offer(_LANTERN, "outreach", "Street Outreach", (_STREET,), free=20, age=2),
    _Offer(_LANTERN, "day_center", "Lantern Day Center", (_SITE,), ("Cotton Flat",), free=15, places=40, age=2),
    _Offer(_LANTERN, "chw", "Promotoras on the Road", (_STREET, _REMOTE), languages=("es", "en"), free=8, age=2,
           new=True, plans=_BOTH),
    _Offer(_GATE, "shelter", "Sierra Gate Emergency Shelter", (_SITE,), free=7, places=120, waiting=0, age=1),
    _Offer(_GATE, "shelter", "Winter Night Shelter", (_SITE,), free=0, places=60, waiting=12, age=55),
    _Offer("County Homeless Alliance", "entry", "Coordinated Entry, Alder Grove", (_SITE, _REMOTE), free=30, age=6),
    _Offer("County Homeless Alliance", "entry", "Coordinated Entry by Phone", (_REMOTE,), free=30, age=6, new=True),
    _Offer("Bridgehouse Youth Center", "shelter", "Bridgehouse Youth Beds", (_SITE,), (), ("youth",), free=2,
           places=20, waiting=1, age=9),
    _Offer("Bridgehouse Youth Center", "ecm", "ECM for Young People", (_SITE, _STREET), (), ("ecm.1b", "ecm.8"),
           ("en", "es"), (), 9, 30, 0, 33, True, ("valley_oak",)),
    _Offer("Madrone Family Refuge", "shelter", "Madrone Family Shelter", (_SITE,), (), ("families",), free=1,
           places=80, waiting=14, age=3),
    _Offer("Alder Grove Family Health Center", "ecm", "Whole-Person ECM", (_SITE, _REMOTE), _NORTH,
           ("ecm.1a", "ecm.2", "ecm.3", "ecm.9"), ("en", "es", "pa"), ("medically_based_ecm",), 3, 50, 5, 16,
           plans=_BOTH),
    _Offer("Alder Grove Family Health Center", "clinic", "Walk-in Clinic", (_SITE,), free=25, age=16),
    _Offer("Rio Manso Health", "ecm", "ECM for Mothers and Families", (_SITE, _REMOTE), _SOUTH, ("ecm.9", "ecm.1b"),
           ("es", "en"), ("medically_based_ecm", "obstetrics"), 14, 30, None, 22, True, ("sequoia",)),
    _Offer("Quiet Creek Recuperative Care", "cs.recup", "Quiet Creek Beds", (_SITE,), free=3, places=16, waiting=2,
           age=1, plans=_BOTH),
    _Offer("Quiet Creek Recuperative Care", "cs.stphh", "After the Hospital", (_SITE,), free=0, places=8, waiting=4,
           age=29, new=True, plans=("sequoia",)),
    _Offer("Golden Basket Meals", "cs.mtm", "Meals at Your Door", (_REMOTE,), free=40, age=10, plans=_BOTH),
    _Offer("Golden Basket Meals", "food", "Saturday Boxes", (_SITE,), ("Mill Slough",), free=60, age=10, new=True),
    _Offer("Open Table Pantry", "food", "Open Table Pantry", (_SITE,), ("Dry Creek", "Rio Manso"), free=50, age=70),
    _Offer("Open Table Pantry", "food", "Open Table on Wheels", (_STREET,), _SOUTH, free=30, age=None, new=True),
    _Offer("Valley Bridge Legal Aid", "legal", "Housing and Benefits Law", (_SITE, _REMOTE), free=4, waiting=11,
           age=18),
    _Offer("Valley Bridge Legal Aid", "legal", "Record Clearing Days", (_SITE,), free=12, age=18, new=True),
    _Offer("Sunrise Sobering Center", "cs.sober", "Sunrise Chairs", (_SITE,), free=5, places=10, age=0,
           plans=("valley_oak",)),
)  # fmt: skip


def network_of_the_demo(*, at: datetime, on: date) -> None:
    """Write the invented network down where it is not there yet; nothing that is there is touched."""
    if Listing.objects.exists():
        return
    first, turn = date(on.year - 3, 1, 10), date(on.year, 1, 20)
    sites = {name: _organization(name, number, first) for number, name in enumerate(_WHO, 1)}
    for number, offer in enumerate(_OFFERS, 1):
        began = turn + timedelta(days=17 * (number % 16)) if offer.new else first
        _service(offer, number, min(began, on), sites[offer.who], at)
    act(Hub(), "open demo network", basis="invented county", after={"services": len(_OFFERS)})


def _uid(*said: object) -> uuid.UUID:
    return uuid.uuid5(_ROOT, "/".join(map(str, said)))


def _organization(name: str, number: int, first: date) -> Site:
    kind, privacy, hmis, types, town = _WHO[name]
    one = Organization.objects.filter(name=name).first() or Organization.objects.create(name=name, kind=kind)
    word = name.split()[0].lower()
    Listing.objects.create(
        organization=one,
        uid=_uid("organization", name),
        description=f"Invented for the demo: {name}.",
        email=f"hello@{word}.example.org",
        referral_email=f"referrals@{word}.example.org",
        website=f"https://{word}.example.org",
        npi=npi(54000 + number) if types or kind in (Kind.CLINIC, Kind.CS_PROVIDER) else "",
        provider_types=list(types),
        privacy=privacy,
        hmis_use=hmis,
        listed=first,
    )
    Contact.objects.create(
        organization=one,
        uid=_uid("contact", name),
        purpose=Purpose.REFERRALS,
        title="Intake desk",
        phone=f"559-555-01{number:02d}",
        tty="711",
        email=f"referrals@{word}.example.org",
        hours="Monday to Friday, 8 to 5",
    )
    if hmis == HmisUse.WRITES:
        Licence.objects.create(
            organization=one, holder="Intake desk", payer="Continuum of Care", trained=first, starts=first
        )
    return Site.objects.create(
        organization=one,
        uid=_uid("site", name),
        name=f"{name}, {town}" if name != "Madrone Family Refuge" else "Undisclosed address",
        address=f"{100 + 7 * number} Olive Ave",
        city=town,
        zip=_ZIP[town],
        county=COUNTY,
        is_public=name != "Madrone Family Refuge",
        opened=first,
    )


def _service(offer: _Offer, number: int, began: date, site: Site, at: datetime) -> None:
    one = Service.objects.create(
        organization_id=site.organization_id,
        uid=_uid("service", offer.who, offer.name),
        program=offer.program,
        name=offer.name,
        description=f"Invented for the demo: {offer.name}.",
        modes=list(offer.modes),
        populations=list(offer.populations),
        languages=list(offer.languages),
        expertise=list(offer.expertise),
        hours=_ALWAYS if offer.program in ("shelter", "cs.sober") else _WEEK,
        starts=began,
    )
    if _SITE in offer.modes:
        one.sites.add(site)
    zips = sorted(_ZIP[town] for town in offer.towns)
    Reach.objects.create(service=one, county=COUNTY, zips=zips, starts=began)
    for plan in offer.plans:
        pending = offer.new and plan == "valley_oak"
        Contract.objects.create(
            organization_id=site.organization_id,
            plan=plan,
            program=offer.program,
            county=COUNTY,
            starts=began,
            credential=Credential.IN_PROGRESS if pending else Credential.CREDENTIALED,
            source="Invented for the demo",
        )
    if offer.age is not None:
        Statement.objects.create(
            service=one,
            free=offer.free,
            places=offer.places,
            waiting=offer.waiting,
            at=at - timedelta(days=offer.age, hours=number % 5),
            way=Way.PHONE,
            said_by="Intake desk",
            organization_id=site.organization_id,
        )
