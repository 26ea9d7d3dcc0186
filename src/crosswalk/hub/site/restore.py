"""Bringing a backup back, and the drill: the same in a place of its own, held against what was there, and removed."""

from __future__ import annotations

import json
import shutil
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from crosswalk.core.basics import Refused
from crosswalk.hub.site import database, postgres
from crosswalk.hub.site.backup import ABOUT, DUMP, FILES, call, counted, hash_of, newest
from crosswalk.hub.site.config import Site


@dataclass(frozen=True)
class Restored:
    """What came back, and whether it is what was there: each line a sentence, and whether it holds."""

    lines: tuple[tuple[bool, str], ...]
    seconds: float
    at: str

    @property
    def holds(self) -> bool:
        """Whether everything is as it was."""
        return all(good for good, _ in self.lines)


def the_backup(site: Site, named: Path | None) -> Path:
    """The backup that is meant: the one named, else the newest of the site."""
    path = named or newest(site)
    if path is None or not path.is_file():
        raise Refused(
            "There is no backup.", fix="Make one: crosswalk backup --data DIR.", place=str(path or "")
        )
    return path


def restore(site: Site, path: Path) -> Restored:
    """Bring a backup back into an empty data folder, with a database of its own or an empty one that is named."""
    if site.data.exists() and any(site.data.iterdir()):
        raise Refused(f"{site.data} is not empty; nothing was changed.", fix="Name a new folder with --data.")
    began = time.monotonic()
    site.data.mkdir(mode=0o711, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=site.data) as aside:
        about = _unpacked(path, Path(aside))
        lines = [_files(Path(aside), about)]
        for one in sorted((Path(aside) / FILES).glob("*")):
            one.rename(site.data / one.name)
        found, server = database.prepare(site)
        try:
            lines += _database(site, found, server, Path(aside) / DUMP, about)
        finally:
            if server is not None and server.started_here:
                postgres.stop(server)
    return Restored(tuple(lines), time.monotonic() - began, about["at"])


@contextmanager
def scratch(site: Site) -> Iterator[Site]:
    """A place of its own for a drill: a data folder and a database server that nobody else uses, then removed."""
    site.folder.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="drill-", dir=site.folder))
    folder.chmod(0o711)  # as root the database runs under another account, which must reach its folder
    place = Site(
        data=folder / "data", DATABASE_URL="", app_database_url="", postgres=site.postgres, demo=False
    )
    try:
        yield place
    finally:
        if server := postgres.server_of(place):
            postgres.stop(server, how="immediate")
            shutil.rmtree(server.cluster, ignore_errors=True)
            shutil.rmtree(server.socket, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def _unpacked(path: Path, aside: Path) -> dict[str, Any]:
    """The parts of the file in a folder; what it says of itself. Raises Refused for a file that is cut off."""
    try:
        with tarfile.open(path) as tar:
            tar.extractall(aside, filter="data")
        about: dict[str, Any] = json.loads((aside / ABOUT).read_text())
    except (tarfile.TarError, FileNotFoundError, ValueError, EOFError):
        raise Refused("This is not a whole backup.", fix="Take another one.", place=str(path)) from None
    for one in (aside / FILES).glob("*"):
        if one.is_dir() and not one.is_symlink():
            one.chmod(0o700)
    return about


def _files(aside: Path, about: dict[str, Any]) -> tuple[bool, str]:
    """Whether every file is the one that was copied."""
    wrong = [
        name
        for name, said in about["files"].items()
        if not (aside / name).is_file() or hash_of(aside / name) != said
    ]
    if wrong:
        return False, f"{len(wrong):,} of {len(about['files']):,} files are not what was copied."
    return True, f"{len(about['files']):,} files, each the one that was copied."


def _database(
    site: Site, found: database.Addresses, server: postgres.Server | None, dump: Path, about: dict[str, Any]
) -> list[tuple[bool, str]]:
    """The tables back under the owner's role, the app role's rights with them, and all of it held against `about`."""
    strong = server.url(database.NAME) if server else site.backup_database_url or found.owner
    with psycopg.connect(found.owner) as connection:
        owner = connection.info.user
    stranger = about["owner"] not in ("", owner)
    with psycopg.connect(strong, autocommit=True) as connection:
        before = {name: sql.Identifier(name) for name in (about["owner"], owner)}
        there = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [about["owner"]]).fetchone()
        if stranger and not there:
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(before[about["owner"]]))
        words = ["pg_restore", "--no-owner", "--no-privileges", "--no-comments", "--single-transaction"]
        name = connection.info.dbname
        call(site, strong, [*words, f"--role={owner}", f"--dbname={name}", str(dump)], about["server"])
        if stranger:
            _hand_over(connection, about["owner"], before[owner])
            if not there:
                connection.execute(sql.SQL("DROP ROLE {}").format(before[about["owner"]]))
        now = counted(connection)
    database.grant(found.owner, found.app)
    database.check(found.app)
    return [_rows(now, about), *_seals(now, about), _closed(found)]


def _hand_over(connection: psycopg.Connection[Any], was: str, owner: sql.Identifier) -> None:
    """Policies that name the role which owned the tables elsewhere name the owner here."""
    named = connection.execute(
        "SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public' AND %s = ANY (roles)",
        [was],
    ).fetchall()
    for table, policy in named:
        connection.execute(
            sql.SQL("ALTER POLICY {} ON {} TO {}").format(
                sql.Identifier(policy), sql.Identifier(table), owner
            )
        )


def _rows(now: dict[str, Any], about: dict[str, Any]) -> tuple[bool, str]:
    """Whether every table has the rows that it had."""
    other = [name for name, rows in about["tables"].items() if now["tables"].get(name) != rows]
    if other:
        return False, f"{', '.join(other)}: not the number of rows that there was."
    return (
        True,
        f"{len(about['tables'])} tables with {sum(about['tables'].values()):,} rows, as many as there were.",
    )


def _seals(now: dict[str, Any], about: dict[str, Any]) -> Iterator[tuple[bool, str]]:
    """Whether the journal ends where it ended."""
    same = now["journal"] == about["journal"]
    yield (
        same,
        f"The journal ends with entry {now['journal']['seq']:,}, "
        + ("sealed as it was." if same else f"but it ended with {about['journal']['seq']:,}."),
    )


def _closed(found: database.Addresses) -> tuple[bool, str]:
    """Whether the role that serves pages is shown nothing before it says for whom it asks."""
    with psycopg.connect(found.app) as connection:
        row = connection.execute("SELECT count(*) FROM people_person").fetchone()
    closed = row == (0,)
    return closed, "Row-level security " + ("shows nothing unasked." if closed else "is open!")
