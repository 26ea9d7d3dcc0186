"""Who can take this person: services ranked by points that are policy, each with its reason; no choice is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from crosswalk.core.policy import Edition
from crosswalk.core.records.network import Receiver

#: The parts of the order, in which their reasons are read.
PARTS = ("wish", "contract", "area", "places", "people", "language", "mode", "answers", "distance")
#: So many answered referrals must there be before somebody counts as quick or slow.
ENOUGH_ANSWERS = 3
#: How a contract stands, by how far the plan is with vetting the provider.
_CONTRACT = {"credentialed": "in_force", "not_needed": "in_force"}


@dataclass(frozen=True, slots=True)
class Need:
    """Whom a receiver is sought for: population is a program such as `ecm.1a`; `mode` how the person can be met.

    `plan` is the person’s plan by its short name; empty where it is not known. `pays`: whether a plan pays for this
    help at all. `answers`: organization → median of days to an answer, and over how many referrals.
    """

    on: date
    plan: str = ""
    pays: bool = True
    county: str = ""
    zip: str = ""
    population: str = ""
    age: int | None = None
    language: str = ""
    mode: str = ""
    wanted: frozenset[int] = frozenset()
    unwanted: frozenset[int] = frozenset()
    answers: Mapping[int, tuple[float, int]] = field(default_factory=dict)


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
    fresh_days: int
    quick_days: int

    @classmethod
    def of(cls, edition: Edition) -> Weights:
        """As `journeys/receiver_weights.csv` and the clocks say on the edition's day."""
        rows = edition.table("journeys/receiver_weights")
        clocks = edition.entries("clocks")
        return cls(
            points={(row["part"], row["level"]): int(row["points"]) for row in rows},
            fresh_days=int(clocks["capacity_statement"]["value"]),
            quick_days=int(clocks["accept_referral"]["value"]),
        )


def ranked(receivers: Iterable[Receiver], need: Need, weights: Weights) -> list[Ranked]:
    """Every receiver, the best first; among equals by name, so that the order is the same each time."""
    found = [_ranked(one, need, weights) for one in receivers]
    found.sort(
        key=lambda one: (-one.points, one.receiver.organization, one.receiver.name, one.receiver.service_id)
    )
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
        _wish(one, need), _contract(one, need), _area(one, need), _places(one, need, weights), _people(one, need),
        _language(one, need), _mode(one, need), _answers(one, need, weights), _distance(one, need),
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


def _contract(one: Receiver, need: Need) -> str:
    if not need.pays:
        return "not_needed"
    if not need.plan:
        return "unknown"
    term = one.term(need.plan, need.county)
    return _CONTRACT.get(term.credential, "credential_open") if term else "none"


def _area(one: Receiver, need: Need) -> str:
    if not need.county or not one.reach:
        return "unknown"
    if need.county not in one.reach:
        return "outside"
    if not need.zip:
        return "county"
    if not one.reaches(need.county, need.zip):
        return "outside"
    return "zip" if one.reach[need.county] else "county"


def _places(one: Receiver, need: Need, weights: Weights) -> str:
    if one.room is None:
        return "unknown"
    if one.room.free > 0:
        return "free_old" if one.room.age(need.on) > weights.fresh_days else "free"
    return "waitlist" if one.room.waiting else "full"


def _people(one: Receiver, need: Need) -> str:
    if need.age is not None:
        too_young = one.minimum_age is not None and need.age < one.minimum_age
        if too_young or (one.maximum_age is not None and need.age > one.maximum_age):
            return "other_age"
    if not one.populations:
        return "all"
    if not need.population:
        return ""
    return "fits" if one.is_for(need.population) else "not_named"


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


def _answers(one: Receiver, need: Need, weights: Weights) -> str:
    days, count = need.answers.get(one.organization_id, (0.0, 0))
    if count < ENOUGH_ANSWERS:
        return "unknown"
    return "quick" if days <= weights.quick_days else "slow"


def _distance(one: Receiver, need: Need) -> str:
    """Only what a ZIP code tells: nobody’s coordinates are guessed."""
    known = {spot.zip for spot in one.spots if spot.zip}
    return "near" if need.zip and need.zip in known else "unknown"
