"""Notices as letters: printed for one person in plain words, mailed or handed over, owed again when they come back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pages.test_budget import statements
from pages.test_numbers import everything, story, words  # noqa: F401

pytestmark = pytest.mark.hub


def owed(about: str, language: str = "") -> Any:
    """The newest notice that is still owed to a person, of one kind; with `language` to somebody who speaks it."""
    from crosswalk.hub.people.models import Person

    rows = everything("notice").filter(to="member", given_at=None, about=about)
    if language:
        rows = rows.filter(
            person_id__in=list(Person.objects.filter(language=language).values_list("pk", flat=True))
        )
    found = rows.select_related("referral").order_by("-id").first()
    if found is None:  # the lot gave none: one that was given is owed again
        rows = everything("notice").filter(to="member", about=about)
        found = rows.select_related("referral").order_by("-id").first()
        everything("notice").filter(pk=found.pk).update(given_at=None)
    return found


def nobody() -> None:
    from crosswalk.hub.access.viewer import open_rows

    open_rows(worker_id=0, organization_id=0, role="", sees=())


def in_language(one: Any, language: str) -> None:
    from crosswalk.hub.people.models import Person

    Person.objects.filter(pk=one.person_id).update(language=language)


def state(one: Any) -> tuple[bool, bool, bool]:
    """Whether it was printed, given, and came back."""
    now = everything("notice").get(pk=one.pk)
    return now.printed_at is not None, now.given_at is not None, now.returned_at is not None


def letters(desk: Any, one: Any) -> str:
    answer = desk.post("/referrals/notices/owed/chosen", {"do": "print", "notice": str(one.pk)})
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == f"/referrals/notices/letters/?of={one.pk}"
    return str(desk.get(answer["Location"]).content.decode())


def test_a_letter_is_printed_mailed_comes_back_and_is_handed_over(story: Any) -> None:  # noqa: F811
    desk, one = story.visitor("coordinator"), owed("assigned")
    nobody()
    assert f'value="{one.pk}"' in desk.get("/referrals/notices/owed/").content.decode()
    letters(desk, one)
    assert state(one) == (True, False, False)
    nobody()
    assert f'value="{one.pk}"' in desk.get("/referrals/notices/printed/").content.decode()
    desk.post("/referrals/notices/printed/chosen", {"do": "mail", "notice": str(one.pk)})
    assert state(one) == (True, True, False)
    nobody()
    assert f"/referrals/notices/{one.pk}/came-back" in desk.get("/referrals/notices/mailed/").content.decode()
    assert desk.post(f"/referrals/notices/{one.pk}/came-back").status_code == 302
    assert state(one) == (False, False, True)
    nobody()
    assert "came back" in words(desk.get("/referrals/notices/owed/"))
    desk.post("/referrals/notices/owed/chosen", {"do": "person", "notice": str(one.pk)})
    assert state(one) == (False, True, True)
    assert everything("notice").get(pk=one.pk).way == "person"
    nobody()
    assert desk.post(f"/referrals/notices/{one.pk}/came-back").status_code == 404, "it was not mailed"


def test_each_step_and_each_letter_is_in_the_journal(story: Any) -> None:  # noqa: F811
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.journal.models import Entry

    desk, one = story.visitor("coordinator"), owed("assigned")
    nobody()
    letters(desk, one)
    desk.post("/referrals/notices/printed/chosen", {"do": "mail", "notice": str(one.pk)})
    desk.post(f"/referrals/notices/{one.pk}/came-back")
    own = desk.worker.memberships.get().organization_id
    open_rows(worker_id=desk.worker.pk, organization_id=own, role="privacy_officer", sees=(own,))
    found = Entry.objects.filter(persons__contains=[one.person_id], worker_id=desk.worker.pk).order_by("seq")
    verbs = list(found.values_list("verb", flat=True))
    assert verbs == ["print notices", "read notice", "give notice", "take notice back"]
    read = found.get(verb="read notice")
    assert "address" in read.fields
    assert "disclosure rules" in read.basis


def test_the_letter_is_in_spanish_where_that_is_the_language_whatever_the_page_speaks(story: Any) -> None:  # noqa: F811
    desk, one = story.visitor("coordinator"), owed("authorized")
    in_language(one, "Spanish")
    nobody()
    page = letters(desk, one)
    assert '<article class="letter" lang="es"' in page
    assert "dijo que sí" in page
    assert "letter to print" in page


def test_somebody_of_another_language_gets_english_and_the_desk_is_told_to_read_it_aloud(story: Any) -> None:  # noqa: F811
    desk, one = story.visitor("coordinator"), owed("authorized")
    in_language(one, "Hmong")
    nobody()
    page = letters(desk, one)
    assert "speaks Hmong" in page
    assert '<article class="letter" lang="en"' in page


def test_a_no_of_the_plan_says_that_the_plan_writes_and_does_not_imitate_its_letter(story: Any) -> None:  # noqa: F811
    desk, one = story.visitor("coordinator"), owed("not_authorized")
    in_language(one, "English")
    nobody()
    letter = _letter(letters(desk, one))
    assert "This page is not that letter" in letter
    assert "Notice of Action" not in letter
    assert "appeal" not in letter


def test_the_letter_holds_nothing_beyond_what_it_tells(story: Any) -> None:  # noqa: F811
    from crosswalk.hub.people.models import Person, Record

    desk, one = story.visitor("coordinator"), owed("assigned")
    in_language(one, "English")
    person = Person.objects.get(pk=one.person_id)
    numbers = list(Record.objects.filter(person=person).values_list("source_id", flat=True))
    everything("referral").filter(pk=one.referral_id).update(
        note="a note for the provider", population="ecm.3"
    )
    nobody()
    letter = _letter(letters(desk, one))
    assert person.name in letter
    for kept in (
        *numbers,
        person.born.isoformat() if person.born else "1900",
        "a note for the provider",
        "substance",
    ):
        assert kept not in letter


def test_another_organization_prints_nothing_and_learns_of_nothing(story: Any) -> None:  # noqa: F811
    one = owed("assigned")
    nobody()
    for other in (story.visitor("coordinator", "nobody:"), story.visitor("plan_analyst", "plan:")):
        assert other.get(f"/referrals/notices/letters/?of={one.pk}").status_code == 404
        assert (
            other.post("/referrals/notices/owed/chosen", {"do": "print", "notice": str(one.pk)}).status_code
            == 422
        )
        assert (
            other.post("/referrals/notices/owed/chosen", {"do": "mail", "notice": str(one.pk)}).status_code
            == 422
        )
        assert other.post(f"/referrals/notices/{one.pk}/came-back").status_code == 404
    assert state(one) == (False, False, False)


def test_nothing_chosen_and_nonsense_are_answered_in_words(story: Any) -> None:  # noqa: F811
    desk = story.visitor("coordinator")
    assert desk.post("/referrals/notices/owed/chosen", {"do": "print"}).status_code == 422
    assert desk.post("/referrals/notices/owed/chosen", {"do": "burn"}).status_code == 404
    assert desk.get("/referrals/notices/letters/?of=x,9999999999999999999").status_code == 404
    assert desk.get("/referrals/notices/nonsense/").status_code == 404


def test_the_list_costs_few_statements(story: Any) -> None:  # noqa: F811
    heard = statements(story.visitor("coordinator"), "/referrals/notices/owed/")
    assert len(heard) <= 8, heard


@pytest.mark.parametrize("about", ["sent", "authorized", "assigned", "not_authorized", "closed"])
def test_a_child_of_the_sixth_grade_can_read_it(story: Any, about: str) -> None:  # noqa: F811
    """By the measure of Flesch and Kincaid; names of programs, plans and places do not count as its words."""
    desk, one = story.visitor("coordinator"), owed(about)
    in_language(one, "English")
    nobody()
    text = re.search(r"<p>Hello.*?</p>(.*?)<p><b>", letters(desk, one), re.S)
    assert text
    sentences = re.findall(r"[^.?!]+[.?!]", re.sub(r"(: [^.]+)?\.", ".", re.sub(r"<[^>]+>", " ", text[1])))
    spoken = [re.findall(r"[A-Za-z’']+", one) for one in sentences]
    spoken = [one for one in spoken if one]
    many = sum(len(one) for one in spoken)
    syllables = sum(
        len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower()))) or 1 for one in spoken for word in one
    )
    assert 0.39 * many / len(spoken) + 11.8 * syllables / many - 15.59 <= 6


def _letter(page: str) -> str:
    found = re.search(r'<article class="letter".*?</article>', page, re.S)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split())
