"""The site's database made ready: started where needed, its two roles, and the addresses the hub connects to.

The *owner* role owns the tables and changes them (migrations). The *app* role serves pages and jobs; it owns
nothing and never passes by row-level security, so that a forgotten filter shows nothing instead of everything.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from crosswalk.core.basics import Refused
from crosswalk.hub.access.providers import NEAR
from crosswalk.hub.site import postgres
from crosswalk.hub.site.config import Site, kept

NAME = "crosswalk"


@dataclass(frozen=True)
class Addresses:
    """How the hub reaches its database in each of its two roles."""

    owner: str
    app: str

    def django(self) -> dict[str, dict[str, Any]]:
        """The same as Django wants it; `owner` is only for migrations."""
        return {"default": _django(self.app), "owner": _django(self.owner)}


def _django(url: str) -> dict[str, Any]:
    parts = conninfo_to_dict(url)
    options = {
        key: value
        for key, value in parts.items()
        if key not in ("dbname", "user", "password", "host", "port")
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", ""),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": str(parts.get("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def addresses(site: Site) -> Addresses:
    """Where the database is, as `prepare` left it. Raises Refused before that."""
    kept_at = site.folder / "database.json"
    if not kept_at.exists():
        raise Refused(
            f"There is no database for {site.data} yet.", fix="Run `crosswalk serve`, which makes it."
        )
    return Addresses(**json.loads(kept_at.read_text()))


def prepare(site: Site, *, fast_and_unsafe: bool = False) -> tuple[Addresses, postgres.Server | None]:
    """Start the database where it is ours to start, and make its roles; tables are migrated afterwards."""
    server = None
    if site.database_url:
        for address in (site.database_url, site.app_database_url, site.backup_database_url):
            guarded(address)
        owner = _reached(site.database_url)
    else:
        server = postgres.start(site, fast_and_unsafe=fast_and_unsafe)
        owner = _own_database(site, server)
    app = site.app_database_url or _app_role(site, owner)
    check(app)
    found = Addresses(owner=owner, app=app)
    path = site.folder / "database.json"
    path.unlink(missing_ok=True)
    kept(path, lambda: json.dumps({"owner": owner, "app": app}))
    return found, server


#: What libpq's modes of TLS do: only these never send anything in the clear.
_SEALED = ("require", "verify-ca", "verify-full")


def guarded(address: str) -> None:
    """Refuse an address of another machine over which people's data could travel in the clear."""
    try:
        parts = conninfo_to_dict(address)
    except psycopg.Error:
        raise Refused(
            "An address of the database cannot be read.",
            fix="Write it as postgresql://role@host/name?sslmode=verify-full.",
        ) from None
    hosts = str(parts.get("host", "")).split(",")
    mode = str(parts.get("sslmode", "")) or "prefer"
    far = [one for one in hosts if one and not one.startswith("/") and one not in NEAR]
    if far and mode not in _SEALED:
        raise Refused(
            f"The database is on another machine, and its address says sslmode={mode}: data could travel in the clear.",
            fix="Add sslmode=verify-full and sslrootcert=<file> to it; sslmode=require without one.",
        )


def _reached(owner: str) -> str:
    """The owner's address, once it was reached and may own what it must. Raises Refused in words otherwise."""
    try:
        with psycopg.connect(owner, connect_timeout=10) as connection:
            if connection.info.server_version < postgres.OLDEST * 10000:
                raise Refused(f"This PostgreSQL is older than {postgres.OLDEST}.", fix="Upgrade it.")
            row = connection.execute("SELECT has_schema_privilege('public', 'CREATE')").fetchone()
    except psycopg.OperationalError as fault:
        # Only libpq's own sentence: it names host and role, and never the password.
        raise Refused(
            f"The database of DATABASE_URL does not let us in: {str(fault).strip().splitlines()[-1]}",
            fix="Check the address, that the server listens, and that it lets this role in.",
        ) from None
    if not (row and row[0]):
        raise Refused(
            "The role of DATABASE_URL may not make tables there.",
            fix="Let it own the database: ALTER DATABASE <name> OWNER TO <role>.",
        )
    return owner


def _own_database(site: Site, server: postgres.Server) -> str:
    """The database and its owner on a server of ours."""
    password = kept(site.folder / "owner-password", lambda: secrets.token_urlsafe(24))
    role = f"{NAME}_owner"
    with psycopg.connect(server.url(), autocommit=True) as connection:
        _role(connection, role, password, extra="CREATEROLE")
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if not there:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(NAME), sql.Identifier(role))
            )
    with psycopg.connect(server.url(NAME), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    return server.url(NAME, role, password)


def _app_role(site: Site, owner: str) -> str:
    """The role that serves pages, made by the owner; its address. Raises Refused where the owner may not."""
    password = kept(site.folder / "app-password", lambda: secrets.token_urlsafe(24))
    with psycopg.connect(owner, autocommit=True) as connection:
        name = f"{connection.info.dbname}_app"
        try:
            _role(connection, name, password)
        except psycopg.errors.InsufficientPrivilege:
            raise Refused(
                f"The role of DATABASE_URL may not make the role {name}.",
                fix="Let the database's administrator make it, and set CROSSWALK_APP_DATABASE_URL.",
            ) from None
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                sql.Identifier(connection.info.dbname), sql.Identifier(name)
            )
        )
    return _as(owner, name, password)


def _role(connection: psycopg.Connection[Any], name: str, password: str, extra: str = "") -> None:
    """Make a role that signs in with this password, or give an existing one the password; nothing else changes."""
    there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    said = (
        "ALTER ROLE {} LOGIN PASSWORD {}"
        if there
        else f"CREATE ROLE {{}} LOGIN NOBYPASSRLS PASSWORD {{}} {extra}"
    )
    connection.execute(sql.SQL(said).format(sql.Identifier(name), sql.Literal(password)))


def _as(url: str, user: str, password: str) -> str:
    """The same address for another role."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{host}"))


def check(app: str) -> None:
    """Refuse to serve as a role that row-level security does not hold, or on a PostgreSQL that is too old."""
    with psycopg.connect(app) as connection:
        if connection.info.server_version < postgres.OLDEST * 10000:
            raise Refused(f"This PostgreSQL is older than {postgres.OLDEST}.", fix="Upgrade it.")
        row = connection.execute(
            "SELECT rolsuper OR rolbypassrls, EXISTS (SELECT 1 FROM pg_class AS c JOIN pg_namespace AS n"
            " ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r'"
            " AND pg_has_role(current_user, c.relowner, 'USAGE')) FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    if row is None or row[0] or row[1]:
        raise Refused(
            "The role that serves pages is a superuser, passes by row-level security, or owns tables.",
            fix="Give CROSSWALK_APP_DATABASE_URL a plain role that owns nothing.",
        )


def grant(owner: str, app: str) -> None:
    """After migrating: what the app role may do. Tables with a wall of their own say more in their migration."""
    role = str(conninfo_to_dict(app)["user"])
    with psycopg.connect(owner, autocommit=True) as connection:
        who = sql.Identifier(role)
        for said in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
            "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}",
            "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON journal_entry FROM {}",
            "REVOKE ALL ON journal_head FROM {}",  # only the function that adds an entry moves the head
            "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM {}",
        ):
            connection.execute(sql.SQL(said).format(who))
