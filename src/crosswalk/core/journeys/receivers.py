"""Who can take this person: services ranked by points that are policy, each with its reason; no choice is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from crosswalk.core.policy import Edition

#: The parts of the order, in which their reasons are read.
PARTS = ("wish", "contract", "area", "places", "people", "language", "mode", "answers", "distance")
#: How many kilometers are near.
NEAR_KM = 8.0
#: So many answered referrals must there be before somebody counts as quick or slow.
ENOUGH_ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Receiver:
    """One service of one organization at one site, with what the network knows of it on a day.

    `contract`: in_force, credential_open, none, unknown, not_needed (no plan pays for it). `counties` are the State's
    codes. Empty `populations` and `languages` are not known. `places` and `waitlist` are None where nobody told.
    `accept_days` is the median of days to an answer over `answers` referrals.
    """

    service_id: int
    organization_id: int
    organization: str
    service: str
    contract: str = "unknown"
    site: str = ""
    counties: frozenset[str] = frozenset()
    zips: frozenset[str] = frozenset()
    populations: frozenset[str] = frozenset()
    for_everybody: bool = False
    languages: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    places: int | None = None
    waitlist: int | None = None
    told_on: date | None = None
    told_by: str = ""
    accept_days: float | None = None
    answers: int = 0
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """Whom a receiver is sought for: population is a program such as `ecm.1a`; `mode` how the person can be met."""

    on: date
    county: str = ""
    zip: str = ""
    population: str = ""
    language: str = ""
    mode: str = ""
    wanted: frozenset[int] = frozenset()
    unwanted: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of the order: what was found of it, and the points it gives."""

    part: str
    level: str
    points: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A receiver with its points and every reason, in the order of `PARTS`."""

    receiver: Receiver
    points: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Weights:
    """What each finding is worth, how old a statement of places may be, and how soon an answer is quick."""

    points: Mapping[tuple[str, str], int]
    says: Mapping[tuple[str, str], str]
    fresh_days: int
    quick_days: int

    @classmethod
    def of(cls, edition: Edition) -> Weights:
        """As `journeys/receiver_weights.csv` and the clocks say on the edition's day."""
        rows = edition.table("journeys/receiver_weights")
        clocks = edition.entries("clocks")
        return cls(
            points={(row["part"], row["level"]): int(row["points"]) for row in rows},
            says={(row["part"], row["level"]): row["say"] for row in rows},
            fresh_days=int(clocks["capacity_grows_old_for_the_desk"]["value"]),
            quick_days=int(clocks["accept_referral"]["value"]),
        )


def ranked(receivers: Iterable[Receiver], need: Need, weights: Weights) -> list[Ranked]:
    """Every receiver, the best first; among equals by name, so that the order is the same each time."""
    found = [_ranked(one, need, weights) for one in receivers]
    found.sort(key=lambda one: (-one.points, one.receiver.organization, one.receiver.service_id))
    return found


def lost_by(first: Ranked, second: Ranked) -> tuple[tuple[Reason, Reason], ...]:
    """Why the second stands behind the first: its reason and the first's, the weightiest difference first."""
    pairs = [
        (theirs, best)
        for best, theirs in zip(first.reasons, second.reasons, strict=True)
        if best.points > theirs.points
    ]
    return tuple(sorted(pairs, key=lambda pair: pair[0].points - pair[1].points))


def _ranked(one: Receiver, need: Need, weights: Weights) -> Ranked:
    levels = (
        _wish(one, need), one.contract, _area(one, need), _places(one, need, weights), _people(one, need),
        _language(one, need), _mode(one, need), _answers(one, weights), _distance(one),
    )  # fmt: skip
    reasons = tuple(
        Reason(part, level, weights.points[part, level] if level else 0)
        for part, level in zip(PARTS, levels, strict=True)
    )
    return Ranked(one, sum(reason.points for reason in reasons), reasons)


def _wish(one: Receiver, need: Need) -> str:
    if one.organization_id in need.wanted:
        return "wanted"
    return "unwanted" if one.organization_id in need.unwanted else ""


def _area(one: Receiver, need: Need) -> str:
    if need.zip and need.zip in one.zips:
        return "zip"
    if not need.county or not (one.counties or one.zips):
        return "unknown"
    return "county" if need.county in one.counties else "outside"


def _places(one: Receiver, need: Need, weights: Weights) -> str:
    if one.places is None:
        return "waitlist" if one.waitlist else "unknown"
    if one.places > 0:
        old = one.told_on is None or need.on - one.told_on > timedelta(days=weights.fresh_days)
        return "free_old" if old else "free"
    return "waitlist" if one.waitlist else "full"


def _people(one: Receiver, need: Need) -> str:
    if one.for_everybody or not one.populations:
        return "all"
    if not need.population:
        return ""
    return "fits" if need.population in one.populations else "not_named"


def _language(one: Receiver, need: Need) -> str:
    if not need.language:
        return ""
    if not one.languages:
        return "unknown"
    return "spoken" if need.language in one.languages else "not_spoken"


def _mode(one: Receiver, need: Need) -> str:
    if not need.mode:
        return ""
    if not one.modes:
        return "unknown"
    return "offered" if need.mode in one.modes else "not_offered"


def _answers(one: Receiver, weights: Weights) -> str:
    if one.accept_days is None or one.answers < ENOUGH_ANSWERS:
        return "unknown"
    return "quick" if one.accept_days <= weights.quick_days else "slow"


def _distance(one: Receiver) -> str:
    if one.distance_km is None:
        return "unknown"
    return "near" if one.distance_km <= NEAR_KM else "far"
