"""Training with Splink: what it learns, what the policy holds, and that the result is a model we can use."""

from __future__ import annotations

import json
from pathlib import Path

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage.model import Model
from crosswalk.core.linkage.settings import LinkageSettings
from crosswalk.core.linkage.train import train_files
from linkage_people import LEFT, ON, RIGHT, crowd, settings, write


def test_training_learns_the_levels_and_keeps_what_the_policy_holds(tmp_path: Path) -> None:
    lefts, rights = crowd(400, seed=6)
    left, right = write(tmp_path / "l.parquet", lefts, LEFT), write(tmp_path / "r.parquet", rights, RIGHT)
    policy = settings()
    with DuckEngine() as engine:
        model = train_files(engine, policy, left=left, right=right, scratch=tmp_path / "scratch", on=ON)
    trained = Model.of(LinkageSettings({**policy.texts, "model.json": json.dumps(model)}), prior=0)
    shipped = Model.of(policy, prior=0)
    assert [one.name for one in trained.comparisons] == [one.name for one in shipped.comparisons]
    held = next(level for level in trained.comparison("ssn").levels if level.name == "exact")
    assert (held.m, held.u) == (0.845, 6e-08)
    learned = next(level for level in trained.comparison("sex").levels if level.name == "exact")
    assert learned.m > 0.99
    assert 0.4 < learned.u < 0.6
