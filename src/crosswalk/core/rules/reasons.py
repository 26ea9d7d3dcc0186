"""The second reading of a rule: for one person, the answer with the reason of every part."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from crosswalk.core.basics import Truth
from crosswalk.core.rules.prose import sentence
from crosswalk.core.rules.reading import RANK, TRUTHS, Reading, reading_of
from crosswalk.core.rules.tree import FactUse, Group, Leaf, Rule, Source, Test


@dataclass(frozen=True, slots=True)
class Reason:
    """The answer of one part of a rule, and of the parts below it. `value` is the fact's, None if unknown."""

    truth: Truth
    rule: Rule
    value: object = None
    children: tuple[Reason, ...] = ()

    @property
    def say(self) -> str:
        """The sentence of this part, in positive form (what it would mean for it to be true)."""
        return sentence(self.rule)

    @property
    def answer(self) -> str:
        """met, not_met or unknown."""
        return self.truth.answer

    @property
    def use(self) -> FactUse | None:
        """The fact and window of a leaf; None above the leaves."""
        return self.rule.test.use if isinstance(self.rule, Leaf) else None

    @property
    def fact(self) -> str:
        """The fact's name of a leaf; empty above the leaves."""
        return self.rule.test.use.name if isinstance(self.rule, Leaf) else ""

    @property
    def confidence(self) -> str:
        """How sure the policy is of this sentence."""
        return self.rule.confidence

    @property
    def source(self) -> Source | None:
        """Where the sentence stands."""
        return self.rule.source

    def leaves(self) -> tuple[Reason, ...]:
        """The reasons of the leaves, in the order written; a test that stands twice appears twice."""
        if isinstance(self.rule, Leaf):
            return (self,)
        return tuple(leaf for child in self.children for leaf in child.leaves())


def reasons(rule: Rule, values: Mapping[FactUse, object]) -> Reason:
    """Read a rule for one person. `values` are the facts' values by use; None or absent is unknown.

    Numbers are numbers, dates dates, codes text, several codes a list or set of texts, flags bool.
    """
    reading = reading_of(rule)
    pattern = [RANK[tested(test, values.get(test.use))] for test in reading.tests]
    return _explained(reading, pattern, values)


def reasons_from_leaves(rule: Rule, truths: Mapping[Test, Truth]) -> Reason:
    """Read a rule from the answers of its leaves (those that `leaves(rule)` lists), without values."""
    reading = reading_of(rule)
    return _explained(reading, reading.pattern(truths), {})


def truth_from_leaves(rule: Rule, truths: Mapping[Test, Truth]) -> Truth:
    """The rule's answer from the answers of its leaves."""
    reading = reading_of(rule)
    return TRUTHS[reading.answers(reading.pattern(truths))[-1]]


def _explained(reading: Reading, pattern: list[int], values: Mapping[FactUse, object]) -> Reason:
    made: list[Reason] = []
    for part, answer in zip(reading.parts, reading.answers(pattern), strict=True):
        value = values.get(part.rule.test.use) if isinstance(part.rule, Leaf) else None
        made.append(Reason(TRUTHS[answer], part.rule, value, tuple(made[below] for below in part.children)))
    return made[-1]


def carrying(reason: Reason) -> tuple[Reason, ...]:
    """The leaves that carry the answer: those that make it met, that make it fail, or that keep it open."""
    if isinstance(reason.rule, Leaf):
        return (reason,)
    children = reason.children
    if isinstance(reason.rule, Group):
        wanted = _deciding_children(reason.rule.word, reason.truth)
        children = tuple(child for child in children if wanted is None or child.truth is wanted)
    return tuple(leaf for child in children for leaf in carrying(child))


def _deciding_children(word: str, truth: Truth) -> Truth | None:
    """Which children brought a group to its answer; None when all of them did."""
    if truth is Truth.UNKNOWN:
        return Truth.UNKNOWN
    if word == "all_of":
        return None if truth is Truth.YES else Truth.NO
    if word == "any_of":
        return Truth.YES if truth is Truth.YES else None
    if word == "none_of":
        return None if truth is Truth.YES else Truth.YES
    return truth


def tested(test: Test, value: Any) -> Truth:
    """The answer of one test for one value; None is unknown."""
    if value is None:
        return Truth.UNKNOWN
    word, operand = test.word, test.operand
    if word == "in_list":
        raise ValueError(f"the code list {operand} has no codes yet; read the rule from an edition")
    if word == "has_any":
        return Truth.of(not set(_codes(operand)).isdisjoint(value))
    if word == "in":
        return Truth.of(value in _codes(operand))
    if word == "is":
        return Truth.of(value == operand)
    if word == "at_least":
        return Truth.of(value >= operand)
    return Truth.of(value <= operand if word == "at_most" else value < operand)


def _codes(operand: object) -> Collection[str]:
    assert isinstance(operand, tuple)
    return operand
