"""Jobs: in line with what they serve, worked off, told in words; nothing about a person in their arguments."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.hub


@pytest.fixture
def line(hub_site: Any) -> Any:
    """The line of jobs, empty before and after."""
    from django.db import connection

    def clear() -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_events")
            cursor.execute("DELETE FROM procrastinate_jobs")
            cursor.execute("DELETE FROM jobs_failure")

    clear()
    yield
    clear()


def waiting() -> list[tuple[str, Any]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, args FROM procrastinate_jobs WHERE task_name = 'bring'")
        return list(cursor.fetchall())


def test_a_job_goes_with_the_transaction_it_belongs_to(line: Any) -> None:
    from django.db import transaction

    from crosswalk.hub.runs.jobs import bring_newest

    with transaction.atomic():
        bring_newest.defer()
        transaction.set_rollback(True)
    assert waiting() == []


def test_a_worker_does_it_and_the_page_says_so(line: Any, hub_site: Any) -> None:
    from django.test import Client

    from command_line import crosswalk
    from crosswalk.hub.runs.jobs import bring_newest

    bring_newest.defer()
    assert crosswalk("worker", "--until-empty", "--data", hub_site.data).code == 0
    assert [status for status, _ in waiting()] == ["succeeded"]
    page = _as_administrator(Client(SERVER_NAME="127.0.0.1")).get("/jobs/").content.decode()
    assert "Bring the newest run into the lists" in page
    assert "done" in page


def test_jobs_of_a_killed_worker_are_done_by_the_next_though_only_one_of_a_kind_may_wait(
    line: Any, hub_site: Any
) -> None:
    from django.db import connection

    from command_line import crosswalk
    from crosswalk.hub.jobs.line import take_over
    from crosswalk.hub.runs.jobs import bring_newest

    def asked(text: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(text)

    # given two jobs of one kind that a worker took, which then fell silent
    for _ in range(2):
        bring_newest.defer()
        asked("UPDATE procrastinate_jobs SET status = 'doing', attempts = 1 WHERE task_name = 'bring'")
    asked("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
    asked("UPDATE procrastinate_jobs SET worker_id = (SELECT max(id) FROM procrastinate_workers)")
    # when the next worker looks, and looks again as soon as the first may be under way
    take_over.defer(timestamp=1)
    crosswalk("worker", "--until-empty", "--data", hub_site.data)
    assert sorted(status for status, _ in waiting()) == ["doing", "succeeded"]
    asked(
        "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE task_name = 'take over' AND status = 'todo'"
    )
    crosswalk("worker", "--until-empty", "--data", hub_site.data)
    # then both are done
    assert [status for status, _ in waiting()] == ["succeeded", "succeeded"]


def test_a_failure_is_told_in_words_without_what_it_was_about(line: Any, hub_site: Any) -> None:
    from crosswalk.core.basics import Refused
    from crosswalk.hub.jobs.line import in_words

    assert "Stage a file" in in_words(Refused("Nothing is there.", fix="Stage a file."))
    with pytest.raises(ValueError, match="Zebedee") as caught:
        raise ValueError("Zebedee Quillfeather, 90000001A")
    assert in_words(caught.value).startswith("ValueError, test_jobs.py:")


def _as_administrator(client: Any) -> Any:
    from crosswalk.hub.access.models import Membership

    one = Membership.objects.get(worker__name="Kenji Moreau")
    client.post(f"/demo/{one.pk}")
    return client
