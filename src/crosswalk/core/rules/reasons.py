"""The second reading of a rule: for one person, the answer with the reason of every part.

`reasons` starts from the person's values. `Reading` starts from the answers of the leaves, so that a county's
reasons can be worked out once for each distinct pattern of answers instead of once for each person.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crosswalk.core.basics import Truth
from crosswalk.core.basics.truth import all_of, any_of, at_least
from crosswalk.core.rules.prose import sentence
from crosswalk.core.rules.tree import Clause, FactUse, Group, Leaf, Rule, Source, Test, leaves


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
    return _explained(rule, lambda leaf: tested(leaf.test, values.get(leaf.test.use)), values)


def reasons_from_leaves(rule: Rule, truths: Mapping[Test, Truth]) -> Reason:
    """Read a rule from the answers of its leaves (those that `leaves(rule)` lists), without values."""
    return _explained(rule, lambda leaf: truths[leaf.test], {})


def truth_from_leaves(rule: Rule, truths: Mapping[Test, Truth]) -> Truth:
    """The rule's answer from the answers of its leaves."""
    reading = reading_of(rule)
    return _TRUTHS[reading.decide([_RANK[truths[test]] for test in reading.tests])]


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


def _explained(rule: Rule, answer: Callable[[Leaf], Truth], values: Mapping[FactUse, object]) -> Reason:
    if isinstance(rule, Leaf):
        return Reason(answer(rule), rule, value=values.get(rule.test.use))
    children = tuple(_explained(part, answer, values) for part in rule.parts)
    if isinstance(rule, Clause):
        if not children:
            raise ValueError(f"the clause {rule.name} has no text yet; read the rule from an edition")
        return Reason(children[0].truth, rule, children=children)
    assert isinstance(rule, Group)
    return Reason(_combined(rule, [child.truth for child in children]), rule, children=children)


def _combined(group: Group, truths: list[Truth]) -> Truth:
    if group.word == "all_of":
        return all_of(truths)
    if group.word == "any_of":
        return any_of(truths)
    if group.word == "none_of":
        return any_of(truths).negated()
    return at_least(group.count, truths)


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


#: Kleene's order, for quick reading: and is the smallest, or the largest, not the mirror image.
_RANK = {Truth.NO: 0, Truth.UNKNOWN: 1, Truth.YES: 2}
_TRUTHS = (Truth.NO, Truth.UNKNOWN, Truth.YES)
Decide = Callable[[list[int]], int]


class Reading:
    """A rule made ready to be read for many patterns of leaf answers.

    `tests` are the rule's distinct tests in stable order; `pattern` arguments hold one Truth for each.
    """

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.leaves = leaves(rule)
        self.tests = tuple(leaf.test for leaf in self.leaves)
        at = {test: index for index, test in enumerate(self.tests)}
        self.decide: Decide = _compiled(rule, at)

    def truth(self, pattern: tuple[Truth, ...]) -> Truth:
        """The rule's answer for one pattern."""
        return _TRUTHS[self.decide([_RANK[truth] for truth in pattern])]

    def reasons(self, pattern: tuple[Truth, ...]) -> Reason:
        """The tree of reasons for one pattern, without values."""
        return reasons_from_leaves(self.rule, dict(zip(self.tests, pattern, strict=True)))


@lru_cache(maxsize=1024)
def reading_of(rule: Rule) -> Reading:
    """The rule made ready once, however often it is asked for."""
    return Reading(rule)


def _compiled(rule: Rule, at: Mapping[Test, int]) -> Decide:
    if isinstance(rule, Leaf):
        index = at[rule.test]
        return lambda pattern: pattern[index]
    if isinstance(rule, Clause):
        return _compiled(rule.parts[0], at)
    assert isinstance(rule, Group)
    parts = [_compiled(part, at) for part in rule.of]
    if rule.word == "all_of":
        return lambda pattern: min([part(pattern) for part in parts])
    if rule.word == "any_of":
        return lambda pattern: max([part(pattern) for part in parts])
    if rule.word == "none_of":
        return lambda pattern: 2 - max([part(pattern) for part in parts])
    # The n-th largest answer is Kleene's “at least n”: n sure parts make it sure, n possible ones possible.
    count = rule.count
    return lambda pattern: sorted([part(pattern) for part in parts])[-count]
