"""The desk and the loop: sent, decided, offered, answered, closed; who sees what; and two answers at once."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = pytest.mark.hub

HOMES, LANTERN = "Crossroads Housing Partnership", "Valley Lantern Outreach"


def service(name: str) -> Any:
    from crosswalk.hub.network.models import Service

    return Service.objects.get(name=name)


def covered(hub: Any, visitor: Any, program: str) -> str:
    """Somebody whom a plan covers today, who is likely eligible for a program, and has none of it in hand."""
    from django.utils import timezone

    from crosswalk.hub.access.models import Organization
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.coverage.models import Span
    from crosswalk.hub.finding.models import Finding

    everyone = tuple(Organization.objects.values_list("pk", flat=True))
    open_rows(worker_id=0, organization_id=0, role="run", sees=everyone)
    today = timezone.localdate()
    plan = Span.objects.filter(plan="sequoia", starts__lte=today, ends=None, sure=True).values("person_id")
    found = Finding.objects.filter(program=program, answer="met", in_hand="", person_id__in=plan)
    coc = visitor.worker.memberships.get().organization_id
    one = found.filter(person__known_to__contains=[coc]).order_by("person_id").first()
    open_rows(worker_id=0, organization_id=0, role="", sees=())
    assert one is not None
    return str(one.person_id)


def row(referral_id: int) -> Any:
    """The referral as it is in the table."""
    from crosswalk.hub.access.models import Organization
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.referrals.models import Referral

    open_rows(
        worker_id=0,
        organization_id=0,
        role="run",
        sees=tuple(Organization.objects.values_list("pk", flat=True)),
    )
    return Referral.objects.get(pk=referral_id)


def send(visitor: Any, person: str, need: str, to: Any, **said: str) -> int:
    answer = visitor.post(f"/people/{person}/refer/{need}/{to.pk}/", said)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer["Location"].strip("/").split("/")[-1])


def take(visitor: Any, referral_id: int, verb: str, **said: Any) -> Any:
    return visitor.post(f"/referrals/{referral_id}/turn", {"verb": verb, **said})


def test_from_the_desk_through_the_plan_to_services_received(hub: Any) -> None:
    desk = hub.visitor("coordinator")
    person = covered(hub, desk, "cs.htns")
    page = desk.get(f"/people/{person}/refer/?need=cs.htns").content.decode()
    assert "Housing Navigation" in page
    to = service("Housing Navigation")
    before = desk.get(f"/people/{person}/refer/cs.htns/{to.pk}/").content.decode()
    assert "It goes to the plan first" in before
    assert "Does not go" in before
    number = send(desk, person, "cs.htns", to, channel="phone")
    assert (row(number).state, row(number).authorization, row(number).turn) == (
        "with_plan",
        "pending",
        "plan",
    )
    plan = hub.visitor("plan_analyst", "plan:")
    assert f"/referrals/{number}/" in plan.get("/referrals/plan/").content.decode()
    assert take(plan, number, "authorize").status_code == 302
    assert take(desk, number, "offer", service_id=to.pk).status_code == 302
    carer = hub.visitor("lead_care_manager", HOMES)
    inbox = carer.get("/referrals/inbox/").content.decode()
    assert f"/referrals/{number}/" in inbox
    assert take(carer, number, "accept", saw=row(number).mark).status_code == 302
    assert take(carer, number, "start").status_code == 302
    assert take(carer, number, "close", reason_close="services_received").status_code == 302
    one = row(number)
    assert (one.state, one.outcome, one.turn) == ("closed", "services_received", "nobody")
    verbs = [edge.verb for edge in one.edges.order_by("id")]
    assert verbs == ["submit", "authorize", "offer", "accept", "start", "close"]
    assert _in_the_journal(desk, number) == [
        "refer", "authorize referral", "offer referral", "accept referral", "start referral", "close referral",
    ]  # fmt: skip
    page = desk.get(f"/referrals/{number}/").content.decode()
    assert "Services received" in page


def _in_the_journal(visitor: Any, number: int) -> list[str]:
    """What was done with a referral, as the journal keeps it for those who account for the person."""
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.journal.models import Entry

    own = visitor.worker.memberships.get().organization_id
    open_rows(worker_id=visitor.worker.pk, organization_id=own, role="privacy_officer", sees=(own,))
    found = Entry.objects.filter(subject=f"referral:{number}", kind="act").order_by("seq")
    return list(found.values_list("verb", flat=True))


def test_who_may_begin_early_gets_it_at_once_and_a_no_for_want_of_places_goes_on_to_another(hub: Any) -> None:
    desk = hub.visitor("coordinator")
    person = covered(hub, desk, "ecm.1a")
    to, next_one = service("Lantern Street ECM"), service("ECM for Adults Without a Home")
    number = send(desk, person, "ecm.1a", to)
    assert (row(number).state, row(number).authorization) == ("offered", "pending")
    carer = hub.visitor("community_health_worker", LANTERN)
    assert take(carer, number, "decline", reason_decline="no_capacity").status_code == 302
    assert row(number).state == "declined"
    told = to.statements.order_by("-at", "-id").first()
    assert (told.free, told.way, told.said_by) == (0, "decline", carer.worker.name)
    assert f"/referrals/{number}/" in desk.get("/referrals/desk/").content.decode()
    assert take(desk, number, "offer", service_id=next_one.pk).status_code == 302
    assert row(number).receiver.name == HOMES
    assert carer.get(f"/referrals/{number}/").status_code == 404
    again = hub.visitor("lead_care_manager", HOMES)
    assert take(again, number, "accept").status_code == 302


def test_of_two_answers_at_once_one_counts_and_the_other_is_told_who(hub: Any) -> None:
    desk = hub.visitor("coordinator")
    number = send(desk, covered(hub, desk, "ecm.1a"), "ecm.1a", service("Lantern Street ECM"))
    saw = row(number).mark
    first, second = hub.visitor("community_health_worker", LANTERN), hub.visitor("supervisor", LANTERN)
    assert take(first, number, "accept", saw=saw).status_code == 302
    late = take(second, number, "decline", saw=saw, reason_decline="no_capacity")
    assert late.status_code == 422
    assert f"{first.worker.name}, {LANTERN} was here before you" in late.content.decode()
    assert row(number).state == "accepted"
    assert [edge.verb for edge in row(number).edges.order_by("id")] == ["streamline", "accept"]


def test_the_receiver_gets_what_was_sent_and_does_not_come_to_see_the_person(hub: Any) -> None:
    desk = hub.visitor("coordinator")
    person = covered(hub, desk, "ecm.1a")
    number = send(desk, person, "ecm.1a", service("Lantern Street ECM"))
    given = row(number).offers.get()
    assert given.sent["identity"]["name"]
    assert given.basis.startswith("disclosure rules ")
    carer = hub.visitor("community_health_worker", LANTERN)
    page = carer.get(f"/referrals/{number}/").content.decode()
    assert given.sent["identity"]["name"] in page
    known = LANTERN in _knows(person)
    assert (carer.get(f"/people/{person}/").status_code == 200) == known


def _knows(person: str) -> set[str]:
    from crosswalk.hub.access.models import Organization
    from crosswalk.hub.people.models import Person

    known = Person.objects.get(pk=person).known_to
    return set(Organization.objects.filter(pk__in=known).values_list("name", flat=True))


def test_nobody_outside_hipaa_is_told_without_the_person_s_word_and_never_a_diagnosis(hub: Any) -> None:
    desk = hub.visitor("coordinator")
    person = covered(hub, desk, "ecm.1a")
    shelter = service("Sierra Gate Emergency Shelter")
    refused = desk.post(f"/people/{person}/refer/shelter/{shelter.pk}/", {"note": "Has asthma"})
    assert refused.status_code == 422
    assert "may not learn who it is about" in refused.content.decode()
    assert "Has asthma" in refused.content.decode()
    _release(desk, person, shelter)
    number = send(desk, person, "shelter", shelter, note="Has asthma")
    given = row(number).offers.get()
    assert set(given.sent) <= {"identity", "contact"}
    assert "asthma" not in str(given.sent)
    assert row(number).state == "offered"


def _release(desk: Any, person: str, to: Any) -> None:
    from django.utils import timezone

    from crosswalk.hub.access.viewer import viewer_of
    from crosswalk.hub.consent.models import Consent
    from crosswalk.hub.people.models import Record

    assert viewer_of
    one = row_of_record(person, Record)
    Consent.objects.create(
        person_id=person, source=one.source, source_id=one.source_id, answer="given", form="provider_release",
        holders=["any"], recipients=[str(to.organization_id)], categories=["identity", "contact", "health"],
        purposes=["any"], signer="self", method="paper", signed_on=timezone.localdate(),
        worker=desk.worker, organization_id=desk.worker.memberships.get().organization_id, at=timezone.now(),
        known_to=one.known_to,
    )  # fmt: skip


def row_of_record(person: str, record: Any) -> Any:
    from crosswalk.hub.people.grouping import open_everything

    open_everything()
    return record.objects.filter(person_id=person).order_by("source").first()


def test_the_same_need_twice_is_warned_of_and_can_be_sent_all_the_same(hub: Any) -> None:
    desk = hub.visitor("coordinator")
    person = covered(hub, desk, "ecm.1a")
    to = service("Lantern Street ECM")
    first = send(desk, person, "ecm.1a", to)
    again = desk.post(f"/people/{person}/refer/ecm.1a/{to.pk}/", {})
    assert again.status_code == 422
    assert f"/referrals/{first}/" in again.content.decode()
    assert send(desk, person, "ecm.1a", to, anyway="yes") != first


def test_one_made_elsewhere_is_kept_and_closed_by_the_desk(hub: Any) -> None:
    desk = hub.visitor("coordinator")
    person = covered(hub, desk, "ecm.1a")
    empty = desk.post(f"/people/{person}/refer/food/elsewhere", {})
    assert empty.status_code == 422
    made = desk.post(f"/people/{person}/refer/food/elsewhere", {"elsewhere": "St. Anne’s kitchen"})
    number = int(made["Location"].strip("/").split("/")[-1])
    assert row(number).state == "elsewhere"
    assert take(desk, number, "close", reason_close="services_received").status_code == 302
    assert row(number).outcome == "services_received"


def test_a_notice_to_the_member_is_owed_until_somebody_says_it_was_given(hub: Any) -> None:
    desk = hub.visitor("coordinator")
    number = send(desk, covered(hub, desk, "ecm.1a"), "ecm.1a", service("Lantern Street ECM"))
    owed = row(number).notices.get(to="member", given_at=None)
    assert desk.post(f"/referrals/{number}/notices/{owed.pk}", {"way": "pigeon"}).status_code == 404
    assert desk.post(f"/referrals/{number}/notices/{owed.pk}", {"way": "phone"}).status_code == 302
    assert row(number).notices.get(pk=owed.pk).given_by == desk.worker.name


def test_others_find_nothing(hub: Any) -> None:
    desk = hub.visitor("coordinator")
    number = send(desk, covered(hub, desk, "ecm.1a"), "ecm.1a", service("Lantern Street ECM"))
    for stranger in (hub.visitor("coordinator", "nobody:"), hub.visitor("supervisor", HOMES)):
        assert stranger.get(f"/referrals/{number}/").status_code == 404
        assert take(stranger, number, "accept").status_code == 404
        assert not re.search(rf"/referrals/{number}/", stranger.get("/referrals/sent/").content.decode())


def test_an_edge_can_neither_be_changed_nor_deleted(hub: Any) -> None:
    from django.db import DatabaseError, transaction

    from crosswalk.hub.referrals.models import Edge

    desk = hub.visitor("coordinator")
    number = send(desk, covered(hub, desk, "ecm.1a"), "ecm.1a", service("Lantern Street ECM"))
    row(number)
    for wrong in (lambda: Edge.objects.update(verb="accept"), lambda: Edge.objects.all().delete()):
        with pytest.raises(DatabaseError, match="Cannot delete or update"), transaction.atomic():
            wrong()


def mails() -> list[Any]:
    """What was sent in this test."""
    from django.core import mail

    return list(mail.outbox)


def round_of_chasing(days: float = 0) -> Any:
    """The job’s work as it would be done so many days ahead."""
    from datetime import timedelta

    from django.utils import timezone

    from crosswalk.hub.people.grouping import open_everything
    from crosswalk.hub.referrals.chasing import chase, write_mails

    open_everything()
    at = timezone.now() + timedelta(days=days)
    done = chase(at=at)
    write_mails(at=at)
    return done


def link_in(mail: Any) -> str:
    found = re.search(r"(/answer/[^/\s]+/)", mail.body)
    assert found is not None
    return found[1]


def offered(hub: Any) -> tuple[Any, int]:
    desk = hub.visitor("coordinator")
    return desk, send(desk, covered(hub, desk, "ecm.1a"), "ecm.1a", service("Lantern Street ECM"))


def test_a_provider_answers_from_the_mail_once_and_the_mail_names_nobody(hub: Any) -> None:
    from django.test import Client

    _desk, number = offered(hub)
    round_of_chasing()
    (mail,) = mails()
    identity = row(number).offers.get().sent["identity"]
    assert mail.to == ["referrals@valley.example.org"]
    for value in identity.values():
        assert value not in mail.body + mail.subject or value in ("English", "Spanish")
    stranger, place = Client(enforce_csrf_checks=True), link_in(mail)
    page = stranger.get(place)
    assert page.status_code == 200
    assert identity["name"] not in page.content.decode()
    assert row(number).state == "offered", "a mail scanner that opens the link changes nothing"
    assert stranger.post(place, {"verb": "accept"}).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert token is not None
    done = stranger.post(place, {"verb": "accept", "csrfmiddlewaretoken": token[1]})
    assert done.status_code == 200
    assert (row(number).state, row(number).edges.order_by("-id")[0].source) == ("accepted", "link")
    again = stranger.post(place, {"verb": "decline", "csrfmiddlewaretoken": token[1]})
    assert again.status_code == 410
    assert "This has been answered already" in again.content.decode()
    assert row(number).state == "accepted"


def test_an_old_link_of_a_closed_referral_and_one_that_is_not_whole_get_a_clear_answer(hub: Any) -> None:
    from django.test import Client

    desk, number = offered(hub)
    round_of_chasing()
    place = link_in(mails()[0])
    assert take(desk, number, "withdraw").status_code == 302
    closed = Client().post(place, {"verb": "accept"})
    assert closed.status_code == 410
    assert "This referral is closed" in closed.content.decode()
    assert row(number).outcome == "withdrawn"
    torn = Client().get(place[:-9] + "/")
    assert torn.status_code == 404
    assert "This link is not whole" in torn.content.decode()


def test_a_link_ends_after_its_days(hub: Any) -> None:
    from datetime import timedelta
    from time import time
    from unittest import mock

    from django.core import signing
    from django.test import Client

    _desk, number = offered(hub)

    with mock.patch.object(signing.time, "time", return_value=time() - timedelta(days=15).total_seconds()):
        round_of_chasing()
    old = Client().get(link_in(mails()[0]))
    assert old.status_code == 410
    assert "This link has ended" in old.content.decode()
    assert row(number).state == "offered"


def test_silence_is_asked_about_twice_and_then_the_coordinator_is_told(hub: Any) -> None:
    desk, number = offered(hub)
    round_of_chasing()
    assert len(mails()) == 1
    rounds = ((1, 0, 0, 0), (9, 1, 0, 1), (9, 0, 0, 1), (18, 1, 0, 2), (27, 0, 1, 3), (90, 0, 0, 3))
    for days, asked, told, chased in rounds:
        done = round_of_chasing(days)
        assert (done.asked, done.told, row(number).chased) == (asked, told, chased), days
    assert len(mails()) == 3
    assert f"/referrals/{number}/" in desk.get("/referrals/silent/").content.decode()
    carer = hub.visitor("community_health_worker", LANTERN)
    assert take(carer, number, "accept").status_code == 302
    assert row(number).chased == 0


def test_a_declined_referral_that_the_desk_leaves_lying_comes_to_the_coordinator(hub: Any) -> None:
    desk, number = offered(hub)
    carer = hub.visitor("community_health_worker", LANTERN)
    take(carer, number, "decline", reason_decline="no_capacity")
    assert round_of_chasing(9).told == 1
    assert f"/referrals/{number}/" in desk.get("/referrals/silent/").content.decode()


def test_an_organization_with_an_open_referral_is_told_why_it_cannot_leave(hub: Any) -> None:
    from django.utils import timezone

    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.network.leaving import reasons

    desk, number = offered(hub)
    there = row(number).receiver_id
    open_rows(worker_id=0, organization_id=0, role="hmis_administrator", sees=())
    told = reasons(there, timezone.localdate())
    assert any("1 referral is open there" in one for one in told), "also to a keeper who is no party to it"
    take(desk, number, "withdraw")
    row(number)
    assert not reasons(there, timezone.localdate())


def test_the_words_of_the_order_are_those_of_the_policy(hub: Any) -> None:
    from django.utils import timezone

    from crosswalk.core.journeys.receivers import Reason
    from crosswalk.hub.pages.policy import edition
    from crosswalk.hub.referrals.words import level_words

    for line in edition(timezone.localdate()).table("journeys/receiver_weights"):
        assert level_words(Reason(line["part"], line["level"], 0)) == line["say"], line


def test_the_numbers_open_the_referrals_behind_them(hub: Any) -> None:
    desk, number = offered(hub)
    carer = hub.visitor("community_health_worker", LANTERN)
    take(carer, number, "decline", reason_decline="no_capacity")
    page = desk.get("/referrals/numbers/").content.decode()
    for figure in ("step/offered", "declined/no_capacity", "channel/desk", "service/ecm"):
        place = re.search(rf'href="(/referrals/numbers/{figure}/[^"]*)"', page)
        assert place is not None, figure
        assert f"/referrals/{number}/" in desk.get(place[1].replace("&amp;", "&")).content.decode()
    assert (
        desk.get("/referrals/numbers/outcome/services_received/").content.decode().count("/referrals/") >= 1
    )
    assert desk.get("/referrals/numbers/nonsense/x/").status_code == 404
    assert desk.get("/referrals/numbers/?from=tomorrow&to=1").status_code == 200


def test_the_desk_says_where_the_plan_has_not_elected_this_and_hides_nobody_for_it(hub: Any) -> None:
    from crosswalk.hub.network.elections import elections

    desk = hub.visitor("coordinator")
    person = covered(hub, desk, "cs.htns")
    assert elections().tells("sequoia", "54"), "the demo wrote its elections down"
    said = "has not elected to offer this in this county"
    offered_one = desk.get(f"/people/{person}/refer/?need=cs.htns").content.decode()
    assert said not in offered_one
    not_offered = desk.get(f"/people/{person}/refer/?need=cs.eaa").content.decode()
    assert said in not_offered
    assert "What plans offer" in not_offered
    owed = desk.get(f"/people/{person}/refer/?need=cs.trent").content.decode()
    assert said not in owed, "Transitional Rent is nothing that plans choose"
    page = desk.get("/network/elections/?county=54").content.decode()
    assert "Transitional Rent" not in page.split("<table", 1)[1].split("</table>", 1)[0]


def test_a_list_shows_fifty_and_leads_on_and_its_head_counts_all(hub: Any) -> None:
    from django.utils import timezone

    from crosswalk.hub.people.models import Person
    from crosswalk.hub.referrals.models import Referral

    desk, number = offered(hub)
    like = row(number)
    Referral.objects.bulk_create(
        Referral(
            person_id=one.pk, service="food", sender_id=like.sender_id, receiver_id=like.receiver_id, state="declined",
            authorization="none", turn="desk", mark=1, at=timezone.now(), since=timezone.now(), due=timezone.now(),
            known_to=one.known_to, parties=like.parties,
        )
        for one in Person.objects.filter(known_to__contains=[like.sender_id]).order_by("pk")[:60]
    )  # fmt: skip
    first = desk.get("/referrals/desk/").content.decode()
    assert "60 referrals" in first
    assert first.count("<tr>") == 51
    assert 'href="/referrals/desk/?page=2"' in first
    second = desk.get("/referrals/desk/?page=2").content.decode()
    assert second.count("<tr>") == 11
    assert "51 to 60" in second
    assert "?page=3" not in second
    shown = [set(re.findall(r'href="(/referrals/\d+/)"', page)) for page in (first, second)]
    assert not shown[0] & shown[1]
    assert desk.get("/referrals/desk/?page=soon").status_code == 200
    assert desk.get("/referrals/desk/?page=99").status_code == 200
