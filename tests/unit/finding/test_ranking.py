"""The weights are data: points add up or the best one counts, never above what a part may give."""

from __future__ import annotations

from pathlib import Path

import pytest

from crosswalk.core.basics import Refused
from crosswalk.core.engine import DuckEngine
from crosswalk.core.finding.ranking import ranking
from crosswalk.core.finding.sweep import ranks
from crosswalk.core.policy import load, shipped_folder
from crosswalk.core.rules import FactUse
from people_for_finding import MEMBER, ON, set_people, weights

STREET = {
    "unsheltered_now": True,
    "fleeing_violence": True,
    "high_risk_overdose_or_suicide": True,
    "pregnant_or_postpartum": True,
    "days_homeless": 400,
    "ed_visits_all__12m": 21,
    "ed_visits_all__6m": 8,
    "loses_housing_within_30_days": True,
}


def test_points_in_sql_are_the_points_told_to_a_person() -> None:
    people = {
        "street": {**MEMBER, **STREET},
        "nothing": {},
        "no": {"unsheltered_now": False, "days_homeless": 0},
    }
    with DuckEngine(threads=1) as engine:
        set_people(engine, people)
        found = [
            row[0]
            for row in engine.fetch(f"SELECT {weights().person_sql()} FROM fact_table ORDER BY person_id")
        ]
    for points, facts in zip(found, people.values(), strict=True):
        values = {use: facts.get(use.column) for use in weights().uses()}
        assert points == sum(part.earned(values)[0] for part in weights().parts)
    assert found[1:] == [0, 0]


def test_who_has_died_comes_after_everybody_and_the_list_says_why() -> None:
    people = {"died": {**MEMBER, **STREET, "deceased": True}, "nothing": {}}
    with DuckEngine(threads=1) as engine:
        set_people(engine, people)
        rows = engine.fetch(f"SELECT {weights().person_sql()} FROM fact_table ORDER BY person_id")
    assert rows[0][0] < rows[1][0] == 0
    died = next(part for part in weights().parts if part.name == "died")
    points, steps = died.earned({FactUse("deceased"): True})
    assert points < 0
    assert "HMIS" in steps[0].say


def test_a_part_gives_no_more_than_it_may() -> None:
    values = {use: STREET.get(use.column) for use in weights().uses()}
    need = next(part for part in weights().parts if part.name == "need")
    points, steps = need.earned(values)
    assert sum(step.points for step in steps) > points == need.up_to


def test_where_the_best_counts_only_one_step_is_told() -> None:
    time = next(part for part in weights().parts if part.name == "time")
    points, steps = time.earned({FactUse("days_homeless"): 400})
    assert (points, len(steps)) == (15, 1)


def test_little_missing_comes_before_much_missing_and_held_comes_last() -> None:
    points = weights().finding_points
    assert (
        points("met", 0, "") > points("unknown", 1, "") > points("unknown", 2, "") >= points("unknown", 9, "")
    )
    assert points("met", 0, "") > points("met", 0, "approved") > points("met", 0, "requested")
    assert points("met", 0, "requested") > points("met", 0, "served")


def test_equal_points_share_a_rank_and_the_next_one_leaves_room() -> None:
    assert ranks({50: 2, 40: 3, 10: 1}) == {50: 1, 40: 3, 10: 6}


@pytest.mark.parametrize("spoil", ["counts: all", "missing: {up_to: 15, less_each: 5}"])
def test_weights_that_cannot_be_read_are_refused_with_their_place(spoil: str, tmp_path: Path) -> None:
    text = (shipped_folder() / "finding" / "ranking.yaml").read_text()
    (tmp_path / "finding").mkdir()
    wrong = {"counts: all": "counts: some"}.get(spoil, "")
    (tmp_path / "finding" / "ranking.yaml").write_text(text.replace(spoil, wrong))
    with pytest.raises(Refused, match=r"finding/ranking\.yaml"):
        ranking(load(shipped_folder(), tmp_path).as_of(ON))
