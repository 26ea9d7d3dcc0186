"""A database that somebody else runs: its address, its roles, and that the hub serves from it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from command_line import crosswalk

pytestmark = pytest.mark.hub


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://owner@db.example.org/crosswalk",
        "postgresql://owner@db.example.org/crosswalk?sslmode=disable",
        "postgresql://owner@db.example.org/crosswalk?sslmode=prefer",
        "host=10.1.2.3 dbname=crosswalk sslmode=allow",
        "postgresql://owner@localhost,db.example.org/crosswalk",
    ],
)
def test_an_address_over_which_data_could_travel_in_the_clear_is_refused(address: str) -> None:
    from crosswalk.core.basics import Refused
    from crosswalk.hub.site.database import guarded

    with pytest.raises(Refused, match="in the clear"):
        guarded(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "postgresql://owner@/crosswalk?host=%2Frun%2Fpostgresql",
        "postgresql://owner@localhost/crosswalk",
        "postgresql://owner@[::1]/crosswalk?sslmode=disable",
        "postgresql://owner@db.example.org/crosswalk?sslmode=require",
        "postgresql://owner@db.example.org/crosswalk?sslmode=verify-full&sslrootcert=/etc/ca.pem",
    ],
)
def test_an_address_that_stays_on_the_machine_or_asks_for_tls_is_taken(address: str) -> None:
    from crosswalk.hub.site.database import guarded

    guarded(address)


@pytest.fixture(scope="module")
def server(tmp_path_factory: Any) -> Iterator[Any]:
    """A PostgreSQL that the hub did not start."""
    from crosswalk.hub.site import postgres
    from crosswalk.hub.site.config import Site

    home = tmp_path_factory.mktemp("elsewhere")
    for one in (home, *home.parents[:3]):
        one.chmod(one.stat().st_mode | 0o011)
    site = Site(data=home / "data", database_url="")
    running = postgres.start(site, fast_and_unsafe=True)
    yield running
    postgres.stop(running, how="immediate")
    shutil.rmtree(running.socket, ignore_errors=True)


def role(server: Any, name: str, more: str) -> None:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'four candles' {more}")


def test_the_hub_serves_and_is_backed_up_from_it(server: Any, tmp_path: Path) -> None:
    role(server, "landlord", "CREATEROLE")
    role(server, "keeper", "BYPASSRLS")
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE county OWNER landlord")
        connection.execute("GRANT pg_read_all_data TO keeper")
    owner = server.url("county", "landlord", "four candles")
    words = ("Two Creeks", "--kind", "coc", "--data", tmp_path / "data")
    done = crosswalk("organization", *words, DATABASE_URL=owner)
    assert done.code == 0, done.err
    assert not (tmp_path / "data" / "hub" / "postgres").exists(), "it made none of its own"
    refused = crosswalk("backup", "--data", tmp_path / "data", DATABASE_URL=owner)
    assert refused.code == 2
    assert "BYPASSRLS" in refused.err
    keeper = server.url("county", "keeper", "four candles")
    backed = {"DATABASE_URL": owner, "CROSSWALK_BACKUP_DATABASE_URL": keeper}
    made = crosswalk("backup", "--data", tmp_path / "data", "--json", **backed).summary
    assert made["journal_entries"] == 1
    tmp_path.chmod(0o755)
    drill = crosswalk("restore", "--drill", "--data", tmp_path / "data", "--json", **backed).summary
    assert drill["holds"], drill


def test_a_role_that_owns_nothing_or_may_make_no_role_is_refused_in_words(
    server: Any, tmp_path: Path
) -> None:
    role(server, "guest", "")
    words = ("Two Creeks", "--kind", "coc", "--data", tmp_path / "data")
    poor = crosswalk("organization", *words, DATABASE_URL=server.url("postgres", "guest", "four candles"))
    assert poor.code == 2
    assert "may not make tables" in poor.err
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE small OWNER guest")
    no_role = crosswalk("organization", *words, DATABASE_URL=server.url("small", "guest", "four candles"))
    assert no_role.code == 2
    assert "CROSSWALK_APP_DATABASE_URL" in no_role.err
    wrong = crosswalk("organization", *words, DATABASE_URL=server.url("small", "guest", "five candles"))
    assert wrong.code == 2
    assert "does not let us in" in wrong.err
    assert "candles" not in wrong.err


def test_a_superuser_and_an_owner_may_not_serve_pages(server: Any, tmp_path: Path) -> None:
    role(server, "master", "CREATEROLE")
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE house OWNER master")
    words = ("Two Creeks", "--kind", "coc", "--data", tmp_path / "data")
    urls = {"DATABASE_URL": server.url("house", "master", "four candles")}
    refused = crosswalk("organization", *words, **urls, CROSSWALK_APP_DATABASE_URL=server.url("house"))
    assert refused.code == 2
    assert "is a superuser" in refused.err
