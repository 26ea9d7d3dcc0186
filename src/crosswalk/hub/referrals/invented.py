"""The invented county’s referrals: two years of them, so that the numbers tell a story and every list has somebody.

The story is the field’s own: 220 referrals for ECM or a Community Support stood when a coordinator’s dedicated case
finding began, and 433 eight months later, on the first of a month both times (seed 004, lines 40 to 43). Everything
between these two counts is invented: who, when, with whom, how it went. Each turn is made by the state table, so no
referral stands where it could not stand. Persons planted for their own stories are left out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from crosswalk.core.journeys.referral import GIVING, Act, Standing, turn
from crosswalk.core.journeys.table import Table
from crosswalk.core.journeys.table import table as table_of
from crosswalk.hub.access.itself import Hub, as_the_hub
from crosswalk.hub.access.models import Organization, Worker
from crosswalk.hub.coverage.models import Span
from crosswalk.hub.finding.models import Finding
from crosswalk.hub.journal.actions import act
from crosswalk.hub.network.models import Contact, Contract, Service
from crosswalk.hub.network.queries import service_program
from crosswalk.hub.pages.policy import edition
from crosswalk.hub.people.models import Person, Record
from crosswalk.hub.referrals.models import Channel, Edge, Notice, Offer, Referral
from crosswalk.hub.referrals.needs import plan_decides
from crosswalk.hub.referrals.reach import MONTHS, midnight, months_before
from crosswalk.hub.referrals.rows import edge_of, notices_of, stand

#: Standings on the first day of the story and on its last, and how many come in a month afterwards.
BEGIN, END, A_MONTH = 220, 433, 12
#: So many months lie before the story, in which the first 220 were made.
BEFORE = 16
#: Rows a statement; much longer ones take longer in all.
_AT_ONCE = 250
#: What waits for an answer in the demo was sent in this while; before, everything came to an end.
_LATELY = timedelta(days=60)
#: So many needs are enough; more people would only be passed over.
MANY = 460
_CHANNELS = ((Channel.DESK, 40), (Channel.PHONE, 24), (Channel.CONFERENCE, 14), (Channel.HOSPITAL, 9),
             (Channel.STREET, 8), (Channel.FAMILY, 5))  # fmt: skip
_DECLINES = (
    ("no_capacity", 5),
    ("outside_area", 2),
    ("missing_papers", 2),
    ("not_eligible", 1),
    ("lacks_means", 1),
)
_ENDS = (("services_received", 68), ("unable_to_reach", 15), ("no_longer_needs", 8), ("no_longer_eligible", 5),
         ("other", 4))  # fmt: skip


@dataclass(frozen=True)
class _By:
    """Whoever made an invented turn."""

    organization_id: int | None
    organization_name: str
    name: str
    worker_id: int | None = None
    role: str = "invented"


@dataclass(frozen=True)
class _Need:
    """Somebody who needs something, the plan that covers them, and who could give it, in the order of asking."""

    person: Person
    program: str
    plan: str
    services: tuple[Service, ...]


def referrals_of_the_demo(*, truth: Path, at: datetime, on: date) -> None:
    """Write the invented referrals where there are none; nothing that is there is touched."""
    with as_the_hub():
        if Referral.objects.exists():
            return
        # Nothing is drawn by lot twice: the same county has the same referrals.
        lot = Random("220 to 433")
        needs = _needs(truth, on, lot)
        if not needs:
            return
        days = _days(on, lot)
        desk = _Desk(table_of(edition(on)), at, lot)
        for number, day in enumerate(days):
            need = needs[number % len(needs)]
            # Whoever is referred for the same again has had an end before.
            desk.refer(need, day, again=number + len(needs) < len(days))
        desk.save()
        # Letters name a telephone.
        Contact.objects.get_or_create(
            organization_id=desk.rosa.organization_id,
            defaults={
                "purpose": "referrals",
                "title": "Referral desk",
                "phone": "559-555-0100",
                "tty": "711",
            },
        )
        act(Hub(), "open demo referrals", basis="invented county", after={"referrals": len(days)})


def _days(on: date, lot: Random) -> list[datetime]:
    """When each was made, the earliest first: 220 up to the first day of the story, 433 up to its last."""
    begin, end = months_before(on, MONTHS), on.replace(day=1)
    after = round(A_MONTH * (on - end).days / 30)
    one = timedelta(days=1)
    spans = (
        (months_before(begin, BEFORE), begin, BEGIN), (begin + one, end, END - BEGIN), (end + one, on, after),
    )  # fmt: skip
    found = []
    for first, last, count in spans:
        whole = max((last - first).days, 1)
        for number in range(count):
            day = first + timedelta(days=min(int(whole * (number + lot.random()) / count), whole - 1))
            found.append(midnight(day) + timedelta(hours=lot.randint(8, 16), minutes=lot.randint(0, 59)))
    return sorted(found)


def _needs(truth: Path, on: date, lot: Random) -> list[_Need]:
    """Who is or may be eligible for what the network gives under a contract with their plan, in a drawn order."""
    with truth.open(encoding="utf-8", newline="") as file:
        planted = {(row["source"], row["source_id"]) for row in csv.DictReader(file) if row["case"]}
    kept_out = {
        person for source, number, person in Record.objects.values_list("source", "source_id", "person_id")
        if (source, number) in planted
    }  # fmt: skip
    plans = dict(Span.objects.filter(starts__lte=on, ends=None, sure=True).values_list("person_id", "plan"))
    given: dict[tuple[str, str], list[Service]] = {}
    held = set(Contract.objects.values_list("organization_id", "plan", "program"))
    for service in Service.objects.order_by("pk"):
        for plan in sorted(set(plans.values())):
            if (service.organization_id, plan, service.program) in held:
                given.setdefault((plan, service.program), []).append(service)
    coc = Organization.objects.get(source__startswith="hmis:").pk
    found: dict[tuple[str, str], _Need] = {}
    likely = Finding.objects.filter(
        answer__in=("met", "unknown"), in_hand="", person__known_to__contains=[coc]
    )
    for one in likely.select_related("person").order_by("answer", "person_id", "program"):
        program, plan = service_program(one.program), plans.get(one.person_id, "")
        services = given.get((plan, program), []) if plan_decides(program) else []
        if services and one.person_id not in kept_out and (one.person_id, program) not in found:
            found[one.person_id, program] = _Need(
                one.person, one.program, plan, tuple(lot.sample(services, len(services)))
            )
    # Those who qualify, before those of whom one answer is missing.
    return lot.sample(list(found.values())[:MANY], min(len(found), MANY))


class _Desk:
    """Makes invented referrals, turn by turn, up to this moment; writes them all at the end."""

    def __init__(self, table: Table, now: datetime, lot: Random) -> None:
        self.table, self.now, self.lot = table, now, lot
        self.may_stay = False
        self.referrals: list[Referral] = []
        self.edges: list[Edge] = []
        self.notices: list[Notice] = []
        self.offers: list[Offer] = []
        workers = dict(Worker.objects.filter(invented=True).values_list("name", "pk"))
        coc = Organization.objects.get(source__startswith="hmis:")
        self.rosa = _By(coc.pk, coc.name, "Rosa Delgado", workers.get("Rosa Delgado"))
        self.plans = {
            one.source.removeprefix("plan:"): one for one in Organization.objects.filter(kind="plan")
        }

    def refer(self, need: _Need, at: datetime, *, again: bool) -> None:
        """One referral from its first day to its end, or to today."""
        one = Referral(
            person=need.person, known_to=need.person.known_to, named=need.person.named,
            service=service_program(need.program), plan=need.plan, expedited=self.lot.random() < 0.06,
            population=need.program if need.program.startswith("ecm.") else "", channel=str(self._one_of(_CHANNELS)),
            sender_id=self.rosa.organization_id, worker_id=self.rosa.worker_id, at_service=need.services[0], at=at,
        )  # fmt: skip
        self.referrals.append(one)
        now = Standing(one.service, one.expedited)
        self.may_stay = not again and at > self.now - _LATELY
        for act_, by, service, wait in self._path(need, again=again):
            at = at + wait
            if at > self.now:
                break
            now = self._turned(one, now, act_, by, service, at)

    def save(self) -> None:
        """Write everything down."""
        Referral.objects.bulk_create(self.referrals, batch_size=_AT_ONCE)
        for row in (*self.edges, *self.notices, *self.offers):
            row.referral_id = row.referral.pk  # known only now
        Edge.objects.bulk_create(self.edges, batch_size=_AT_ONCE)
        Notice.objects.bulk_create(self.notices, batch_size=_AT_ONCE)
        Offer.objects.bulk_create(self.offers, batch_size=_AT_ONCE)

    def _path(self, need: _Need, *, again: bool) -> Iterator[tuple[Act, _By, Service | None, timedelta]]:
        """The turns of one referral with who makes them, to which service, and how long after the turn before."""
        plan = self.plans[need.plan]
        decides = _By(plan.pk, plan.name, f"Intake of {plan.name}")
        yield Act("submit", "desk"), self.rosa, None, timedelta()
        if not again and self.lot.random() < 0.05:
            yield Act("refuse", "plan", reason="as_told"), decides, None, self._days(1, 6)
            return
        yield Act("authorize", "plan"), decides, None, self._days(0.2, 6)
        for place, service in enumerate(need.services[:2]):
            yield (
                Act("offer", "desk", receiver=str(service.organization_id)),
                self.rosa,
                service,
                self._days(0.1, 2),
            )
            if self.may_stay and self.lot.random() < 0.12:
                return  # nobody answers
            if self.lot.random() > 0.16:
                yield from self._served(service)
                return
            reason = self._one_of(_DECLINES)
            yield self._provider("decline", service, reason), self._of(service), None, self._days(0.3, 5)
            if place == 1 or len(need.services) == 1:
                yield Act("close", "desk", reason="provider_declined"), self.rosa, None, self._days(1, 9)

    def _served(self, service: Service) -> Iterator[tuple[Act, _By, Service | None, timedelta]]:
        by = self._of(service)
        yield self._provider("accept", service), by, None, self._days(0.1, 3.5)
        if self.may_stay and self.lot.random() < 0.15:
            return  # taken on and not begun
        yield self._provider("start", service), by, None, self._days(0.3, 9)
        if not self.may_stay or self.lot.random() < 0.8:
            yield self._provider("close", service, self._one_of(_ENDS)), by, None, self._days(6, 95)

    def _turned(
        self, one: Referral, now: Standing, done: Act, by: _By, service: Service | None, at: datetime
    ) -> Standing:
        """Make one turn and keep its rows."""
        made = turn(self.table, now, done, at)
        stand(one, self.table, made)
        if service is not None:
            one.at_service = service
        one.parties = sorted({self.rosa.organization_id, self.plans[one.plan].pk, one.receiver_id} - {None})
        self.edges.append(edge_of(one, made, by, ""))
        for each in notices_of(one, made):
            each.given_at = each.given_at or self._given(each, at)
            each.given_by = each.given_by or (self._giver(each) if each.given_at else "")
            each.way = "mail" if each.to == "member" and each.given_at else each.way
            self.notices.append(each)
        if service is not None and done.verb in GIVING:
            self.offers.append(self._offer(one, service, at))
        elif now.state == "offered" and self.offers and self.offers[-1].referral is one:
            self.offers[-1].answer, self.offers[-1].reason = done.verb, done.reason
            self.offers[-1].answered_at = at
        return made.standing

    def _given(self, each: Notice, at: datetime) -> datetime | None:
        """When a notice was given: mails at once, letters the next days; the newest letters are still owed."""
        if each.to == "provider":
            return at
        posted = at + timedelta(days=1)
        return posted if posted < self.now - timedelta(days=14) else None

    def _giver(self, each: Notice) -> str:
        return self.rosa.name if each.to == "member" else "Crosswalk"

    def _offer(self, one: Referral, service: Service, at: datetime) -> Offer:
        person = one.person
        told: dict[str, Any] = {"name": person.name, "language": person.language}
        told |= {"born": person.born.isoformat()} if person.born else {}
        return Offer(
            referral=one, person_id=one.person_id, known_to=one.known_to, named=one.named,
            parties=sorted({one.sender_id, service.organization_id}), organization_id=service.organization_id,
            service=service, sent={"identity": {key: value for key, value in told.items() if value}},
            basis="invented county", at=at, mark=one.mark,
        )  # fmt: skip

    def _provider(self, verb: str, service: Service, reason: str = "") -> Act:
        return Act(verb, "provider", "link", reason, str(service.organization_id))

    def _of(self, service: Service) -> _By:
        return _By(service.organization_id, "", "The link in an e-mail")

    def _days(self, least: float, most: float) -> timedelta:
        return timedelta(days=self.lot.uniform(least, most))

    def _one_of(self, weighed: Sequence[tuple[Any, int]]) -> Any:
        return self.lot.choices([one for one, _ in weighed], [weight for _, weight in weighed])[0]
