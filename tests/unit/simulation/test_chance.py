"""Seeded chance and days told from a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosswalk.core.simulation.chance import Chance, Odds, Scattered, ago
from crosswalk.core.simulation.network import npi
from crosswalk.core.simulation.people import birth_date

ON = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("0d", date(2026, 11, 1)),
        ("25d", date(2026, 10, 7)),
        ("-20d", date(2026, 11, 21)),
        ("13m", date(2025, 10, 1)),
        ("4y", date(2022, 11, 1)),
        ("12m 5d", date(2025, 10, 27)),
    ],
)
def test_days_are_told_from_a_day(words: str, day: date) -> None:
    assert ago(ON, words) == day


def test_a_month_back_from_the_31st_is_the_last_day_of_the_shorter_month() -> None:
    assert ago(date(2026, 3, 31), "1m") == date(2026, 2, 28)


@given(st.integers(0, 10_000), st.integers(2, 400))
def test_scattered_numbers_never_repeat(seed: int, size: int) -> None:
    scattered = Scattered(seed, "anything", size)
    assert sorted(scattered[i] for i in range(size)) == list(range(size))


@given(st.dates(date(2022, 1, 1), date(2030, 12, 31)), st.integers(0, 99), st.integers())
def test_a_birth_date_gives_the_age_that_was_asked_for(on: date, age: int, seed: int) -> None:
    born = birth_date(Chance(seed), on, age)
    assert on.year - born.year - ((on.month, on.day) < (born.month, born.day)) == age


def test_streams_of_chance_do_not_disturb_each_other() -> None:
    alone = Chance(1, "b").random()
    Chance(1, "a").random()
    assert Chance(1, "b").random() == alone != Chance(1, "a").random()


def test_odds_draw_each_thing_about_as_often_as_it_weighs() -> None:
    chance, odds = Chance(5), Odds({"often": 9, "seldom": 1})
    seldom = sum(odds.draw(chance) == "seldom" for _ in range(5000))
    assert 400 < seldom < 600


@pytest.mark.parametrize("i", [0, 1, 77, 12345678])
def test_invented_provider_numbers_have_a_right_check_digit(i: int) -> None:
    digits = [int(digit) for digit in "80840" + npi(i)]
    doubled = [2 * d - 9 if d > 4 else 2 * d for d in digits[-2::-2]]
    assert (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
