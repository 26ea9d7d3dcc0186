"""Taking a person on with a lead worker, handing the lead over, and saying that care has ended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.models import Membership, Organization, Worker
from crosswalk.hub.access.queries import carers
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.care import queries
from crosswalk.hub.care.left import stays
from crosswalk.hub.care.models import Care, End, Handoff, Lead
from crosswalk.hub.journal.actions import By, act
from crosswalk.hub.people.grouping import as_the_hub
from crosswalk.hub.people.naming import who_restricted
from crosswalk.hub.referrals.actions import LeadNamed
from crosswalk.hub.referrals.models import Referral, Way

#: The states of a referral in which a provider has the person; the guards of the database say the same.
HELD = ("accepted", "outreach", "on_hold")
#: The one outcome after which care goes on without the referral.
_GOES_ON = "services_received"
STEPS = ("introduced", "told")


def follow_referral(by: By, at: datetime, one: Referral, named: LeadNamed) -> None:
    """With the acceptance care begins and has its lead; with any end but “services received” it ends."""
    with as_the_hub(by):
        there = Care.objects.select_for_update().filter(referral=one, ended_at=None).first()
        if one.state in HELD and there is None:
            _begin(by, at, one, named)
        elif one.state not in HELD and there is not None and one.outcome != _GOES_ON:
            _end(there, at, one.outcome or one.state)


def _begin(by: By, at: datetime, one: Referral, named: LeadNamed) -> None:
    assert one.receiver is not None
    led = _lead_of(by, one, one.receiver, named)
    wall: dict[str, Any] = {"person_id": one.person_id, "known_to": one.known_to, "named": one.named}
    parties = sorted({*one.parties, one.receiver_id})
    _hold_role(led.get("worker_id"), led["name"], one.receiver.pk)
    before = _handed_on(one, at)
    try:
        with transaction.atomic():
            made = Care.objects.create(
                service=one.service, organization_id=one.receiver_id, referral=one, began_at=at, parties=parties, **wall
            )  # fmt: skip
    except IntegrityError:
        raise Refused(
            _("Another organization leads this help for the person already."),
            fix=_("Ask whoever referred; that organization refers the person on when it hands over."),
            code="care.led",
        ) from None
    lead = Lead.objects.create(
        care=made, organization_id=one.receiver_id, since=at, parties=parties, **led, **wall
    )
    if before is not None:
        Handoff.objects.create(
            care=made, organization_id=one.receiver_id, giving_id=before.organization_id, giver_id=before.worker_id,
            giver_name=before.name, taker_id=lead.worker_id, taker_name=lead.name, asked_by=before.name,
            asked_at=one.at, answered_at=at, answer="accepted", parties=parties, **wall,
        )  # fmt: skip
    act(
        by, "name lead", subject=f"care:{made.pk}", persons=[one.person_id], basis="accepts the referral",
        after={"worker": lead.worker_id, "service": one.service, "referral": one.pk},
    )  # fmt: skip


def _handed_on(one: Referral, at: datetime) -> Lead | None:
    """Where the sender itself leads the person in this program, its care ends with the acceptance; its last lead."""
    held = Care.objects.select_for_update().filter(
        person_id=one.person_id,
        service=one.service,
        ended_at=None,
        double=False,
        organization_id=one.sender_id,
    )
    there = held.exclude(referral=one).first()
    last = Lead.objects.filter(care=there, until=None).first() if there else None
    if there:
        _end(there, at, "handed_over")
    return last


def _lead_of(by: By, one: Referral, receiver: Organization, named: LeadNamed) -> dict[str, Any]:
    """Whoever is named; else who accepts; else the supervisor; where nobody signs in, whoever is told by name."""
    there = {each.worker_id: each.worker for each in carers(organization_id=receiver.pk)}
    if named.worker_id is not None:
        if named.worker_id not in there:
            raise _gone(_("Whoever was named"))
        _check_named(by, one, [named.worker_id])
        return _worker(there[named.worker_id])
    if by.organization_id == receiver.pk and by.worker_id in there:
        return _worker(there[by.worker_id])
    found = [
        each.worker for each in queries.successors(organization_id=receiver.pk) if each.worker_id in there
    ]
    if found:
        _check_named(by, one, [each.pk for each in found])
        return _worker(next(each for each in found if one.named is None or each.pk in one.named))
    if not named.name.strip() or not named.reach.strip():
        raise Refused(
            _("Nobody of %(who)s signs in here, so the lead worker must be named.") % {"who": receiver.name},
            fix=_("Write the name of the lead worker, and how the member reaches them."),
            code="care.lead",
        )
    return {"name": named.name.strip()[:120], "reach": named.reach.strip()[:200]}


def _worker(one: Worker) -> dict[str, Any]:
    return {"worker_id": one.pk, "name": one.name}


def _hold_role(worker_id: int | None, name: str, organization_id: int) -> None:
    """Let an access that ends and a lead that begins come one after the other; who has left meanwhile cannot lead."""
    if worker_id is None:
        return
    roles = Membership.objects.select_for_update(of=("self",), no_key=True).filter(
        worker_id=worker_id, organization_id=organization_id, ended_at=None, worker__is_active=True
    )
    if not list(roles):
        raise _gone(name)


def _gone(name: str) -> Refused:
    return Refused(
        _("%(name)s does not work with persons there now.") % {"name": name},
        fix=_("Choose another lead worker."),
        code="care.gone",
    )


def _check_named(by: By, one: Referral | Lead, workers: Collection[int]) -> None:
    """Whoever leads must see the person. Who restricted is told to those who are named, for they must ask there."""
    if one.named is None or set(workers) & set(one.named):
        return
    whose = who_restricted(by, one.person_id) if isinstance(by, Viewer) else ""
    raise Refused(
        _("Only named workers may see this person."),
        fix=_("Ask the supervisor or the privacy officer of %(who)s to name the new lead first.")
        % {"who": whose}
        if whose
        else _("Let a supervisor or the privacy officer name the new lead first."),
        code="care.restricted",
    )


def _end(one: Care, at: datetime, because: str) -> None:
    Handoff.objects.filter(care=one, answer="").update(answer="withdrawn", answered_at=at)
    Lead.objects.filter(care=one, until=None).update(until=at)
    one.ended_at, one.ended_because = at, because
    one.save(update_fields=["ended_at", "ended_because"])


@transaction.atomic
def hand_over(*, by: Viewer, at: datetime, lead_ids: Sequence[int], worker_id: int) -> list[Handoff]:
    """Ask a colleague to lead these persons from now on; who hands to themselves takes over at once.

    One's own persons, and as a supervisor everybody's. A question that waited is replaced. Raises Refused, for all.
    """
    may = acts.see_members(by)
    to = {one.worker_id: one.worker for one in carers(organization_id=by.organization_id)}.get(worker_id)
    found = [queries.lead(viewer=by, lead_id=one) for one in sorted(set(lead_ids))]
    if not may or to is None or not found:
        raise LookupError
    made = []
    for one in found:
        if one is None or not _may_give(by, one):
            raise LookupError
        if one.worker_id == to.pk:
            raise Refused(
                _("%(name)s leads this person already.") % {"name": to.name}, fix=_("Choose a colleague.")
            )
        _check_named(by, one, [to.pk])
        Handoff.objects.filter(care=one.care, answer="").update(answer="withdrawn", answered_at=at)
        made.append(_handoff(one, to, at, asked_by=by.name))
        act(
            by, "ask to take over", subject=f"handoff:{made[-1].pk}", persons=[one.person_id], basis=may.basis,
            before={"worker": one.worker_id}, after={"worker": to.pk},
        )  # fmt: skip
        if to.pk == by.worker_id:
            answer_handoff(by=by, at=at, handoff_id=made[-1].pk, answer="accepted")
    return made


def _may_give(by: Viewer, one: Lead) -> bool:
    return one.worker_id == by.worker_id or bool(acts.supervise_leads(by))


def _handoff(one: Lead, to: Worker, at: datetime, **more: Any) -> Handoff:
    return Handoff.objects.create(
        care_id=one.care_id, person_id=one.person_id, organization_id=one.organization_id,
        giving_id=one.organization_id, giver_id=one.worker_id, giver_name=one.name, taker=to, taker_name=to.name,
        asked_at=at, known_to=one.known_to, named=one.named, parties=one.parties, **more,
    )  # fmt: skip


def answer_handoff(*, by: Viewer, at: datetime, handoff_id: int, answer: str) -> Handoff:
    """Take over, or say no; with the yes the lead changes at once. The introduction and the notice are then owed."""
    may = acts.see_members(by)
    one = queries.handoffs(viewer=by).filter(pk=handoff_id, taker_id=by.worker_id, answer="").first()
    if not may or one is None or answer not in ("accepted", "declined"):
        raise LookupError
    care = Care.objects.select_for_update().get(pk=one.care_id)
    led = Lead.objects.filter(care=care, until=None).first()
    if led is None or not Handoff.objects.filter(pk=one.pk, answer=""):
        raise Refused(
            _("This was settled in the meantime."), fix=_("Nothing is left to do."), code="care.late"
        )
    if answer == "accepted":
        _pass_on(led, by.worker_id, by.name, at)
        one.giver_id, one.giver_name = led.worker_id, led.name
    one.answer, one.answered_at = answer, at
    one.save(update_fields=["answer", "answered_at", "giver", "giver_name"])
    act(
        by, "take over" if answer == "accepted" else "decline to take over", subject=f"handoff:{one.pk}",
        persons=[one.person_id], basis=may.basis, before={"worker": one.giver_id}, after={"answer": answer},
    )  # fmt: skip
    return one


def _pass_on(led: Lead, worker_id: int, name: str, at: datetime) -> None:
    _hold_role(worker_id, name, led.organization_id)
    led.until = at
    led.save(update_fields=["until"])
    Lead.objects.create(
        care_id=led.care_id, person_id=led.person_id, organization_id=led.organization_id, worker_id=worker_id,
        name=name, since=at, known_to=led.known_to, named=led.named, parties=led.parties,
    )  # fmt: skip


def take_step(*, by: Viewer, at: datetime, handoff_id: int, step: str, how: str) -> Handoff:
    """Say that the giver introduced the taker to the member, or that the member was told of the new lead, and how."""
    may = acts.see_members(by)
    one = queries.handoffs(viewer=by).filter(pk=handoff_id, answer="accepted").first()
    if not may or one is None or step not in STEPS or how not in Way.values:
        raise LookupError
    if by.worker_id not in (one.giver_id, one.taker_id) and not acts.supervise_leads(by):
        raise LookupError
    if getattr(one, f"{step}_at") is None:
        setattr(one, f"{step}_at", at)
        setattr(one, f"{step}_how", how)
        setattr(one, f"{step}_by", by.name)
        one.save(update_fields=[f"{step}_at", f"{step}_how", f"{step}_by"])
        act(
            by, {"introduced": "introduce lead", "told": "tell of new lead"}[step], subject=f"handoff:{one.pk}",
            persons=[one.person_id], basis=may.basis, after={"how": how},
        )  # fmt: skip
    return one


def end_care(*, by: Viewer, at: datetime, lead_id: int, because: str) -> Care:
    """Say that care in a program has ended. Refused while its referral is open: that is closed first."""
    may, one = acts.see_members(by), queries.lead(viewer=by, lead_id=lead_id)
    if not may or one is None or because not in End.values or not _may_give(by, one):
        raise LookupError
    care = one.care
    if care.referral.state in HELD:
        raise Refused(
            _("The referral is still open."), fix=_("Close the referral; the care ends with it."), code="care.open"
        )  # fmt: skip
    _end(care, at, because)
    act(
        by, "end care", subject=f"care:{care.pk}", persons=[care.person_id], basis=may.basis,
        before={"worker": one.worker_id}, after={"because": because},
    )  # fmt: skip
    return care


def give_way(by: Viewer, at: datetime, membership: Membership) -> int:
    """Before an access ends: what waits for the worker is withdrawn; whom they still lead goes to a supervisor.

    Without a supervisor to whoever works with persons there, else to whoever ends the access. How many persons went.
    """
    if stays(membership):
        return 0
    here: dict[str, Any] = {"organization_id": membership.organization_id}
    worker = membership.worker_id
    with as_the_hub(by):
        Handoff.objects.filter(taker_id=worker, answer="", **here).update(answer="withdrawn", answered_at=at)
        leads = list(
            Lead.objects.select_for_update().filter(worker_id=worker, until=None, **here).order_by("care_id")
        )
        heirs = queries.successors(**here, besides=worker)
        for one in leads:
            _to_supervisor(by, at, one, heirs)
        given = Handoff.objects.filter(giver_id=worker, giving_id=membership.organization_id)
        given.filter(answer="accepted", introduced_at=None).update(interim=True)
    return len(leads)


def _to_supervisor(by: Viewer, at: datetime, one: Lead, heirs: Sequence[Membership]) -> None:
    allowed = [each for each in heirs if one.named is None or each.worker_id in one.named]
    # A colleague who was asked already may still say yes; until then the supervisor leads.
    lead_for_now(by, at, one, (allowed or heirs)[0].worker, basis="access ended at once")


def lead_for_now(by: By, at: datetime, one: Lead, heir: Worker, *, basis: str) -> None:
    """Let a colleague lead at once, whom nobody can introduce; that the member is told stays owed."""
    made = _handoff(one, heir, at, asked_by=by.name, answer="accepted", answered_at=at, interim=True)
    _pass_on(one, heir.pk, heir.name, at)
    act(
        by, "lead for now", subject=f"handoff:{made.pk}", persons=[one.person_id],
        basis=basis, before={"worker": one.worker_id}, after={"worker": heir.pk},
    )  # fmt: skip
