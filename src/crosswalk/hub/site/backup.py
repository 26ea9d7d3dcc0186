"""A copy of everything in one file: the database as of one moment, and the folder of files as of the same.

The store's lock keeps new deliveries and runs out while the copy is made, and the tables are counted in the very
snapshot that is copied, so that a restore can be held against what was there. The file ends with `backup.json`:
every file with its hash, every table with its rows, the head of the journal. A file without it is not a backup.
Secrets (signing key, passwords of the database roles) are not in it: a restore makes new ones.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

import crosswalk
from crosswalk.cli.store import Store
from crosswalk.core.basics import Refused
from crosswalk.hub.site import database, postgres
from crosswalk.hub.site.config import Site

DUMP, ABOUT, FILES = "database.dump", "backup.json", "store"
#: What of the data folder is not copied: the running database and secrets, and what is rebuilt or half-made.
_LEFT = {"hub", "scratch", "building", ".lock"}
#: libpq's names for the parts of an address; a password in the arguments of a program would be seen by `ps`.
_WORDS = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A finished backup."""

    path: Path
    bytes: int
    files: int
    rows: int
    entries: int
    seconds: float


def folder_of(site: Site) -> Path:
    """Where backups of a site are kept."""
    return site.backups or site.folder / "backups"


def newest(site: Site) -> Path | None:
    """The newest backup of a site."""
    return max(folder_of(site).glob("crosswalk-*.tar"), default=None)


def age(site: Site, now: float) -> float:
    """Seconds since the newest backup; infinite where there is none."""
    there = newest(site)
    return now - there.stat().st_mtime if there else float("inf")


def backup(site: Site, *, at: datetime, keep: int) -> Made:
    """Copy a site into one file; older files beyond `keep` go. Raises Refused where something cannot be read."""
    database.addresses(site)
    began, folder = time.monotonic(), folder_of(site)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"crosswalk-{at:%Y%m%dT%H%M%SZ}.tar"
    part = path.with_suffix(".part")
    try:
        with (
            _readable(site) as address,
            Store(site.data).locked(),
            tempfile.TemporaryDirectory(dir=folder) as aside,
        ):
            about = _dump(address, Path(aside) / DUMP, site)
            about |= {"at": at.isoformat(), "version": crosswalk.__version__}
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                _write(out, Path(aside) / DUMP, site.data.resolve(), about)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    for old in sorted(folder.glob("crosswalk-*.tar"))[:-keep]:
        old.unlink()
    rows, entries = sum(about["tables"].values()), about["journal"]["seq"]
    return Made(path, path.stat().st_size, len(about["files"]), rows, entries, time.monotonic() - began)


@contextmanager
def _readable(site: Site) -> Iterator[str]:
    """The address of the database as a role that row-level security does not keep from reading everything."""
    if site.database_url:
        address = site.backup_database_url or site.database_url
        server = None
    else:
        server = postgres.start(site)
        address = server.url(database.NAME)
    try:
        with psycopg.connect(address) as connection:
            row = connection.execute(
                "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
        if not (row and row[0]):
            raise Refused(
                "The role that makes the backup does not see every row.",
                fix="Let CROSSWALK_BACKUP_DATABASE_URL name a role with BYPASSRLS that may read all tables.",
            )
        yield address
    finally:
        if server is not None and server.started_here:
            postgres.stop(server)


def counted(connection: psycopg.Connection[Any]) -> dict[str, Any]:
    """Every table with its rows, and the head of the journal, as the connection's transaction sees them."""
    found = connection.execute(
        "SELECT relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace"
        " WHERE nspname = 'public' AND relkind = 'r' ORDER BY relname"
    ).fetchall()
    tables = {}
    for (name,) in found:
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
        tables[name] = row[0] if row else 0
    head = connection.execute("SELECT seq, hash FROM journal_head").fetchone() or (0, "")
    return {"tables": tables, "journal": {"seq": head[0], "hash": head[1]}}


def _dump(address: str, path: Path, site: Site) -> dict[str, Any]:
    """The database in a file; what was counted in the same snapshot."""
    with psycopg.connect(address) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        found = counted(connection)
        owner = connection.execute(
            "SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'journal_entry'"
        ).fetchone()
        words = ["pg_dump", "--format=custom", f"--snapshot={row[0]}", f"--file={path}"]
        call(site, address, words, connection.info.server_version // 10000)
        return {
            **found,
            "owner": owner[0] if owner else "",
            "server": connection.info.server_version // 10000,
        }


def call(site: Site, address: str, words: list[str], version: int) -> None:
    """Run one of PostgreSQL's programs against a database, of a version that is not older. Raises Refused."""
    fit = [one for one in postgres.all_programs(site.postgres) if one.version >= version]
    if not fit:
        raise Refused(
            f"The database is PostgreSQL {version}, and there are no programs of {version} or newer here.",
            fix=f"Install the client programs of PostgreSQL {version}.",
        )
    parts = conninfo_to_dict(address)
    known = {_WORDS[key]: str(value) for key, value in parts.items() if key in _WORDS and value}
    program = min(fit, key=lambda one: one.version)[words[0]]
    done = subprocess.run(
        [program, *words[1:]], env={**os.environ, **known}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if "error" in line] or done.stderr.splitlines()
        raise Refused(f"{words[0]} did not succeed: {said[0] if said else done.returncode}")


def _write(out: Any, dump: Path, data: Path, about: dict[str, Any]) -> None:
    """The file: the database, the folder, and at the end what is in it."""
    hashes: dict[str, str] = {}
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        tar.add(dump, DUMP)
        hashes[DUMP] = hash_of(dump)
        for path in sorted(data.rglob("*")):
            inside = path.relative_to(data)
            if inside.parts[0] in _LEFT or path.suffix == ".part":
                continue
            tar.add(path, f"{FILES}/{inside}", recursive=False)
            if path.is_file() and not path.is_symlink():
                hashes[f"{FILES}/{inside}"] = hash_of(path)
        about["files"] = hashes
        text = json.dumps(about, indent=1).encode()
        entry = tarfile.TarInfo(ABOUT)
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
    out.flush()
    os.fsync(out.fileno())


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
