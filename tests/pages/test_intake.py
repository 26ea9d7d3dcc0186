"""Deliveries on their pages: sent, read, decided about; each organization its own; what is wrong is said in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hmis_export import export

pytestmark = pytest.mark.hub


@pytest.fixture
def work(hub: Any) -> Callable[[], None]:
    """Works off what waits in line for deliveries, in this process and within the test's own transaction."""
    from django.db import connection

    from crosswalk.hub.intake import jobs

    def run() -> None:
        done = {"read delivery": jobs.read_delivery, "lay over": jobs.lay_over}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, task_name, (args ->> 'delivery_id')::int FROM procrastinate_jobs WHERE status = 'todo'"
                " AND task_name = ANY (%s) ORDER BY id",
                [list(done)],
            )
            for number, name, delivery in cursor.fetchall():
                done[name].func.__wrapped__(delivery_id=delivery)
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [number])

    return run


def own(hub: Any, where: str = "hmis:") -> str:
    """The source of an organization's files, without its kind."""
    return str(hub.organization(where).source).partition(":")[2]


def send(visitor: Any, path: Path, **typed: str) -> Any:
    """Send a file as a browser does."""
    with path.open("rb") as file:
        return visitor.post("/deliveries/", {**typed, "file": file})


def page_of(visitor: Any, answer: Any) -> str:
    """The page that a redirect leads to."""
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(visitor.get(answer["Location"]).content.decode())


def test_a_file_is_sent_read_and_waits_for_an_answer(hub: Any, work: Any, tmp_path: Path) -> None:
    administrator = hub.visitor("hmis_administrator")
    answer = send(administrator, export(tmp_path, about={"ImplementationID": own(hub)}))
    assert "It waits to be read" in page_of(administrator, answer)
    work()
    page = page_of(administrator, answer)
    assert "waits for your answer" in page
    assert "Accept" in page


def test_accepted_it_counts_and_the_lists_are_to_be_made_anew(hub: Any, work: Any, tmp_path: Path) -> None:
    from django.db import connection

    from crosswalk.cli.store import Store

    administrator = hub.visitor("hmis_administrator")
    file = export(tmp_path, about={"ImplementationID": own(hub), "ExportDate": "2026-11-05 08:00:00"})
    place = send(administrator, file)["Location"]
    work()
    before = len(Store(hub.data).deliveries())
    assert "laid over" in page_of(administrator, administrator.post(f"{place}accept/"))
    work()
    assert len(Store(hub.data).deliveries()) == before + 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'nightly'")
        assert cursor.fetchone() == (1,)
