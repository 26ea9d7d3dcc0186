"""What one fact could turn out to be, as far as a rule can tell the difference: “fewer than 5”, “5 or more”.

A rule asks only so much about a fact. Its tests cut the fact's possible values into a few kinds; one supposition
stands for each kind. So a question such as “what would decide?” is answered fact by fact and never supposes
that somebody is both under 21 and over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crosswalk.core.basics import Truth
from crosswalk.core.rules.prose import either, number
from crosswalk.core.rules.reasons import tested
from crosswalk.core.rules.tree import FactUse, Leaf, Scalar

#: A code that no list holds; it stands for every code that a rule does not name.
OTHER = "\x00other"


@dataclass(frozen=True, slots=True)
class Supposition:
    """One kind of value a fact could have: an example of it, how it is said, and the tests it passes."""

    use: FactUse
    value: object
    words: str
    truths: tuple[Truth, ...]


def suppositions(leaves: Sequence[Leaf]) -> tuple[Supposition, ...]:
    """The kinds of value that the leaves of ONE fact tell apart; `truths` follow the order of `leaves`."""
    operands = [leaf.test.operand for leaf in leaves]
    if any(leaf.test.word in ("in", "has_any") or isinstance(leaf.test.operand, str) for leaf in leaves):
        return _codes(leaves)
    if any(isinstance(operand, bool) for operand in operands):
        return _kinds(leaves, [(True, "yes"), (False, "no")])
    return _amounts(leaves, [operand for operand in operands if isinstance(operand, int | float | date)])


def _kinds(leaves: Sequence[Leaf], values: Iterable[tuple[object, str]]) -> tuple[Supposition, ...]:
    """One supposition for each different row of answers, the words of equals joined."""
    found: dict[tuple[Truth, ...], tuple[object, list[str]]] = {}
    for value, words in values:
        truths = tuple(tested(leaf.test, value) for leaf in leaves)
        found.setdefault(truths, (value, []))[1].append(words)
    use = leaves[0].test.use
    return tuple(
        Supposition(use, value, "anything else" if OTHER in words else _said(words), truths)
        for truths, (value, words) in found.items()
    )


def _said(words: list[str]) -> str:
    if len(words) > 6:
        return f"{', '.join(words[:5])} or one of {len(words) - 5} more"
    return either(tuple(words))


def _codes(leaves: Sequence[Leaf]) -> tuple[Supposition, ...]:
    several = any(leaf.test.word == "has_any" for leaf in leaves)
    named: dict[str, None] = {}
    for leaf in leaves:
        operand = leaf.test.operand
        named.update(dict.fromkeys(operand if isinstance(operand, tuple) else (str(operand),)))
    values = [*named, OTHER]
    return _kinds(leaves, [((code,) if several else code, code) for code in values])


def _amounts(leaves: Sequence[Leaf], operands: Sequence[Scalar]) -> tuple[Supposition, ...]:
    """Numbers and days: the tests cut the line into stretches, each said as a stretch."""
    if any(isinstance(operand, date) for operand in operands):
        days = [operand for operand in operands if isinstance(operand, date)]
        points: list[Scalar] = sorted({day + timedelta(days=step) for day in days for step in (-1, 0, 1)})
    else:
        sizes = [operand for operand in operands if isinstance(operand, int | float)]
        step = 1 if all(isinstance(size, int) for size in sizes) else 0.001
        # No count, age or number of days is below zero, so nobody is asked to suppose that.
        points = sorted({size + move for size in sizes for move in (-step, 0, step) if size + move >= 0})
    stretches: list[list[Scalar]] = []
    last: tuple[Truth, ...] | None = None
    for point in points:
        truths = tuple(tested(leaf.test, point) for leaf in leaves)
        if truths != last:
            stretches.append([])
        stretches[-1].append(point)
        last = truths
    return _kinds(leaves, [(stretch[0], _stretch(stretches, at)) for at, stretch in enumerate(stretches)])


def _stretch(stretches: list[list[Scalar]], at: int) -> str:
    first, last = stretches[at][0], stretches[at][-1]
    day = isinstance(first, date)
    if len(stretches) == 1:
        return "any day" if day else "any number"
    if at == 0:
        below = stretches[1][0]
        if below == 1:
            return "0"
        return f"before {below}" if day else f"fewer than {number(below)}"
    if at == len(stretches) - 1:
        return f"{first} or later" if day else f"{number(first)} or more"
    return number(first) if first == last else f"{number(first)} to {number(last)}"
