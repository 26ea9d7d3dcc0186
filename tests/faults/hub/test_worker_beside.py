"""The worker beside the pages is started again when it is killed, and goes when the pages go."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from crosswalk.cli import serve


def started(log: Path, number: int) -> int:
    """The process id of the n-th worker, once it is there."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        there = log.read_text().split() if log.exists() else []
        if len(there) >= number:
            return int(there[number - 1])
        time.sleep(0.05)
    raise AssertionError(f"no worker number {number}")


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_worker_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log, program = tmp_path / "log", tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho $$ >> {log}\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with serve._worker_beside(tmp_path):
        first = started(log, 1)
        os.kill(first, signal.SIGKILL)
        second = started(log, 2)
        assert is_alive(second)
    assert not is_alive(second)
