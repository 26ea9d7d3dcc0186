"""A plan's file that was taken in answers the open request as a person would; what it does not decide, people do."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from pages.test_referrals import covered, row, send, service

pytestmark = pytest.mark.hub


def asked(hub: Any, program: str = "cs.htns", name: str = "Housing Navigation") -> tuple[Any, int]:
    """A request that waits for Sequoia's answer; the coordinator, and its number."""
    desk = hub.visitor("coordinator")
    return desk, send(desk, covered(hub, desk, program), program, service(name))


def a_file_says(
    number: int, value: str, *, days: int = 0, code: str = "", source: str = "plan:sequoia"
) -> None:
    """The row of a plan's authorization file on the time line of the person of a request."""
    from django.utils import timezone

    from crosswalk.hub.people.models import Moment

    one = row(number)
    Moment.objects.create(
        person_id=one.person_id, day=timezone.localdate() + timedelta(days=days), kind="authorization",
        code=code or one.service, value=value, source=source, file="status_november.csv", row=17,
        known_to=one.known_to, named=one.named,
    )  # fmt: skip


def answered() -> tuple[int, int, int]:
    from django.utils import timezone

    from crosswalk.hub.access.itself import as_the_hub
    from crosswalk.hub.referrals.from_files import answer_from_files

    with as_the_hub():
        told = answer_from_files(at=timezone.now())
    return told.spoken_of, told.turned, told.left


def test_a_yes_in_a_file_is_the_turn_that_a_person_would_make(hub: Any) -> None:
    desk, number = asked(hub)
    a_file_says(number, "approved")
    assert answered() == (1, 1, 0)
    one = row(number)
    assert (one.state, one.authorization, one.turn) == ("authorized", "authorized", "desk")
    last = one.edges.order_by("-id").first()
    assert (last.verb, last.party, last.source, last.worker_id) == ("authorize", "file", "file", None)
    assert last.organization.source == "plan:sequoia"
    assert one.notices.filter(to="member", about="authorized", given_at=None).exists()
    page = desk.get(f"/referrals/{number}/").content.decode()
    told = re.search(r"said that the plan authorized it.*?</li>", page, re.S)
    assert told
    assert "from a file" in told[0]
    assert "unverified" in told[0], "which answer belongs to which request is our own reading"
    assert "status_november.csv, 17" in page


def test_a_no_in_a_file_closes_it_as_not_authorized(hub: Any) -> None:
    _, number = asked(hub)
    a_file_says(number, "denied", days=2)
    assert answered() == (1, 1, 0)
    one = row(number)
    assert (one.state, one.outcome) == ("closed", "not_authorized")


def test_the_same_file_again_changes_nothing(hub: Any) -> None:
    _, number = asked(hub)
    a_file_says(number, "approved")
    answered()
    before = row(number).mark
    assert answered() == (0, 0, 0)
    a_file_says(number, "denied")
    assert answered() == (0, 0, 0), "what was decided is not decided again"
    assert row(number).mark == before


def test_a_file_that_says_both_is_left_to_people(hub: Any) -> None:
    _, number = asked(hub)
    a_file_says(number, "approved")
    a_file_says(number, "denied", days=1)
    assert answered() == (1, 0, 1)
    assert row(number).state == "with_plan"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("approved", {"days": -1}),
        ("approved", {"code": "cs.hd"}),
        ("approved", {"source": "plan:valley_oak"}),
        ("requested", {}),
        ("ended", {}),
    ],
    ids=["begun before it was asked for", "another service", "another plan", "only asked for", "ended"],
)
def test_what_is_no_answer_to_this_request_changes_nothing(
    hub: Any, value: str, said: dict[str, Any]
) -> None:
    _, number = asked(hub)
    a_file_says(number, value, **said)
    assert answered() == (0, 0, 0)
    assert row(number).state == "with_plan"


def test_what_the_desk_took_back_is_not_opened_by_a_file(hub: Any) -> None:
    desk, number = asked(hub)
    desk.post(f"/referrals/{number}/turn", {"verb": "withdraw"})
    a_file_says(number, "approved")
    assert answered() == (0, 0, 0)
    assert row(number).outcome == "withdrawn"


def test_a_yes_to_what_has_begun_moves_nothing_but_the_authorization(hub: Any) -> None:
    _, number = asked(hub, "ecm.1a", "Lantern Street ECM")
    assert row(number).state == "offered"
    since = row(number).since
    a_file_says(number, "approved", code="ecm")
    assert answered() == (1, 1, 0)
    one = row(number)
    assert (one.state, one.authorization, one.since) == ("offered", "authorized", since)
