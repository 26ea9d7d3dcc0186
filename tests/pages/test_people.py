"""Finding a person by what one knows, and settling which records are whose: within the walls, and on record."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

pytestmark = pytest.mark.hub


def find(visitor: Any, text: str) -> Any:
    """The result page of a search, as a browser gets it."""
    answer = visitor.post("/search/", {"sought": text})
    assert answer.status_code == 302
    return visitor.get(answer["Location"])


def found(visitor: Any, text: str) -> list[str]:
    """The persons on the result page, in order."""
    return re.findall(
        r'<th scope="row"><a href="/people/(P[0-9A-F]+)/">', find(visitor, text).content.decode()
    )


def seen(model: str = "Person", **asked: Any) -> list[Any]:
    """Rows of a table of people, whoever may see them."""
    from crosswalk.hub.people import grouping, models

    grouping.open_everything()
    return list(getattr(models, model).objects.filter(**asked).order_by("pk"))


@pytest.fixture
def person(hub: Any) -> Any:
    """Somebody with a record in HMIS, two names and a birth date."""
    records = seen("Record", source__startswith="hmis:", born__isnull=False)
    return next(one for one in records if len(one.first_name) > 3 and len(one.last_name) > 4)


def test_a_person_is_found_by_half_a_name_and_a_year(hub: Any, person: Any) -> None:
    assert person.person_id in found(hub.visitor("coordinator"), f"{person.last_name[:4]} {person.born.year}")


@pytest.mark.parametrize(
    "shape",
    [
        "{first} {last}",
        "{last}, {first}",
        "{last} {first} {born:%Y}",
        "{first} {last} {born:%m/%d/%Y}",
        "{first} {typo} {born:%m/%Y}",
        "{upper} {born:%Y-%m-%d}",
        "{hmis_id}",
    ],
)
def test_whatever_one_knows_leads_to_the_person(hub: Any, person: Any, shape: str) -> None:
    last = person.last_name
    text = shape.format(
        first=person.first_name,
        last=last,
        typo=last[:-2] + last[-1] + last[-2],
        upper=f"{person.first_name} {last}".upper(),
        born=person.born,
        hmis_id=person.source_id,
    )
    assert person.person_id in found(hub.visitor("coordinator"), text)[:3]


def test_a_medi_cal_number_leads_to_the_one_person(hub: Any) -> None:
    member = seen("Record", source__startswith="plan:")[0]
    assert found(hub.visitor("coordinator"), member.source_id)[0] == member.person_id


def test_what_is_typed_is_in_no_address_and_each_person_shown_is_on_record(hub: Any, person: Any) -> None:
    from crosswalk.hub.journal.models import Entry

    visitor = hub.visitor("coordinator")
    answer = visitor.post("/search/", {"sought": f"{person.last_name} {person.born.year}"})
    assert re.fullmatch(r"/search/[0-9a-f]{16}/", answer["Location"])
    shown = found(visitor, f"{person.last_name} {person.born.year}")
    entry = Entry.objects.order_by("-seq").first()
    assert (entry.kind, entry.verb, entry.subject) == ("read", "find person", "by name, year of birth")
    assert set(entry.persons) == set(shown)
    assert person.last_name not in str(entry.said).replace(str(entry.persons), "")


def test_another_s_search_is_not_to_be_had(hub: Any, person: Any) -> None:
    answer = hub.visitor("coordinator").post("/search/", {"sought": person.last_name})
    page = hub.visitor("coordinator").get(answer["Location"]).content.decode()
    assert "no longer remembered" in page
    assert person.last_name not in page


def test_a_foreign_clinic_finds_nobody(hub: Any, person: Any) -> None:
    outsider = hub.visitor("coordinator", "nobody:")
    assert found(outsider, f"{person.first_name} {person.last_name}") == []
    assert found(outsider, person.source_id) == []


def test_a_restricted_person_is_found_only_by_those_named(hub: Any, person: Any) -> None:
    from django.utils import timezone

    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.people import actions

    named, other = hub.visitor("coordinator"), hub.visitor("coordinator")
    officer = viewer_of(hub, "privacy_officer")
    actions.restrict(
        by=officer,
        at=timezone.now(),
        person_id=person.person_id,
        workers=[named.worker.pk],
        because="in danger",
    )
    open_rows(worker_id=0, organization_id=0, role="", sees=())
    text = f"{person.first_name} {person.last_name}"
    assert person.person_id in found(named, text)
    assert person.person_id not in found(other, text)
    assert other.get(f"/people/{person.person_id}/").status_code == 404
    open_viewer(officer)
    actions.lift(by=officer, at=timezone.now(), person_id=person.person_id)
    assert person.person_id in found(other, text)


def viewer_of(hub: Any, role: str) -> Any:
    """The viewer that somebody with this role is, with rows open for them."""
    from django.test import RequestFactory

    from crosswalk.hub.access.viewer import viewer_of as read_viewer

    visitor = hub.visitor(role)
    request = RequestFactory().get("/")
    request.session, request.user = visitor.session, visitor.worker
    viewer = read_viewer(request)
    open_viewer(viewer)
    return viewer


def open_viewer(viewer: Any) -> None:
    """Open the rows that this viewer may see."""
    from crosswalk.hub.access.viewer import open_rows

    open_rows(
        worker_id=viewer.worker_id, organization_id=viewer.organization_id, role=viewer.role, sees=viewer.sees
    )


def question(visitor: Any) -> int:
    """The number of the question that stands on the review page."""
    page = visitor.get("/review/").content.decode()
    return int(re.search(r'action="/review/(\d+)/"', page)[1])  # type: ignore[index]


def test_same_makes_one_person_to_whom_the_old_id_leads_and_undo_makes_two_again(hub: Any) -> None:
    from crosswalk.hub.journal.models import Entry

    visitor = hub.visitor("hmis_administrator")
    asked = question(visitor)
    link = seen("Link", pk=asked)[0]
    before = {link.left_person_id, link.right_person_id}
    records = {one.pk: one.person_id for one in seen("Record", person_id__in=before)}
    assert len(before) == 2
    assert visitor.post(f"/review/{asked}/", {"said": "same"}).status_code == 302
    kept = {one.person_id for one in seen("Record", pk__in=records)}
    assert len(kept) == 1
    (now,), (gone,) = kept, before - kept
    assert not seen(pk=gone)
    assert seen(pk=now)[0].known_to == sorted(
        {org for one in seen("Record", pk__in=records) for org in one.holders}
    )
    answer = visitor.get(f"/people/{gone}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/people/{now}/")
    entry = Entry.objects.filter(kind="act").order_by("-seq").first()
    assert (entry.verb, set(entry.persons), entry.after["persons"]) == ("say same", before, [now])
    assert visitor.post("/review/undo/").status_code == 302
    assert {one.pk: one.person_id for one in seen("Record", pk__in=records)} == records
    assert visitor.get(f"/people/{gone}/").status_code == 200
    assert question(visitor) == asked


def test_the_access_list_of_a_person_tells_also_who_looked_under_the_old_id(hub: Any) -> None:
    visitor, officer = hub.visitor("hmis_administrator"), hub.visitor("privacy_officer")
    coordinator = hub.visitor("coordinator", worker=hub.worker("coordinator", name="Watchful Wren"))
    asked = question(visitor)
    link = seen("Link", pk=asked)[0]
    for one in (link.left_person_id, link.right_person_id):
        assert coordinator.get(f"/people/{one}/").status_code == 200
    visitor.post(f"/review/{asked}/", {"said": "same"})
    now = seen("Record", source=link.left_source, source_id=link.left_id)[0].person_id
    page = officer.get(f"/people/{now}/looks/").content.decode()
    assert page.count("Watchful Wren") == 2


def test_different_takes_the_question_away_and_links_nothing(hub: Any) -> None:
    visitor = hub.visitor("coordinator")
    asked = question(visitor)
    link = seen("Link", pk=asked)[0]
    assert visitor.post(f"/review/{asked}/", {"said": "different"}).status_code == 302
    assert visitor.post(f"/review/{asked}/", {"said": "different"}).status_code == 404
    assert f'action="/review/{asked}/"' not in visitor.get("/review/").content.decode()
    again = seen("Link", pk=asked)[0]
    assert (again.left_person_id, again.right_person_id) == (link.left_person_id, link.right_person_id)


def test_later_asks_it_after_all_others(hub: Any) -> None:
    visitor = hub.visitor("coordinator")
    asked = question(visitor)
    assert visitor.post(f"/review/{asked}/", {"said": "later"}).status_code == 302
    assert question(visitor) != asked


def test_answers_reach_the_store_once_and_the_next_run_holds_to_them(
    hub: Any, tmp_path: Any, monkeypatch: Any
) -> None:
    from django.conf import settings

    from crosswalk.core.linkage import judgements
    from crosswalk.hub.people.storing import store_judgements

    monkeypatch.setattr(settings, "SITE", settings.SITE.model_copy(update={"data": tmp_path}))
    visitor = hub.visitor("coordinator")
    asked = question(visitor)
    link = seen("Link", pk=asked)[0]
    visitor.post(f"/review/{asked}/", {"said": "different", "because": "two sisters"})
    assert store_judgements() == 1
    assert store_judgements() == 0
    (line,) = judgements.read(tmp_path / "decisions.jsonl")
    assert line.pair == tuple(sorted([(link.left_source, link.left_id), (link.right_source, link.right_id)]))
    assert (line.answer, line.because) == ("different", "two sisters")


def test_an_unlinked_record_gets_a_page_of_its_own_with_what_is_its_own(hub: Any) -> None:
    visitor = hub.visitor("coordinator")
    linked = next(one for one in seen("Link", decision="same") if one.right_source.startswith("plan:"))
    record = seen("Record", source=linked.right_source, source_id=linked.right_id)[0]
    moments = {one.pk for one in seen("Moment", source=record.source, source_id=record.source_id)}
    page = visitor.get(f"/records/{record.pk}/un-link/").content.decode()
    assert "Why they were linked" in page
    refused = visitor.post(f"/records/{record.pk}/un-link/", {"because": " "})
    assert refused.status_code == 422
    assert visitor.post(f"/records/{record.pk}/un-link/", {"because": "She told me."}).status_code == 302
    apart = seen("Record", pk=record.pk)[0]
    other = seen("Record", source=linked.left_source, source_id=linked.left_id)[0]
    assert apart.person_id != other.person_id
    assert {one.pk for one in seen("Moment", person_id=apart.person_id)} == moments
    assert seen(pk=apart.person_id)[0].known_to == apart.holders
    assert visitor.get(f"/people/{apart.person_id}/").status_code == 200
    assert visitor.post("/review/undo/").status_code == 302
    assert seen("Record", pk=record.pk)[0].person_id == record.person_id


def test_a_run_that_did_not_know_an_answer_does_not_undo_it(hub: Any) -> None:
    from django.conf import settings
    from django.utils import timezone

    from crosswalk.cli.store import Store
    from crosswalk.hub.runs.bring import bring

    visitor = hub.visitor("coordinator")
    asked = question(visitor)
    link = seen("Link", pk=asked)[0]
    visitor.post(f"/review/{asked}/", {"said": "same"})
    now = seen("Record", source=link.left_source, source_id=link.left_id)[0].person_id
    gone = ({link.left_person_id, link.right_person_id} - {now}).pop()
    bring(Store(settings.SITE.data), at=timezone.now())
    records = [
        seen("Record", source=source, source_id=record)[0].person_id
        for source, record in ((link.left_source, link.left_id), (link.right_source, link.right_id))
    ]
    assert records == [now, now]
    assert visitor.get(f"/people/{gone}/").status_code == 302


def test_searching_takes_at_most_eight_statements(hub: Any, person: Any) -> None:
    from pages.test_budget import statements

    visitor = hub.visitor("coordinator")
    place = visitor.post("/search/", {"sought": f"{person.last_name} {person.born.year}"})["Location"]
    heard = statements(visitor, place)
    assert len(heard) <= 8, heard


def kept(person_id: str, number: int, **known: Any) -> Any:
    """A card of somebody, kept under the keys of what is known; `source_id` counts."""
    from crosswalk.core.linkage.lookup import GROUPS
    from crosswalk.hub.people import models, search

    card = search.cleaned({"first": "Zora", "last": "Quimby", **known}, date(2026, 11, 1))
    fields = {one.attname for one in models.Card._meta.fields}
    shown = {name: card[name] for name in card if name in fields} | {"source_id": f"TEST{number}"}
    keys = search.lookup(1).kept_under(card | shown, *GROUPS)
    walls = seen(pk=person_id)[0]
    return models.Card.objects.create(
        **shown,
        source="hmis:TEST",
        person_id=person_id,
        keys=keys,
        known_to=walls.known_to,
        named=walls.named,
    )


def looked_up(**typed: Any) -> set[str]:
    """The ids of the cards that a whole name and birth date bring."""
    from crosswalk.hub.people import search

    asked = search.cleaned({"first": "Zora", "last": "Quimby", **typed}, date(2026, 11, 1))
    return {card["source_id"] for card in search.look_up([asked], partial=False)[0]}


def test_a_name_that_many_have_brings_those_born_nearest_and_those_born_nobody_knows_when(
    hub: Any, person: Any
) -> None:
    from crosswalk.hub.people import search

    for number in range(search.MOST_NAMED + 10):
        kept(person.person_id, number, dob=date(1970 - number // 2, 1 + number % 2, 17))
    kept(person.person_id, 999)
    found = looked_up(dob=date(1980, 5, 5))
    assert len(found) == search.MOST_NAMED
    assert {"TEST0", "TEST1", "TEST999"} <= found
    assert f"TEST{search.MOST_NAMED + 9}" not in found


def test_who_is_surely_meant_ends_the_search_and_a_likeness_does_not(hub: Any, person: Any) -> None:
    kept(person.person_id, 1, dob=date(1961, 2, 17))
    kept(person.person_id, 2, first="Zorana", last="Quist", dob=date(1980, 5, 5))
    assert looked_up(dob=date(1980, 5, 5)) == {"TEST1", "TEST2"}
    kept(person.person_id, 3, dob=date(1980, 5, 5))
    assert looked_up(dob=date(1980, 5, 5)) == {"TEST2", "TEST3"}


def test_a_line_names_every_file_that_knows_the_person_also_under_another_name(hub: Any, person: Any) -> None:
    def files() -> int:
        """How many HMIS files the line of the person names."""
        text = f"{person.first_name} {person.last_name} {person.born:%m/%d/%Y}"
        page = find(hub.visitor("coordinator"), text).content.decode()
        line = re.search(rf'<tr><th scope="row"><a href="/people/{person.person_id}/">.*?</tr>', page, re.S)
        assert line is not None
        return line[0].count("HMIS")

    before = files()
    kept(person.person_id, 1, dob=date(1961, 2, 17))
    assert files() == before + 1


def test_the_look_up_in_the_database_decides_as_the_run_did(hub: Any) -> None:
    from command_line import ask
    from crosswalk.hub.people import grouping, search

    said = {
        (left, right): decision
        for left, right, decision in ask(
            "SELECT left_id, right_id, decision FROM links"
            " WHERE starts_with(left_source, 'hmis:') AND starts_with(right_source, 'plan:')",
            links=hub.data / "latest" / "links.parquet",
        )
    }
    grouping.open_everything()
    mine = {}
    for card in seen("Card", source__startswith="hmis:"):
        asked = {name: getattr(card, name) for name in search._COLUMNS}
        asked["nick"] = search.cleaner().nicknames(card.first)
        cards, members = search.look_up([asked], partial=False)
        plans = [one for one in cards if one["source"].startswith("plan:")]
        for one in search.lookup(members).weigh(asked, plans):
            mine[card.source_id, one.card["source_id"]] = one.decision
    same, asked_for = (
        {pair for pair, decision in said.items() if decision == word} for word in ("same", "ask")
    )
    assert same <= {pair for pair, decision in mine.items() if decision == "same"}
    assert asked_for <= {pair for pair, decision in mine.items() if decision in ("ask", "same")}
    assert not {pair for pair, decision in mine.items() if decision == "same"} - same - asked_for
    assert len(same) > 40


def test_whom_a_run_joins_with_a_restricted_person_stays_hidden_and_her_referral_follows(
    hub: Any, tmp_path: Any
) -> None:
    import shutil

    from django.utils import timezone

    from command_line import quickly
    from crosswalk.cli.store import Store
    from crosswalk.core.linkage import judgements
    from crosswalk.hub.people import actions
    from crosswalk.hub.people.grouping import open_everything
    from crosswalk.hub.people.models import Alias, Person, Restriction
    from crosswalk.hub.referrals.models import Referral
    from crosswalk.hub.runs.bring import bring

    link = seen("Link", pk=question(hub.visitor("coordinator")))[0]
    pair = [link.left_person_id, link.right_person_id]
    data = tmp_path / "data"
    shutil.copytree(hub.data, data, symlinks=True, ignore=shutil.ignore_patterns("hub", "*.log"))
    sides = (link.left_source, link.left_id, link.right_source, link.right_id)
    said = judgements.Judgement(*sides, "same", "Invented", "met both", "2026-11-22T10:00:00+00:00")
    judgements.add(data / "decisions.jsonl", said)
    for command in ("link", "find"):
        done = quickly(command, "--on", "2026-11-22", "--data", data, "--json")
        assert done.code == 0, done.err
    told = Store(data).latest / "persons.parquet"
    now = person_in(told, link.left_source, link.left_id)
    assert now == person_in(told, link.right_source, link.right_id)
    (gone,) = {*pair} - {now}

    open_everything()
    officer = viewer_of(hub, "privacy_officer")
    actions.restrict(by=officer, at=timezone.now(), person_id=gone, workers=[], because="in danger")
    open_everything()
    made = Referral.objects.create(
        person_id=gone, service="food", state="offered", authorization="none", turn="receiver", mark=1,
        at=timezone.now(), since=timezone.now(), known_to=Person.objects.get(pk=gone).known_to,
        sender_id=officer.organization_id, parties=[officer.organization_id],
    )  # fmt: skip
    bring(Store(data), at=timezone.now())

    open_everything()
    assert Alias.objects.get(old=gone).new == now
    joined = Person.objects.get(pk=now)
    assert joined.named == [0, officer.worker_id]
    assert Restriction.objects.get().person_id == now
    followed = Referral.objects.get(pk=made.pk)
    assert (followed.person_id, followed.named) == (now, joined.named)
    assert hub.visitor("coordinator").get(f"/people/{now}/").status_code == 404


def person_in(persons: Any, source: str, record: str) -> str:
    from crosswalk.core.engine import DuckEngine

    with DuckEngine(threads=1) as engine:
        engine.register("persons", persons)
        text = "SELECT person_id FROM persons WHERE source = :source AND source_id = :record"
        ((person,),) = engine.fetch(text, {"source": source, "record": record})
    return str(person)


def test_a_restriction_goes_to_whoever_the_person_turns_out_to_be(hub: Any) -> None:
    from crosswalk.hub.people.moves import carried, narrower

    assert narrower(None, [0, 4]) == [0, 4]
    assert narrower([0, 4, 5], [0, 5, 6]) == [0, 5]
    assert narrower([0, 4], [0, 5]) == [0, 4, 5], "somebody must be able to lift it"
    assert carried({"A": [0, 4]}, [("A", "B"), ("B", "C")]) == {"A": [0, 4], "B": [0, 4], "C": [0, 4]}
