"""Answering on the why page: kept with name and day, counted at once, taken back, and in every later run."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

pytestmark = pytest.mark.hub

CARE_AT = "Crossroads Housing Partnership"


def open_question(visitor: Any) -> tuple[str, str, str]:
    """Somebody whom one good answer makes likely eligible: the address of the why page, the fact, the value."""
    page = visitor.get("/likely/?step=ask").content.decode()
    for place in dict.fromkeys(re.findall(r'"(/people/P\w+/why/[\w.]+/)"', page)):
        why = visitor.get(place).content.decode()
        facts = re.findall(r'name="fact" value="(\w+)"', why)
        if len(facts) == 1 and "One answer decides" in why and "likely eligible</li>" in why:
            line = re.search(r"<span>([^<]*)</span> → likely eligible", why)
            assert line is not None
            return place, facts[0], "no" if line[1].endswith("no") else "yes"
    raise AssertionError("nobody on the list is one answer away by a question that can be answered")


def send(visitor: Any, place: str, **sent: str) -> Any:
    from django.utils import timezone

    return visitor.post(f"{place}answer", {"day": timezone.localdate().isoformat(), **sent})


def test_an_answer_changes_the_finding_the_list_and_the_journal_and_can_be_taken_back(hub: Any) -> None:
    from crosswalk.hub.journal.models import Entry

    carer = hub.visitor("lead_care_manager", CARE_AT)
    place, fact, value = open_question(carer)
    person, program = place.split("/")[2], place.split("/")[4]
    assert carer.get(place).content.decode().count("Cannot tell yet") >= 1
    answered = send(carer, place, fact=fact, value=value)
    assert answered.status_code == 302
    page = carer.get(place).content.decode()
    assert "Now it is: likely eligible" in page
    assert 'class="status met"' in page
    assert carer.worker.name in page
    whole = carer.get(f"/people/{person}/").content.decode()
    assert re.search(rf'<li class="met"><h3><a href="/people/{person}/why/{program}/"', whole)
    refer = carer.get(f"/likely/?program={program}").content.decode()
    assert f"/people/{person}/" in refer
    entry = Entry.objects.filter(verb="answer").order_by("-seq")[0]
    assert (entry.persons, entry.worker_id, entry.after["fact"]) == ([person], carer.worker.pk, fact)
    back = re.search(r'action="(/people/[^"]*/answers/\d+/back)"', page)
    assert back is not None
    assert carer.post(back[1]).status_code == 302
    again = carer.get(place).content.decode()
    assert "Now it is: cannot tell yet" in again
    assert "Answered here" not in again
    assert carer.post(back[1]).status_code == 404


def test_an_answer_goes_into_the_next_run_of_everybody(hub: Any, tmp_path: Any) -> None:
    from command_line import ask
    from crosswalk.hub.access.itself import as_the_hub
    from crosswalk.hub.answers.queries import all_standing, as_row
    from crosswalk.hub.runs.again import hand_over

    carer = hub.visitor("lead_care_manager", CARE_AT)
    place, fact, value = open_question(carer)
    send(carer, place, fact=fact, value=value)
    store = store_with_a_state(hub, tmp_path)
    with as_the_hub():
        assert hand_over(store)
        assert not hand_over(store), "the same answers change nothing"
        rows = [as_row(one) for one in all_standing()]
    assert len(rows) == 1
    kept = ask("SELECT fact, value, row FROM a", a=store.current / "answers.parquet")
    assert kept == [(fact, value, rows[0]["row"])]


def store_with_a_state(hub: Any, folder: Any) -> Any:
    from crosswalk.cli.store import Store

    store = Store(folder / "data")
    with store.locked(), store.aside() as scratch:
        state = scratch / "state"
        state.mkdir()
        (state / "members.parquet").write_bytes((hub.data / "current" / "members.parquet").read_bytes())
        store.swap_current(state)
    return store


def test_a_day_ahead_is_refused_in_words_and_what_was_typed_stays(hub: Any) -> None:
    from django.utils import timezone

    carer = hub.visitor("lead_care_manager", CARE_AT)
    place, fact, value = open_question(carer)
    ahead = (timezone.localdate() + timedelta(days=3)).isoformat()
    answer = carer.post(f"{place}answer", {"fact": fact, "value": value, "day": ahead})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The day lies ahead" in page
    assert f'value="{ahead}"' in page
    assert carer.post(f"{place}answer", {"fact": fact, "value": "perhaps", "day": ""}).status_code == 422


def test_what_is_counted_from_files_cannot_be_answered_and_an_analyst_answers_nothing(hub: Any) -> None:
    carer = hub.visitor("lead_care_manager", CARE_AT)
    place, fact, value = open_question(carer)
    assert send(carer, place, fact="age", value="yes").status_code == 404
    assert send(carer, place, fact="no_such_fact", value="yes").status_code == 404
    analyst = hub.visitor("plan_analyst", "plan:")
    assert send(analyst, place, fact=fact, value=value).status_code == 404
    assert 'name="fact"' not in analyst.get(place).content.decode()


def test_whose_records_one_may_not_see_their_answer_is_not_shown(hub: Any) -> None:
    carer = hub.visitor("lead_care_manager", CARE_AT)
    place, fact, value = open_question(carer)
    send(carer, place, fact=fact, value=value)
    page = hub.visitor("coordinator").get(place).content.decode()
    assert carer.worker.name not in page
    assert f"The answer is not shown; {CARE_AT} holds it" in page
