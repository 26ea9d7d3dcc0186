"""A policy analyst reads, checks and compares the rules from the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from made_up_policy import made_up_policy, respelled


def test_the_shipped_policy_has_nothing_wrong(crosswalk: Callable[..., Any]) -> None:
    said = crosswalk("policy", "check", "--json")
    assert said.summary["problems"] == []
    assert said.code == 0
    assert said.summary["programs"] >= 26


def test_a_spoiled_policy_ends_with_two_and_says_where(crosswalk: Callable[..., Any], tmp_path: Path) -> None:
    folder = respelled(made_up_policy(tmp_path), "clauses/adult.yaml", "at_least: 21", "at_leest: 21")
    said = crosswalk("policy", "check", "--policy", folder)
    assert said.code == 2
    assert "clauses/adult.yaml:8" in said.out
    assert "Did you mean “at_least”?" in said.out
    refused = crosswalk("policy", "list", "--policy", folder)
    assert refused.code == 2
    assert refused.out == ""
    assert "Did you mean “at_least”?" in refused.err


def test_a_local_overlay_that_names_nothing_is_refused(crosswalk: Callable[..., Any], tmp_path: Path) -> None:
    said = crosswalk("policy", "check", "--local-policy", tmp_path / "nothing")
    assert said.code == 2
    assert "no such policy folder" in said.err
    stray = tmp_path / "local"
    (stray / "population").mkdir(parents=True)
    (stray / "population" / "ecm.2.yaml").write_text("code: ecm.2\n")
    said = crosswalk("policy", "check", "--local-policy", stray)
    assert said.code == 2
    assert "replaces nothing" in said.out


def test_the_list_names_every_program_of_a_day(crosswalk: Callable[..., Any]) -> None:
    early = crosswalk("policy", "list", "--on", "2022-07-01", "--json").summary
    today = crosswalk("policy", "list", "--on", "2026-11-01", "--json").summary
    codes = [program["code"] for program in today["programs"]]
    assert codes[:3] == ["ecm.1a", "ecm.1b", "ecm.2"]
    assert {"cs.trent", "ecm.9"} <= set(codes) - {program["code"] for program in early["programs"]}


def test_a_program_is_shown_as_prose_with_page_and_examples(crosswalk: Callable[..., Any]) -> None:
    said = crosswalk("policy", "show", "ecm.2", "--on", "2026-11-01")
    assert said.code == 0
    for words in ("CalAIM ECM Policy Guide", "p. 19-21", "Who may enter", "Worked examples", "5 or more"):
        assert words in said.out
    assert "\x1b[" not in said.out, "no colours where nobody looks at a terminal"
    assert max(map(len, said.out.splitlines())) <= 100


def test_an_unknown_program_is_refused_with_the_known_ones(crosswalk: Callable[..., Any]) -> None:
    said = crosswalk("policy", "show", "ecm.10")
    assert (said.code, said.out) == (2, "")
    assert "ecm.1a" in said.err


def test_two_days_of_one_policy_are_compared(crosswalk: Callable[..., Any]) -> None:
    said = crosswalk("policy", "diff", "2025-12-31", "2026-01-01")
    assert said.code == 0
    assert "ecm.1a: who may enter: there is now another way: Has Transitional Rent approved" in said.out


def test_two_folders_are_compared_on_a_day(crosswalk: Callable[..., Any], tmp_path: Path) -> None:
    one = made_up_policy(tmp_path / "one")
    two = respelled(made_up_policy(tmp_path / "two"), "clocks.yaml", "value: 5", "value: 4")
    said = crosswalk("policy", "diff", one, two, "--on", "2026-11-01", "--json")
    assert said.summary["changes"] == ["clocks: decision: value was 5, and is 4."]
    assert said.summary["a"]["digest"] != said.summary["b"]["digest"]


@pytest.mark.parametrize("words", [("nowhere", "2026-01-01"), ("2026-01-01", "2026-13-01")])
def test_what_cannot_be_compared_is_refused(crosswalk: Callable[..., Any], words: tuple[str, str]) -> None:
    assert crosswalk("policy", "diff", *words).code == 2
