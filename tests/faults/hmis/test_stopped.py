"""A staging that is stopped leaves nothing half-written, and running it again completes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest


def _stage_and_die(path: Path, data: Path, where: str) -> None:
    """In a child process: stage, and be killed at a step."""
    from crosswalk.cli import main, store
    from crosswalk.cli.deliveries import taking_in
    from crosswalk.core.formats import hmis

    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    owner, name = {
        "reading": (hmis.delivery, "read_table"),
        "checking": (hmis.delivery, "CrossCheck"),
        "adding": (store.Store, "add_delivery"),
        "merging": (taking_in, "bring_up_to_date"),
        "swapping": (store.Store, "swap_current"),
    }[where]
    setattr(owner, name, die)
    sys.argv = ["crosswalk", "stage", "hmis", str(path), "--data", str(data)]
    main()


@pytest.mark.parametrize("where", ["reading", "checking", "adding", "merging", "swapping"])
def test_killed_in_the_middle_nothing_half_written_is_seen_and_the_next_run_completes(
    crosswalk: Callable[..., Any], tmp_path: Path, where: str
) -> None:
    from hmis_export import export

    path, data = export(tmp_path), tmp_path / "data"
    child = subprocess.run([sys.executable, __file__, path, data, where], check=False)
    assert child.returncode == -signal.SIGKILL
    assert not (data / "current").exists()
    assert not (data / "latest").exists()
    for delivery in data.glob("deliveries/*"):
        assert (delivery / "delivery.json").exists(), "a delivery is whole or not there"

    said = crosswalk("stage", "hmis", path, "--data", data, "--json")
    assert said.code == 0, said.err
    assert said.summary["tables"]["Client"]["accepted"] == 1
    assert pq.read_metadata(data / "current" / "hmis" / "Client.parquet").num_rows == 1
    assert len(list(data.glob("deliveries/*"))) == 1


def test_a_refused_delivery_leaves_what_was_held_as_it_was(
    crosswalk: Callable[..., Any], tmp_path: Path
) -> None:
    from hmis_export import export

    data = tmp_path / "data"
    assert crosswalk("stage", "hmis", export(tmp_path), "--data", data).code == 0
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*.parquet")}
    bad = export(tmp_path, name="bad.zip", about={"CSVVersion": "?"})
    assert crosswalk("stage", "hmis", bad, "--data", data).code == 2
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*.parquet")} == before


if __name__ == "__main__":
    _stage_and_die(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
