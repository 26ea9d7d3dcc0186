"""Staging a few rows in this process: what is kept, and what is remarked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from crosswalk.core.engine import DuckEngine
from crosswalk.core.formats.plan_files import Call, open_grid, read_codes, read_layout, stage
from crosswalk.core.policy import shipped_folder
from plan_files_builder import events_csv, members_csv

ON = date(2026, 11, 1)


@dataclass(frozen=True)
class Outcome:
    """What staging gave: its summary, the rows kept and the problems, as dictionaries in file order."""

    summary: dict[str, Any]
    as_of: date | None
    rows: list[dict[str, Any]]
    problems: list[dict[str, Any]]

    def remarks(self, row: int) -> set[str]:
        """The codes of the problems of one row."""
        return {problem["code"] for problem in self.problems if problem["row"] == row}


@pytest.fixture
def stage_file(tmp_path: Path) -> Callable[..., Outcome]:
    """Stage a file by a layout: stage_file(path, "members", layout="mif")."""

    def staged(path: Path, family: str, layout: str = "canonical", members: Path | None = None) -> Outcome:
        folder = tmp_path / "staged"
        folder.mkdir(exist_ok=True)
        plan = read_layout(layout, family, [shipped_folder()])
        with DuckEngine(memory="500MB", threads=1) as engine:
            given = stage(
                open_grid(path, plan),
                plan,
                Call("test-1", path.name, folder, ON),
                codes=read_codes([shipped_folder()]),
                engine=engine,
                members=members,
            )
        rows = sorted(pq.read_table(folder / f"{family}.parquet").to_pylist(), key=lambda row: row["row"])
        return Outcome(
            given.summary, given.as_of, rows, pq.read_table(folder / "problems.parquet").to_pylist()
        )

    return staged


@pytest.fixture
def stage_members(tmp_path: Path, stage_file: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Stage member rows; each names only what differs from the invented member."""

    def staged(*rows: Mapping[str, object]) -> Outcome:
        return stage_file(members_csv(tmp_path / "members.csv", rows), "members")

    return staged


@pytest.fixture
def stage_events(tmp_path: Path, stage_file: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Stage event rows; each names only what differs from the invented visit."""

    def staged(*rows: Mapping[str, object], members: Path | None = None) -> Outcome:
        return stage_file(events_csv(tmp_path / "events.csv", rows), "events", members=members)

    return staged
