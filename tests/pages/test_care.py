"""One named lead worker for each person and program: named on acceptance, handed on warmly, and nobody left behind."""

from __future__ import annotations

from typing import Any

import pytest

from pages.test_referrals import HOMES, LANTERN, covered, row, send, service, take

pytestmark = pytest.mark.hub
OUTREACH = "ECM for Adults Without a Home"


def settled() -> None:
    """Ask the database now what it would ask when the transaction ends."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def lead(referral_id: int) -> Any:
    """The lead in force of the care that a referral began; None where there is none."""
    from crosswalk.hub.care.models import Lead

    row(referral_id)
    return Lead.objects.filter(care__referral_id=referral_id, until=None).first()


def accepted(hub: Any, carer: Any, person: str = "") -> int:
    """A referral that this worker accepted: of the first person who may have ECM, or of this one."""
    desk = hub.visitor("coordinator")
    number = send(desk, person or covered(hub, desk, "ecm.1a"), "ecm.1a", service(OUTREACH))
    answer = take(carer, number, "accept")
    assert answer.status_code == 302, answer.content.decode()
    settled()
    return number


def another(hub: Any, than: str) -> str:
    """Somebody else whom a plan covers today and who may have ECM."""
    from django.utils import timezone

    from crosswalk.hub.coverage.models import Span
    from crosswalk.hub.finding.models import Finding
    from crosswalk.hub.people.grouping import open_everything

    open_everything()
    plan = Span.objects.filter(plan="sequoia", starts__lte=timezone.localdate(), ends=None, sure=True)
    found = Finding.objects.filter(
        program="ecm.1a", answer="met", person_id__in=plan.values("person_id"),
        person__known_to__contains=[hub.organization("hmis:").pk],
    )  # fmt: skip
    return str(found.exclude(person_id=than).order_by("person_id")[0].person_id)


def membership(worker: Any) -> Any:
    return worker.memberships.get()


def end_access(boss: Any, worker: Any, **said: Any) -> Any:
    return boss.post(f"/colleagues/{membership(worker).pk}/end", {"why": "left the job", **said})


def test_whoever_accepts_leads_unless_a_colleague_is_named(hub: Any) -> None:
    carer = hub.visitor("lead_care_manager", HOMES)
    assert lead(accepted(hub, carer)).worker_id == carer.worker.pk
    assert "You lead 1 person" in carer.get("/members/").content.decode()


def test_a_colleague_may_be_named_and_nobody_of_elsewhere(hub: Any) -> None:
    carer, other = hub.visitor("supervisor", HOMES), hub.worker("lead_care_manager", HOMES)
    desk = hub.visitor("coordinator")
    number = send(desk, covered(hub, desk, "ecm.1a"), "ecm.1a", service(OUTREACH))
    assert take(carer, number, "accept", lead=hub.worker("supervisor", LANTERN).pk).status_code == 422
    assert row(number).state == "offered"
    assert take(carer, number, "accept", lead=other.pk).status_code == 302
    assert lead(number).worker_id == other.pk
    settled()


def test_the_invented_referrals_of_a_demo_get_their_leads_in_the_same_transaction(hub: Any) -> None:
    from django.db import IntegrityError
    from django.utils import timezone

    from crosswalk.hub.care.invented import leads_of_the_demo
    from crosswalk.hub.care.models import Care
    from crosswalk.hub.people.grouping import open_everything
    from crosswalk.hub.referrals.models import Referral

    desk, now = hub.visitor("coordinator"), timezone.now()
    first = send(desk, covered(hub, desk, "ecm.1a"), "ecm.1a", service(OUTREACH))
    made = row(first)

    def bring(state: str, outcome: str = "") -> Any:
        made.pk = None
        made.state, made.outcome = state, outcome
        made.save(force_insert=True)
        return made.pk

    with pytest.raises(IntegrityError):
        _settle(lambda: bring("accepted"))
    open_everything()
    older, newer = bring("closed", "services_received"), bring("accepted")
    assert leads_of_the_demo(at=now) == 2
    assert leads_of_the_demo(at=now) == 0
    settled()
    assert Care.objects.get(referral_id=newer).ended_at is None
    assert Care.objects.get(referral_id=older).ended_at is not None
    assert Referral.objects.get(pk=first).state == "offered"


def by_link(number: int, **said: str) -> Any:
    """The answer from an e-mail, by somebody who is not signed in."""
    from django.test import Client

    from crosswalk.hub.referrals.links import link

    place = f"/answer/{link(row(number))}/"
    return Client().post(place, {"verb": "accept", **said})


def test_from_an_e_mail_the_supervisor_leads_until_somebody_else_does(hub: Any) -> None:
    boss = hub.worker("supervisor", LANTERN)
    desk = hub.visitor("coordinator")
    number = send(desk, covered(hub, desk, "ecm.1a"), "ecm.1a", service("Lantern Street ECM"))
    assert by_link(number).status_code == 200
    assert lead(number).worker_id == boss.pk
    settled()


def test_where_nobody_signs_in_the_lead_is_told_by_name(hub: Any) -> None:
    desk = hub.visitor("coordinator")
    person = covered(hub, desk, "ecm.1a")
    clinic = service("Whole-Person ECM")
    number = send(desk, person, "ecm.1a", clinic)
    assert take(hub.visitor("plan_analyst", "plan:"), number, "authorize").status_code == 302
    assert take(desk, number, "offer", service_id=clinic.pk).status_code == 302
    refused = by_link(number)
    assert refused.status_code == 422
    assert "must be named" in refused.content.decode()
    assert "Name of the lead worker" in refused.content.decode()
    assert row(number).state == "offered"
    assert by_link(number, lead_name="Noor Haddad", lead_reach="559 555 0142").status_code == 200
    settled()
    one = lead(number)
    assert (one.worker_id, one.name, one.reach) == (None, "Noor Haddad", "559 555 0142")
    page = desk.get(f"/people/{person}/").content.decode()
    assert "Noor Haddad" in page


def test_a_second_organization_cannot_lead_the_same_help(hub: Any) -> None:
    carer = hub.visitor("lead_care_manager", HOMES)
    number = accepted(hub, carer)
    desk = hub.visitor("coordinator")
    again = send(desk, row(number).person_id, "ecm.1a", service("Lantern Street ECM"), anyway="yes")
    other = hub.visitor("community_health_worker", LANTERN)
    refused = take(other, again, "accept")
    assert refused.status_code == 422
    assert "Another organization leads this help" in refused.content.decode()
    assert HOMES not in refused.content.decode().partition("<main")[2].partition("What happened")[0]
    assert row(again).state == "offered"
    settled()


def test_when_the_loop_closes_care_ends_but_not_when_services_were_received(hub: Any) -> None:
    carer = hub.visitor("lead_care_manager", HOMES)
    number = accepted(hub, carer)
    assert take(carer, number, "start").status_code == 302
    assert take(carer, number, "close", reason_close="services_received").status_code == 302
    settled()
    one = lead(number)
    assert one.worker_id == carer.worker.pk
    assert carer.post(f"/members/{one.pk}/end", {"because": "nonsense"}).status_code == 404
    assert carer.post(f"/members/{one.pk}/end", {"because": "goals"}).status_code == 302
    settled()
    assert lead(number) is None
    other = accepted(hub, carer)
    assert take(carer, other, "start").status_code == 302
    open_one = carer.post(f"/members/{lead(other).pk}/end", {"because": "goals"})
    assert open_one.status_code == 422
    assert take(carer, other, "close", reason_close="unable_to_reach").status_code == 302
    settled()
    assert lead(other) is None


def test_a_handoff_is_asked_answered_introduced_and_told(hub: Any) -> None:
    giver, taker = hub.visitor("lead_care_manager", HOMES), hub.visitor("housing_navigator", HOMES)
    number = accepted(hub, giver)
    one = lead(number)
    asked = giver.post("/members/hand-over", {"lead": one.pk, "worker": taker.worker.pk})
    assert asked.status_code == 302
    assert lead(number).worker_id == giver.worker.pk, "until the yes nothing changes"
    page = taker.get("/members/").content.decode()
    assert "You are asked to take over" in page
    handoff = one.care.handoffs.get()
    stranger = hub.visitor("housing_navigator", HOMES)
    assert stranger.post(f"/members/handoffs/{handoff.pk}/answer", {"answer": "accepted"}).status_code == 404
    assert taker.post(f"/members/handoffs/{handoff.pk}/answer", {"answer": "accepted"}).status_code == 302
    settled()
    assert lead(number).worker_id == taker.worker.pk
    assert one.care.handoffs.get().missing() == ("introduction", "notice")
    for step, how in (("introduced", "person"), ("told", "mail")):
        assert "Handoffs to finish" in giver.get("/members/").content.decode()
        place = f"/members/handoffs/{handoff.pk}/step"
        assert stranger.post(place, {"step": step, "how": how}).status_code == 404
        assert giver.post(place, {"step": step, "how": "shouting"}).status_code == 404
        assert giver.post(place, {"step": step, "how": how}).status_code == 302
    assert one.care.handoffs.get().missing() == ()
    assert "Handoffs to finish" not in giver.get("/members/").content.decode()


def test_an_access_ends_only_when_nobody_is_left(hub: Any) -> None:
    boss = hub.visitor("supervisor", HOMES)
    giver, taker = hub.visitor("lead_care_manager", HOMES), hub.visitor("housing_navigator", HOMES)
    number = accepted(hub, giver)
    refused = end_access(boss, giver.worker)
    assert refused.status_code == 422
    assert "1 person would be left without a lead worker." in refused.content.decode()
    left = f"/colleagues/{membership(giver.worker).pk}/members/"
    assert f"/referrals/{number}/" in boss.get(left).content.decode()
    one = lead(number)
    sent = {"lead": one.pk, "worker": taker.worker.pk, "membership": membership(giver.worker).pk}
    assert boss.post("/members/hand-over", sent)["Location"] == left
    assert end_access(boss, giver.worker).status_code == 422
    handoff = one.care.handoffs.get()
    taker.post(f"/members/handoffs/{handoff.pk}/answer", {"answer": "accepted"})
    refused = end_access(boss, giver.worker)
    assert refused.status_code == 422
    assert "lacks the introduction or the notice" in refused.content.decode()
    for step in ("introduced", "told"):
        assert end_access(boss, giver.worker).status_code == 422
        boss.post(f"/members/handoffs/{handoff.pk}/step", {"step": step, "how": "phone"})
    assert "Nobody would be left behind." in boss.get(left).content.decode()
    assert end_access(boss, giver.worker).status_code == 302
    settled()
    assert lead(number).worker_id == taker.worker.pk


def test_in_danger_the_access_ends_at_once_and_a_supervisor_leads(hub: Any) -> None:
    boss, giver = hub.visitor("supervisor", HOMES), hub.visitor("lead_care_manager", HOMES)
    taker = hub.visitor("housing_navigator", HOMES)
    number = accepted(hub, giver)
    giver.post("/members/hand-over", {"lead": lead(number).pk, "worker": taker.worker.pk})
    assert end_access(boss, giver.worker, at_once="on").status_code == 302
    settled()
    one = lead(number)
    assert one.worker.memberships.get().role == "supervisor"
    assert giver.get("/members/").status_code == 302, "the next click is refused"
    interim = one.care.handoffs.get(answer="accepted")
    assert (interim.interim, interim.missing()) == (True, ("notice",))
    asked = one.care.handoffs.get(answer="")
    taker.post(f"/members/handoffs/{asked.pk}/answer", {"answer": "accepted"})
    settled()
    assert lead(number).worker_id == taker.worker.pk
    from crosswalk.hub.care.models import Handoff

    assert Handoff.objects.get(pk=asked.pk).giver_id == one.worker_id


def test_with_another_role_in_the_same_organization_nobody_is_left(hub: Any) -> None:
    from django.utils import timezone

    from crosswalk.hub.access.models import Membership

    boss, giver = hub.visitor("supervisor", HOMES), hub.visitor("lead_care_manager", HOMES)
    number = accepted(hub, giver)
    first = membership(giver.worker)
    Membership.objects.create(
        worker=giver.worker, organization=first.organization, role="housing_navigator", since=timezone.now()
    )
    assert boss.post(f"/colleagues/{first.pk}/end", {"why": "one role less"}).status_code == 302
    settled()
    assert lead(number).worker_id == giver.worker.pk
    second = Membership.objects.get(worker=giver.worker, ended_at=None)
    Membership.objects.create(
        worker=giver.worker, organization=first.organization, role="biller", since=timezone.now()
    )
    kept = boss.post(f"/colleagues/{second.pk}/end", {"why": "only bills now"})
    assert kept.status_code == 422, "a biller does not lead"


def test_the_database_itself_refuses_to_leave_anybody(hub: Any) -> None:
    from django.db import IntegrityError
    from django.utils import timezone

    from crosswalk.hub.access.models import Membership, Worker
    from crosswalk.hub.care.models import Care, Lead
    from crosswalk.hub.referrals.models import Referral

    carer = hub.visitor("lead_care_manager", HOMES)
    number = accepted(hub, carer)
    one, now = lead(number), timezone.now()
    tries = {
        "nobody_is_left": lambda: Membership.objects.filter(worker=carer.worker).update(ended_at=now),
        "nobody_is_left by account": lambda: Worker.objects.filter(pk=carer.worker.pk).update(
            is_active=False
        ),
        "care_is_led": lambda: Lead.objects.filter(pk=one.pk).update(until=now),
        "care_is_led and never gone": lambda: Lead.objects.filter(pk=one.pk).delete(),
        "care_is_led by its end": lambda: Care.objects.filter(pk=one.care_id).update(
            ended_at=now, ended_because="other"
        ),
        "lead_works_there": lambda: Lead.objects.filter(pk=one.pk).update(
            worker=hub.worker("supervisor", LANTERN)
        ),
        "referral_is_in_care": lambda: (
            Lead.objects.filter(pk=one.pk).update(until=now),
            Care.objects.filter(pk=one.care_id).update(ended_at=now, ended_because="other"),
            Referral.objects.filter(pk=number).update(state="outreach"),
        ),
    }
    for name, attempt in tries.items():
        with pytest.raises(IntegrityError) as said:
            _settle(attempt)
        assert said.value.__cause__.diag.constraint_name == name.split()[0]


def _settle(attempt: Any) -> None:
    """Try it and let the database judge, as at the end of a request."""
    from django.db import transaction

    with transaction.atomic():
        attempt()
        settled()


def test_a_restricted_person_counts_though_the_supervisor_may_not_see_her(hub: Any) -> None:
    from crosswalk.hub.people.grouping import walled
    from crosswalk.hub.people.models import Person

    boss, giver = hub.visitor("supervisor", HOMES), hub.visitor("lead_care_manager", HOMES)
    taker = hub.worker("housing_navigator", HOMES)
    number = accepted(hub, giver)
    person = row(number).person_id
    named = [0, giver.worker.pk]
    Person.objects.filter(pk=person).update(named=named)
    for model in walled():
        model.objects.filter(person_id=person).update(named=named)
    refused = giver.post("/members/hand-over", {"lead": lead(number).pk, "worker": taker.pk})
    assert refused.status_code == 422
    assert "Only named workers may see this person" in refused.content.decode()
    answer = end_access(boss, giver.worker)
    assert "1 person would be left without a lead worker." in answer.content.decode()
    page = boss.get(f"/colleagues/{membership(giver.worker).pk}/members/").content.decode()
    assert "1 person more, whom only named workers may see" in page
    assert f"/referrals/{number}/" not in page
    assert end_access(boss, giver.worker, at_once="on").status_code == 302
    settled()
    assert lead(number).worker_id != giver.worker.pk


def test_an_organization_that_cares_for_somebody_stays_in_the_network(hub: Any) -> None:
    carer = hub.visitor("lead_care_manager", HOMES)
    number = accepted(hub, carer)
    take(carer, number, "start")
    take(carer, number, "close", reason_close="services_received")
    keeper = hub.visitor("coordinator")
    place = f"/network/organizations/{row(number).receiver_id}/leave/"
    refused = keeper.post(place, {"why": "closes its doors"})
    assert refused.status_code == 422
    assert "has a lead worker there" in refused.content.decode() or "have a lead worker there" in (
        refused.content.decode()
    )


def test_between_organizations_a_referral_hands_over(hub: Any) -> None:
    giver = hub.visitor("lead_care_manager", HOMES)
    number = accepted(hub, giver)
    person = row(number).person_id
    take(giver, number, "start")
    take(giver, number, "close", reason_close="services_received")
    again = row(number)
    from crosswalk.hub.care.models import Care, Lead
    from crosswalk.hub.referrals.models import Referral

    # the provider refers its own member on; here the row is made as the desk would make it
    Referral.objects.filter(pk=number).update(parties=again.parties)
    desk = hub.visitor("coordinator")
    next_one = send(desk, person, "ecm.1a", service("Lantern Street ECM"), anyway="yes")
    row(next_one)
    Referral.objects.filter(pk=next_one).update(sender_id=again.receiver_id)
    taker = hub.visitor("community_health_worker", LANTERN)
    assert take(taker, next_one, "accept").status_code == 302
    settled()
    row(number)
    assert Care.objects.get(referral_id=number).ended_because == "handed_over"
    made = Lead.objects.get(person_id=person, until=None)
    handoff = made.care.handoffs.get()
    assert (handoff.giver_id, handoff.taker_id) == (giver.worker.pk, taker.worker.pk)
    assert handoff.missing() == ("introduction", "notice")
    assert "Handoffs to finish" in giver.get("/members/").content.decode()


def test_when_two_records_prove_one_person_both_leads_stay_and_are_marked(hub: Any) -> None:
    from crosswalk.hub.care.models import Care
    from crosswalk.hub.care.moves import follow
    from crosswalk.hub.people.grouping import Move, open_everything

    carer = hub.visitor("lead_care_manager", HOMES)
    old = covered(hub, hub.visitor("coordinator"), "ecm.1a")
    new = another(hub, old)
    for person in (old, new):
        accepted(hub, carer, person)
    open_everything()
    follow([Move(("hmis:x", "1"), old, new, whole=True)])
    settled()
    found = Care.objects.filter(person_id=new, ended_at=None).order_by("pk")
    assert [one.double for one in found] == [True, False]
    assert "twice: agree who leads" in carer.get("/members/").content.decode()
