"""A hub of one's own for journeys that change what everybody sees: its own county, database, web server and worker.

with own_hub() as hub:
    page.goto(hub.address)
    hub.work()          # what waits in line is done
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from command_line import COMMAND, crosswalk

#: The hub's own settings of this process would point at the hub that other tests share.
_FOREIGN = ("CROSSWALK_DATA", "CROSSWALK_DEMO", "DJANGO_SETTINGS_MODULE")


@dataclass(frozen=True)
class OwnHub:
    """Where it answers, and the data folder it works on."""

    address: str
    data: Path

    def work(self) -> None:
        """Do what waits in line, until nothing waits."""
        done = subprocess.run(
            [*COMMAND, "worker", "--until-empty", "--data", str(self.data)],
            capture_output=True, text=True, check=False, env=_environment(),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _FOREIGN}


@contextmanager
def own_hub(people: int = 60, seed: int = 7) -> Iterator[OwnHub]:
    """Bring it up, and take it down again with everything it made."""
    home = Path(tempfile.mkdtemp(prefix="crosswalk-own-"))
    home.chmod(0o755)  # as root the database runs under another account, which must reach it
    data = home / "demo"
    said = crosswalk("demo", "--people", people, "--seed", seed, "--data", data, "--no-open", "--json")
    assert said.code == 0, said.err
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    log = (home / "server.log").open("w")
    server = subprocess.Popen(
        [*COMMAND, "serve", "--demo", "--data", str(data), "--port", str(port), "--no-worker"],
        stdout=log, stderr=log, env=_environment(),
    )  # fmt: skip
    try:
        _wait(server, f"http://127.0.0.1:{port}", home / "server.log")
        yield OwnHub(f"http://127.0.0.1:{port}", data)
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()
        shutil.rmtree(home, ignore_errors=True)


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/health", timeout=1).read()
            return
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.3)
    said = log.read_text()
    if "PostgreSQL" in said and sys.platform:
        pytest.skip(said.strip().splitlines()[-1])
    raise AssertionError(said)
