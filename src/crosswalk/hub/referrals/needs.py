"""What a person may be referred for, who could take them, and what speaks against referring once more."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection

from crosswalk.core.journeys.receivers import Need, Ranked, Reason, Weights, lost_by, ranked
from crosswalk.core.records.network import Receiver
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.coverage.queries import plan_now
from crosswalk.hub.finding import queries as finding
from crosswalk.hub.finding.programs import programs
from crosswalk.hub.network import queries as network
from crosswalk.hub.network.elections import elections, is_elected
from crosswalk.hub.pages.policy import edition
from crosswalk.hub.pages.words import years
from crosswalk.hub.people import queries as people
from crosswalk.hub.people.models import Person
from crosswalk.hub.people.words import spoken_code
from crosswalk.hub.referrals.models import Referral

_ANSWERED = """
SELECT organization_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM answered_at - at)), count(*)
FROM referrals_offer WHERE answered_at IS NOT NULL AND at >= %s GROUP BY organization_id
"""
#: How far back answers to offers count.
_LOOK_BACK = timedelta(days=365)


@dataclass(frozen=True)
class Choice:
    """One thing a person can be referred for: what was found of it, and what stands against it."""

    code: str
    service: str
    answer: str
    questions: tuple[str, ...]
    in_hand: str
    in_hand_with: str
    open_referral: Any


@dataclass(frozen=True)
class Lines:
    """The receivers in order, and why each lost to the first."""

    ranked: list[Ranked]
    lost: dict[int, tuple[tuple[Reason, Reason], ...]]
    plan: str
    pays: bool
    elected: bool | None
    """Whether the plan offers this in the person's county; None where it is not known, or where nothing is elected."""


def plan_decides(service: str) -> bool:
    """Whether a plan decides before this help begins."""
    return service == "ecm" or service.startswith("cs.")


def is_medi_cal(service: str) -> bool:
    """Whether a plan pays for it, so that a contract matters; CHW services need no authorization (CS reference §6)."""
    return plan_decides(service) or service == "chw"


def choices(*, viewer: Viewer, person_id: str) -> list[Choice]:
    """What was found for a person, the likely ones first, each with what is in hand already."""
    run = finding.newest_run(viewer=viewer)
    if run is None:
        return []
    known = programs(run.on)
    open_ones = {one.service: one for one in open_referrals(viewer=viewer, person_id=person_id)}
    return [
        Choice(
            one.program,
            known[one.program].benefit,
            one.answer,
            tuple(one.said.questions),
            one.in_hand,
            one.in_hand_with,
            open_ones.get(known[one.program].benefit),
        )
        for one in finding.of_person(viewer=viewer, person_id=person_id, on=run.on)
        if one.answer != "not_met"
    ]


def others(on: date, found: Iterable[Choice]) -> list[str]:
    """Kinds of help that can be asked for without a finding: the rest of the network, by code."""
    there = {one.service for one in found}
    rows = edition(on).table("network/services")
    return [row["code"] for row in rows if row["code"] not in there]


def open_referrals(*, viewer: Viewer, person_id: str) -> list[Referral]:
    """Referrals of a person that have not ended, as far as the viewer is a party or may see for one."""
    assert viewer.sees
    found = Referral.objects.filter(person_id=person_id).exclude(state="closed")
    return list(found.select_related("receiver", "sender", "at_service", "worker").order_by("-at"))


@lru_cache(maxsize=16)
def _weights(on: date) -> Weights:
    """What ranks receivers on a day; read once, for the policy of a running hub does not change."""
    return Weights.of(edition(on))


def lines(
    *,
    viewer: Viewer,
    person: Person,
    code: str,
    wanted: int | None = None,
    mode: str = "",
) -> Lines:
    """Everybody who could take a person for this, the best first, with the reasons."""
    service = network.service_program(code)
    plan = plan_now(viewer=viewer, person_id=person.pk)
    found = network.receivers(viewer=viewer, program=service, plan=plan, county=person.county, on=viewer.on)
    need = Need(
        on=viewer.on,
        plan=plan,
        pays=is_medi_cal(service),
        county=person.county,
        zip=_zip(viewer, person),
        population=code if code != service else "",
        age=years(person.born, viewer.on),
        language=spoken_code(person.language) if person.language else "",
        mode=mode,
        wanted=frozenset({wanted} if wanted else ()),
        answers=days_to_answer(viewer.on),
    )
    order = ranked(found, need, _weights(viewer.on))
    lost = {one.receiver.service_id: lost_by(order[0], one) for one in order[1:]}
    offers = elected(plan, service, person.county, viewer.on)
    return Lines(order, lost, plan, plan_decides(service), offers)


def elected(plan: str, service: str, county: str, on: date) -> bool | None:
    """Whether a plan offers a service in a county on a day, as far as its elections are written down."""
    if not plan or not county or not is_elected(service, on):
        return None
    return elections().offered(plan, service, county, on)


def days_to_answer(on: date) -> dict[int, tuple[float, int]]:
    """Organization → median of days to an answer within a year, over how many of those the viewer may see."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERED, [on - _LOOK_BACK])
        return {organization: (seconds / 86_400, count) for organization, seconds, count in cursor.fetchall()}


def may_begin_early(on: date, receiver: Receiver, population: str, plan: str) -> bool:
    """Whether this kind of provider may begin ECM for this population before the plan decides.

    Needs its contract with the plan, and a pair of `authorizations/streamlined.csv` that is in force.
    """
    if receiver.program != "ecm" or not population or receiver.term(plan) is None or not plan:
        return False
    pairs = edition(on).table("authorizations/streamlined")
    fits = receiver.is_for(population) is not False
    return fits and any(
        row["program"] == population and row["provider_type"] in receiver.provider_types for row in pairs
    )


def _zip(viewer: Viewer, person: Person) -> str:
    """The ZIP code at the end of an address on record; empty where none has one."""
    for one in people.records(viewer=viewer, person_id=person.pk):
        if code := re.search(r"\b(\d{5})(?:-\d{4})?\s*$", one.address):
            return code[1]
    return ""
