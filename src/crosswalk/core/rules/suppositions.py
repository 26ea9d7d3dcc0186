"""What one fact could turn out to be, as far as a rule can tell the difference: “under 5”, “5 or more”.

A rule asks only so much about a fact. Its tests cut the fact's possible values into a few kinds; one supposition
stands for each kind. So a question such as “what would decide?” is answered fact by fact and never supposes
that somebody is both under 21 and over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from crosswalk.core.basics import Truth
from crosswalk.core.rules.prose import either, number
from crosswalk.core.rules.reasons import tested
from crosswalk.core.rules.tree import FactUse, Leaf, Scalar

#: A code that no list holds; it stands for every code that a rule does not name.
OTHER = "\x00other"
ELSE = "anything else"

#: So many codes are named one by one.
_MOST_CODES = 6

#: How finely numbers with fractions are told apart.
_FINE = 0.001


#: A stretch of numbers or days: from the first (included) to the second (excluded); None is open.
Stretch = tuple[Scalar | None, Scalar | None]


@dataclass(frozen=True, slots=True)
class Supposition:
    """One kind of value a fact could have: an example of it, how it is said, and the tests it passes."""

    use: FactUse
    value: object
    words: str
    truths: tuple[Truth, ...]
    stretches: tuple[Stretch, ...] = ()


def suppositions(leaves: Sequence[Leaf]) -> tuple[Supposition, ...]:
    """The kinds of value that the leaves of ONE fact tell apart; `truths` follow the order of `leaves`."""
    operands = [leaf.test.operand for leaf in leaves]
    if any(isinstance(operand, str | tuple) for operand in operands):
        return _codes(leaves)
    if any(isinstance(operand, bool) for operand in operands):
        return _kinds(leaves, [(True, "yes", ()), (False, "no", ())])
    return _amounts(leaves, [operand for operand in operands if isinstance(operand, int | float | date)])


def together(one: Supposition, other: Supposition) -> Supposition:
    """Two suppositions about one fact that come to the same, said as one: “under 5”, not “0 to 2 or 3 to 4”."""
    stretches = _coalesced((*one.stretches, *other.stretches))
    words = _said_stretches(stretches) if stretches else either((one.words, other.words))
    if ELSE in (one.words, other.words):
        words = ELSE
    return replace(one, words=words, stretches=stretches)


def _kinds(
    leaves: Sequence[Leaf], values: Iterable[tuple[object, str, tuple[Stretch, ...]]]
) -> tuple[Supposition, ...]:
    """One supposition for each different row of answers, equals joined."""
    found: dict[tuple[Truth, ...], Supposition] = {}
    for value, words, stretches in values:
        truths = tuple(tested(leaf.test, value) for leaf in leaves)
        one = Supposition(leaves[0].test.use, value, words, truths, stretches)
        found[truths] = together(found[truths], one) if truths in found else one
    return tuple(found.values())


def _codes(leaves: Sequence[Leaf]) -> tuple[Supposition, ...]:
    several = any(leaf.test.word == "has_any" for leaf in leaves)
    named: dict[str, None] = {}
    for leaf in leaves:
        operand = leaf.test.operand
        named.update(dict.fromkeys(operand if isinstance(operand, tuple) else (str(operand),)))
    by_answers: dict[tuple[Truth, ...], list[str]] = {}
    for code in (*named, OTHER):
        truths = tuple(tested(leaf.test, (code,) if several else code) for leaf in leaves)
        by_answers.setdefault(truths, []).append(code)
    return tuple(
        Supposition(leaves[0].test.use, (codes[0],) if several else codes[0], _said_codes(codes), truths)
        for truths, codes in by_answers.items()
    )


def _said_codes(codes: list[str]) -> str:
    if OTHER in codes:
        return ELSE
    if len(codes) > _MOST_CODES:
        return f"{', '.join(codes[:_MOST_CODES])} or one of {len(codes) - _MOST_CODES} more"
    return either(tuple(codes))


def _amounts(leaves: Sequence[Leaf], operands: Sequence[Scalar]) -> tuple[Supposition, ...]:
    """Numbers and days: the tests cut the line into stretches; one value of each stands for all of it."""
    points = _points(operands)
    firsts: list[Scalar] = []
    last: tuple[Truth, ...] | None = None
    for point in points:
        truths = tuple(tested(leaf.test, point) for leaf in leaves)
        if truths != last:
            firsts.append(point)
        last = truths
    edges: list[Scalar | None] = [None, *firsts[1:], None]
    stretches = [(edges[at], edges[at + 1]) for at in range(len(firsts))]
    return _kinds(
        leaves,
        [(first, _said_stretches((span,)), (span,)) for first, span in zip(firsts, stretches, strict=True)],
    )


def _points(operands: Sequence[Scalar]) -> list[Scalar]:
    """The values just below, at and just above every threshold, in order."""
    days = [operand for operand in operands if isinstance(operand, date)]
    if days:
        return sorted({day + timedelta(days=step) for day in days for step in (-1, 0, 1)})
    sizes = [operand for operand in operands if isinstance(operand, int | float)]
    step = 1 if all(isinstance(size, int) for size in sizes) else _FINE
    # No count, age or number of days is below zero, so nobody is asked to suppose that.
    return sorted({round(size + move, 6) for size in sizes for move in (-step, 0, step) if size + move >= 0})


def _coalesced(stretches: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Stretches that touch, made one."""
    found: list[Stretch] = []
    for stretch in stretches:
        if found and found[-1][1] is not None and found[-1][1] == stretch[0]:
            found[-1] = (found[-1][0], stretch[1])
        else:
            found.append(stretch)
    return tuple(found)


def _said_stretches(stretches: tuple[Stretch, ...]) -> str:
    return either(tuple(_said_stretch(*stretch) for stretch in stretches))


def _said_stretch(first: Scalar | None, below: Scalar | None) -> str:
    if first is None and below is None:
        return "anything"
    if isinstance(first, date) or isinstance(below, date):
        return _said_days(first, below)
    if first is None:
        assert below is not None
        return "0" if below == 1 else f"under {number(below)}"
    if below is None:
        return f"{number(first)} or more"
    assert isinstance(below, int | float)
    last = below - 1 if isinstance(below, int) else round(below - _FINE, 6)
    return number(first) if last == first else f"{number(first)} to {number(last)}"


def _said_days(first: object, below: object) -> str:
    if first is None:
        return f"before {below}"
    if not isinstance(below, date):
        return f"{first} or later"
    last = below - timedelta(days=1)
    return str(first) if last == first else f"{first} to {last}"
