"""Blocks of a shape that was faultless before: recognised by one expression instead of segment by segment.

A file has millions of blocks and a few dozen shapes. A shape is where the walk stood, which segments came with which
qualifiers, and where the walk then stands; its expression holds everything that the guide asks of their elements.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from crosswalk.core.formats.x12.delimiters import Delimiters
from crosswalk.core.formats.x12.elements import pattern_text
from crosswalk.core.formats.x12.guides import Node
from crosswalk.core.formats.x12.walk import State

#: A shape is learned when it has come so often: in a small file it is never worth an expression.
WORTH = 12
SHAPES_OF_A_STATE = 12
SHAPES = 2_000
LONGEST = 40


class Shape(NamedTuple):
    """One shape: its expression, how many segments it has, where the walk stands after it."""

    pattern: re.Pattern[str]
    length: int
    end: State


class Shapes:
    """The shapes that one file has taught so far."""

    def __init__(self, delimiters: Delimiters) -> None:
        self._delimiters = delimiters
        element, sign = re.escape(delimiters.element), re.escape(delimiters.terminator)
        self._mark = sign
        self._national = f"{delimiters.element}XX{delimiters.element}"
        self._providers = re.compile(f"{element}XX{element}([^{element}{sign}]*)")
        self._of: dict[State, list[Shape]] = {}
        self._seen: dict[tuple[State, tuple[tuple[Node, str], ...]], int] = {}
        self._patterns: dict[tuple[tuple[Node, str], ...], re.Pattern[str]] = {}

    def of(self, state: State, block: str) -> Shape | None:
        """The shape of a block where the walk stands at `state`; None when it is new or not faultless."""
        shapes = self._of.get(state)
        if shapes is None:
            return None
        for at, shape in enumerate(shapes):
            if shape.pattern.fullmatch(block) is not None:
                if at:  # the more often it comes, the sooner it is tried
                    shapes[at - 1], shapes[at] = shape, shapes[at - 1]
                return shape
        return None

    def providers_right(self, block: str, known: dict[str, bool]) -> bool:
        """Whether every National Provider Identifier in a block has its right check digit."""
        if self._national not in block:
            return True
        return all(known.get(number, False) for number in self._providers.findall(block))

    def learn(
        self, state: State, met: list[tuple[Node, str]], end: State, qualifiers: Mapping[str, int]
    ) -> None:
        """A faultless block, as the nodes that it met."""
        if not met or len(met) > LONGEST or len(self._patterns) > SHAPES or len(self._seen) > SHAPES * 10:
            return
        key = tuple(met)
        count = self._seen[state, key] = self._seen.get((state, key), 0) + 1
        shapes = self._of.setdefault(state, [])
        if count != WORTH or len(shapes) >= SHAPES_OF_A_STATE:
            return
        if any(qualifiers.get(node.name, 0) and not told for node, told in key):
            return
        pattern = self._patterns.get(key)
        if pattern is None:
            texts = [
                pattern_text(node, self._delimiters, qualifiers.get(node.name, 0), told) for node, told in key
            ]
            pattern = self._patterns[key] = re.compile(self._mark.join(texts))
        shapes.append(Shape(pattern, len(key), end))


def is_national_provider(text: str) -> bool:
    """Whether ten digits are a National Provider Identifier: Luhn's check over 80840 and the number."""
    if not re.fullmatch("[0-9]{10}", text):
        return False
    total = 24  # what the prefix 80840 adds
    for at, digit in enumerate(reversed(text)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
