"""What every test may ask for: the folder of other people's files, and the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytest_plugins = ["hub_site"]

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Other people's files and answers, outside the project."""
    if not SHARED.is_dir():
        pytest.skip("needs the folder ../shared with other people's files; it is not here")
    return SHARED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that work in a browser go last: what they write stays, and others count on an untouched hub."""
    writing = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: item.path in writing)


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def summary(self) -> dict[str, Any]:
        """Its one JSON object."""
        return dict(json.loads(self.out))


@pytest.fixture
def crosswalk(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Run `crosswalk …` in this process: crosswalk("stage", "hmis", path, "--data", folder, "--json")."""
    import sys

    from crosswalk.cli import main

    def run(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["crosswalk", *map(str, words)])
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run
