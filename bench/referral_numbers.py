"""The coordinator's numbers over 50,000 referrals of 2,500 services, behind the walls; the goal is a list page's.

    CROSSWALK_DATA=demo CROSSWALK_DEMO=1 python bench/referral_numbers.py

Needs an invented county (`crosswalk demo --data demo`). The story's own turns are copied until there are enough, so
that each referral has its edges, offers and notices; everything is undone at the end. The ratio is how much longer a
page takes over 50,000 than over the story's 441.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

MANY, TIMES = 50_000, 5
PAGES = ("/referrals/numbers/", "/referrals/numbers/?service=ecm", "/referrals/audit/", "/referrals/audit/?which=late",
         "/referrals/notices/owed/")  # fmt: skip
_COPY = """
INSERT INTO {table} ({into}) SELECT {columns} FROM {table} AS one
CROSS JOIN generate_series(1, %(copies)s) AS copy {where}
"""


def main() -> None:
    """Time each page over the story and over its copies, and say what came of it."""
    from crosswalk.hub.site import postgres
    from crosswalk.hub.site.config import site
    from crosswalk.hub.site.ready import ready

    server = ready(site())
    from django.conf import settings
    from django.db import transaction
    from django.test.utils import setup_test_environment

    from crosswalk.cli.serve import load, tell_the_story

    load(settings.SITE.data, True)
    tell_the_story(settings.SITE.data)
    setup_test_environment()
    try:
        with transaction.atomic():
            desk = _coordinator()
            few = {page: _timed(desk, page) for page in PAGES}
            begun = time.perf_counter()
            count = _copy()
            print(f"{count} referrals in {time.perf_counter() - begun:.0f} s\n")
            print("| Page | Statements | 441 referrals | 50,000 | Ratio |\n|---|---|---|---|---|")
            for page in PAGES:
                (statements, one), (_, many) = few[page], _timed(desk, page)
                print(f"| `{page}` | {statements} | {one:.0f} ms | {many:.0f} ms | {many / one:.1f} |")
            transaction.set_rollback(True)
    finally:
        if server is not None and server.started_here:
            postgres.stop(server)


def _coordinator() -> Any:
    """A signed-in coordinator of the CoC."""
    from django.test import Client

    from crosswalk.hub.access.models import Worker

    client = Client()
    client.force_login(
        Worker.objects.get(name="Rosa Delgado"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time()},
        {"method": "mfa", "type": "totp", "at": time.time()},
    ]
    session.save()
    return client


def _timed(desk: Any, page: str) -> tuple[int, float]:
    """Statements of a page, and the median of its milliseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as heard:
        assert desk.get(page).status_code == 200
    asked = [one for one in heard if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    took = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        desk.get(page)
        took.append(1000 * (time.perf_counter() - begun))
    return len(asked), statistics.median(took)


def _copy() -> int:
    """Copy referrals with what belongs to them, each copy under numbers of its own."""
    from django.db import connection

    from crosswalk.hub.access.itself import everyone
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.referrals.models import Edge, Notice, Offer, Referral

    open_rows(worker_id=0, organization_id=0, role="run", sees=everyone())
    before = Referral.objects.count()
    copies, step = MANY // before, 10_000_000
    with connection.cursor() as cursor:
        for model in (Referral, Edge, Offer, Notice):
            columns = [field.column for field in model._meta.concrete_fields]
            told = {"id": f"one.id + copy * {step}", "referral_id": f"one.referral_id + copy * {step}"}
            cursor.execute(
                _COPY.format(
                    table=model._meta.db_table, where="",
                    into=", ".join(f'"{one}"' for one in columns),
                    columns=", ".join(told.get(one, f'one."{one}"') for one in columns),
                ),
                {"copies": copies},
            )  # fmt: skip
        cursor.execute("ANALYZE referrals_referral, referrals_edge, referrals_offer, referrals_notice")
    return Referral.objects.count()


if __name__ == "__main__":
    main()
