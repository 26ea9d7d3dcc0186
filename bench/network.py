"""What it takes to read who may take a person among many services, beside one service, in one run.

    .venv/bin/python bench/network.py --services 2000

Makes a database of its own with that many invented services over 20 counties, all of one program, each with a contract
and ten statements of capacity, and reads them as the referral desk does. Wall milliseconds, median; PostgreSQL's time
is in them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROUNDS, DAY = 25, date(2026, 11, 1)
#: Statements at most, whatever the number of services; ranking itself has 150 ms for everything.
STATEMENTS, MILLISECONDS = 8, 100.0


def main() -> int:
    """Build, measure, print a table; 1 when a goal is missed."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--services", type=int, default=2000)
    services = asked.parse_args().services
    home = Path(tempfile.mkdtemp(prefix="crosswalk-bench-"))
    home.chmod(0o755)
    os.environ["CROSSWALK_DATA"] = str(home / "data")
    (home / "data").mkdir()
    from crosswalk.hub.site import postgres
    from crosswalk.hub.site.config import site
    from crosswalk.hub.site.ready import ready

    server = ready(site())
    try:
        fill(services)
        return report(services)
    finally:
        from django.db import connections

        connections.close_all()
        if server is not None:
            postgres.stop(server, how="immediate")
        shutil.rmtree(home, ignore_errors=True)


def fill(services: int) -> None:
    """Organizations with ten services each."""
    from django.db import connection
    from django.utils import timezone

    from crosswalk.hub.access.models import Organization
    from crosswalk.hub.network.models import Contact, Contract, Listing, Reach, Service, Site, Statement

    first, now = DAY - timedelta(days=400), timezone.now()
    owners = Organization.objects.bulk_create(
        Organization(name=f"Provider {n}", kind="cs_provider") for n in range(-(-services // 10))
    )
    Listing.objects.bulk_create(Listing(organization=one, listed=first) for one in owners)
    Contact.objects.bulk_create(Contact(organization=one, phone="559-555-0100", tty="711") for one in owners)
    sites = Site.objects.bulk_create(
        Site(organization=one, name="Site", zip="93291", county="54", opened=first) for one in owners
    )
    made = Service.objects.bulk_create(
        Service(organization=owners[n // 10], program="cs.htns", name=f"Service {n}", starts=first)
        for n in range(services)
    )
    through = Service.sites.through
    through.objects.bulk_create(
        through(service_id=one.pk, site_id=sites[n // 10].pk) for n, one in enumerate(made)
    )
    Reach.objects.bulk_create(
        Reach(service=one, county=f"{1 + (n + m) % 20:02d}", starts=first)
        for n, one in enumerate(made)
        for m in range(3)
    )
    Contract.objects.bulk_create(
        Contract(organization=one, plan=plan, program="cs.htns", county="05", starts=first)
        for one in owners
        for plan in ("sequoia", "valley_oak")
    )
    Statement.objects.bulk_create(
        Statement(
            service=one, free=n % 9, at=now - timedelta(days=400 - 30 * m), way="page", said_by="Desk",
            organization_id=one.organization_id,
        )
        for n, one in enumerate(made)
        for m in range(10)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def report(services: int) -> int:
    """The table."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from crosswalk.hub.access.itself import Hub
    from crosswalk.hub.network.models import Service
    from crosswalk.hub.network.queries import receiver, receivers

    def many() -> int:
        return len(receivers(viewer=Hub(), program="cs.htns", plan="sequoia", county="05", on=DAY))

    def one() -> int:
        return int(receiver(viewer=Hub(), service_id=Service.objects.first().pk, on=DAY) is not None)

    with CaptureQueriesContext(connection) as heard:
        assert many() == services
    print(f"{'what':<32}{'found':>8}{'ms':>8}")
    taken = {}
    for name, ask in (("one service", one), (f"all {services} of a program", many)):
        waited = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            found = ask()
            waited.append(1000 * (time.perf_counter() - began))
        taken[name] = statistics.median(waited)
        print(f"{name:<32}{found:>8}{taken[name]:>8.1f}")
    print(f"SQL statements for all: {len(heard)} (goal {STATEMENTS}); time goal {MILLISECONDS:.0f} ms")
    return int(len(heard) > STATEMENTS or max(taken.values()) > MILLISECONDS)


if __name__ == "__main__":
    sys.exit(main())
