"""The hub's database is killed, its worker is killed, its disk is full, again and again: nothing acknowledged is lost.

    python bench/hub_faults.py --rounds 20             all three, 20 times each
    python bench/hub_faults.py --rounds 2 --only database --from DATA --json

Four workers of the invented county share out the work of the list over HTTP. A write is acknowledged when the hub
answers with the redirect that offers to take it back, which names the entry of the journal; afterwards that entry
must be there, about that person, by that worker. The disk is a small one of its own (root with CAP_SYS_ADMIN).
"""

from __future__ import annotations

import argparse
import base64
import http.client
import http.cookiejar
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from crosswalk.hub.site import postgres
from crosswalk.hub.site.config import Site
from crosswalk.hub.site.database import NAME

COMMAND = (sys.executable, "-c", "from crosswalk.cli import main; main()")
PEOPLE = ("Rosa Delgado", "Tomás Rivera", "Lena Brightwater", "Pa Houa Vang")


@dataclass
class Worker:
    """Somebody at work in a browser: takes a person on, lets the person go, without end."""

    address: str
    name: str
    acknowledged: list[tuple[int, str, float]] = field(default_factory=list)
    """Entry of the journal, person, and when the hub said so."""

    def __post_init__(self) -> None:
        self.cookies = http.cookiejar.CookieJar()
        handler = urllib.request.HTTPCookieProcessor(self.cookies)
        self.web = urllib.request.build_opener(handler, _Stay())

    def arrive(self) -> None:
        """Sign in with one click, and read the list."""
        page = self.get("/sign-in/")
        label = re.escape(self.name)
        door = re.search(r'action="(/demo/\d+)"(?:(?!</form>).)*?' + label, page, re.S)
        assert door, f"{self.name} is not at the door"
        self.post(door[1], {})
        self.persons = re.findall(r'name="person" value="(P[0-9A-F]+)"', self.get("/likely/"))[:20]
        assert self.persons, f"{self.name} has no list"

    def get(self, path: str) -> str:
        """One page."""
        with self.web.open(self.address + path, timeout=10) as answer:
            return str(answer.read().decode())

    def post(self, path: str, said: dict[str, str]) -> str:
        """One form; what the hub says was done."""
        with suppress(KeyError):  # what was said before was read
            self.cookies.clear("127.0.0.1", "/", "messages")
        token = next((one.value for one in self.cookies if one.name == "csrf"), "")
        body = urllib.parse.urlencode({**said, "csrfmiddlewaretoken": token or ""}).encode()
        with self.web.open(self.address + path, body, timeout=10) as answer:
            return told(answer.headers.get_all("Set-Cookie") or [])

    def work(self, over: threading.Event) -> None:
        """Write until it is over; whatever goes wrong is not acknowledged."""
        while not over.is_set():
            person, what = random.choice(self.persons), random.choice(("mine", "free"))
            try:
                said = self.post("/likely/chosen/", {"do": what, "person": person, "back": ""})
            except (OSError, urllib.error.URLError, http.client.HTTPException):
                time.sleep(0.1)
                continue
            if entry := re.search(r"/likely/undo/(\d+)/", said):
                self.acknowledged.append((int(entry[1]), person, time.monotonic()))


def told(cookies: list[str]) -> str:
    """What Django's cookie of messages says: signed, and where that is shorter packed (`django.core.signing`)."""
    said = next((one.partition("=")[2].strip('"') for one in cookies if one.startswith("messages=")), "")
    packed, body = said.startswith("."), said.lstrip(".").partition(":")[0].partition(";")[0].strip('"')
    plain = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    return (zlib.decompress(plain) if packed else plain).decode(errors="replace")


class _Stay(urllib.request.HTTPRedirectHandler):
    """Takes a redirect for the answer that it is."""

    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:  # noqa: ARG002
        """The answer itself."""
        return fp


@contextmanager
def serving(data: Path, log: Path) -> Iterator[str]:
    """`crosswalk serve` over a folder, as a process of its own; its address."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    words = [*COMMAND, "serve", "--demo", "--data", str(data), "--port", str(port)]
    with log.open("ab") as out:
        server = subprocess.Popen(words, stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}"
    try:
        until(lambda: urllib.request.urlopen(f"{address}/health", timeout=2).read(), 120)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            server.wait(30)
        server.kill()


def until(answers: Callable[[], object], seconds: float) -> None:
    """Wait until something answers."""
    end = time.monotonic() + seconds
    while True:
        with suppress(OSError, psycopg.Error, AssertionError):
            if answers():
                return
        assert time.monotonic() < end, "it did not come back"
        time.sleep(0.1)


def server_of(data: Path) -> postgres.Server:
    """The database server under a data folder."""
    found = postgres.server_of(Site(data=data))
    assert found is not None
    return found


def kill_database(data: Path) -> None:
    """Kill every process of the database at once, with no chance to write anything."""
    first = int((server_of(data).cluster / "postmaster.pid").read_text().split()[0])
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(first)], capture_output=True, text=True, check=False
    )
    for number in (first, *map(int, children.stdout.split())):
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def fill_disk(data: Path) -> None:
    """Fill the small disk, and make the database need more of it at once."""
    with suppress(OSError), (data.parent / "filler").open("wb") as filler:
        while True:
            filler.write(bytes(1 << 20))
            filler.flush()
    with suppress(psycopg.Error), psycopg.connect(server_of(data).url(NAME), autocommit=True) as connection:
        for _ in range(64):
            connection.execute("SELECT pg_logical_emit_message(true, 'fill', repeat('x', 1000000))")
    time.sleep(2)
    (data.parent / "filler").unlink()


def lost(data: Path, workers: list[Worker]) -> int:
    """Acknowledged writes that are not in the journal as they were acknowledged."""
    # Taken before the journal is read: they go on working meanwhile.
    acknowledged = [(seq, one.name, person) for one in workers for seq, person, _ in one.acknowledged]
    with psycopg.connect(server_of(data).url(NAME)) as connection:
        rows = connection.execute(
            "SELECT seq, worker, persons FROM journal_entry WHERE verb IN ('take on', 'let go')"
        ).fetchall()
    there = {(seq, worker, one) for seq, worker, persons in rows for one in persons}
    return sum(one not in there for one in acknowledged)


def checksums(data: Path) -> int:
    """Pages that the database found damaged."""
    with psycopg.connect(server_of(data).url(NAME)) as connection:
        row = connection.execute(
            "SELECT coalesce(sum(checksum_failures), 0) FROM pg_stat_database"
        ).fetchone()
        return int(row[0]) if row else 0


def under_load(data: Path, rounds: int, harm: Callable[[Path], None], log: Path) -> dict[str, object]:
    """Harm the hub again and again while four people work; what was lost, and how long nothing was acknowledged."""
    gaps: list[float] = []
    with serving(data, log) as address:
        workers = [Worker(address, name) for name in PEOPLE]
        for one in workers:
            one.arrive()
        over = threading.Event()
        threads = [threading.Thread(target=one.work, args=(over,), daemon=True) for one in workers]
        for thread in threads:
            thread.start()
        survived = 0
        for number in range(rounds):
            time.sleep(1 + random.random())
            harm(data)
            at = time.monotonic()
            until(
                lambda at=at: any(one.acknowledged and one.acknowledged[-1][2] > at + 0.2 for one in workers),
                60,
            )  # type: ignore[misc]
            gaps.append(time.monotonic() - at)
            missing = lost(data, workers)
            survived += missing == 0
            print(f"  {number + 1}: back after {gaps[-1]:.1f} s, {missing} lost", file=sys.stderr, flush=True)
        over.set()
        for thread in threads:
            thread.join()
        told = {
            "rounds": rounds,
            "survived": survived,
            "acknowledged": sum(len(one.acknowledged) for one in workers),
            "lost": lost(data, workers),
            "damaged_pages": checksums(data),
            "back_after_median_s": round(statistics.median(gaps), 1),
            "back_after_most_s": round(max(gaps), 1),
        }
        verify = subprocess.run(
            [*COMMAND, "journal", "verify", "--data", str(data), "--json"],
            capture_output=True,
            text=True,
            check=False,
        )
        told["journal_holds"] = verify.returncode == 0
    return told


def worker_killed(data: Path, rounds: int, log: Path) -> dict[str, object]:
    """Kill the worker beside the pages in the middle of a job, again and again; nobody starts another by hand.

    A job that was in line must be done in the end, and after each kill another worker must be there.
    """
    gaps: list[float] = []
    with serving(data, log):
        connection = psycopg.connect(server_of(data).url(NAME), autocommit=True)

        def jobs(*states: str) -> int:
            row = connection.execute(
                "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'bring' AND status::text = ANY (%s)",
                [list(states)],
            ).fetchone()
            return int(row[0]) if row else 0

        def taken() -> set[tuple[int, int]]:
            """Jobs under way, with the worker that took them; those of a killed one stay until they are taken over."""
            rows = connection.execute("SELECT id, worker_id FROM procrastinate_jobs WHERE status = 'doing'")
            return {(int(job), int(worker or 0)) for job, worker in rows}

        until(lambda: workers_of(data), 60)
        put = 0
        for number in range(rounds):
            before = taken()
            put += defer(data)
            until(lambda before=before: taken() - before, 90)  # type: ignore[misc]
            time.sleep(random.random() * 0.2)
            old = workers_of(data)
            for one in old:
                os.kill(one, signal.SIGKILL)
            at = time.monotonic()
            until(lambda old=old: set(workers_of(data)) - set(old), 60)  # type: ignore[misc]
            gaps.append(time.monotonic() - at)
            print(f"  {number + 1}: another worker after {gaps[-1]:.1f} s", file=sys.stderr, flush=True)
        in_the_middle, began = jobs("doing"), time.monotonic()
        until(lambda: jobs("doing", "todo") == 0, 300)
        return {
            "rounds": rounds,
            "survived": rounds - jobs("failed", "aborted", "cancelled") - (put - jobs("succeeded")),
            "put_in_line": put,
            "left_in_the_middle": in_the_middle,
            "done": jobs("succeeded"),
            "back_after_median_s": round(statistics.median(gaps), 1),
            "back_after_most_s": round(max(gaps), 1),
            "all_done_after_s": round(time.monotonic() - began, 1),
        }


def workers_of(data: Path) -> list[int]:
    """The processes that do the jobs of this data folder."""
    found = subprocess.run(["ps", "-eo", "pid=,args="], capture_output=True, text=True, check=True).stdout
    mine = [one for one in found.splitlines() if one.endswith(f" worker --data {data}")]
    return [int(one.split()[0]) for one in mine]


def defer(data: Path) -> int:
    """Put a job in line, from a process of its own; how many were put there (one may wait of each kind)."""
    words = (
        f"from crosswalk.cli.serve import hub_at; from pathlib import Path\nwith hub_at(Path({str(data)!r})):\n"
        "    from crosswalk.hub.runs.jobs import bring_newest; from procrastinate.exceptions import AlreadyEnqueued\n"
        "    try: bring_newest.defer(); print(1)\n    except AlreadyEnqueued: print(0)"
    )
    done = subprocess.run([sys.executable, "-c", words], check=True, stdout=subprocess.PIPE, text=True)
    return int(done.stdout.split()[-1])


def measured(kind: str, rounds: int, source: Path, home: Path) -> dict[str, object]:
    """One kind of fault on a fresh hub in `home`."""
    data, log = home / "data", home.parent / f"{kind}.log"
    shutil.copytree(source, data, symlinks=True, ignore=shutil.ignore_patterns("hub", "*.log"))
    try:
        if kind == "worker":
            return worker_killed(data, rounds, log)
        return under_load(data, rounds, {"database": kill_database, "disk": fill_disk}[kind], log)
    finally:
        if server := postgres.server_of(Site(data=data)):
            postgres.stop(server, how="immediate")
            shutil.rmtree(server.socket, ignore_errors=True)


def on_a_small_disk(rounds: int, source: Path, place: Path) -> dict[str, object]:
    """The same with a disk of 260 MB of its own, in a process that alone sees it."""
    (place / "disk").mkdir(mode=0o755)
    words = [
        sys.executable,
        __file__,
        "--rounds",
        str(rounds),
        "--from",
        str(source),
        "--inside",
        str(place / "disk"),
    ]
    mount = f'mount -t tmpfs -o size=260m,mode=755 none {place}/disk && exec "$@"'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", mount, "sh", *words], stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        return {"rounds": rounds, "not measured": "needs root with the right to mount a small disk"}
    return dict(json.loads(done.stdout))


def main() -> int:
    """0 when every round of every fault lost nothing."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=20)
    asked.add_argument("--only", choices=("database", "worker", "disk"))
    asked.add_argument("--from", dest="source", type=Path, help="an invented county that was found already")
    asked.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    asked.add_argument("--json", action="store_true")
    said = asked.parse_args()
    if said.inside:
        print(json.dumps(measured("disk", said.rounds, said.source, said.inside / "hub")))
        return 0
    with tempfile.TemporaryDirectory(prefix="crosswalk-faults-") as folder:
        place = Path(folder)
        place.chmod(0o755)
        source = said.source or place / "county"
        if not said.source:
            subprocess.run(
                [*COMMAND, "demo", "--people", "90", "--seed", "7", "--data", str(source), "--no-open", "--json"],
                check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
        told = {}
        for kind in [said.only] if said.only else ["database", "worker", "disk"]:
            print(f"== {kind}", file=sys.stderr, flush=True)
            told[kind] = (
                on_a_small_disk(said.rounds, source, place)
                if kind == "disk"
                else measured(kind, said.rounds, source, place / kind)
            )
    print(json.dumps(told) if said.json else "\n".join(f"{kind}: {one}" for kind, one in told.items()))
    return 0 if all(one.get("survived") == one["rounds"] for one in told.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
