"""The demo over an older demo: the same call goes over it, another call starts afresh."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_the_demo_goes_over_an_older_one_and_starts_afresh_when_called_otherwise(
    crosswalk: Callable[..., Any], tmp_path: Path
) -> None:
    words = ("demo", "--people", 20, "--data", tmp_path / "demo", "--no-open", "--json")
    first = crosswalk(*words)
    again = crosswalk(*words)
    other = crosswalk(*words, "--seed", 8)
    assert (first.code, again.code, other.code) == (0, 0, 0)
    assert [one["repeated"] for one in again.summary["staged"]] == [True] * 5
    assert again.summary["found"] == first.summary["found"]
    assert again.summary["person"] == first.summary["person"]
    assert "repeated" not in other.summary["staged"][0]
    assert len(list((tmp_path / "demo" / "deliveries").iterdir())) == 5
