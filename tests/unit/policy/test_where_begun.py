"""A program counts in a county from the day it began there (populations/live_in_county.csv)."""

from datetime import date

import pytest

from crosswalk.core.policy import load, shipped_folder
from crosswalk.core.rules import FactUse

POLICY = load(shipped_folder())


@pytest.mark.parametrize("code", ["ecm.1a", "ecm.2", "ecm.3"])
def test_the_county_matters_while_a_program_has_not_begun_everywhere(code: str) -> None:
    assert FactUse("county") in POLICY.as_of(date(2022, 6, 30)).program(code).rule.uses()


@pytest.mark.parametrize("code", ["ecm.1a", "ecm.2", "ecm.3", "ecm.4"])
def test_the_county_is_no_question_once_a_program_has_begun_everywhere(code: str) -> None:
    assert FactUse("county") not in POLICY.as_of(date(2026, 11, 1)).program(code).rule.uses()


def test_a_county_whose_beginning_is_not_known_keeps_its_mark() -> None:
    rule = POLICY.as_of(date(2022, 3, 1)).program("ecm.1a").rule
    marks = {
        leaf.confidence
        for leaf in rule.walk()
        if getattr(leaf, "test", None) and leaf.test.use.name == "county"
    }
    assert marks == {"verified", "unverified"}
