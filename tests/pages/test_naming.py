"""Whoever restricts a person names workers of other organizations too, and sees first whom it would cut off."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pages.test_care import OUTREACH, accepted, another, by_link, lead, settled
from pages.test_referrals import HOMES, LANTERN, covered, row, send, service

pytestmark = pytest.mark.hub


def form(visitor: Any, person: str) -> str:
    answer = visitor.get(f"/people/{person}/restrict/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def offered(page: str) -> dict[int, bool]:
    """Worker → whether chosen, as the page offers them."""
    boxes = re.findall(r'<input type="checkbox" name="worker" value="(\d+)"( checked)?', page)
    return {int(worker): bool(chosen) for worker, chosen in boxes}


def restrict(visitor: Any, person: str, *workers: Any, **said: Any) -> Any:
    ids = [one if isinstance(one, int) else one.pk for one in workers]
    return visitor.post(
        f"/people/{person}/restrict/", {"worker": ids, "because": "a relative works there", **said}
    )


def keys(page: str) -> list[str]:
    return re.findall(r'name="seen" value="([^"]+)"', page)


def restriction(person: str) -> Any:
    from crosswalk.hub.people.grouping import open_everything
    from crosswalk.hub.people.models import Restriction

    open_everything()
    return Restriction.objects.filter(person_id=person).first()


def sees(visitor: Any, person: str) -> bool:
    return bool(visitor.get(f"/people/{person}/").status_code == 200)


def led(hub: Any) -> tuple[Any, str, int]:
    """A lead care manager of another organization, the person whom she leads, and the number of the referral."""
    carer = hub.visitor("lead_care_manager", HOMES)
    number = accepted(hub, carer)
    return carer, str(row(number).person_id), number


def test_whoever_leads_elsewhere_is_offered_and_chosen_already(hub: Any) -> None:
    officer = hub.visitor("privacy_officer")
    carer, person, _number = led(hub)
    page = form(officer, person)
    boxes = offered(page)
    assert boxes[carer.worker.pk]
    assert not any(chosen for worker, chosen in boxes.items() if worker not in _working(person, officer))
    assert "leads the person" in page


def _working(person: str, officer: Any) -> set[int]:
    """Everybody who leads, referred or took on; and whoever restricts."""
    from crosswalk.hub.care.models import Lead
    from crosswalk.hub.people.grouping import open_everything
    from crosswalk.hub.referrals.models import Referral

    open_everything()
    leads = Lead.objects.filter(person_id=person, until=None).values_list("worker_id", flat=True)
    sent = (
        Referral.objects.filter(person_id=person).exclude(state="closed").values_list("worker_id", flat=True)
    )
    return {*leads, *sent, officer.worker.pk}


def test_the_one_named_elsewhere_sees_what_her_wall_shows_and_nobody_else_there_does(hub: Any) -> None:
    officer = hub.visitor("privacy_officer")
    carer, person, number = led(hub)
    colleague, outsider = hub.visitor("lead_care_manager", HOMES), hub.visitor("coordinator", "nobody:")
    before = {place: carer.get(place).status_code for place in _places(person, number)}
    assert restrict(officer, person, *_working(person, officer)).status_code == 302
    assert {place: carer.get(place).status_code for place in _places(person, number)} == before
    assert "You lead 1 person" in carer.get("/members/").content.decode()
    for other in (colleague, outsider):
        assert {other.get(place).status_code for place in _places(person, number)} == {404}
    assert "a relative works there" not in carer.get(f"/people/{person}/").content.decode()
    settled()


def _places(person: str, number: int) -> list[str]:
    return [f"/people/{person}/", f"/people/{person}/consents/", f"/referrals/{number}/"]


def test_naming_opens_nothing_to_whoever_could_not_see_the_person(hub: Any) -> None:
    officer, outsider = hub.visitor("privacy_officer"), hub.visitor("coordinator", "nobody:")
    person = hub.person()
    assert not sees(outsider, person)
    assert outsider.worker.pk not in offered(form(officer, person))
    assert restrict(officer, person, address=outsider.worker.email.upper()).status_code == 302
    assert outsider.worker.pk in restriction(person).named
    assert not sees(outsider, person)
    assert offered(form(officer, person))[outsider.worker.pk], "whoever restricted sees whom they named"


def test_an_address_of_nobody_is_refused_and_what_was_chosen_stays(hub: Any) -> None:
    officer, named = hub.visitor("privacy_officer"), hub.worker("coordinator")
    analyst = hub.worker("biller", "plan:")
    person = hub.person()
    for address in ("nobody@example.org", analyst.email):
        answer = restrict(officer, person, named, address=address)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Nobody who works with persons has this address." in page
        assert offered(page)[named.pk]
    assert restriction(person) is None


def test_nobody_is_offered_of_an_organization_that_the_page_does_not_tell_of(hub: Any) -> None:
    from crosswalk.hub.people.grouping import open_everything
    from crosswalk.hub.people.models import Person

    officer = hub.visitor("privacy_officer")
    hub.worker("lead_care_manager", LANTERN, name="Knows Her")
    person = hub.person()
    open_everything()
    there = hub.organization(LANTERN).pk
    one = Person.objects.get(pk=person)
    one.known_to = [each for each in one.known_to if each != there]
    one.save()
    without = form(officer, person)
    open_everything()
    one.known_to = sorted({*one.known_to, there})
    one.save()
    assert _same(form(officer, person)) == _same(without), "whether it knows the person is not told"
    assert "Knows Her" not in without


def _same(page: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"', "", page)


def test_whom_it_cuts_off_is_told_first_and_it_can_be_done_all_the_same(hub: Any) -> None:
    officer = hub.visitor("privacy_officer")
    carer, person, number = led(hub)
    answer = restrict(officer, person)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert restriction(person) is None
    assert carer.worker.name in page
    assert "would no longer see them" in page
    assert f"lead:{lead(number).pk}" in keys(page)
    # the box alone is not enough: what was seen goes along
    assert restrict(officer, person, anyway="yes", seen=[]).status_code == 422
    assert restrict(officer, person, seen=keys(page)).status_code == 422
    assert restriction(person) is None
    assert restrict(officer, person, anyway="yes", seen=keys(page)).status_code == 302
    assert not sees(carer, person)
    settled()
    assert lead(number).worker_id == carer.worker.pk, "nobody named works there: the lead stays"
    members = carer.get("/members/").content.decode()
    assert "1 person whom you lead is hidden from you" in members
    assert "You lead 0 persons" in members
    assert f"/referrals/{number}/" not in members


def test_a_named_colleague_leads_for_now_where_the_lead_is_cut_off(hub: Any) -> None:
    officer, boss = hub.visitor("privacy_officer"), hub.visitor("supervisor", HOMES)
    carer, person, number = led(hub)
    page = restrict(officer, person, boss.worker).content.decode()
    assert restrict(officer, person, boss.worker, anyway="yes", seen=keys(page)).status_code == 302
    assert lead(number).worker_id == boss.worker.pk
    settled()
    members = boss.get("/members/").content.decode()
    assert f"{carer.worker.name} is not named" in members
    assert "You lead 1 person" in members
    assert "hidden from you" not in carer.get("/members/").content.decode(), "she does not lead any more"


def test_a_referral_that_waits_elsewhere_is_told_of_and_one_named_there_is_enough(hub: Any) -> None:
    officer, boss = hub.visitor("privacy_officer"), hub.worker("supervisor", HOMES)
    desk = hub.visitor("coordinator")
    person = covered(hub, desk, "ecm.1a")
    number = send(desk, person, "ecm.1a", service(OUTREACH))
    assert row(number).state == "offered"
    page = restrict(officer, person, desk.worker).content.decode()
    assert keys(page) == [f"referral:{number}:to"]
    assert "has a referral to answer" in page
    assert restrict(officer, person, desk.worker, boss).status_code == 302


def test_after_a_handover_the_new_lead_is_named_without_lifting_first(hub: Any) -> None:
    from crosswalk.hub.access.models import Organization

    officer = hub.visitor("privacy_officer")
    carer, person, number = led(hub)
    taker = hub.visitor("lead_care_manager", HOMES)
    team = _working(person, officer)
    assert restrict(officer, person, *team).status_code == 302
    began = restriction(person)
    refused = carer.post("/members/hand-over", {"lead": lead(number).pk, "worker": taker.worker.pk})
    assert refused.status_code == 422
    coc = Organization.objects.get(pk=officer.worker.memberships.get().organization_id).name
    assert f"Ask the supervisor or the privacy officer of {coc} to name the new lead first." in (
        refused.content.decode()
    )
    assert restrict(officer, person, *team, taker.worker, because="takes over").status_code == 302
    now = restriction(person)
    assert taker.worker.pk in now.named
    assert (now.at, now.because) == (began.at, began.because), "what changed is in the journal"
    assert carer.post(
        "/members/hand-over", {"lead": lead(number).pk, "worker": taker.worker.pk}
    ).status_code == 302  # fmt: skip
    asked = re.search(r"/members/handoffs/(\d+)/answer", taker.get("/members/").content.decode())
    assert asked
    assert taker.post(f"/members/handoffs/{asked[1]}/answer", {"answer": "accepted"}).status_code == 302
    settled()
    assert lead(number).worker_id == taker.worker.pk
    assert sees(taker, person) == sees(carer, person)
    assert taker.get(f"/referrals/{number}/").status_code == 200


def knows(person: str, *places: Any) -> None:
    """Let these organizations know a person too."""
    from crosswalk.hub.people.grouping import open_everything
    from crosswalk.hub.people.models import Person

    open_everything()
    one = Person.objects.get(pk=person)
    one.known_to = sorted({*one.known_to, *(each.pk for each in places)})
    one.save()


def test_only_the_organization_that_restricted_changes_and_lifts(hub: Any) -> None:
    officer, boss = hub.visitor("privacy_officer"), hub.visitor("supervisor", HOMES)
    second, unnamed = hub.visitor("supervisor"), hub.visitor("supervisor")
    _carer, person, _number = led(hub)
    knows(person, hub.organization(HOMES))
    team = _working(person, officer)
    named = {*team, boss.worker.pk, second.worker.pk}
    assert restrict(officer, person, *named).status_code == 302
    page = form(boss, person)
    assert "restricted this person. Ask there" in page
    assert "<fieldset" not in page
    assert "a relative works there" not in page
    for said in ({"lift": "1"}, {"because": "mine"}):
        assert boss.post(f"/people/{person}/restrict/", said).status_code == 404
        assert unnamed.post(f"/people/{person}/restrict/", said).status_code == 404
    assert restriction(person) is not None
    assert restrict(second, person, *named).status_code == 302
    assert restriction(person).keepers == sorted({officer.worker.pk, second.worker.pk})
    assert second.post(f"/people/{person}/restrict/", {"lift": "1"}).status_code == 302
    assert restriction(person) is None
    assert sees(unnamed, person)


def test_who_is_named_elsewhere_is_in_the_journal_with_the_act_and_only_in_ones_own(hub: Any) -> None:
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.journal.models import Entry

    officer, theirs = hub.visitor("privacy_officer"), hub.visitor("privacy_officer", HOMES)
    carer, person, _number = led(hub)
    assert restrict(officer, person, *_working(person, officer)).status_code == 302
    own, there = hub.organization("hmis:").pk, hub.organization(HOMES).pk

    def entries(organization: int) -> list[Any]:
        open_rows(worker_id=1, organization_id=organization, role="privacy_officer", sees=(organization,))
        return list(Entry.objects.filter(verb="restrict person", persons=[person]))

    (entry,) = entries(own)
    assert carer.worker.pk in entry.after["elsewhere"][str(there)]
    assert entry.why == "a relative works there"
    assert entries(there) == []
    assert "let only named workers see" not in theirs.get("/journal/?kind=act").content.decode()
    assert not sees(theirs, person)


def test_two_restrictions_meet_with_names_from_two_organizations(hub: Any) -> None:
    """The names that both have; nobody who restricted is lost, and each organization learns only of its own."""
    from crosswalk.hub.people.grouping import Move, open_everything
    from crosswalk.hub.people.models import Person, Restriction
    from crosswalk.hub.people.moves import carried, follow

    both, homes = hub.worker("lead_care_manager", HOMES), hub.organization(HOMES)
    first, second = hub.visitor("privacy_officer"), hub.visitor("supervisor", HOMES)
    other, theirs = hub.worker("coordinator"), hub.worker("housing_navigator", HOMES)
    one = hub.person()
    two = another(hub, one)
    for person in (one, two):
        knows(person, hub.organization("hmis:"), homes)
    assert restrict(first, one, other, address=both.email).status_code == 302
    assert restrict(second, two, both, theirs).status_code == 302
    before, also = restriction(one), restriction(two)
    ahead = carried(
        {one: before.named, two: also.named}, [(one, two)], {one: before.keepers, two: also.keepers}
    )
    follow([Move(("", ""), one, two, whole=True)])
    joined = Restriction.objects.get(person_id=two)
    assert joined.named == sorted({0, both.pk, first.worker.pk, second.worker.pk}) == ahead[two]
    assert joined.organizations == sorted([hub.organization("hmis:").pk, homes.pk])
    assert not Restriction.objects.filter(person_id=one)
    # both who restricted may change it; neither is told whom the other named, and neither can strike them
    Person.objects.filter(pk=two).update(named=joined.named)
    assert both.pk not in offered(form(first, two))
    assert "2 workers more, whom another organization named, see the person too." in form(first, two)
    assert restrict(first, two).status_code == 302
    open_everything()
    assert Restriction.objects.get(person_id=two).named == joined.named


def test_from_an_e_mail_nobody_leads_who_may_not_see_the_person(hub: Any) -> None:
    boss = hub.worker("supervisor", LANTERN)
    desk, officer = hub.visitor("coordinator"), hub.visitor("privacy_officer")
    person = covered(hub, desk, "ecm.1a")
    number = send(desk, person, "ecm.1a", service("Lantern Street ECM"))
    page = restrict(officer, person, desk.worker).content.decode()
    assert restrict(officer, person, desk.worker, anyway="yes", seen=keys(page)).status_code == 302
    answer = by_link(number)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Only named workers may see this person." in said
    assert "of Golden" not in said
    assert row(number).state == "offered"
    assert restrict(officer, person, desk.worker, boss).status_code == 302
    assert by_link(number).status_code == 200
    assert lead(number).worker_id == boss.pk
    settled()


def test_whoever_was_asked_to_take_over_and_is_not_named_is_not_asked_any_more(hub: Any) -> None:
    officer, taker = hub.visitor("privacy_officer"), hub.visitor("lead_care_manager", HOMES)
    carer, person, number = led(hub)
    said = {"lead": lead(number).pk, "worker": taker.worker.pk}
    assert carer.post("/members/hand-over", said).status_code == 302
    assert "is asked, since" in carer.get("/members/").content.decode()
    assert restrict(officer, person, *_working(person, officer)).status_code == 302
    assert "is asked, since" not in carer.get("/members/").content.decode()


def test_whoever_took_a_person_on_elsewhere_is_told_that_somebody_is_hidden(hub: Any) -> None:
    from django.utils import timezone

    from crosswalk.hub.finding.models import Work

    officer, carer = hub.visitor("privacy_officer"), hub.visitor("lead_care_manager", HOMES)
    colleague, person = hub.worker("coordinator"), hub.person()
    knows(person, hub.organization(HOMES))
    for worker in (carer.worker, colleague):
        there = worker.memberships.get().organization_id
        Work.objects.create(organization_id=there, person_id=person, worker=worker, since=timezone.now())
    assert "not shown to you any more" not in carer.get("/likely/?who=me").content.decode()
    page = form(officer, person)
    assert offered(page)[colleague.pk], "of one's own organization it is told who took the person on"
    assert carer.worker.pk not in {worker for worker, chosen in offered(page).items() if chosen}
    assert "has taken the person on" in page
    assert restrict(officer, person, colleague).status_code == 302
    assert (
        "1 person whom you took on is not shown to you any more"
        in carer.get("/likely/?who=me").content.decode()
    )


def test_whoever_changes_it_later_sees_who_works_with_the_person_and_is_not_named(hub: Any) -> None:
    officer = hub.visitor("privacy_officer")
    carer, person, _number = led(hub)
    page = restrict(officer, person).content.decode()
    assert "does not see them now" not in page
    assert restrict(officer, person, anyway="yes", seen=keys(page)).status_code == 302
    page = form(officer, person)
    assert "Who works with the person and does not see them now:" in page
    assert f"<b>{carer.worker.name}</b>" in page
    assert restrict(officer, person, *_working(person, officer)).status_code == 302
    assert "does not see them now" not in form(officer, person)
