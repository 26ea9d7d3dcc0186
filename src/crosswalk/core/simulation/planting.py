"""Puts the planted stories into the county: true people, clean records on both sides, and the right answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from crosswalk.core.simulation import names, network, people
from crosswalk.core.simulation.care import Event
from crosswalk.core.simulation.cases import Case, Happened, Someone, Stayed
from crosswalk.core.simulation.chance import Chance, ago
from crosswalk.core.simulation.journeys import Client, Health, Seen, Stay
from crosswalk.core.simulation.people import Identity
from crosswalk.core.simulation.roster import PLANS, Membership
from crosswalk.core.simulation.stories import CASES

if TYPE_CHECKING:
    from crosswalk.core.simulation.county import Making

_AMOUNTS = {"Earned": 1900, "SSI": 1206, "SSDI": 1320, "GA": 340, "": 0}


@dataclass(slots=True)
class Planted:
    """How many stories, people and answers were planted."""

    cases: int = 0
    people: int = 0
    in_hmis: int = 0
    answers: int = 0

    def as_dict(self) -> dict[str, int]:
        """The counts for a summary."""
        return {"cases": self.cases, "people": self.people, "in_hmis": self.in_hmis, "answers": self.answers}


def plant(making: Making, room: int) -> Planted:
    """Plant every story once for each thousand people of the county, as far as there is room in HMIS."""
    done = Planted()
    for copy in range(max(1, min(8, room // 1000))):
        for nth, case in enumerate(CASES):
            if case.in_hmis <= room - done.in_hmis:
                _plant(making, case, copy, PLANS[(nth + copy) % len(PLANS)], done)
    return done


def _plant(making: Making, case: Case, copy: int, plan: str, done: Planted) -> None:
    chance = Chance(making.seed, "case", case.key, copy)
    where = people.home(chance)
    members: list[tuple[Client, int]] = []
    older: Identity | None = None
    for someone in case.people:
        who = _identity(making, chance, case, someone, copy, where, older)
        older = older or who
        client = Client(who, _health(someone, making.on), case=case.key)
        if someone.told and case.stays:
            client.ids = making.take_ids(someone.records)
            making.write_client(chance, client, clean=True, told=_as_client(someone, who))
            members.append((client, someone.relation))
            done.in_hmis += 1
        if someone.plan:
            has = _membership(making, someone, plan)
            making.write_member(chance, who, has, case.key, clean=True)
        for answer in someone.answers:
            making.truth.eligibility(
                who.key, answer.program, answer.answer, answer.asks, answer.why, case.key
            )
        for name, window, value in someone.facts:
            making.truth.fact(who.key, name, window, value, case.key)
        done.people += 1
        done.answers += len(someone.answers)
    for order, stayed in enumerate(case.stays):
        making.export.add(making.registrar.stay(_stay(stayed, members, making.on), making.on, chance, order))
    done.cases += 1


def _identity(
    making: Making,
    chance: Chance,
    case: Case,
    someone: Someone,
    copy: int,
    where: people.Home,
    older: Identity | None,
) -> Identity:
    making.persons += 1
    kin = older if older and (someone.relation == 2 or case.twins) else None
    tradition = names.HISPANIC if someone.second_last else names.CLIENTS.draw(chance)
    who = people.person(
        chance, making.numbers, making.persons - 1, key=f"P{making.persons:06d}", on=making.on, age=someone.age,
        sex=someone.sex, tradition=tradition, where=where,
        family=(kin.last, kin.second_last) if kin else None,
    )  # fmt: skip
    if someone.name[0] and copy == 0:
        who.first = someone.name[0]
        who.last = someone.name[1] or who.last
        who.second_last = someone.second_last or (who.second_last if kin else "")
    who.race = who.race or "White"
    if case.twins and older:
        who.dob, who.ssn = older.dob, str(int(older.ssn) + 1).zfill(9)
    if someone.suffix:
        who.suffix = someone.suffix
        if kin:
            who.first, who.middle = kin.first, kin.middle
    return who


def _as_client(someone: Someone, who: Identity) -> dict[str, str]:
    told = dict(someone.as_client)
    if someone.last_four_only:
        told |= {"SSN": f"xxxxx{who.ssn[5:]}", "SSNDataQuality": "2"}
    return told


def _health(someone: Someone, on: date) -> Health:
    told = Health(dict.fromkeys(someone.conditions, 1))
    told.disabling = someone.disabling if someone.disabling is not None else (1 if someone.conditions else 99)
    if someone.fleeing is None:
        told.violence = 99
    else:
        told.violence, told.fleeing = 1, someone.fleeing
    told.veteran = 99 if someone.age < 18 else 0
    told.income = someone.income
    told.amount = _AMOUNTS[someone.income]
    told.medicaid = int(someone.plan)
    if someone.pregnant:
        told.pregnant, told.due = 1, on + timedelta(days=100)
    told.former_foster = someone.former_foster
    return told


def _membership(making: Making, someone: Someone, plan: str) -> Membership:
    on = making.on
    since, until = someone.covered
    return Membership(
        plan=plan,
        cin=making.numbers.cin(making.take_cin()),
        spans=[(ago(on, since).replace(day=1), ago(on, until) if until else None)],
        aid_code=someone.aid_code or ("M5" if someone.age < 19 else "M1" if someone.age < 65 else "10"),
        share_of_cost=someone.share_of_cost,
        medicare=someone.medicare,
        homeless=someone.homeless,
        race=someone.race,
        guardian="Parent or guardian" if someone.age < 18 else "",
        events=[_event(one, on) for one in someone.events],
    )


def _event(one: Happened, on: date) -> Event:
    until = ago(on, one.until) if one.until else None
    return Event(
        one.kind,
        one.code,
        ago(on, one.since),
        until,
        one.value,
        "Care team" if one.kind == "attestation" else "",
    )


def _stay(told: Stayed, members: list[tuple[Client, int]], on: date) -> Stay:
    entered = ago(on, told.entered)
    stay = Stay(
        network.choices(told.kind, told.takes)[0],
        entered,
        ago(on, told.left) if told.left else None,
        members,
        told.prior,
        length=told.length,
        before_street=told.before_street,
        since=ago(on, told.since) if told.since else entered,
        times=told.times,
        months=told.months,
        moved_in=ago(on, told.moved_in) if told.moved_in else None,
        destination=told.destination,
        seen=[Seen(ago(on, one.day), one.code, one.leaves, one.nothing_next) for one in told.seen],
        nights=[ago(on, night) for night in told.nights],
        days_to_loss=told.days_to_loss,
    )
    if told.listed is not None:
        stay.assessed = [(entered, told.listed)]
    if told.referred is not None:
        stay.referred = [(entered + timedelta(days=5), told.referred, None if told.referred == 7 else 1)]
    return stay
