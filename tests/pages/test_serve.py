"""`crosswalk serve` and the port: it says that it answers only where it is itself that answers."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command_line import crosswalk

pytestmark = pytest.mark.hub


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize("more", [(), ("--once",)])
def test_a_taken_port_is_refused_in_words_before_anything_starts(
    taken: int, tmp_path: Path, more: tuple[str, ...]
) -> None:
    said = crosswalk("serve", *more, "--port", taken, "--data", tmp_path / "data")
    assert said.code == 2
    assert f"Port {taken} is taken" in said.err
    assert "--port" in said.err.partition("taken")[2]
    assert not (tmp_path / "data" / "hub").exists()


def test_an_address_of_another_machine_is_refused(tmp_path: Path) -> None:
    said = crosswalk("serve", "--address", "192.0.2.7", "--data", tmp_path / "data")
    assert said.code == 2
    assert "192.0.2.7 is no address of this machine" in said.err


def test_once_takes_a_port_that_is_free(hub_site: Any) -> None:
    said = crosswalk("serve", "--once", "--data", hub_site.data)
    assert said.code == 0, said.err
    assert "The hub answers at http://127.0.0.1:" in said.err
    assert ":8000/" not in said.err
