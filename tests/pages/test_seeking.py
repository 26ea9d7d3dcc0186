"""Has anyone seen this person: asked of those who had contact and may tell; on a no the asker learns nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

pytestmark = pytest.mark.hub
REACH = {"reach": "559 555 0100"}


def told(**more: str) -> dict[str, str]:
    from django.utils import timezone

    seen = {
        "seen_on": timezone.localdate().isoformat(),
        "place": "At the river",
        "safe": "Ask for Bo at noon",
    }
    return {"answer": "yes", **seen, **more}


def met_by_plan(hub: Any) -> str:
    """Somebody whom the CoC and the first plan know, whom that plan covers, and of whom its files told lately."""
    from django.utils import timezone

    from crosswalk.hub.coverage.models import Span
    from crosswalk.hub.people.grouping import open_everything
    from crosswalk.hub.people.models import Moment, Person

    open_everything()
    coc, plan = hub.organization("hmis:"), hub.organization("plan:")
    since = timezone.localdate() - timedelta(days=100)
    covered = Span.objects.filter(plan=plan.source.partition(":")[2], ends=None, sure=True)
    met = Moment.objects.filter(source=plan.source, day__gte=since)
    found = Person.objects.filter(
        known_to__contains=[coc.pk, plan.pk], named=None, pk__in=covered.values("person_id")
    )
    one = found.filter(pk__in=met.values("person_id")).order_by("pk").first()
    assert one is not None
    return str(one.pk)


def asked(hub: Any) -> list[Any]:
    """Every row of who was asked, which nobody but the hub sees as a whole."""
    from crosswalk.hub.people.grouping import open_everything
    from crosswalk.hub.seeking.models import Asked

    open_everything()
    return list(Asked.objects.select_related("organization").order_by("pk"))


def ask(visitor: Any, person: str) -> None:
    answer = visitor.post(f"/people/{person}/seen/", REACH)
    assert answer.status_code == 302, answer.content.decode()


def page(visitor: Any, place: str) -> str:
    """A page without what is new with each drawing."""
    drawn = visitor.get(place).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", drawn)


def test_the_plan_that_met_him_is_asked_tells_and_only_whoever_asked_reads_it(hub: Any) -> None:
    desk, plan = hub.visitor("coordinator"), hub.visitor("plan_analyst", "plan:")
    person = met_by_plan(hub)
    ask(desk, person)
    found = asked(hub)
    assert hub.organization("plan:").pk in {one.organization_id for one in found}
    one = next(each for each in found if each.organization_id == hub.organization("plan:").pk)
    inbox = plan.get("/seen/").content.decode()
    assert f"/people/{person}/" in inbox
    assert "559 555 0100" in inbox
    empty = plan.post(f"/seen/{one.pk}/", {"answer": "yes", "place": "At the river"})
    assert empty.status_code == 422
    assert "At the river" in empty.content.decode()
    assert plan.post(f"/seen/{one.pk}/", told()).status_code == 302
    said = page(desk, f"/people/{person}/seen/")
    assert "At the river" in said
    assert "Ask for Bo at noon" in said
    assert "1 sighting was told" in desk.get("/seen/").content.decode()
    assert "At the river" not in plan.get("/seen/").content.decode()
    assert plan.get(f"/people/{person}/seen/").status_code == 404, "an analyst does not ask"
    assert plan.post(f"/seen/{one.pk}/", told()).status_code == 404, "once answered it is gone"


def test_the_page_of_whoever_asks_is_the_same_whether_nobody_was_asked_or_all_said_no(hub: Any) -> None:
    from django.db import transaction

    from crosswalk.hub.access.models import Organization
    from crosswalk.hub.people.grouping import open_everything
    from crosswalk.hub.people.models import Moment

    desk, plan = hub.visitor("coordinator"), hub.visitor("plan_analyst", "plan:")
    person = met_by_plan(hub)
    places = (f"/people/{person}/seen/", "/seen/", f"/people/{person}/seen/")
    drawn: dict[str, list[str]] = {}
    for world in ("nobody was asked", "asked and silent", "all said no"):
        with transaction.atomic():
            if world == "nobody was asked":
                open_everything()
                Moment.objects.filter(person_id=person).update(day="2001-01-01", until=None)
            ask(desk, person)
            rows = asked(hub)
            assert bool(rows) == (world != "nobody was asked")
            if world == "all said no":
                for one in rows:
                    who = plan if one.organization_id == hub.organization("plan:").pk else (
                        hub.visitor("plan_analyst", Organization.objects.get(pk=one.organization_id).source)
                    )  # fmt: skip
                    assert who.post(f"/seen/{one.pk}/", {"answer": "no"}).status_code == 302
                assert {one.answer for one in asked(hub)} == {"no"}
            desk.get("/account/")  # takes the message away that said that the question stands
            drawn[world] = [page(desk, place) for place in places]
            transaction.set_rollback(True)
    assert drawn["nobody was asked"] == drawn["asked and silent"] == drawn["all said no"]
    assert "Nothing." in drawn["all said no"][0]


def test_the_answer_is_decided_anew_when_it_is_given(hub: Any) -> None:
    from django.utils import timezone

    from crosswalk.hub.access.models import Agreement

    desk, plan = hub.visitor("coordinator"), hub.visitor("plan_analyst", "plan:")
    person = met_by_plan(hub)
    ask(desk, person)
    one = next(each for each in asked(hub) if each.organization_id == hub.organization("plan:").pk)
    Agreement.objects.filter(giver_id=one.organization_id, receiver_id=one.asker_id).update(
        ends=timezone.localdate()
    )
    refused = plan.post(f"/seen/{one.pk}/", told())
    assert refused.status_code == 422
    assert "This may not be told now." in refused.content.decode()
    assert "At the river" not in page(desk, f"/people/{person}/seen/")


def test_without_an_agreement_nobody_is_asked(hub: Any) -> None:
    from crosswalk.hub.access.models import Agreement

    desk, person = hub.visitor("coordinator"), met_by_plan(hub)
    coc = hub.organization("hmis:").pk
    for ends in ("giver_id", "receiver_id"):
        assert Agreement.objects.filter(**{ends: coc}).exists()
    Agreement.objects.filter(receiver_id=coc).delete()
    ask(desk, person)
    assert asked(hub) == []


def test_a_restricted_person_is_asked_of_nobody_and_hidden_when_it_comes_later(hub: Any) -> None:
    from crosswalk.hub.people.grouping import open_everything, walled
    from crosswalk.hub.people.models import Person

    desk, plan = hub.visitor("coordinator"), hub.visitor("plan_analyst", "plan:")
    person = met_by_plan(hub)
    ask(desk, person)
    assert f"/people/{person}/" in plan.get("/seen/").content.decode()
    open_everything()
    named = [0, desk.worker.pk]
    Person.objects.filter(pk=person).update(named=named)
    for model in walled():
        model.objects.filter(person_id=person).update(named=named)
    assert f"/people/{person}/" not in plan.get("/seen/").content.decode()
    one = asked(hub)[0]
    assert plan.post(f"/seen/{one.pk}/", told()).status_code == 404
    assert desk.post(f"/people/{person}/seen/end").status_code == 302
    before = len(asked(hub))
    ask(desk, person)
    assert len(asked(hub)) == before
    assert "The question stands" in page(desk, f"/people/{person}/seen/")


def test_a_question_ends_by_itself_and_by_whoever_asked(hub: Any) -> None:
    from django.utils import timezone

    from crosswalk.hub.people.grouping import open_everything
    from crosswalk.hub.seeking.models import Asked, Question

    desk, plan = hub.visitor("coordinator"), hub.visitor("plan_analyst", "plan:")
    person = met_by_plan(hub)
    ask(desk, person)
    assert desk.post(f"/people/{person}/seen/", REACH).status_code == 422, "one question at a time"
    one = asked(hub)[0]
    assert desk.post(f"/people/{person}/seen/end").status_code == 302
    assert f"/people/{person}/" not in plan.get("/seen/").content.decode()
    assert plan.post(f"/seen/{one.pk}/", told()).status_code == 404
    ask(desk, person)
    open_everything()
    past = timezone.now() - timedelta(days=1)
    for model in (Question, Asked):
        model.objects.filter(person_id=person).update(asked_at=past - timedelta(days=14), closes_at=past)
    assert f"/people/{person}/" not in plan.get("/seen/").content.decode()
    assert "How can whoever has seen the person reach you?" in page(desk, f"/people/{person}/seen/")
    ask(desk, person)


def test_a_no_names_nobody_in_the_journal_and_the_question_is_kept_there(hub: Any) -> None:
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.journal.models import Entry

    desk, plan = hub.visitor("coordinator"), hub.visitor("plan_analyst", "plan:")
    person = met_by_plan(hub)
    ask(desk, person)
    one = next(each for each in asked(hub) if each.organization_id == hub.organization("plan:").pk)
    plan.post(f"/seen/{one.pk}/", {"answer": "no"})
    own = desk.worker.memberships.get().organization_id
    open_rows(worker_id=desk.worker.pk, organization_id=own, role="privacy_officer", sees=(own,))
    verbs = list(Entry.objects.filter(persons__contains=[person]).values_list("verb", flat=True))
    assert "ask who has seen" in verbs
    assert "tell nothing" not in verbs


def test_who_looked_at_a_person_does_not_tell_who_was_asked(hub: Any) -> None:
    from crosswalk.hub.people.grouping import open_everything

    desk, plan, officer = (
        hub.visitor("coordinator"), hub.visitor("plan_analyst", "plan:"), hub.visitor("privacy_officer")
    )  # fmt: skip
    person = met_by_plan(hub)
    ask(desk, person)
    (one,) = [each for each in asked(hub) if each.organization_id == hub.organization("plan:").pk]
    open_everything()
    assert f"/people/{person}/" in plan.get("/seen/").content.decode()
    assert plan.post(f"/seen/{one.pk}/", {"answer": "no"}).status_code == 302
    printed = officer.get(f"/people/{person}/looks/").content.decode()
    assert plan.worker.name in printed, "every look stands there"
    of_the_plan = [line for line in printed.split("<tr") if plan.worker.name in line]
    assert all("saw on a work list" in line and "looked for" not in line for line in of_the_plan), of_the_plan


def test_what_is_typed_about_a_person_stands_in_no_address_and_no_title(hub: Any) -> None:
    desk, person = hub.visitor("coordinator"), met_by_plan(hub)
    ask(desk, person)
    drawn = page(desk, f"/people/{person}/seen/")
    assert re.search(r"<title>(.*?)</title>", drawn)[1] == "Has anyone seen this person? · Crosswalk"  # type: ignore[index]
    assert desk.post(f"/people/{person}/seen/", {"reach": " "}).status_code == 422
