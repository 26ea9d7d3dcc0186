"""The network: who may take a person on a day, in few statements, and what is told of each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

pytestmark = pytest.mark.hub
DAY = date(2026, 11, 22)


def test_receivers_are_all_services_of_a_program_in_few_statements(hub: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from crosswalk.hub.access.itself import Hub
    from crosswalk.hub.network.queries import receivers

    with CaptureQueriesContext(connection) as heard:
        found = receivers(viewer=Hub(), program="ecm.1a", plan="sequoia", county="54", on=DAY)
    assert len(heard) <= 8
    by_name = {one.name: one for one in found}
    lantern = by_name["Lantern Street ECM"]
    assert lantern.organization == "Valley Lantern Outreach"
    assert lantern.is_for("ecm.1a") is True
    assert lantern.is_for("ecm.7") is False
    assert lantern.reaches("54", "93274")
    assert not lantern.reaches("54", "93291")
    assert lantern.term("sequoia", "54").credential == "credentialed"
    assert [one.plan for one in lantern.terms] == ["sequoia"], "only the plan asked for is told"
    assert (lantern.room.free, lantern.room.said_by) == (11, "Intake desk")
    assert lantern.lines[0].tty == "711"
    assert by_name["ECM for Young People"].term("sequoia") is None


def test_what_was_not_yet_there_is_not_there(hub: Any) -> None:
    from crosswalk.hub.access.itself import Hub
    from crosswalk.hub.network.queries import receivers

    then = {one.name for one in receivers(viewer=Hub(), program="food", on=date(2026, 1, 1))}
    assert then == {"Open Table Pantry"}
    now = {one.name for one in receivers(viewer=Hub(), program="food", on=DAY)}
    assert now - then == {"Saturday Boxes", "Open Table on Wheels"}


def test_an_address_that_protects_people_is_not_told(hub: Any) -> None:
    from crosswalk.hub.access.itself import Hub
    from crosswalk.hub.network.queries import receivers

    refuge = next(
        one for one in receivers(viewer=Hub(), program="shelter", on=DAY) if "Madrone" in one.organization
    )
    assert (refuge.spots[0].address, refuge.spots[0].zip, refuge.spots[0].city) == ("", "", "")


def of(name: str) -> Any:
    """A service of the invented network by its name."""
    from crosswalk.hub.network.models import Service

    return Service.objects.get(name=name)


def test_a_provider_says_its_capacity_and_it_is_journaled(hub: Any) -> None:
    from crosswalk.hub.journal.models import Entry
    from crosswalk.hub.network.models import Statement

    supervisor = hub.visitor("supervisor", "Crossroads Housing Partnership")
    one = of("Keeping Your Home")
    page = supervisor.get("/network/capacity/").content.decode()
    assert "Keeping Your Home" in page
    assert "Lantern Street ECM" not in page, "only one's own"
    said = supervisor.post(
        f"/network/services/{one.pk}/capacity/", {"free": "3", "waiting": "", "places": ""}
    )
    assert said.status_code == 302
    newest = Statement.objects.filter(service=one).order_by("-at").first()
    assert (newest.free, newest.waiting, newest.way) == (3, None, "page")
    assert newest.said_by == supervisor.worker.name
    assert Statement.objects.filter(service=one).count() == 2, "what was said before stays"
    entry = Entry.objects.filter(verb="state capacity").order_by("-seq").first()
    assert entry.subject == f"service:{one.pk}"
    assert entry.after["free"] == 3


@pytest.mark.parametrize("typed", ["", "-1", "many", "1e9", "<script>"])
def test_what_is_no_number_of_places_is_refused_and_nothing_is_kept(hub: Any, typed: str) -> None:
    from crosswalk.hub.network.models import Statement

    supervisor = hub.visitor("supervisor", "Crossroads Housing Partnership")
    one = of("Keeping Your Home")
    answer = supervisor.post(f"/network/services/{one.pk}/capacity/", {"free": typed})
    assert answer.status_code == 422
    assert "<script>alert" not in answer.content.decode()
    assert 'id="id_free"' in answer.content.decode(), "the summary leads to the field"
    assert Statement.objects.filter(service=one).count() == 1


def test_more_places_left_than_there_are_is_refused(hub: Any) -> None:
    supervisor = hub.visitor("supervisor", "Crossroads Housing Partnership")
    one = of("Keeping Your Home")
    answer = supervisor.post(f"/network/services/{one.pk}/capacity/", {"free": "9", "places": "8"})
    assert answer.status_code == 422
    assert "More places are left than there are." in answer.content.decode()


def test_nobody_speaks_for_another_provider_but_the_keeper_of_the_directory(hub: Any) -> None:
    from crosswalk.hub.network.models import Statement

    one = of("Lantern Street ECM")
    place = f"/network/services/{one.pk}/capacity/"
    assert (
        hub.visitor("supervisor", "Crossroads Housing Partnership").post(place, {"free": "1"}).status_code
        == 404
    )
    assert hub.visitor("coordinator", "plan:").post(place, {"free": "1"}).status_code == 404
    heard = hub.visitor("coordinator").post(place, {"free": "1", "said_by": "The desk at Lantern"})
    assert heard.status_code == 302
    newest = Statement.objects.filter(service=one).order_by("-at").first()
    assert (newest.way, newest.said_by, newest.organization_id) == (
        "phone", "The desk at Lantern", one.organization_id,
    )  # fmt: skip


def test_a_statement_cannot_be_rewritten(hub: Any) -> None:
    from django.db import transaction
    from django.db.utils import ProgrammingError

    from crosswalk.hub.network.models import Statement

    with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
        Statement.objects.update(free=99)


def contract(hub: Any, **said: str) -> Any:
    """What the page answers when a keeper writes a contract of Crossroads down."""
    one = of("Keeping Your Home")
    typed = {
        "plan": "valley_oak", "program": "cs.htss", "county": "54", "starts": "2026-01-01", "ends": "",
        "credential": "credentialed", "source": "letter",
    }  # fmt: skip
    place = f"/network/organizations/{one.organization_id}/contracts/"
    return hub.visitor("coordinator").post(place, {**typed, **said})


def test_a_contract_is_kept_and_one_that_ends_before_it_begins_is_not(hub: Any) -> None:
    answer = contract(hub, starts="2026-03-01", ends="2026-02-01")
    assert answer.status_code == 422
    assert "The contract ends before it begins." in answer.content.decode()
    assert 'value="2026-02-01"' in answer.content.decode(), "what was typed stays"
    assert contract(hub, ends="2026-06-01").status_code == 302
    again = contract(hub, starts="2026-05-01")
    assert again.status_code == 422
    assert "in force on these days already" in again.content.decode()
    assert contract(hub, starts="2026-06-01").status_code == 302


def test_a_contract_ends_and_its_credential_changes(hub: Any) -> None:
    from crosswalk.hub.network.models import Contract

    assert contract(hub, ends="2026-06-01").status_code == 302
    assert contract(hub, starts="2026-06-01").status_code == 302
    first, second = Contract.objects.filter(plan="valley_oak", program="cs.htss").order_by("-starts")[:2][
        ::-1
    ]
    keeper, place = hub.visitor("coordinator"), f"/network/contracts/{first.pk}/"
    assert keeper.get(place).status_code == 200
    typed = {"ends": "2026-07-01", "credential": "in_progress", "credential_until": "", "source": ""}
    met = keeper.post(place, typed)
    assert met.status_code == 422
    assert "The next contract begins on" in met.content.decode()
    assert "ends before it begins" in keeper.post(place, {**typed, "ends": "2025-01-01"}).content.decode()
    assert keeper.post(place, {**typed, "ends": "2026-05-01"}).status_code == 302
    changed = Contract.objects.get(pk=first.pk)
    assert (changed.ends, changed.credential, changed.source) == (date(2026, 5, 1), "in_progress", "letter")
    there = {"ends": "", "credential": "credentialed", "credential_until": "2027-01-01", "source": "roster"}
    assert keeper.post(f"/network/contracts/{second.pk}/", there).status_code == 302
    nobody = hub.visitor("community_health_worker", "Valley Lantern Outreach")
    assert nobody.get(place).status_code == 404
    assert nobody.post(place, typed).status_code == 404


def test_an_hmis_licence_is_kept_changed_and_ended(hub: Any) -> None:
    from crosswalk.hub.network.models import Licence

    one, keeper = of("Keeping Your Home"), hub.visitor("coordinator")
    place = f"/network/organizations/{one.organization_id}/licences/"
    typed = {"holder": "Invented Worker", "payer": "The CoC", "trained": "", "starts": "2026-01-15"}
    assert keeper.post(place, typed).status_code == 302
    assert keeper.post(place, {**typed, "trained": "2090-01-01"}).status_code == 422
    assert keeper.post(place, {**typed, "trained": "2026-02-01"}).status_code == 302
    kept = Licence.objects.get(holder="Invented Worker")
    assert (kept.payer, kept.trained) == ("The CoC", date(2026, 2, 1)), "the same licence, not a second one"
    page = f"/network/organizations/{one.organization_id}/"
    assert "Invented Worker" in keeper.get(page).content.decode()
    nobody = hub.visitor("community_health_worker", "Valley Lantern Outreach")
    assert nobody.post(place, typed).status_code == 404
    assert nobody.post(f"/network/licences/{kept.pk}/end").status_code == 404
    assert keeper.post(f"/network/licences/{kept.pk}/end").status_code == 302
    assert "Invented Worker" not in keeper.get(page).content.decode()
    kept.refresh_from_db()
    assert kept.ends is not None
    today = {**typed, "starts": kept.ends.isoformat()}
    assert keeper.post(place, today).status_code == 302
    mistaken = Licence.objects.filter(holder="Invented Worker").latest("pk")
    assert keeper.post(f"/network/licences/{mistaken.pk}/end").status_code == 302
    assert not Licence.objects.filter(pk=mistaken.pk).exists(), "one that began only today was never there"


def test_an_organization_leaves_only_when_nobody_is_left_behind(hub: Any, monkeypatch: Any) -> None:
    from crosswalk.hub.access.itself import Hub
    from crosswalk.hub.network import leaving
    from crosswalk.hub.network.queries import receivers

    one = of("Keeping Your Home")
    place = f"/network/organizations/{one.organization_id}/leave/"
    coordinator = hub.visitor("coordinator")
    monkeypatch.setattr(leaving, "ask", [lambda *_: ["2 people have an open referral there."]])
    answer = coordinator.post(place, {"why": "closes"})
    assert answer.status_code == 422
    assert "2 people have an open referral there." in answer.content.decode()
    monkeypatch.setattr(leaving, "ask", [])
    assert coordinator.post(place, {"why": "closes"}).status_code == 302
    today = {one.name for one in receivers(viewer=Hub(), program="cs.htss", on=DAY)}
    assert today == set()
    assert receivers(viewer=Hub(), program="cs.htss", on=date(2026, 11, 1)), "what was, stays"
    assert coordinator.post(place, {"why": "again"}).status_code == 404


def test_the_map_of_any_day_and_what_changed(hub: Any) -> None:
    coordinator = hub.visitor("coordinator")
    page = coordinator.get("/network/changes/?since=2026-01-15&on=2026-11-22").content.decode()
    assert "9 new services since 15 Jan 2026" in page
    assert "Bridge Rent" in page
    assert (
        "Nothing changed"
        in coordinator.get("/network/changes/?since=2026-01-02&on=2026-01-03").content.decode()
    )
    then = coordinator.get("/network/?on=2026-01-15").content.decode()
    assert "20 services" in then
    assert coordinator.get("/network/?on=soon").status_code == 422
    matrix = coordinator.get("/network/matrix/").content.decode()
    assert "nobody in the whole county" in matrix
    assert coordinator.get("/network/counties/99/").status_code == 404
    sheet = coordinator.get("/network/counties/54/").content.decode()
    assert "TTY 711" in sheet
    assert "Undisclosed" not in sheet


def test_the_network_is_read_in_few_statements_whatever_its_size(hub: Any) -> None:
    from pages.test_budget import statements

    visitor = hub.visitor("coordinator")
    few = statements(visitor, "/network/?program=food")
    many = statements(visitor, "/network/")
    assert len(few) == len(many)
    assert len(many) <= 14, many


def test_a_provider_is_asked_once_when_its_word_grows_old(hub: Any) -> None:
    from django.core import mail
    from django.utils import timezone

    from crosswalk.hub.access.itself import Hub
    from crosswalk.hub.network.actions import ask_for_capacity
    from crosswalk.hub.network.models import Asked

    now, today = timezone.now(), timezone.localdate()
    first = ask_for_capacity(by=Hub(), at=now, on=today)
    asked = set(Asked.objects.values_list("service__name", flat=True))
    assert first == len(asked)
    assert {"Keeping Your Home", "Winter Night Shelter", "Open Table on Wheels"} <= asked
    assert "Housing Navigation" not in asked
    to_homes = next(one for one in mail.outbox if one.to == ["referrals@crossroads.example.org"])
    assert "- Keeping Your Home" in to_homes.body
    assert "Capacidad" in to_homes.body
    assert len(mail.outbox) == len({address for one in mail.outbox for address in one.to})
    assert ask_for_capacity(by=Hub(), at=now, on=today) == 0, "asked of late"


def test_the_caseload_that_the_files_show_is_held_against_the_places(hub: Any) -> None:
    from django.utils import timezone

    from crosswalk.hub.access.itself import Hub
    from crosswalk.hub.network.actions import record_caseloads
    from crosswalk.hub.network.models import Caseload

    assert Caseload.objects.filter(served__gt=0).exists(), "a run counts them"
    one = of("Lantern Street ECM")
    served = {(one.organization_id, "ecm"): 61}
    record_caseloads(by=Hub(), at=timezone.now(), on=timezone.localdate(), served=served)
    page = hub.visitor("coordinator").get(f"/network/services/{one.pk}/").content.decode()
    assert "61 people served, more than the 60 places" in page
