"""Three answers instead of two: yes, no, and cannot tell yet."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """Kleene's three values. Missing data is UNKNOWN, never NO."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, value: bool | None) -> Truth:
        """Read a nullable flag: None becomes UNKNOWN."""
        if value is None:
            return cls.UNKNOWN
        return cls.YES if value else cls.NO

    @property
    def flag(self) -> bool | None:
        """The nullable flag that SQL works with."""
        return None if self is Truth.UNKNOWN else self is Truth.YES

    @property
    def answer(self) -> str:
        """The word shown for a program: met, not_met or unknown."""
        return {Truth.YES: "met", Truth.NO: "not_met", Truth.UNKNOWN: "unknown"}[self]

    def negated(self) -> Truth:
        """Yes and no change places; unknown stays unknown."""
        return {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}[self]


def all_of(truths: Iterable[Truth]) -> Truth:
    """Yes when every part is yes; one no decides; otherwise unknown. Empty is yes."""
    seen = set(truths)
    if Truth.NO in seen:
        return Truth.NO
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.YES


def any_of(truths: Iterable[Truth]) -> Truth:
    """Yes when one part is yes; no when every part is no; otherwise unknown. Empty is no."""
    seen = set(truths)
    if Truth.YES in seen:
        return Truth.YES
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.NO


def at_least(n: int, truths: Iterable[Truth]) -> Truth:
    """Yes when n parts are yes; no when n can no longer be reached; otherwise unknown."""
    parts = list(truths)
    yes = parts.count(Truth.YES)
    if yes >= n:
        return Truth.YES
    return Truth.UNKNOWN if yes + parts.count(Truth.UNKNOWN) >= n else Truth.NO
