"""What tests of faults share."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import ON, quickly
from plan_files_builder import members_csv


@pytest.fixture(scope="session")
def one_member(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that knows one member, and is linked."""
    home = tmp_path_factory.mktemp("one")
    quickly("stage", "members", members_csv(home / "m.csv", [{}]), "--data", home / "data")
    assert quickly("link", "--data", home / "data", "--on", ON).code == 0
    return home / "data"
