"""A plan's member file from the page where it is sent to coverage on the pages: seconds and megabytes, step by step.

    .venv/bin/python bench/intake.py [ROWS …]        (default 100000 1000000)

The hub runs with a PostgreSQL of its own. The file is sent through the page as a browser sends it, read by its job,
accepted, laid over what holds, linked, and its coverage brought into the tables; then the plan's next file of as many
rows, whose people are known, so that its coverage shows before anybody is linked. Then the first file is sent again: it
must change nothing and leave no row but the one entry of its arrival. Memory is the highest resident set of this
process and of those it started so far; PostgreSQL's own is not counted. Goals at a million rows: 60 seconds and 1.5 GB;
the file again 20 seconds and no audit row.
"""

from __future__ import annotations

import logging
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plan_files import members_file


def main(sizes: list[int]) -> None:
    """Print the table; a process for each size, because Django has one database a process."""
    if len(sizes) > 1:
        for rows in sizes:
            subprocess.run([sys.executable, __file__, str(rows)], check=True)
        return
    home = Path(tempfile.mkdtemp(prefix="crosswalk-bench-intake-"))
    home.chmod(0o755)  # as root the database runs under another account, which must reach it
    os.environ |= {
        "CROSSWALK_DATA": str(home / "data"),
        "DJANGO_SETTINGS_MODULE": "crosswalk.hub.site.settings",
    }
    from crosswalk.hub.site import postgres
    from crosswalk.hub.site.config import site
    from crosswalk.hub.site.ready import ready

    server = ready(site())
    logging.disable()
    try:
        _measure(home, sizes[0])
    finally:
        from django.db import connections

        connections.close_all()
        if server is not None:
            postgres.stop(server)
        shutil.rmtree(home, ignore_errors=True)


def _measure(home: Path, rows: int) -> None:
    analyst = _analyst()
    first = _through(analyst, members_file(home / "first.csv", rows, 1), "2026-11-01", is_first=True)
    _through(analyst, members_file(home / "second.csv", rows, 2), "2026-12-01", is_first=False)
    before, began = _audit(), time.perf_counter()
    again = _sent(analyst, home / "first.csv", "2026-11-01")
    _worked()
    spent, after = time.perf_counter() - began, _audit()
    assert again == first
    more = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    print(f"the first file again: {spent:.1f} s, rows more: {more}")


def _through(analyst: Any, file: Path, day: str, *, is_first: bool) -> str:
    """One file from the page to coverage, with its table; the address of its page."""
    steps: dict[str, tuple[float, float, float]] = {}

    def timed(name: str, step: Callable[[], Any]) -> Any:
        began, used = time.perf_counter(), _processor()
        given = step()
        steps[name] = (time.perf_counter() - began, _processor() - used, _highest())
        return given

    place = str(timed("sent and hashed", lambda: _sent(analyst, file, day)))
    timed("read, checked, compared", _worked)
    analyst.post(f"{place}accept/")
    timed("laid over what holds", _worked)
    if is_first:
        timed("people linked", _linked)
    changed = timed("coverage in the tables", _covered)
    print(f"{'first' if is_first else 'next'} file, {file.stat().st_size / 1e6:.0f} MB: {changed}")
    print(f"  {'':28} {'clock s':>8} {'cpu s':>8} {'highest MB so far':>18}")
    for name, (clock, processor, highest) in steps.items():
        print(f"  {name:28} {clock:8.1f} {processor:8.1f} {highest:18,.0f}")
    print(
        f"  {'together':28} {sum(one[0] for one in steps.values()):8.1f} {sum(one[1] for one in steps.values()):8.1f}"
    )
    return place


def _sent(analyst: Any, file: Path, day: str) -> str:
    with file.open("rb") as handle:
        answer = analyst.post("/deliveries/", {"as_of": day, "file": handle})
    assert answer.status_code == 302, answer.status_code
    return str(answer["Location"])


def _processor() -> float:
    """Processor seconds of this process and of those it started; PostgreSQL's own are not counted."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def _highest() -> float:
    return (
        max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        / 1024
    )


def _analyst() -> Any:
    """Somebody of the plan, signed in with a second factor."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from crosswalk.hub.access.models import Membership, Organization, Worker

    settings.ALLOWED_HOSTS = ["testserver"]
    plan = Organization.objects.create(name="North Health Plan", kind="plan", source="plan:north")
    worker = Worker.objects.create_user("analyst@example.org", None, name="Ada Analyst")
    Membership.objects.create(worker=worker, organization=plan, role="plan_analyst", since=timezone.now())
    client = Client()
    client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session.save()
    return client


def _worked() -> None:
    """What waits in line for deliveries, done."""
    from django.db import connection

    from crosswalk.hub.intake import jobs

    done = {"read delivery": jobs.read_delivery, "lay over": jobs.lay_over}
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = ANY (%s)"
            " RETURNING task_name, (args ->> 'delivery_id')::int",
            [list(done)],
        )
        for name, delivery in cursor.fetchall():
            done[name].func.__wrapped__(delivery_id=delivery)


def _linked() -> None:
    from crosswalk.hub.runs.jobs import step

    step("link")


def _covered() -> dict[str, int]:
    from django.conf import settings
    from django.utils import timezone

    from crosswalk.cli.store import Store
    from crosswalk.hub.runs.bring import bring_coverage

    return bring_coverage(Store(settings.SITE.data), on=timezone.localdate(), at=timezone.now())


def _audit() -> dict[str, int]:
    """Rows of the journal, of every history of changes, of deliveries, and jobs in line."""
    from django.db import connections

    counts = {}
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            " AND (table_name LIKE '%event' OR table_name IN ('journal_entry', 'procrastinate_jobs'))"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = int(cursor.fetchone()[0])
    return counts


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [100_000, 1_000_000])
