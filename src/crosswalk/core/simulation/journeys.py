"""Journeys of three to seven years through the response system: street, shelter, housing, and back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from crosswalk.core.simulation import network
from crosswalk.core.simulation.chance import Chance, Odds
from crosswalk.core.simulation.network import Project
from crosswalk.core.simulation.people import Identity

#: HUD living situation codes used here (hmis.md 1.8).
STREET, SHELTER, HAVEN = 116, 101, 118
PSYCHIATRIC, DETOX, HOSPITAL, JAIL, FOSTER, NURSING = 204, 205, 206, 207, 215, 225
TRANSITIONAL, MOTEL, FAMILY, FRIEND, RENTAL, SUBSIDIZED = 302, 314, 335, 336, 410, 435


@dataclass(slots=True)
class Health:
    """What a client tells at intake: disabilities (list 1.3), violence, veteran, income, insurance, pregnancy.

    Flags are HMIS answers: 0 no, 1 yes, 8 does not know, 9 prefers not to answer, 99 not collected.
    """

    conditions: dict[int, int] = field(default_factory=dict)
    disabling: int = 0
    violence: int = 0
    fleeing: int = 0
    veteran: int = 0
    income: str = ""
    amount: int = 0
    snap: int = 0
    medicaid: int = 99
    pregnant: int | None = None
    due: date | None = None
    former_foster: int | None = None


@dataclass(slots=True)
class Client:
    """A person whom the response system knows, and the PersonalIDs it gave."""

    who: Identity
    health: Health
    ids: tuple[str, ...] = ()
    case: str = ""


@dataclass(slots=True)
class Seen:
    """One contact: a current living situation (list 3.12.1) on a day, and whether it must be left within 14 days."""

    day: date
    code: int
    leaves: int | None = None
    nothing_next: bool = False


@dataclass(slots=True)
class Stay:
    """One stay of a household in one project; `left` is None while it is open."""

    project: Project
    entered: date
    left: date | None
    members: list[tuple[Client, int]]
    prior: int
    length: int = 3
    before_street: bool = False
    since: date | None = None
    times: int = 1
    months: int = 101
    moved_in: date | None = None
    destination: int = 30
    seen: list[Seen] = field(default_factory=list)
    nights: list[date] = field(default_factory=list)
    assessed: list[tuple[date, bool]] = field(default_factory=list)
    referred: list[tuple[date, int, int | None]] = field(default_factory=list)
    days_to_loss: int | None = None


_FIRST = {
    "anyone": Odds(
        {"outreach": 34, "shelter": 22, "nights": 14, "prevention": 6, "rrh": 4, "services": 4, "day": 4}
    ),
    "families": Odds({"shelter": 40, "prevention": 18, "rrh": 14, "outreach": 12, "transitional": 8}),
    "youth": Odds({"shelter": 40, "outreach": 34, "rrh": 10, "transitional": 8}),
}
_NEXT: dict[str, Odds[str]] = {
    "outreach": Odds({"shelter": 24, "nights": 12, "rrh": 9, "psh": 7, "gap": 22, "outreach": 8, "end": 14}),
    "shelter": Odds(
        {"outreach": 16, "shelter": 8, "rrh": 18, "transitional": 7, "psh": 5, "gap": 22, "end": 18}
    ),
    "nights": Odds({"outreach": 26, "nights": 14, "shelter": 14, "rrh": 6, "psh": 4, "gap": 22, "end": 10}),
    "transitional": Odds({"rrh": 18, "outreach": 12, "gap": 14, "end": 42}),
    "rrh": Odds({"end": 56, "gap": 30, "outreach": 8, "shelter": 6}),
    "psh": Odds({"end": 60, "gap": 20, "outreach": 10}),
    "prevention": Odds({"end": 72, "shelter": 12, "gap": 10}),
    "services": Odds({"end": 40, "gap": 20, "shelter": 20, "outreach": 20}),
    "day": Odds({"outreach": 40, "nights": 20, "gap": 20, "end": 20}),
    "gap": Odds({"outreach": 44, "shelter": 28, "nights": 14, "day": 6}),
}
_LENGTH = {
    "outreach": 70, "shelter": 30, "nights": 40, "transitional": 110, "rrh": 200, "psh": 900,
    "prevention": 75, "services": 60, "day": 60,
}  # fmt: skip
_PRIOR = Odds(
    {STREET: 52, SHELTER: 16, FAMILY: 6, FRIEND: 7, MOTEL: 5, JAIL: 4, HOSPITAL: 3, RENTAL: 4, DETOX: 2, 8: 1}
)
_LEAVES_TO: dict[str, Odds[int]] = {
    "outreach": Odds({STREET: 30, SHELTER: 20, 30: 22, RENTAL: 8, SUBSIDIZED: 6, 312: 4, JAIL: 3, 24: 1}),
    "shelter": Odds(
        {STREET: 16, SHELTER: 8, 30: 20, RENTAL: 20, SUBSIDIZED: 12, 312: 10, 313: 5, HOSPITAL: 2, 8: 4}
    ),
    "nights": Odds({STREET: 30, SHELTER: 12, 30: 38, RENTAL: 6, JAIL: 3, 99: 5}),
    "transitional": Odds({RENTAL: 34, SUBSIDIZED: 26, 312: 12, STREET: 8, 30: 8}),
    "rrh": Odds({RENTAL: 52, SUBSIDIZED: 22, 422: 6, STREET: 6, 30: 6}),
    "psh": Odds({SUBSIDIZED: 40, RENTAL: 16, 24: 14, STREET: 8, NURSING: 6, JAIL: 4}),
    "prevention": Odds({RENTAL: 70, SUBSIDIZED: 12, 312: 8, SHELTER: 4}),
    "services": Odds({30: 30, RENTAL: 20, STREET: 20, SHELTER: 10}),
    "day": Odds({30: 60, STREET: 30}),
}
HOUSED = (RENTAL, SUBSIDIZED, 422, 423)


def walk(chance: Chance, members: list[tuple[Client, int]], who: str, on: date) -> list[Stay]:
    """The stays of one household from its first night until `on`: a journey, not a list of unrelated rows."""
    if chance.often(0.35):
        day = on - timedelta(days=chance.randrange(5, 365))
    else:
        day = on - timedelta(days=chance.randrange(365, 7 * 365))
    # Nobody can be in a stay before being born; the journey starts after the youngest's first weeks.
    youngest = max(client.who.dob for client, _ in members)
    day = min(max(day, youngest + timedelta(days=40)), on - timedelta(days=3))
    homeless_since = day - timedelta(days=chance.days(60, 1.3))
    episodes = 1
    stays: list[Stay] = []
    kind = _FIRST[who].draw(chance)
    while day < on and len(stays) < 14:
        if kind == "gap":
            day += timedelta(days=chance.days(120, 0.9))
            episodes += 1
            homeless_since = day - timedelta(days=chance.randrange(1, 40))
            kind = _NEXT["gap"].draw(chance)
            continue
        stay = _stay(chance, kind, members, who, day, on, homeless_since, episodes, stays)
        stays.append(stay)
        if stay.left is None or stay.destination == 24:
            break
        kind = _NEXT[kind].draw(chance)
        if kind == "end" or (stay.destination in HOUSED and chance.often(0.8)):
            if chance.often(0.8):
                break
            kind = "gap"
        day = stay.left + timedelta(days=chance.randrange(0, 6))
    entry = _coordinated_entry(chance, stays, members, on)
    return sorted([*stays, *entry], key=lambda one: one.entered)


def _stay(
    chance: Chance,
    kind: str,
    members: list[tuple[Client, int]],
    who: str,
    day: date,
    on: date,
    homeless_since: date,
    episodes: int,
    before: list[Stay],
) -> Stay:
    project = chance.choice(network.choices(kind, who))
    left: date | None = day + timedelta(days=chance.days(_LENGTH[kind], 0.8))
    if left is not None and left >= on:
        left = None
    prior = _prior(chance, kind, before)
    months = min(12 * 3, (day - homeless_since).days // 30 + 1)
    stay = Stay(
        project,
        day,
        left,
        members,
        prior,
        length=chance.choice((10, 11, 2, 2, 3, 3, 4)),
        before_street=prior in (JAIL, HOSPITAL, DETOX) or chance.often(0.3),
        since=homeless_since,
        times=min(4, episodes + chance.randrange(2)),
        months=113 if months > 12 else 100 + months,
        destination=_LEAVES_TO[kind].draw(chance),
        days_to_loss=chance.randrange(4) if kind == "prevention" else None,
    )
    last = left or on
    if kind in ("rrh", "psh") and chance.often(0.78):
        moved = day + timedelta(days=max(1, round(chance.gauss(45, 20))))
        stay.moved_in = moved if moved < last else None
    if kind in ("outreach", "day", "services"):
        stay.seen = _contacts(chance, day, last, STREET if kind != "services" else prior)
    if kind == "nights":
        stay.nights = _nights(chance, day, last)
    return stay


def _prior(chance: Chance, kind: str, before: list[Stay]) -> int:
    if kind == "prevention":
        return chance.choice((RENTAL, RENTAL, FAMILY, FRIEND))
    if before and before[-1].destination in (STREET, SHELTER):
        return before[-1].destination
    prior = _PRIOR.draw(chance)
    return STREET if kind == "outreach" and prior in (RENTAL, 8) else prior


def _contacts(chance: Chance, first: date, last: date, code: int) -> list[Seen]:
    seen: list[Seen] = []
    day = first
    while day <= last and len(seen) < 40:
        seen.append(Seen(day, code if chance.often(0.9) else chance.choice((SHELTER, FRIEND, MOTEL))))
        day += timedelta(days=chance.days(24, 0.6))
    return seen


def _nights(chance: Chance, first: date, last: date) -> list[date]:
    nights: list[date] = []
    day = first
    while day < last and len(nights) < 150:
        nights.append(day)
        day += timedelta(days=1 if chance.often(0.75) else chance.randrange(2, 12))
    return nights


def _coordinated_entry(
    chance: Chance, stays: list[Stay], members: list[tuple[Client, int]], on: date
) -> list[Stay]:
    if not stays or stays[0].project.kind == "prevention" or chance.often(0.45):
        return []
    first = stays[0]
    day = first.entered + timedelta(days=chance.randrange(0, 40))
    if day >= on:
        return []
    housed = next((one.moved_in for one in stays if one.moved_in), None)
    left: date | None = housed or day + timedelta(days=chance.days(300, 0.5))
    if left is None or left >= on or left <= day:
        left = None
    last = left or on
    listed = chance.often(0.5)
    stay = Stay(
        network.BY_ID["401"], day, left, members, first.prior,
        length=first.length, before_street=first.before_street, since=first.since,
        times=first.times, months=first.months, destination=RENTAL if housed else 30,
    )  # fmt: skip
    stay.seen = _contacts(
        chance, day, min(last, day + timedelta(days=400)), STREET if first.prior == STREET else SHELTER
    )[:6]
    assessed = min(last, day + timedelta(days=chance.randrange(1, 20)))
    stay.assessed = [(assessed, listed)]
    if listed and chance.often(0.5):
        event = chance.choice((7, 10, 13, 14))
        result = chance.choice((1, 1, 2, 3)) if event != 7 else None
        stay.referred = [(min(last, assessed + timedelta(days=chance.randrange(5, 90))), event, result)]
    return [stay]


def health(chance: Chance, age: int, sex: str, insured: bool) -> Health:
    """What a homeless client tells at intake, at the rates of hmis.md 4.3 (three quarters disabled among adults)."""
    if age < 18:
        conditions = {9: 1} if chance.often(0.06) else {}
        return Health(conditions, int(bool(conditions)), medicaid=_told(chance, insured))
    found = Health(medicaid=_told(chance, insured))
    for kind, share in ((9, 0.42), (10, 0.32), (7, 0.3), (5, 0.2), (6, 0.06), (8, 0.02)):
        if chance.often(share):
            found.conditions[kind] = chance.choice((1, 2, 2, 3)) if kind == 10 else 1
    if found.conditions:
        found.disabling = 1
    elif chance.often(0.05):
        found.disabling = chance.choice((8, 9, 99))
    found.violence = 1 if chance.often(0.42 if sex == "F" else 0.12) else 0
    found.fleeing = 1 if found.violence and chance.often(0.3) else 0
    found.veteran = 1 if chance.often(0.07 if sex == "M" else 0.01) else 0
    found.income = chance.choice(
        ("", "", "", "GA", "GA", "SSI", "SSDI", "Earned", "TANF" if age < 45 else "SSI")
    )
    found.amount = {"": 0, "GA": 340, "SSI": 1206, "SSDI": 1320, "TANF": 780}.get(
        found.income, 200 * chance.randrange(2, 9)
    )
    found.snap = int(chance.often(0.5))
    if sex == "F" and 15 <= age <= 44:
        found.pregnant = 1 if chance.often(0.06) else 0
    if age <= 24:
        found.former_foster = 1 if chance.often(0.25) else 0
    return found


def _told(chance: Chance, insured: bool) -> int:
    if chance.often(0.05):
        return 99
    return int(chance.often(0.88)) if insured else int(chance.often(0.15))
