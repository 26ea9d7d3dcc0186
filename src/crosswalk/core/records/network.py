"""A receiver: one service that may take a person, with everything that a ranking needs to know of it on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Term:
    """A contract with a plan that is in force on the day; `credential` as in the hub's list (`credentialed` …)."""

    plan: str
    program: str
    county: str
    starts: date
    ends: date | None
    credential: str
    credential_until: date | None


@dataclass(frozen=True, slots=True)
class Room:
    """The newest capacity statement on the day: places left, all places, waiting; who said so, when, how."""

    free: int
    places: int | None
    waiting: int | None
    at: datetime
    said_by: str
    organization: str
    way: str

    def age(self, on: date) -> int:
        """Full days since it was said."""
        return max(0, (on - self.at.date()).days)


@dataclass(frozen=True, slots=True)
class Spot:
    """A site that is open on the day. Coordinates only where its organization gave them."""

    name: str
    address: str
    city: str
    zip: str
    county: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """Whom to call or write to; `tty` is a number or `711`; `purpose`: referrals, general or liaison."""

    purpose: str
    name: str
    title: str
    phone: str
    extension: str
    tty: str
    email: str
    hours: str


@dataclass(frozen=True, slots=True)
class Receiver:
    """One service on one day. Codes and plain values only; nothing here is about a person who seeks help.

    `program`: code of `policy/network/services.csv` (`ecm` for every population). `reach`: county → its ZIP codes,
    empty for the whole county. `terms`: contracts for this program in force. `served`: people whom the organization
    serves in the program as far as the hub's files say; None: nothing is known.
    """

    service_id: int
    organization_id: int
    organization: str
    kind: str
    privacy: str
    provider_types: tuple[str, ...]
    referral_email: str
    program: str
    name: str
    modes: tuple[str, ...]
    populations: tuple[str, ...]
    languages: tuple[str, ...]
    expertise: tuple[str, ...]
    minimum_age: int | None
    maximum_age: int | None
    hours: tuple[tuple[str, str, str], ...]
    hours_note: str
    how_to_apply: str
    starts: date
    ends: date | None
    reach: dict[str, tuple[str, ...]]
    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]
    terms: tuple[Term, ...]
    room: Room | None
    served: int | None

    def reaches(self, county: str, zip: str = "") -> bool:
        """Whether it serves people in this county; with a ZIP code, in that part of it."""
        if county not in self.reach:
            return False
        return not zip or not self.reach[county] or zip in self.reach[county]

    def is_for(self, population: str) -> bool | None:
        """Whether it says it serves a population; None where it does not say for whom it is."""
        return population in self.populations if self.populations else None

    def term(self, plan: str, county: str = "") -> Term | None:
        """Its contract with a plan, for a county where one is given."""
        return next(
            (one for one in self.terms if one.plan == plan and (not county or one.county == county)), None
        )
