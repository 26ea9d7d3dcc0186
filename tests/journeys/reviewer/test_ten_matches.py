"""The reviewer settles ten uncertain matches by keyboard, takes one answer back, and her answers reach the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from browser import PHONE, WIDE, barriers, browser, overflows

pytestmark = [pytest.mark.hub, pytest.mark.browser, pytest.mark.usefixtures("ten")]


def sign_in(page: Any, live: str, name: str) -> None:
    page.goto(f"{live}/sign-in/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


@pytest.fixture
def ten(hub_site: Any) -> Iterator[list[int]]:
    """Ten open questions: those of the run, and pairs of namesakes weighed by the same model until there are ten."""
    from django.db import transaction

    from crosswalk.hub.people import grouping, search
    from crosswalk.hub.people.models import Card, Judgement, Link, Person

    with transaction.atomic():
        grouping.open_everything()
        made = []
        clients = list(Card.objects.filter(source__startswith="hmis:").order_by("pk"))
        for one in clients:
            members = Card.objects.filter(source__startswith="plan:", first=one.first).exclude(
                person=one.person
            )
            other = members.order_by("pk").first()
            if other is None or len(made) >= 10:
                continue
            left, right = ({name: getattr(card, name) for name in search._COLUMNS} for card in (one, other))
            left["nick"] = right["nick"] = search.cleaner().nicknames(one.first)
            (weighed,) = search.lookup(400).weigh(left, [right], least=-1e9)
            persons = [Person.objects.get(pk=card.person_id) for card in (one, other)]
            made.append(
                Link.objects.create(
                    left_source=one.source, left_id=one.source_id, right_source=other.source, right_id=other.source_id,
                    left_person=persons[0], right_person=persons[1], probability=weighed.probability, decision="ask",
                    decided_by="model", evidence=list(weighed.evidence), known_to=persons[0].known_to,
                    known_to_too=persons[1].known_to,
                ).pk
            )  # fmt: skip
    yield made
    with transaction.atomic():
        grouping.open_everything()
        pairs = [grouping.pair_of(one) for one in Link.objects.exclude(answered="")]
        Judgement.objects.all().delete()
        Link.objects.exclude(answered="").update(answered="")
        from django.utils import timezone

        for pair in pairs:
            grouping.regroup([pair], at=timezone.now())
        Link.objects.filter(pk__in=made).delete()
        Link.objects.exclude(later=None).update(later=None)
        (hub_site.data / "decisions.jsonl").unlink(missing_ok=True)


def waiting(page: Any) -> int:
    """How many questions the page says wait."""
    return int(page.locator("h1 .quiet").inner_text().split()[0])


def pressed(page: Any, key: str) -> None:
    """Press a key and wait until the next question is there."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_she_settles_ten_by_keyboard_with_one_undo(live: str, hub_site: Any) -> None:
    from crosswalk.core.linkage import judgements

    with browser() as page:
        # given a queue in the rail with its count
        sign_in(page, live, "Derek Sandoval")
        page.locator(".rail").get_by_role("link", name="Same person?").click()
        before = waiting(page)
        assert before >= 10
        assert barriers(page) == []
        # when she answers with single keys, ten times, and takes the fourth back at once
        for number, key in enumerate("dddsdddddd", 1):
            pressed(page, key)
            if number == 4:
                assert "Your last answer: same person." in page.locator("main").inner_text()
                assert waiting(page) == before - 4
                pressed(page, "u")
                assert "taken back" in page.locator("main").inner_text()
                assert waiting(page) == before - 3
                pressed(page, "d")
        # then ten questions are settled, and the page says so
        left = before - 10
        assert (waiting(page) if left else 0) == left
        if not left:
            assert "No question waits" in page.locator("h1").inner_text()
        assert barriers(page) == []
        # and every answer is in the store, the one taken back with its withdrawal
        lines = judgements.read(hub_site.data / "decisions.jsonl")
        assert len(judgements.standing(lines)) == 10
        assert {one.answer for one in judgements.standing(lines)} == {"different"}
        assert [one.answer for one in lines][3:6] == ["same", "undo", "different"]
        assert {one.by for one in lines} == {"Derek Sandoval"}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["en-US", "es-MX"])
def test_her_pages_are_free_of_barriers(live: str, size: tuple[int, int], language: str) -> None:
    with browser(size=size, language=language) as page:
        sign_in(page, live, "Derek Sandoval")
        for place in ("/review/", "/review/conflicts/", "/search/"):
            page.goto(f"{live}{place}")
            assert barriers(page) == [], place
            assert not overflows(page), place


def test_without_scripts_and_with_single_keys_switched_off(live: str) -> None:
    with browser(scripts=False) as page:
        sign_in(page, live, "Derek Sandoval")
        page.goto(f"{live}/review/")
        before = waiting(page)
        page.get_by_role("button", name="Different people").click()
        assert waiting(page) == before - 1
        page.get_by_role("button", name="Take it back").click()
        assert waiting(page) == before
    with browser() as page:
        sign_in(page, live, "Derek Sandoval")
        page.goto(f"{live}/review/")
        page.get_by_role("button", name="Answer with single keys").click()
        page.keyboard.press("d")
        page.wait_for_timeout(300)
        assert waiting(page) == before
