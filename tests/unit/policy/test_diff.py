"""What changed between two policies is told in sentences that a reader of neither would understand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crosswalk.core.policy import Policy, load
from crosswalk.core.policy.diff import diff, diff_editions
from crosswalk.core.policy.diff_rules import changed
from crosswalk.core.rules import parse
from made_up_policy import made_up_policy, respelled, write

NOW = date(2026, 11, 1)
PROGRAM = "populations/ecm.2.yaml"


@pytest.fixture
def before(tmp_path: Path) -> Policy:
    return load(made_up_policy(tmp_path / "before"))


@pytest.fixture
def after(tmp_path: Path) -> Path:
    return made_up_policy(tmp_path / "after")


def test_equal_policies_differ_in_nothing(before: Policy, after: Path) -> None:
    assert diff(before, load(after), NOW) == []


def test_a_new_threshold_is_told_with_the_old_one(before: Policy, after: Path) -> None:
    respelled(
        after, PROGRAM, "at_least: 5, say: Had 5 or more visits", "at_least: 4, say: Had 4 or more visits"
    )
    assert diff(before, load(after), NOW) == [
        "ecm.2: who may enter: “Had 4 or more visits”: was ed visits in the last 6 months: 5 or more; "
        "is ed visits in the last 6 months: 4 or more."
    ]


def test_a_change_on_other_days_is_not_told(before: Policy, after: Path) -> None:
    respelled(after, PROGRAM, "at_least: 6", "at_least: 7")
    assert diff(before, load(after), NOW) == []
    assert len(diff(before, load(after), date(2024, 1, 1))) == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("RELEASE", "2026.1", "2026.2", "The release was 2026.1 and is 2026.2."),
        (
            PROGRAM,
            "name: At risk for",
            "name: In danger of",
            "ecm.2: the name was “At risk for avoidable use”, and is “In danger of avoidable use”.",
        ),
        (
            PROGRAM,
            'page: "19"}',
            'page: "21"}',
            "ecm.2: the source was Guide, 2026, p. 19, and is Guide, 2026, p. 21.",
        ),
        (
            PROGRAM,
            "    confidence: verified",
            "    confidence: plan",
            "ecm.2: was verified in the primary source, and is known from one plan's document.",
        ),
        (
            PROGRAM,
            "say: All goals are met",
            "say: The goals are met",
            "ecm.2: reasons to end, added: The goals are met.",
        ),
        (PROGRAM, "limits: [twelve]", "limits: []", "ecm.2: limits, no longer: twelve."),
        (
            PROGRAM,
            "at_least: 20}",
            "at_least: 15}",
            "ecm.2: “A medical team fits”: “ed visits in the last 6 months: 15 or more”: was ed visits in the last "
            "6 months: 20 or more; is ed visits in the last 6 months: 15 or more.",
        ),
        (
            PROGRAM,
            "    continues_when: {fact: mcp_enrolled, is: yes, say: Is enrolled in a plan}\n",
            "",
            "ecm.2: who may stay: there is no rule any more.",
        ),
        (
            "clauses/adult.yaml",
            "at_least: 21, say: Is 21 or older",
            "at_least: 18, say: Is 18 or older",
            "The clause “adult” (read by ecm.2): “Is 18 or older”: was age: 21 or more; is age: 18 or more.",
        ),
        (
            "gate.yaml",
            "say: Can have ECM at all",
            "say: May have ECM",
            "The gate “ecm”: was said “Can have ECM at all”, and is said “May have ECM”.",
        ),
        ("codes/covered_aid.csv", "M1,,,Adults", "M2,,,Adults", "Table codes/covered_aid: added M2, Adults."),
        (
            "services/limits.csv",
            "Up to 12",
            "Up to 9",
            "Table services/limits: twelve: say was “Up to 12 months”, and is “Up to 9 months”.",
        ),
        ("clocks.yaml", "value: 5", "value: 3", "clocks: decision: value was 5, and is 3."),
    ],
)
def test_each_kind_of_change_has_its_sentence(
    before: Policy, after: Path, file: str, old: str, new: str, said: str
) -> None:
    assert said in diff(before, load(respelled(after, file, old, new)), NOW)


def test_programs_that_begin_and_end_are_told(before: Policy) -> None:
    early, now = before.as_of(date(2021, 1, 1)), before.as_of(NOW)
    assert "ecm.2 is new: At risk for avoidable use, from 2026-01-01." in diff_editions(early, now)
    assert "ecm.2 is no longer in force: At risk for avoidable use." in diff_editions(now, early)


def test_many_changed_rows_are_counted(before: Policy, after: Path) -> None:
    rows = "".join(f"N{at},,,x,Guide,verified\n" for at in range(20))
    write(
        after,
        "codes/covered_aid.csv",
        f"code,from,until,name,source,confidence\nM1,,,Adults,Guide,verified\n{rows}",
    )
    said = [one for one in diff(before, load(after), NOW) if one.startswith("Table codes/covered_aid")]
    assert len(said) == 9
    assert said[-1] == "Table codes/covered_aid: and 13 more rows."


A, B, C = ({"fact": name, "is": True, "say": name.upper()} for name in "abc")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({"all_of": [A, B]}, {"all_of": [A, B, C]}, ["now also asked (under “All of these”): C."]),
        ({"any_of": [A, B]}, {"any_of": [A]}, ["no longer asked (under “One of these”): B."]),
        ({"all_of": [A, B]}, {"any_of": [A, B]}, ["“All of these” became “One of these”: A; B."]),
        (A, {"any_of": [A, B]}, ["there is now another way: B."]),
        ({"all_of": [A, B]}, A, ["no longer asked: B."]),
        (A, B, ["“A” is replaced by “B”."]),
        ({"use": "x"}, {"use": "y"}, ["“x” is replaced by “y”."]),
        (A, {**A, "say": "Alpha"}, ["was said “A”, and is said “Alpha”."]),
        (
            {"at_least": 2, "of": [A, B, C]},
            {"at_least": 1, "of": [A, B, C]},
            ["“Two or more of these” became “One or more of these”: A; B; C."],
        ),
        (
            {"all_of": [A, {"say": "Either", "any_of": [B, C]}]},
            {"all_of": [A, {"say": "Either", "any_of": [B]}]},
            ["no longer asked (under “Either”): C."],
        ),
    ],
)
def test_changes_of_a_rule_in_words(old: object, new: object, said: list[str]) -> None:
    assert list(changed(parse(old), parse(new))) == said
