"""The database is killed under load: nothing acknowledged is lost, and the hub comes back by itself.

Twice here; `bench/hub_faults.py` does it twenty times, kills the worker and fills the disk as well.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from command_line import ROOT

pytestmark = pytest.mark.hub


def test_a_killed_database_loses_nothing_and_is_started_again(hub_site: Any) -> None:
    words = ["--rounds", "2", "--only", "database", "--from", str(hub_site.data), "--json"]
    done = subprocess.run(
        [sys.executable, ROOT / "bench" / "hub_faults.py", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)["database"]
    assert told["survived"] == 2
    assert told["lost"] == 0
    assert told["acknowledged"] > 5
    assert told["damaged_pages"] == 0
    assert told["journal_holds"]
