"""`crosswalk simulate county` and the refusals of `crosswalk demo`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

Crosswalk = Callable[..., Any]


def test_a_county_is_written_and_summed_up(crosswalk: Crosswalk, tmp_path: Path) -> None:
    said = crosswalk(
        "simulate", "county", "--people", 30, "--seed", 2, "--out", tmp_path / "county", "--json"
    )
    assert said.code == 0
    assert said.summary["people"] == 30
    assert said.summary["tables"]["Client"] == said.summary["client_records"] >= 30
    assert {path.name for path in (tmp_path / "county").iterdir()} == {
        "hmis.zip", "members_sequoia.csv", "members_valley_oak.csv", "events_sequoia.csv", "events_valley_oak.csv",
        "truth.csv", "truth_eligibility.csv", "truth_facts.csv", "README.txt",
    }  # fmt: skip


def test_members_are_five_times_the_people_unless_told_otherwise(
    crosswalk: Crosswalk, tmp_path: Path
) -> None:
    usual = crosswalk("simulate", "county", "--people", 60, "--out", tmp_path / "a", "--json").summary
    fewer = crosswalk(
        "simulate", "county", "--people", 60, "--members", 100, "--out", tmp_path / "b", "--json"
    ).summary
    assert 300 <= sum(usual["members"].values()) <= 330
    assert sum(fewer["members"].values()) < 300


def test_in_words_the_next_command_is_named(crosswalk: Crosswalk, tmp_path: Path) -> None:
    said = crosswalk("simulate", "county", "--people", 10, "--out", tmp_path / "county")
    assert f"crosswalk stage hmis {tmp_path / 'county'}/hmis.zip" in said.out


def test_writing_again_replaces_the_county(crosswalk: Crosswalk, tmp_path: Path) -> None:
    crosswalk("simulate", "county", "--people", 10, "--seed", 1, "--out", tmp_path)
    first = (tmp_path / "hmis.zip").read_bytes()
    crosswalk("simulate", "county", "--people", 10, "--seed", 2, "--out", tmp_path)
    assert (tmp_path / "hmis.zip").read_bytes() != first
    assert not (tmp_path / ".building").exists()


def test_a_day_that_is_none_is_refused(crosswalk: Crosswalk, tmp_path: Path) -> None:
    said = crosswalk("simulate", "county", "--people", 10, "--out", tmp_path / "x", "--on", "yesterday")
    assert said.code == 2
    assert "is not a day" in said.err
    assert not (tmp_path / "x").exists()


def test_a_file_in_the_place_of_the_folder_is_refused(crosswalk: Crosswalk, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine")
    said = crosswalk("simulate", "county", "--people", 10, "--out", tmp_path / "taken")
    assert said.code == 2
    assert (tmp_path / "taken").read_text() == "mine"


def test_a_county_without_people_is_refused(crosswalk: Crosswalk, tmp_path: Path) -> None:
    assert crosswalk("simulate", "county", "--people", 0, "--out", tmp_path / "x").code == 2


def test_the_demo_never_touches_a_folder_that_is_not_a_demo_s(crosswalk: Crosswalk, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    said = crosswalk("demo", "--data", tmp_path, "--no-open")
    assert said.code == 2
    assert "not a demo" in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["precious.txt"]
