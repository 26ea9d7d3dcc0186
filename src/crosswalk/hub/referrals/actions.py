"""Referring, and every turn after it. One referral changes at a time; each turn is an edge and a journal entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.core.journeys.referral import GIVING, Act, Standing, Turned, turn
from crosswalk.core.journeys.table import Table
from crosswalk.core.records.network import Receiver
from crosswalk.hub.access import acts
from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.coverage.queries import plan_now
from crosswalk.hub.journal.actions import By, act
from crosswalk.hub.network import queries as network
from crosswalk.hub.network.actions import declined_as_full
from crosswalk.hub.people import queries as people
from crosswalk.hub.people.models import Person
from crosswalk.hub.referrals import queries
from crosswalk.hub.referrals.models import Channel, Edge, Notice, Offer, Referral, Way
from crosswalk.hub.referrals.needs import may_begin_early, open_referrals, plan_decides
from crosswalk.hub.referrals.parcel import Parcel, parcel
from crosswalk.hub.referrals.rows import edge_of, notices_of, stand
from crosswalk.hub.referrals.words import refusal_words


@dataclass(frozen=True)
class Asked:
    """What somebody refers for: the program or kind of help, to which service, by which way it came."""

    code: str
    service_id: int | None = None
    channel: str = "desk"
    expedited: bool = False
    note: str = ""
    elsewhere: str = ""
    companion_of: int | None = None
    anyway: bool = False
    """Whether the warning that it stands open already was read."""


@dataclass(frozen=True)
class LeadNamed:
    """Whom an organization names as lead worker when it takes a person on; empty: it names nobody."""

    worker_id: int | None = None
    name: str = ""
    """Where the organization has nobody who signs in: the name, and how to reach them."""
    reach: str = ""


NOBODY_NAMED = LeadNamed()
#: Rooms after this one that hear of each turn in its transaction; what they refuse is not done.
heard_by: list[Callable[[By, datetime, Referral, LeadNamed], None]] = []


def refer(*, by: Viewer, at: datetime, person_id: str, asked: Asked) -> Referral:
    """Send a referral on its way. Raises Refused where it stands open already, or nobody may learn whom it is about."""
    may, person = acts.refer(by), people.person(viewer=by, person_id=person_id)
    to = network.receiver(viewer=by, service_id=asked.service_id, on=by.on) if asked.service_id else None
    service = network.service_program(asked.code)
    if not may or person is None or (to is None) != bool(asked.elsewhere) or (to and to.program != service):
        raise LookupError
    population = asked.code if asked.code != service else ""
    plan = plan_now(viewer=by, person_id=person.pk)
    verb = _first_turn(by, asked, to, population, plan)
    _check(by, person_id, service, asked, plan)
    sent = _parcel(by, person, to, population, asked.note) if verb in GIVING and to else None
    table = queries.states(by)
    made = _turned(
        table, Standing(service, asked.expedited),
        Act(verb, "desk", receiver=str(to.organization_id) if to and verb in GIVING else ""), at,
    )  # fmt: skip
    one = Referral(
        person=person, known_to=person.known_to, named=person.named, service=service, population=population,
        plan=plan if plan_decides(service) else "", expedited=asked.expedited, channel=str(Channel(asked.channel)),
        note=asked.note, sender_id=by.organization_id, worker_id=by.worker_id,
        at_service_id=to.service_id if to else None, elsewhere=asked.elsewhere, at=at,
        companion=queries.referral(viewer=by, referral_id=asked.companion_of) if asked.companion_of else None,
    )  # fmt: skip
    _write(one, table, made)
    _keep_edge(one, made, by, "")
    if to and sent:
        _offer(one, to, sent, at)
    act(
        by, "refer", subject=f"referral:{one.pk}", persons=[person.pk],
        basis="; ".join(part for part in (may.basis, sent.basis() if sent else "") if part),
        after={"service": service, "verb": verb, "state": one.state, "service_id": asked.service_id},
    )  # fmt: skip
    return one


def take_turn(
    *,
    by: Viewer,
    at: datetime,
    referral_id: int,
    verb: str,
    saw: int | None = None,
    reason: str = "",
    words: str = "",
    service_id: int | None = None,
    lead: LeadNamed = NOBODY_NAMED,
) -> Referral:
    """Make the next turn of a referral, as the party that one's organization is in it."""
    may = acts.turn_referral(by)
    one = queries.referral(viewer=by, referral_id=referral_id, lock=True)
    to = network.receiver(viewer=by, service_id=service_id, on=by.on) if service_id else None
    if not may or one is None or (to and to.program != one.service):
        raise LookupError
    table = queries.states(by)
    party = _party(table, by, one, verb)
    if not party:
        raise LookupError
    receiver = to.organization_id if to else one.receiver_id if party == "provider" else None
    sent = None
    if to and verb in GIVING:
        person = people.person(viewer=by, person_id=one.person_id)
        if person is None:  # whoever referred may no longer see whom the referral is about
            raise LookupError
        sent = _parcel(by, person, to, one.population, one.note)
    done = Act(verb, party, "screen", reason, str(receiver or ""), saw)
    return _made(by, at, table, one, done, words=words, basis=may.basis, to=to, sent=sent, lead=lead)


def answer_by_link(
    *, by: By, at: datetime, one: Referral, table: Table, done: Act, lead: LeadNamed = NOBODY_NAMED
) -> Referral:
    """A provider's answer from the link in an e-mail; the link itself is the right to give it."""
    return _made(
        by, at, table, one, done, words="", basis="the link sent to whoever has the referral", lead=lead
    )


def answer_by_file(*, by: By, at: datetime, one: Referral, table: Table, done: Act, words: str) -> Referral:
    """A plan's answer from a file that was taken in; `words` say which row of which file."""
    return _made(by, at, table, one, done, words=words, basis="a file of the plan, taken in")


def give_notice(*, by: Viewer, at: datetime, referral_id: int, notice_id: int, way: str) -> Notice:
    """Say that a notice that was owed has been given, and how."""
    may = acts.turn_referral(by)
    one = queries.referral(viewer=by, referral_id=referral_id)
    notice = Notice.objects.filter(pk=notice_id, referral_id=referral_id, given_at=None).first()
    if not may or one is None or notice is None or way not in Way.values:
        raise LookupError
    notice.given_at, notice.given_by, notice.way = at, by.name, way
    notice.save(update_fields=["given_at", "given_by", "way"])
    act(
        by, "give notice", subject=f"referral:{referral_id}", basis=may.basis, persons=[one.person_id],
        after={"about": notice.about, "to": notice.to, "way": way},
    )  # fmt: skip
    return notice


@transaction.atomic
def _made(
    by: By,
    at: datetime,
    table: Table,
    one: Referral,
    done: Act,
    *,
    words: str,
    basis: str,
    to: Receiver | None = None,
    sent: Parcel | None = None,
    lead: LeadNamed = NOBODY_NAMED,
) -> Referral:
    before = {"state": one.state, "authorization": one.authorization, "mark": one.mark}
    last = one.edges.order_by("-id").first()
    made = _turned(table, one.standing(), done, at, last)
    if done.verb in GIVING and to:
        one.at_service_id = to.service_id
    _write(one, table, made)
    _keep_edge(one, made, by, words)
    _answered(one, made, at)
    if done.verb == "decline" and done.reason == "no_capacity" and one.at_service_id and one.receiver_id:
        declined_as_full(by=by, at=at, service_id=one.at_service_id, organization_id=one.receiver_id)
    if to and sent:
        _offer(one, to, sent, at)
    said = sent.basis() if sent else ""
    act(
        by, f"{done.verb} referral", subject=f"referral:{one.pk}", persons=[one.person_id],
        basis="; ".join(part for part in (basis, said) if part), before=before,
        after={"state": one.state, "authorization": one.authorization, "reason": done.reason, "source": done.source},
    )  # fmt: skip
    for hears in heard_by:
        hears(by, at, one, lead)
    return one


def _turned(table: Table, now: Standing, done: Act, at: datetime, last: Edge | None = None) -> Turned:
    """The turn, or its refusal in the language of the page; of one that came too late, who was there first."""
    try:
        return turn(table, now, done, at)
    except Refused as refused:
        sentence, fix = refusal_words(refused.code, now.state, _who(last))
        raise Refused(sentence, fix=fix, code=refused.code) from None


def _who(last: Edge | None) -> str:
    if last is None:
        return ""
    return f"{last.by}, {last.organization.name}" if last.organization else str(last.by)


def _write(one: Referral, table: Table, made: Turned) -> None:
    stand(one, table, made)
    one.parties = _parties(one)
    one.save()


def _parties(one: Referral) -> list[int]:
    plans = (
        Organization.objects.filter(source=f"plan:{one.plan}") if one.plan else Organization.objects.none()
    )
    found = {one.sender_id, *plans.values_list("pk", flat=True)}
    return sorted(found | ({one.receiver_id} if one.receiver_id else set()))


def _keep_edge(one: Referral, made: Turned, by: By, words: str) -> None:
    edge_of(one, made, by, words).save()
    Notice.objects.bulk_create(notices_of(one, made))


def _answered(one: Referral, made: Turned, at: datetime) -> None:
    """Write the answer to the offer that it answers."""
    if made.edge.before != "offered" or made.edge.verb in ("authorize", "refuse"):
        return
    given = Offer.objects.filter(referral=one, answered_at=None).order_by("-id").first()
    if given is not None:
        given.answer, given.reason, given.answered_at = made.edge.verb, made.edge.reason, at
        given.save(update_fields=["answer", "reason", "answered_at"])


def _offer(one: Referral, to: Receiver, sent: Parcel, at: datetime) -> None:
    Offer.objects.create(
        referral=one, person_id=one.person_id, known_to=one.known_to, named=one.named,
        parties=sorted({one.sender_id, to.organization_id}), organization_id=to.organization_id,
        service_id=to.service_id, sent=sent.sent(), basis=sent.basis(), at=at, mark=one.mark,
    )  # fmt: skip


def _parcel(by: Viewer, person: Person, to: Receiver | None, population: str, note: str) -> Parcel:
    assert to is not None
    made = parcel(viewer=by, person=person, receiver=to, population=population, note=note)
    if not made.names:
        raise Refused(
            _(
                "%(who)s may not learn who it is about.",
            )
            % {"who": to.organization},
            fix=_("It needs: %(need)s.") % {"need": made.need or _("a signed consent that covers this")},
            code="referral.consent",
        )
    return made


def _first_turn(by: Viewer, asked: Asked, to: Receiver | None, population: str, plan: str) -> str:
    if asked.elsewhere:
        return "log"
    assert to is not None
    if not plan_decides(to.program):
        return "send"
    return "streamline" if may_begin_early(by.on, to, population, plan) else "submit"


def _check(by: Viewer, person_id: str, service: str, asked: Asked, plan: str) -> None:
    if not asked.anyway and any(
        one.service == service for one in open_referrals(viewer=by, person_id=person_id)
    ):
        raise Refused(
            _("This person is referred for this already."),
            fix=_("Look at the open referral, or say that you send it all the same."),
            code="referral.twice",
        )
    if plan_decides(service) and not asked.elsewhere and not plan:
        raise Refused(
            _("No plan is known to cover this person today, and a plan decides on this help."),
            fix=_("Check the coverage, or choose help that needs no plan."),
            code="referral.no_plan",
        )


def _party(table: Table, by: Viewer, one: Referral, verb: str) -> str:
    """As which of one's parties the verb may be done here; the first of them where none fits, so that core says why."""
    mine = queries.parties_of(by, one)
    row = table.find(verb, one.state, one.authorization)
    fitting: Iterable[str] = (party for party in mine if row is None or party in row.who)
    return next(iter(fitting), mine[0] if mine else "")
