"""Somebody whom no file holds is written down after a search, found at once, kept by runs, and linked by them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.hub

NEW = {"first_name": "Zebulon", "last_name": "Quartermain", "born": "1971-02-03", "county": "54"}


def add(visitor: Any, **said: str) -> Any:
    return visitor.post("/add-person/", {**NEW, **said})


def person_of(answer: Any) -> str:
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"].strip("/").split("/")[-1])


def searched(visitor: Any, text: str) -> str:
    return str(visitor.post("/search/", {"sought": text}, follow=True).content.decode())


def rows_open() -> None:
    from crosswalk.hub.people.grouping import open_everything

    open_everything()


def test_it_begins_with_a_search_and_what_was_typed_is_not_typed_again(hub: Any) -> None:
    desk = hub.visitor("coordinator")
    assert desk.get("/add-person/")["Location"] == "/search/"
    page = searched(desk, "Quartermain, Zebulon 1971-02-03")
    link = re.search(r'href="(/add-person/\?token=[^"]+)"', page)
    assert link is not None, page
    form = desk.get(link[1]).content.decode()
    for value in ("Zebulon", "Quartermain", "1971-02-03"):
        assert f'value="{value}"' in form


def test_whoever_is_written_down_is_found_at_once_and_has_answers(hub: Any) -> None:
    from crosswalk.hub.access.itself import everyone
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.finding.models import Finding
    from crosswalk.hub.journal.models import Entry

    desk = hub.visitor("coordinator")
    person = person_of(add(desk))
    assert f"/people/{person}/" in searched(desk, "quartermain zeb")
    page = desk.get(f"/people/{person}/")
    assert page.status_code == 200
    assert "Zebulon Quartermain" in page.content.decode()
    assert "Written down here" in page.content.decode()
    assert desk.get(f"/people/{person}/refer/").status_code == 200
    rows_open()
    assert not Finding.objects.filter(person_id=person, answer="not_met").exists()
    open_rows(worker_id=0, organization_id=0, role="privacy_officer", sees=everyone())
    assert Entry.objects.filter(verb="add person", persons=[person]).count() == 1
    why = desk.get(f"/people/{person}/why/ecm.1a/")
    assert why.status_code == 200
    assert "Cannot tell yet" in why.content.decode(), "missing data never makes a person ineligible"


def test_an_organization_that_does_not_know_them_finds_nobody(hub: Any) -> None:
    person = person_of(add(hub.visitor("coordinator")))
    other = hub.visitor("community_health_worker", "Valley Lantern Outreach")
    assert other.get(f"/people/{person}/").status_code == 404
    assert "Quartermain</a>" not in searched(other, "Quartermain")


def test_somebody_who_may_be_known_is_shown_before_they_are_written_down_twice(hub: Any) -> None:
    from crosswalk.hub.people.models import Added

    desk = hub.visitor("coordinator")
    person = person_of(add(desk))
    again = add(desk)
    assert again.status_code == 422
    assert f"/people/{person}/" in again.content.decode()
    assert 'value="Quartermain"' in again.content.decode(), "what was typed stays"
    assert person_of(add(desk, anyway="yes")) != person
    rows_open()
    assert Added.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first_name": "", "last_name": ""}, "The name is missing."),
        ({"born": "2090-01-01"}, "Nobody alive was born on that day."),
        ({"born": "1800-01-01"}, "Nobody alive was born on that day."),
        ({"born": "soon"}, "This is no day."),
        ({"cin": "12"}, "This is no Medi-Cal number."),
        ({"zip": "93"}, "Write five digits."),
    ],
)
def test_what_cannot_be_is_refused_at_its_place_and_nothing_is_kept(
    hub: Any, wrong: dict[str, str], said: str
) -> None:
    from crosswalk.hub.people.models import Added

    answer = add(hub.visitor("coordinator"), **wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    rows_open()
    assert not Added.objects.exists()


def test_script_in_a_name_is_only_text(hub: Any) -> None:
    desk = hub.visitor("coordinator")
    person = person_of(add(desk, first_name="<script>alert(1)</script>"))
    page = desk.get(f"/people/{person}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_run_that_did_not_know_of_them_takes_nothing_away(hub: Any) -> None:
    from django.conf import settings
    from django.utils import timezone

    from crosswalk.cli.store import Store
    from crosswalk.hub.runs.bring import bring

    desk = hub.visitor("coordinator")
    person = person_of(add(desk))
    bring(Store(settings.SITE.data), at=timezone.now())
    assert f"/people/{person}/" in searched(desk, "quartermain zeb")
    assert desk.get(f"/people/{person}/").status_code == 200


def run_of(hub: Any, folder: Path) -> Path:
    """The next night on a copy of the data: hand over, link, find."""
    from command_line import quickly
    from crosswalk.cli.store import Store
    from crosswalk.hub.runs.again import hand_over

    data = folder / "data"
    shutil.copytree(hub.data, data, symlinks=True, ignore=shutil.ignore_patterns("hub", "*.log"))
    rows_open()
    assert hand_over(Store(data))
    assert not hand_over(Store(data)), "the second time nothing is new"
    for command in ("link", "find"):
        done = quickly(command, "--on", "2026-11-22", "--data", data, "--json")
        assert done.code == 0, done.err
    return data


def test_the_night_keeps_them_as_they_were(hub: Any, tmp_path: Path) -> None:
    from django.utils import timezone

    from crosswalk.cli.store import Store
    from crosswalk.hub.finding.models import Finding
    from crosswalk.hub.people.models import Card, Person, Record
    from crosswalk.hub.runs.bring import bring

    desk = hub.visitor("coordinator")
    person = person_of(add(desk, phone="555 010 2233", language="Spanish"))
    rows_open()
    before = Person.objects.get(pk=person)
    card = Card.objects.filter(person_id=person).values().get()
    bring(Store(run_of(hub, tmp_path)), at=timezone.now())
    rows_open()
    after = Person.objects.get(pk=person)
    for name in ("name", "born", "language", "county", "known_to", "named"):
        assert getattr(after, name) == getattr(before, name), name
    again = Card.objects.filter(person_id=person).values().get()
    assert {name: (card[name], again[name]) for name in card if card[name] != again[name] and
            not name.startswith("share_")} == {}, "the card made here is the one that the batch makes"  # fmt: skip
    assert Record.objects.get(person_id=person).phone == "555 010 2233"
    assert not Finding.objects.filter(person_id=person, answer="not_met").exists()
    assert f"/people/{person}/" in searched(desk, "quartermain zeb")


def test_when_a_file_brings_the_same_person_the_records_come_together_and_the_referral_too(
    hub: Any, tmp_path: Path
) -> None:
    from django.utils import timezone

    from crosswalk.cli.store import Store
    from crosswalk.hub.people.models import Added, Alias, Record
    from crosswalk.hub.referrals.models import Referral
    from crosswalk.hub.runs.bring import bring

    rows_open()
    known = Record.objects.filter(source__startswith="plan:").exclude(born=None).order_by("pk")[0]
    desk = hub.visitor("coordinator")
    same = {"first_name": known.first_name, "last_name": known.last_name, "born": known.born.isoformat()}
    person = person_of(add(desk, **same, cin=known.source_id, anyway="yes"))
    sent = desk.post(f"/people/{person}/refer/food/elsewhere", {"elsewhere": "Food bank"})
    assert sent.status_code == 302, sent.content.decode()
    bring(Store(run_of(hub, tmp_path)), at=timezone.now())
    rows_open()
    now = Record.objects.get(source__startswith="hub:").person_id
    assert now == Record.objects.get(source=known.source, source_id=known.source_id).person_id
    assert now != person
    assert Alias.objects.get(old=person).new == now
    assert Added.objects.get().person_id == now
    assert Referral.objects.get(service="food", elsewhere="Food bank").person_id == now
    assert desk.get(f"/people/{person}/")["Location"] == f"/people/{now}/"


def test_an_id_that_a_run_and_the_hub_both_led_on_is_led_on_once(hub: Any, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq
    from django.utils import timezone

    from crosswalk.cli.store import Store
    from crosswalk.hub.people.models import Alias, Record
    from crosswalk.hub.runs.bring import bring

    rows_open()
    known = Record.objects.filter(source__startswith="plan:").exclude(born=None).order_by("pk")[0]
    same = {"first_name": known.first_name, "last_name": known.last_name, "born": known.born.isoformat()}
    person = person_of(add(hub.visitor("coordinator"), **same, cin=known.source_id, anyway="yes"))
    store = Store(run_of(hub, tmp_path))
    # As it is where an earlier night knew them already: linkage itself retires the id.
    path = store.latest / "aliases.parquet"
    aliases = pq.read_table(path)
    row = dict.fromkeys(aliases.schema.names, None) | {
        "old_person_id": person, "new_person_id": known.person_id, "reason": "joined by a run", "run": "the-run",
    }  # fmt: skip
    path.unlink()
    pq.write_table(pa.concat_tables([aliases, pa.Table.from_pylist([row], schema=aliases.schema)]), path)
    bring(store, at=timezone.now())
    rows_open()
    assert Alias.objects.get(old=person).new == known.person_id


def test_whoever_is_joined_in_the_review_keeps_what_was_written_down_of_them(hub: Any) -> None:
    from crosswalk.hub.people.models import Added, Link, Person, Record

    rows_open()
    known = Record.objects.filter(source__startswith="plan:").exclude(born=None).order_by("pk")[0]
    desk = hub.visitor("coordinator")
    person = person_of(add(desk, language="Hmong"))
    rows_open()
    was = Record.objects.get(person_id=person)
    asked = Link.objects.create(
        left_source=was.source, left_id=was.source_id, left_person_id=person, right_source=known.source,
        right_id=known.source_id, right_person_id=known.person_id, probability=0.6, decision="ask", decided_by="rule",
        known_to=was.known_to, known_to_too=known.known_to,
    )  # fmt: skip
    judge = hub.visitor("hmis_administrator")
    assert judge.post(f"/review/{asked.pk}/", {"said": "same"}).status_code == 302
    rows_open()
    now = Record.objects.get(pk=was.pk).person_id
    assert Added.objects.get().person_id == now, "finding again for her reads what was written down"
    assert Record.objects.get(pk=known.pk).person_id == now
    assert Person.objects.get(pk=now).name == f"{known.first_name} {known.last_name}", (
        "as the next run says it"
    )
    assert judge.post("/review/undo/").status_code == 302
    rows_open()
    assert Added.objects.get().person_id == person
    again = Person.objects.get(pk=person)
    assert (again.name, again.language) == ("Zebulon Quartermain", "Hmong")


def test_whoever_was_taken_back_does_not_come_back_with_a_run_that_knew_them(
    hub: Any, tmp_path: Path
) -> None:
    from django.utils import timezone

    from crosswalk.cli.store import Store
    from crosswalk.hub.people.models import Card, Person
    from crosswalk.hub.runs.bring import bring

    desk = hub.visitor("coordinator")
    person = person_of(add(desk))
    store = Store(run_of(hub, tmp_path))
    assert desk.post(f"/people/{person}/take-back")["Location"] == "/search/"
    bring(store, at=timezone.now())
    rows_open()
    assert not Person.objects.filter(pk=person).exists()
    assert not Card.objects.filter(person_id=person).exists()
    assert desk.get(f"/people/{person}/").status_code == 404


def test_what_a_mother_asked_for_becomes_a_person_in_one_click(hub: Any) -> None:
    from django.test import Client

    from crosswalk.hub.people.models import Added
    from crosswalk.hub.referrals.models import Request
    from pages.test_asking import SAID

    said = {**SAID, "step": "5", "name": "Zebulon Quartermain", "born": "1971-02-03"}
    assert Client().post("/ask/", said).status_code == 200
    rows_open()
    asked = Request.objects.get()
    desk = hub.visitor("coordinator")
    there = desk.post(f"/requests/{asked.pk}/", {"write_down": "yes"})
    assert there.status_code == 302
    rows_open()
    made = Added.objects.get()
    assert (made.first_name, made.last_name, str(made.born)) == ("Zebulon", "Quartermain", "1971-02-03")
    assert there["Location"] == f"/people/{made.person_id}/refer/"
    assert Request.objects.get().person_id == made.person_id
    desk.post(f"/people/{made.person_id}/take-back")
    assert desk.get(f"/people/{made.person_id}/").status_code == 200, "what she asked for hangs on it"


def test_what_was_written_down_by_mistake_is_taken_back_while_nothing_hangs_on_it(hub: Any) -> None:
    from crosswalk.hub.people.models import Added, Person

    desk, other = (
        hub.visitor("coordinator"),
        hub.visitor("community_health_worker", "Valley Lantern Outreach"),
    )
    person = person_of(add(desk))
    assert f"/people/{person}/take-back" in desk.get(f"/people/{person}/").content.decode()
    assert other.post(f"/people/{person}/take-back").status_code == 404
    assert desk.post(f"/people/{person}/refer/food/elsewhere", {"elsewhere": "Food bank"}).status_code == 302
    desk.post(f"/people/{person}/take-back")
    assert desk.get(f"/people/{person}/").status_code == 200, "a referral hangs on it"
    second = person_of(add(desk, first_name="Ottoline", anyway="yes"))
    assert desk.post(f"/people/{second}/take-back")["Location"] == "/search/"
    assert desk.get(f"/people/{second}/").status_code == 404
    assert f"/people/{second}/" not in searched(desk, "ottoline quartermain")
    rows_open()
    assert not Person.objects.filter(pk=second).exists()
    assert [one.person_id for one in Added.objects.all()] == [person]


def test_whom_a_file_brought_cannot_be_taken_back(hub: Any) -> None:
    desk = hub.visitor("coordinator")
    person = hub.person()
    assert "take-back" not in desk.get(f"/people/{person}/").content.decode()
    assert desk.post(f"/people/{person}/take-back").status_code == 404
