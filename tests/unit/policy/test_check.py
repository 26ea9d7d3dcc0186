"""Each thing that can be wrong with a policy folder is told with its file, its line and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from crosswalk.core.basics import Problem, Refused
from crosswalk.core.policy import load
from crosswalk.core.policy.check import check_folder
from made_up_policy import FACTS, made_up_policy, respelled, write

PROGRAM = "populations/ecm.2.yaml"


def problems(folder: Path, local: Path | None = None) -> list[Problem]:
    return check_folder(folder, local, FACTS)[1]


def test_the_made_up_policy_has_nothing_wrong(tmp_path: Path) -> None:
    assert problems(made_up_policy(tmp_path)) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (PROGRAM, "short: Avoidable use", "shorts: Avoidable use", "“shorts” is not known"),
        (PROGRAM, "short: Avoidable use\n", "", "“short” is missing"),
        (PROGRAM, "kind: population", "kind: people", "“people” is not a kind"),
        (PROGRAM, "gate: ecm", "gate: emc", "no gate “emc”"),
        (PROGRAM, "needs: []", 'needs: ["cs.htns"]', "no program “cs.htns”"),
        (PROGRAM, "limits: [twelve]", "limits: [twelf]", "no limit of services/limits.csv “twelf”"),
        (PROGRAM, "until: 2026-01-01", "until: 2026-02-01", "in force on the same days"),
        (PROGRAM, "until: 2026-01-01", "until: 2025-12-01", "No version is in force from 2025-12-01"),
        (PROGRAM, "until: 2026-01-01", "until: 2021-01-01", "ends (2021-01-01) before it begins"),
        (PROGRAM, "until: 2026-01-01", 'until: "2026-01-01"', "“until” is not a day"),
        (PROGRAM, "    confidence: secondary\n", "", "“confidence” is missing"),
        (PROGRAM, "confidence: secondary", "confidence: sure", "how sure"),
        (
            PROGRAM,
            'source: {document: Guide, edition: "2024", page: "20"}',
            "source: p. 20",
            "source is missing",
        ),
        (
            PROGRAM,
            "fact: ed_visits, months: 6, at_least: 6",
            "fact: ed_visit, months: 6, at_least: 6",
            "no fact “ed_visit”",
        ),
        (PROGRAM, "limits: [twelve]", "ask: {edvisits: How many?}", "no fact “edvisits”"),
        (PROGRAM, "{use: adult}", "{use: adlut}", "clause “adlut” does not exist"),
        (PROGRAM, "in_list: covered_aid", "in_list: covered", "no file codes/covered.csv"),
        (
            PROGRAM,
            "fact: mcp_enrolled, is: yes",
            "fact: mcp_enrolled, is: 1",
            "does not fit the fact mcp_enrolled",
        ),
        (PROGRAM, 'has_any: ["hospice"]', 'in: ["hospice"]', "does not fit the fact programs_held"),
        (
            PROGRAM,
            "fact: mcp_enrolled, is: yes",
            "fact: mcp_enrolled, months: 2, is: yes",
            "does not look back",
        ),
        (PROGRAM, "code: ecm.2\n", "code: ecm.2\ncode: ecm.3\n", "“code” stands twice"),
        (PROGRAM, "code: ecm.2\n", "code: [ecm.2\n", "not the YAML we read"),
        (PROGRAM, "feature: medical", "features: medical", "“features” is not known"),
        ("clauses/adult.yaml", "{fact: age, at_least: 21", "{use: adult", "circle: adult → adult"),
        (
            "clauses/adult.yaml",
            "from: 2022-01-01",
            "from: 2023-01-01",
            "“adult” is not in force on 2022-01-01",
        ),
        ("gate.yaml", "gates:", "gate:", "There are no gates"),
        ("RELEASE", "2026.1", "two words", "no release label"),
        (
            "services/limits.csv",
            "twelve,2022-01-01,,Up",
            "twelve,2022-01-01,,x,Up",
            "8 cells; the header has 7",
        ),
        ("services/limits.csv", "2022-01-01", "1.1.2022", "“from” is not a day"),
        ("services/limits.csv", '"Guide, p. 1",verified', ",verified", "lack a source"),
        ("services/limits.csv", "rule_id,from", "rule_id,rule_id", "stands twice"),
        ("codes/covered_aid.csv", "4M,2024-01-01", "M1,2024-01-01", "same key is in force twice"),
        ("codes/covered_aid.csv", "Guide,verified\n4M", "Guide,maybe\n4M", "how sure"),
        ("clocks.yaml", "  - key: decision", "  - name: decision", "“key” is missing"),
        ("finding/ranking.yaml", "fact: age, at_least", "fact: aeg, at_least", "no fact “aeg”"),
        ("examples/clauses/adult.yaml", "{age: 21}", "{age: 22}", "exactly at the threshold (21)"),
        (
            "examples/clauses/adult.yaml",
            "facts: {age: 20}, expect: not_met",
            "facts: {age: 20}, expect: met",
            "comes out not_met, not met",
        ),
        (
            "examples/clauses/adult.yaml",
            "facts: {}, expect: unknown, asks: [age]",
            "facts: {age: 7}, expect: not_met",
            "no example whose answer is unknown",
        ),
        ("examples/clauses/adult.yaml", "asks: [age]", "asks: [sex]", "does not ask about sex"),
        ("examples/clauses/adult.yaml", "name: At 20", "name: Turning 21", "has the same name"),
        ("examples/clauses/adult.yaml", "{age: 20}", "{age: twenty}", "gives it another kind of value"),
        (
            "examples/clauses/adult.yaml",
            "on: 2026-11-01, facts: {age: 20}",
            "on: 2020-11-01, facts: {age: 20}",
            "not in force on 2020-11-01",
        ),
        (
            "examples/populations/ecm.2.yaml",
            "ed_visits: {months: 6, value: 4}",
            "ed_visits: {months: 12, value: 4}",
            "not ed_visits__12m",
        ),
        ("examples/populations/ecm.2.yaml", "discretion: yes", "discretion: no", "discretion applies"),
        ("examples/populations/ecm.2.yaml", "because: [ed_visits]", "because: [aid]", "does not rest on aid"),
        (
            "examples/populations/ecm.2.yaml",
            "asks_not: [age]",
            "asks_not: [ed_visits]",
            "asks about ed_visits",
        ),
        ("examples/people/one.yaml", "fits: [medical]", "fits: [street]", "street does not fit"),
        ("examples/people/one.yaml", "continues: unknown", "continues: met", "staying comes out unknown"),
        (
            "examples/people/one.yaml",
            "expect: {ecm.2: unknown}",
            "expect: unknown",
            "expects several answers",
        ),
        (
            "examples/people/one.yaml",
            "expect: {ecm.2: unknown}",
            "expect: {ecm.9: unknown}",
            "no program “ecm.9”",
        ),
    ],
)
def test_one_spoiled_passage_is_told(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    folder = respelled(made_up_policy(tmp_path), file, old, new)
    told = problems(folder)
    matching = [problem for problem in told if said in problem.sentence]
    assert matching, [problem.sentence for problem in told]
    assert all(problem.fix and problem.severity == "error" for problem in matching)


def test_a_problem_names_file_line_and_place(tmp_path: Path) -> None:
    folder = respelled(made_up_policy(tmp_path), PROGRAM, "at_least: 5, say", "at_leest: 5, say")
    (problem,) = [one for one in problems(folder) if "at_leest" in one.sentence]
    line = (
        (folder / PROGRAM)
        .read_text()
        .splitlines()
        .index("        - {fact: ed_visits, months: 6, at_leest: 5, say: Had 5 or more visits}")
    )
    assert (problem.file, problem.row, problem.column) == (
        PROGRAM,
        line + 1,
        "versions[1].enters_when.all_of[0]",
    )
    assert problem.fix == "Did you mean “at_least”?"


def test_a_gap_that_is_meant_is_no_problem(tmp_path: Path) -> None:
    folder = respelled(
        made_up_policy(tmp_path), PROGRAM, "until: 2026-01-01", "until: 2025-12-01\n    gap_after: yes"
    )
    assert problems(folder) == []


def test_a_clause_that_nothing_uses_is_only_a_warning(tmp_path: Path) -> None:
    folder = made_up_policy(tmp_path)
    text = (folder / "clauses/adult.yaml").read_text()
    write(
        folder,
        "clauses/spare.yaml",
        text.replace("name: adult", "name: spare").replace("at_least: 21", "is: 21"),
    )
    assert [(one.severity, one.file) for one in problems(folder)] == [("warning", "clauses/spare.yaml")]


def test_one_bad_file_does_not_hide_the_next(tmp_path: Path) -> None:
    folder = respelled(made_up_policy(tmp_path), PROGRAM, "gate: ecm", "gate: [")
    respelled(folder, "clauses/adult.yaml", "say: Is an adult", "says: Is an adult")
    assert {one.file for one in problems(folder)} >= {PROGRAM, "clauses/adult.yaml"}


def test_what_cannot_be_read_is_refused_when_it_is_to_be_used(tmp_path: Path) -> None:
    folder = respelled(made_up_policy(tmp_path), PROGRAM, "kind: population", "kind: people")
    with pytest.raises(Refused, match=r"populations/ecm\.2\.yaml:1 .*“people” is not a kind"):
        load(folder)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such policy folder"):
        load(tmp_path / "nowhere")
