"""A site's own policy folder replaces shipped entries by key, and never by accident."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crosswalk.core.basics import Refused
from crosswalk.core.policy import load
from made_up_policy import FILES, made_up_policy, respelled, write

NOW = date(2026, 11, 1)
PROGRAM = "populations/ecm.2.yaml"


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return made_up_policy(tmp_path / "policy")


@pytest.fixture
def local(tmp_path: Path) -> Path:
    return tmp_path / "local_policy"


def test_an_entry_of_the_same_key_takes_the_place_of_the_shipped_one(shipped: Path, local: Path) -> None:
    write(local, PROGRAM, FILES[PROGRAM].replace("name: At risk for avoidable use", "name: Our own name"))
    policy = load(shipped, local)
    assert policy.as_of(NOW).program("ecm.2").name == "Our own name"
    assert policy.release == "2026.1+local_policy"


def test_rows_replace_rows_of_the_same_key_and_may_add(shipped: Path, local: Path) -> None:
    write(
        local,
        "codes/covered_aid.csv",
        "code,from,until,name,source,confidence\n4M,,2020-01-01,x,Us,\nK1,,,y,Us,\n",
    )
    assert load(shipped, local).as_of(NOW).code_list("covered_aid") == {"M1", "K1"}


def test_entries_of_a_dated_list_are_replaced_by_key(shipped: Path, local: Path) -> None:
    write(local, "clocks.yaml", FILES["clocks.yaml"].replace("value: 5", "value: 3"))
    assert load(shipped, local).as_of(NOW).entries("clocks")["decision"]["value"] == 3


def test_a_file_of_the_same_path_is_read_instead(shipped: Path, local: Path) -> None:
    write(local, "finding/ranking.yaml", FILES["finding/ranking.yaml"].replace("points: 5", "points: 9"))
    write(local, "layouts/members/ours.yaml", "layout: ours\n")
    policy = load(shipped, local)
    assert policy.path("finding/ranking.yaml") == local / "finding/ranking.yaml"
    assert policy.path("layouts/members/ours.yaml") == local / "layouts/members/ours.yaml"
    assert policy.path("gate.yaml") == shipped / "gate.yaml"


def test_an_entry_that_names_nothing_is_refused_unless_it_says_that_it_adds(
    shipped: Path, local: Path
) -> None:
    text = FILES[PROGRAM].replace("code: ecm.2", "code: ecm.22")
    write(local, "populations/ours.yaml", text)
    with pytest.raises(Refused, match=r"Nothing called “ecm\.22” ships.*Did you mean “ecm\.2”"):
        load(shipped, local)
    write(local, "populations/ours.yaml", text + "new: yes\n")
    assert [program.code for program in load(shipped, local).as_of(NOW).programs] == ["ecm.2", "ecm.22"]


def test_a_file_where_nothing_ships_is_refused(shipped: Path, local: Path) -> None:
    write(local, "population/ecm.2.yaml", FILES[PROGRAM])
    with pytest.raises(Refused, match=r"No shipped file has this path.*populations/ecm\.2\.yaml"):
        load(shipped, local)


def test_an_empty_or_missing_local_folder_is_refused(shipped: Path, local: Path) -> None:
    with pytest.raises(Refused, match="no such policy folder"):
        load(shipped, local)
    local.mkdir()
    with pytest.raises(Refused, match="holds no file"):
        load(shipped, local)


def test_a_local_table_with_other_columns_is_refused(shipped: Path, local: Path) -> None:
    write(local, "codes/covered_aid.csv", "code,name\nK1,ours\n")
    with pytest.raises(Refused, match="columns differ"):
        load(shipped, local).as_of(NOW).code_list("covered_aid")


def test_shipped_files_stay_as_they_are(shipped: Path, local: Path) -> None:
    before = {path: path.read_bytes() for path in shipped.rglob("*") if path.is_file()}
    write(local, PROGRAM, FILES[PROGRAM])
    load(shipped, local).as_of(NOW).digest  # noqa: B018 (reading it must not write)
    assert before == {path: path.read_bytes() for path in shipped.rglob("*") if path.is_file()}
    respelled(local, PROGRAM, "short: Avoidable use", "short: Ours")
