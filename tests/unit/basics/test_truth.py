"""Three answers behave as Kleene told."""

from __future__ import annotations

from itertools import product

import pytest

from crosswalk.core.basics.truth import Truth, all_of, any_of, at_least

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


@pytest.mark.parametrize("truths", list(product(Truth, repeat=3)))
def test_all_any_and_at_least_agree_with_one_another(truths: tuple[Truth, ...]) -> None:
    assert all_of(truths) is at_least(3, truths)
    assert any_of(truths) is at_least(1, truths)
    assert all_of(truths).negated() is any_of(one.negated() for one in truths)


def test_one_missing_answer_never_makes_a_no() -> None:
    assert all_of([YES, UNKNOWN]) is UNKNOWN
    assert any_of([NO, UNKNOWN]) is UNKNOWN
    assert at_least(2, [YES, NO, UNKNOWN]) is UNKNOWN
    assert at_least(2, [NO, NO, UNKNOWN]) is NO


def test_nothing_asked_is_all_but_not_any() -> None:
    assert all_of([]) is YES
    assert any_of([]) is NO


def test_flags_and_words_go_both_ways() -> None:
    assert [Truth.of(flag) for flag in (True, False, None)] == [YES, NO, UNKNOWN]
    assert [one.flag for one in (YES, NO, UNKNOWN)] == [True, False, None]
    assert [one.answer for one in (YES, NO, UNKNOWN)] == ["met", "not_met", "unknown"]
