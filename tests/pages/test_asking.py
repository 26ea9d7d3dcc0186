"""The public form: kept for the desk, tells nothing, escapes everything, and is not for robots."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.hub

SCRIPT = "<script>alert(1)</script>"
SAID = {
    "who": "family", "needs": ["food"], "words": "He is cold.", "name": "Tomás Ejemplo", "born": "1999",
    "reach": "559 555 0100", "place": "Mill Slough", "asker": "Ana Ejemplo", "asker_reach": "559 555 0101",
    "agreed": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def nobody_counted() -> Iterator[None]:
    from django.core.cache import cache

    yield
    cache.clear()


def stranger() -> Any:
    from django.test import Client

    return Client()


def kept() -> list[Any]:
    from crosswalk.hub.people.grouping import open_everything
    from crosswalk.hub.referrals.models import Request

    open_everything()
    return list(Request.objects.order_by("id"))


def test_what_a_mother_writes_waits_at_the_desk_and_leads_to_a_referral(hub: Any) -> None:
    person = hub.person()
    answer = stranger().post("/ask/", {**SAID, "step": "5"})
    assert answer.status_code == 200
    assert "Thank you" in answer.content.decode()
    (one,) = kept()
    assert (one.name, one.needs, one.state) == ("Tomás Ejemplo", ["food"], "open")
    desk = hub.visitor("coordinator")
    assert f"/requests/{one.pk}/" in desk.get("/requests/").content.decode()
    page = desk.get(f"/requests/{one.pk}/").content.decode()
    assert "He is cold." in page
    taken = desk.post(f"/requests/{one.pk}/", {"person": person})
    assert taken["Location"] == f"/people/{person}/refer/"
    assert desk.post(f"/requests/{one.pk}/", {"person": person}).status_code == 404
    assert kept()[0].state == "taken"


def test_each_page_asks_one_thing_and_who_asks_for_herself_is_not_asked_who_asks(hub: Any) -> None:
    visitor = stranger()
    page = visitor.post("/ask/", {"step": "0", "who": "self"}).content.decode()
    assert "Question 2 of 6" in page
    empty = visitor.post("/ask/", {"step": "1", "who": "self"})
    assert empty.status_code == 422
    assert "Choose at least one." in empty.content.decode()
    last = visitor.post("/ask/", {"step": "3", "who": "self", "needs": "food", "name": "A", "place": "B"})
    assert "Question 6 of 6" in last.content.decode()
    back = visitor.post("/ask/", {"step": "5", "who": "self", "needs": "food", "name": "A", "go": "back"})
    assert "Question 4 of 6" in back.content.decode()


def test_script_in_every_field_is_only_text(hub: Any) -> None:
    said = {key: SCRIPT if isinstance(value, str) else value for key, value in SAID.items()} | {
        "who": "friend",
        "agreed": "on",
    }
    assert SCRIPT not in stranger().post("/ask/", {**said, "step": "4"}).content.decode()
    assert stranger().post("/ask/", {**said, "step": "5"}).status_code == 200
    desk, (one,) = hub.visitor("coordinator"), kept()
    for place in ("/requests/", f"/requests/{one.pk}/"):
        page = desk.get(place)
        assert page.status_code == 200
        assert SCRIPT not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()


def test_a_robot_is_thanked_and_nothing_is_kept(hub: Any) -> None:
    answer = stranger().post("/ask/", {**SAID, "step": "5", "website": "http://example.org"})
    assert answer.status_code == 200
    assert kept() == []


def test_too_many_forms_from_one_place_are_refused_and_what_was_typed_stays(hub: Any) -> None:
    from crosswalk.hub.referrals.asking import FROM_ONE

    visitor = stranger()
    for _ in range(FROM_ONE):
        assert visitor.post("/ask/", {**SAID, "step": "5"}).status_code == 200
    last = visitor.post("/ask/", {**SAID, "step": "5"})
    assert last.status_code == 429
    assert "Too many forms came" in last.content.decode()
    assert "He is cold." in last.content.decode()
    assert len(kept()) == FROM_ONE


def test_who_makes_up_where_a_form_came_from_is_counted_all_the_same(hub: Any) -> None:
    from crosswalk.hub.referrals.asking import FROM_ONE

    visitor = stranger()
    answers = [
        visitor.post("/ask/", {**SAID, "step": "5"}, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 198.51.100.7")
        for n in range(FROM_ONE + 1)
    ]
    assert [one.status_code for one in answers] == [200] * FROM_ONE + [429]
    far = [
        visitor.post(
            "/ask/", {**SAID, "step": "5"}, REMOTE_ADDR="198.51.100.8", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}"
        )
        for n in range(FROM_ONE + 1)
    ]
    assert far[-1].status_code == 429, "no proxy of this machine wrote that line"


def test_it_says_the_same_of_somebody_known_and_of_nobody(hub: Any) -> None:
    from crosswalk.hub.people.grouping import open_everything
    from crosswalk.hub.people.models import Person

    open_everything()
    known = Person.objects.get(pk=hub.person()).name
    answers = [
        stranger().post("/ask/", {**SAID, "name": name, "step": "5"}) for name in (known, "Nobody Atall")
    ]
    shown = {answer.content.decode().replace(answer.cookies["csrf"].value, "") if "csrf" in answer.cookies else
             answer.content.decode() for answer in answers}  # fmt: skip
    assert len(shown) == 1
    assert known not in shown.pop()


def test_the_short_form_comes_to_the_desk_too(hub: Any) -> None:
    said = {**SAID, "who": "hospital", "asker": "Nurse on ward 3"}
    assert stranger().post("/ask/short/", said).status_code == 200
    assert kept()[0].form == "short"
    lacking = stranger().post("/ask/short/", {**said, "name": ""})
    assert lacking.status_code == 422
    assert "ward 3" in lacking.content.decode()


def test_a_request_that_leads_nowhere_is_closed_with_a_reason(hub: Any) -> None:
    stranger().post("/ask/", {**SAID, "step": "5"})
    desk, (one,) = hub.visitor("coordinator"), kept()
    assert desk.post(f"/requests/{one.pk}/", {"why": ""}).status_code == 422
    assert desk.post(f"/requests/{one.pk}/", {"why": "Found a bed already"}).status_code == 302
    assert kept()[0].state == "closed"


def test_another_organization_does_not_see_it(hub: Any) -> None:
    stranger().post("/ask/", {**SAID, "step": "5"})
    (one,) = kept()
    other = hub.visitor("coordinator", "nobody:")
    assert other.get(f"/requests/{one.pk}/").status_code == 404
    assert "Ejemplo" not in other.get("/requests/").content.decode()
