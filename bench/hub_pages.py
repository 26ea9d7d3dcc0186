"""What pages of the hub cost beside a hello page of the same server, in one run: processor time of the application.

    .venv/bin/python bench/hub_pages.py --persons 1000000

Makes a database of its own with that many invented persons on one list, signs a coordinator in, and asks for each page
many times in this process, through every middleware, with row-level security on. PostgreSQL's own time is not in the
figures; its latency is in the milliseconds.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

ROUNDS = 40


def main() -> int:
    """Build, measure, print a table; 1 when a goal is missed."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--persons", type=int, default=100_000)
    persons = asked.parse_args().persons
    home = Path(tempfile.mkdtemp(prefix="crosswalk-bench-"))
    home.chmod(0o755)
    os.environ["CROSSWALK_DATA"] = str(home / "data")
    (home / "data").mkdir()
    from crosswalk.hub.site import postgres
    from crosswalk.hub.site.config import site
    from crosswalk.hub.site.ready import ready

    server = ready(site())
    try:
        client = signed_in(filled(persons))
        return report(client, persons)
    finally:
        from django.db import connections

        connections.close_all()
        if server is not None:
            postgres.stop(server, how="immediate")
        shutil.rmtree(home, ignore_errors=True)


def filled(persons: int) -> Any:
    """One organization that knows everybody; half of its persons are to be referred. The organization."""
    from django.db import connection, connections, transaction
    from django.utils import timezone

    from crosswalk.hub.access.models import Agreement, Organization
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.finding.models import Run
    from crosswalk.hub.runs.tallies import count_queues

    one = Organization.objects.create(name="Bench Continuum of Care", kind="coc", source="hmis:BENCH")
    plan = Organization.objects.create(name="Bench Plan", kind="plan", source="plan:sequoia")
    Agreement.objects.create(
        giver=plan, receiver=one, purposes=["care_coordination"], starts=date(2026, 1, 1)
    )
    with transaction.atomic():
        open_rows(worker_id=0, organization_id=one.pk, role="run", sees=(one.pk,))
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO people_person (id, name, other_name, born, language, county, seen_on, seen_by,"
                " seen_source, known_to)"
                " SELECT 'P' || lpad(to_hex(n), 16, '0'), 'Person ' || n, '', DATE '1950-01-01' + n %% 20000, '',"
                " '54', DATE '2026-11-01' - n %% 300, 'Street Outreach', 'hmis:BENCH', ARRAY[%s, %s]"
                " FROM generate_series(1, %s) AS n",
                [one.pk, plan.pk, persons],
            )
            cursor.execute(
                "INSERT INTO finding_listed (organization_id, person_id, place, county, plan, met, open, since, step,"
                " step_program, step_words, known_to) SELECT %s, 'P' || lpad(to_hex(n), 16, '0'), n, '54', 'sequoia',"
                " ARRAY['ecm.1a', 'cs.htns'], ARRAY['ecm.3'], DATE '2026-11-01', (ARRAY['refer', 'ask'])[1 + n %% 2],"
                " 'ecm.1a', '', ARRAY[%s, %s] FROM generate_series(1, %s) AS n",
                [one.pk, one.pk, plan.pk, persons],
            )
            cursor.execute(
                "INSERT INTO people_moment (person_id, day, kind, code, value, place, source, source_id, file,"
                " known_to)"
                " SELECT 'P' || lpad(to_hex(1), 16, '0'), DATE '2026-11-01' - n, 'ed_visit', 'Rio Manso', '', '',"
                " 'plan:sequoia', '', 'events.csv', ARRAY[%s] FROM generate_series(1, 500) AS n",
                [one.pk],
            )
        Run.objects.create(
            id="find-1", on="2026-11-01", made_at=timezone.now(), release="bench", digest="0", persons=persons
        )
        count_queues(date(2026, 11, 1))
        _desk(one)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    return one


def _desk(one: Any) -> None:
    """The invented network of a county, and two thousand open referrals that the organization sent to it."""
    from django.utils import timezone

    from crosswalk.hub.access.models import Organization
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.network.invented import network_of_the_demo
    from crosswalk.hub.network.models import Service
    from crosswalk.hub.referrals.models import Referral

    now = timezone.now()
    network_of_the_demo(at=now, on=timezone.localdate())
    everyone = tuple(Organization.objects.values_list("pk", flat=True))
    open_rows(worker_id=0, organization_id=one.pk, role="run", sees=everyone)
    services = list(Service.objects.filter(program__in=("ecm", "cs.htns")).order_by("pk"))
    Referral.objects.bulk_create(
        Referral(
            person_id=f"P{2 + n:016x}", service=to.program, sender=one, receiver_id=to.organization_id,
            at_service=to, state="offered", authorization="none", since=now, mark=1, turn="provider", due=now,
            clock="accept_referral", at=now, known_to=[one.pk], parties=sorted({one.pk, to.organization_id}),
        )
        for n, to in ((n, services[n % len(services)]) for n in range(2000))
    )  # fmt: skip


def signed_in(organization: Any) -> Any:
    """A coordinator with the second factor shown."""
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from crosswalk.hub.access.models import Membership, Worker

    worker = Worker.objects.create_user("bench@example.org", None, name="Bench")
    Membership.objects.create(
        worker=worker, organization=organization, role="coordinator", since=timezone.now()
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(worker, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session.save()
    return client


def hello(request: Any) -> Any:
    """The page that all others are compared with."""
    from django.http import HttpResponse

    return HttpResponse("hello" if request.method == "GET" else "")


def asked_for(client: Any, place: str) -> tuple[float, float]:
    """Processor and wall milliseconds of a page, asked for once."""
    began, wall = time.process_time(), time.perf_counter()
    answer = client.get(place)
    spent, waited = time.process_time() - began, time.perf_counter() - wall
    assert answer.status_code == 200, (place, answer.status_code)
    return 1000 * spent, 1000 * waited


def rounds(client: Any, pages: dict[str, str]) -> dict[str, list[tuple[float, float]]]:
    """Every page in turn, again and again: a machine that is slow for a while is slow for all of them.

    Each is asked three times and the least counts, so that no page pays for what the one before left in the caches.
    """
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
    for _ in range(ROUNDS):
        for name, place in pages.items():
            figures[name].append(min(asked_for(client, place) for _ in range(3)))
    return figures


def report(client: Any, persons: int) -> int:
    """The table, with the goal of each page."""
    from django.urls import path

    from crosswalk.hub.site import logs, urls

    logs.configure(open(os.devnull, "w"))  # noqa: SIM115  (open until the end)
    urls.urlpatterns.append(path("hello", hello, name="hello"))
    person = "P" + f"{1:016x}"
    pages = {
        "hello page": "/hello",
        "list": "/likely/",
        "list, one step": "/likely/?step=refer",
        "list, one program": "/likely/?program=ecm.1a",
        "list, page deep in it": f"/likely/?after={persons // 2}-{person}",
        "person with 500 moments": f"/people/{person}/",
        "desk, what a person needs": f"/people/{person}/refer/",
        "desk, who can take them": f"/people/{person}/refer/?need=cs.htns",
        "desk, referrals sent": "/referrals/sent/",
        "desk, my members": "/members/",
    }
    figures = rounds(client, pages)
    beside = dict.fromkeys(pages, "hello page") | {"person with 500 moments": "list"}
    goals = {name: 20 for name in pages if name.startswith(("list", "desk"))} | {"person with 500 moments": 2}
    print(f"{persons:,} persons, {ROUNDS} rounds over all pages; medians, the ratio within a round\n")
    print(f"{'page':26} {'CPU ms':>8} {'wall ms':>8} {'ratio':>7}  {'beside':12} goal")
    missed = 0
    for name, asked in figures.items():
        spent, waited = (statistics.median(part) for part in zip(*asked, strict=True))
        pairs = zip(asked, figures[beside[name]], strict=True)
        ratio = statistics.median(one[0] / other[0] for one, other in pairs)
        goal = goals.get(name)
        missed += goal is not None and ratio > goal
        said = f"{goal} {'met' if ratio <= goal else 'MISSED'}" if goal else ""
        print(f"{name:26} {spent:8.2f} {waited:8.2f} {ratio:7.1f}  {beside[name]:12} {said}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
