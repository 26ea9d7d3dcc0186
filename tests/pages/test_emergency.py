"""Emergency access: with a reason and a fresh second factor, for an hour, on record, judged, and never Part 2."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from pages.test_consent import PART2_NOTICE, record, somebody_with, whole

pytestmark = pytest.mark.hub

WHY = {"reason": "life", "words": "unconscious, the ambulance asks about opioids"}


def open_it(visitor: Any, person: str, **changed: str) -> Any:
    return visitor.post(f"/people/{person}/emergency/", WHY | changed)


def age_the_second_factor(visitor: Any, minutes: int) -> None:
    session = visitor.session
    old = time.time() - 60 * minutes
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": old}]
    session.save()


def test_what_is_hidden_opens_for_one_worker_and_is_in_the_journal_with_the_reason(hub: Any) -> None:
    from crosswalk.hub.journal.models import Entry

    rosa, colleague, person = hub.visitor("coordinator"), hub.visitor("coordinator"), hub.person()
    assert "F11.20" not in whole(rosa, person)
    assert open_it(rosa, person).status_code == 302
    page = whole(rosa, person)
    assert "F11.20" in page
    assert "Emergency access until" in page
    assert "F11.20" not in whole(colleague, person)
    opened = Entry.objects.filter(verb="open emergency access").order_by("-seq")[0]
    assert (opened.why, opened.persons) == (WHY["words"], [person])
    looked = Entry.objects.filter(verb="open person", worker_id=rosa.worker.pk).order_by("-seq")[0]
    assert "emergency access" in looked.basis
    assert rosa.post(f"/people/{person}/emergency/close").status_code == 302
    assert "F11.20" not in whole(rosa, person)


def test_after_the_hour_it_is_closed(hub: Any) -> None:
    from crosswalk.hub.consent.models import Emergency

    rosa, person = hub.visitor("coordinator"), hub.person()
    open_it(rosa, person)
    ago = timedelta(minutes=61)
    for one in Emergency.objects.filter(person_id=person):
        one.at, one.closes_at = one.at - ago, one.closes_at - ago
        one.save()
    assert "F11.20" not in whole(rosa, person)


def test_it_never_opens_part_2_nor_what_the_person_asked_not_to_share(hub: Any) -> None:
    rosa, person = hub.visitor("coordinator"), somebody_with(hub, "program", "dmc")
    record(
        rosa,
        person,
        answer="restricted",
        categories=["health"],
        recipients=[str(hub.organization("hmis:").pk)],
    )
    open_it(rosa, person)
    page = whole(rosa, person)
    assert "Emergency access until" in page
    assert "about substance use treatment (part 2)" in page
    assert PART2_NOTICE not in page
    assert "the person asked that this is not shared" in page


def test_an_old_second_factor_is_asked_for_again_and_a_reason_is_needed(hub: Any) -> None:
    rosa, person = hub.visitor("coordinator"), hub.person()
    age_the_second_factor(rosa, 6)
    for answer in (rosa.get(f"/people/{person}/emergency/"), open_it(rosa, person)):
        assert answer.status_code == 302
        assert "reauthenticate" in answer["Location"]
    assert "Emergency access until" not in whole(rosa, person)
    age_the_second_factor(rosa, 4)
    assert open_it(rosa, person, words="now").status_code == 422
    assert open_it(rosa, person, reason="").status_code == 422
    assert open_it(rosa, person).status_code == 302


def test_the_privacy_officer_is_told_at_once_and_judges_it_and_nobody_their_own(hub: Any) -> None:
    from crosswalk.hub.consent.models import Emergency

    rosa, officer, person = hub.visitor("coordinator"), hub.visitor("privacy_officer"), hub.person()
    open_it(rosa, person)
    one = Emergency.objects.get(person_id=person)
    assert "Emergency access to review" in officer.get("/").content.decode()
    page = officer.get("/emergencies/").content.decode()
    assert WHY["words"] in page
    assert "review overdue" not in page
    assert officer.post(f"/emergencies/{one.pk}/review", {"right": "yes", "words": ""}).status_code == 422
    judged = officer.post(
        f"/emergencies/{one.pk}/review", {"right": "no", "words": "no ambulance was called"}
    )
    assert judged.status_code == 302
    one.refresh_from_db()
    assert (one.right, one.reviewer_id) == (False, officer.worker.pk)
    assert rosa.get("/emergencies/").status_code == 404
    again = officer.post(f"/emergencies/{one.pk}/review", {"right": "yes", "words": "better so"})
    assert again.status_code == 404


def test_a_review_that_waits_longer_than_three_days_is_shown_as_overdue(hub: Any) -> None:
    from crosswalk.hub.consent.models import Emergency

    rosa, officer, person = hub.visitor("coordinator"), hub.visitor("privacy_officer"), hub.person()
    open_it(rosa, person)
    for one in Emergency.objects.filter(person_id=person):
        one.at, one.closes_at = one.at - timedelta(hours=73), one.closes_at - timedelta(hours=73)
        one.save()
    assert "review overdue" in officer.get("/emergencies/").content.decode()


def test_a_stranger_opens_nothing(hub: Any) -> None:
    assert open_it(hub.visitor("coordinator", "nobody:"), hub.person()).status_code == 404
