"""Seeded chance: the same words and the same seed always give the same draws."""

from __future__ import annotations

import calendar
import math
import random
from bisect import bisect
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from _typeshed import SupportsLenAndGetItem

T = TypeVar("T")
S = TypeVar("S")


class Chance(random.Random):
    """One stream of draws, named by words: Chance(7, "people", 12) never disturbs another stream."""

    def __new__(cls, *_words: object) -> Chance:
        return super().__new__(cls)

    def __init__(self, *words: object) -> None:
        super().__init__("/".join(map(str, words)))

    # The two below give up the last grain of evenness for half the time: a state has 15 million members.
    def randrange(self, start: int, stop: int | None = None, step: int = 1) -> int:
        """A whole number from `start` (0 when there is one argument) to before `stop`."""
        low, high = (0, start) if stop is None else (start, stop)
        return low + step * int(self.random() * -((low - high) // step))

    def choice(self, seq: SupportsLenAndGetItem[S]) -> S:
        """One of the things, each as likely as the other."""
        return seq[int(self.random() * len(seq))]

    def often(self, share: float) -> bool:
        """Yes with this probability."""
        return self.random() < share

    def days(self, median: float, spread: float = 0.8) -> int:
        """A number of days (at least 1) with this median and a long tail, as stays in programs have."""
        return max(1, round(median * math.exp(self.gauss(0.0, spread))))

    def count(self, mean: float) -> int:
        """How many of something that happens `mean` times on average (Poisson)."""
        if mean <= 0:
            return 0
        limit, n, product = math.exp(-mean), 0, self.random()
        while product > limit:
            n += 1
            product *= self.random()
        return n


class Odds(Generic[T]):
    """A table of things and how often each comes up; the weights need not add up to one."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.things = list(weights)
        self._steps = list(accumulate(weights.values()))

    def draw(self, chance: random.Random) -> T:
        """One of the things."""
        return self.things[bisect(self._steps, chance.random() * self._steps[-1], hi=len(self.things) - 1)]


class Scattered:
    """Numbers that look random and never repeat: the i-th is (i * step + start) mod size."""

    def __init__(self, seed: int, name: str, size: int) -> None:
        chance = Chance(seed, "scattered", name)
        self.size = size
        self.start = chance.randrange(size)
        self.step = chance.randrange(size // 3, size // 2) | 1
        while _common(self.step, size) != 1:
            self.step += 2

    def __getitem__(self, i: int) -> int:
        if i >= self.size:
            raise IndexError("there are no more numbers of this kind")
        return (i * self.step + self.start) % self.size


def _common(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


def ago(on: date, words: str) -> date:
    """A day written from `on`: "25d" is 25 days before, "13m" 13 months, "4y" 4 years; "-25d" lies ahead.

    Parts may be joined: "12m 5d". A month back from the 31st is the last day of the shorter month.
    """
    day = on
    for word in words.split():
        sign = -1 if word.startswith("-") else 1
        number, unit = int(word.lstrip("-")[:-1]), word[-1]
        if unit == "d":
            day -= timedelta(days=sign * number)
        else:
            months = day.year * 12 + day.month - 1 - sign * number * (12 if unit == "y" else 1)
            year, month = divmod(months, 12)
            day = date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    return day
