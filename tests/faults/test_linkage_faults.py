"""Linkage under bad input and broken leftovers: a sentence, or the same answer as if nothing had happened."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crosswalk.core.basics import Refused
from crosswalk.core.linkage.settings import FILES, LinkageSettings
from linkage_people import LEFT, RIGHT, answers, crowd, hmis, linked, member, settings, write
from linkage_state import client, state

Run = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[2]


def test_nothing_staged_is_said(crosswalk: Run, tmp_path: Path) -> None:
    said = crosswalk("link", "--data", tmp_path / "data")
    assert said.code == 2
    assert "Nothing is staged" in said.err


def test_one_file_alone_is_refused(crosswalk: Run, tmp_path: Path) -> None:
    left = write(tmp_path / "left.parquet", [], LEFT)
    assert "belong together" in crosswalk("link", "--left", left, "--data", tmp_path / "data").err


def test_a_file_that_is_not_parquet_is_refused_and_nothing_is_written(crosswalk: Run, tmp_path: Path) -> None:
    left, right = tmp_path / "left.parquet", write(tmp_path / "right.parquet", [], RIGHT)
    left.write_text("personal_id,first_name")
    said = crosswalk("link", "--left", left, "--right", right, "--data", tmp_path / "data")
    assert said.code == 2
    assert "cannot be read as Parquet" in said.err
    assert not (tmp_path / "data" / "latest").exists()


def test_a_file_without_a_needed_column_is_refused_by_name(crosswalk: Run, tmp_path: Path) -> None:
    left, right = tmp_path / "left.parquet", write(tmp_path / "right.parquet", [], RIGHT)
    pq.write_table(pa.table({"personal_id": ["1"], "first_name": ["Ana"]}), left)
    said = crosswalk("link", "--left", left, "--right", right, "--data", tmp_path / "data")
    assert said.code == 2
    assert "last_name, ssn, dob" in said.err


def test_empty_files_give_no_links(tmp_path: Path) -> None:
    assert linked(tmp_path, [], []) == []
    assert linked(tmp_path / "two", [hmis("1", "Ana", "Cruz", date(1980, 1, 2))], []) == []
    assert linked(tmp_path / "three", [], [member(1, "ANA", "CRUZ", date(1980, 1, 2))]) == []


def test_a_broken_line_among_the_decisions_stops_the_run(crosswalk: Run, tmp_path: Path) -> None:
    data = state(tmp_path / "data", [client("H1", "Ana", "Cruz", date(1980, 1, 2))], [])
    (data / "decisions.jsonl").write_text('{"left_source": "x"}\n')
    said = crosswalk("link", "--data", data)
    assert said.code == 2
    assert "Line 1 of the decisions" in said.err
    assert not (data / "latest").exists()


@pytest.mark.parametrize("lost", ["memory.json", "standard", "pairs"])
def test_what_is_lost_of_earlier_work_only_costs_time(tmp_path: Path, lost: str) -> None:
    lefts, rights = crowd(120, seed=1)
    memory = tmp_path / "memory"
    before = answers(linked(tmp_path, lefts, rights, memory=memory))
    if lost == "standard":
        shutil.rmtree(memory / "standard")
    elif lost == "pairs":
        next(memory.glob("across-*.parquet")).unlink()
    else:
        (memory / lost).unlink()
    assert answers(linked(tmp_path, lefts, rights, memory=memory)) == before


def test_a_run_stopped_while_standardising_is_simply_done_again(tmp_path: Path) -> None:
    lefts, rights = crowd(60, seed=2)
    memory = tmp_path / "memory"
    before = answers(linked(tmp_path, lefts, rights, memory=memory))
    for home in list((memory / "standard").iterdir()):
        home.rename(home.with_name(home.name + ".part"))
    (memory / "memory.json").unlink()
    assert answers(linked(tmp_path, lefts, rights, memory=memory)) == before


def test_a_policy_that_lacks_a_file_is_refused(tmp_path: Path) -> None:
    for name in FILES[1:]:
        shutil.copy(ROOT / "policy" / "linkage" / name, tmp_path / name)
    with pytest.raises(Refused, match=r"lacks comparisons\.yaml"):
        LinkageSettings.load(tmp_path)


def test_a_blocking_rule_with_an_unknown_part_is_refused(tmp_path: Path) -> None:
    (tmp_path / "blocking.yaml").write_text(
        settings().texts["blocking.yaml"] + "\n  - {name: x, equal: [shoe_size]}\n"
    )
    with pytest.raises(Refused, match="shoe_size"):
        LinkageSettings.load(ROOT / "policy" / "linkage", tmp_path)


def test_a_site_adds_its_own_short_forms(tmp_path: Path) -> None:
    (tmp_path / "nicknames.csv").write_text(
        "name,variant,language,source,confidence\nARNULFO,FITO,es,us,plan\n"
    )
    both = LinkageSettings.load(ROOT / "policy" / "linkage", tmp_path)
    assert {"ARNULFO", "FRANCISCO"} <= {row["name"] for row in both.rows("nicknames.csv")}
