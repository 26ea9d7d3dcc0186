"""A rule made ready to be read again and again: its parts in one row, so that a pattern costs microseconds.

A county knows some thousands of patterns of leaf answers. Inside, answers are numbers in Kleene's order
(no 0, unknown 1, yes 2): “all of” is then the smallest, “any of” the largest, and “at least n” the n-th largest.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosswalk.core.basics import Truth
from crosswalk.core.rules.tree import Clause, FactUse, Group, Leaf, Rule, Test, leaves

if TYPE_CHECKING:
    from crosswalk.core.rules.suppositions import Supposition

NO, UNKNOWN, YES = 0, 1, 2
RANK = {Truth.NO: NO, Truth.UNKNOWN: UNKNOWN, Truth.YES: YES}
TRUTHS = (Truth.NO, Truth.UNKNOWN, Truth.YES)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a rule: how it is made of the parts before it in the row. A leaf has its test's place in `at`."""

    rule: Rule
    word: str
    children: tuple[int, ...] = ()
    count: int = 0
    at: int = -1


class Reading:
    """A rule with its parts in a row, every part after those below it; the last is the rule itself.

    `tests` are the distinct tests in the order written, `leaves` the first leaf of each; a pattern is one
    answer for each test. `uses` are the places of each fact's tests, `standing` how many leaves each fact has,
    `kinds` what each fact could turn out to be, filled in when first asked for.
    """

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.leaves = leaves(rule)
        self.tests = tuple(leaf.test for leaf in self.leaves)
        self._at = {test: index for index, test in enumerate(self.tests)}
        self.parts: list[Part] = []
        self.uses: dict[FactUse, list[int]] = {}
        self.standing: dict[FactUse, int] = {}
        self.kinds: dict[FactUse, tuple[Supposition, ...]] = {}
        for index, test in enumerate(self.tests):
            self.uses.setdefault(test.use, []).append(index)
        self._lay(rule)

    def _lay(self, rule: Rule) -> int:
        if isinstance(rule, Leaf):
            self.standing[rule.test.use] = self.standing.get(rule.test.use, 0) + 1
            self.parts.append(Part(rule, "leaf", at=self._at[rule.test]))
        elif isinstance(rule, Clause):
            if rule.rule is None:
                raise ValueError(f"the clause {rule.name} has no text yet; read the rule from an edition")
            self.parts.append(Part(rule, "all_of", (self._lay(rule.rule),)))
        else:
            assert isinstance(rule, Group)
            below = tuple(self._lay(part) for part in rule.of)
            self.parts.append(Part(rule, rule.word, below, rule.count))
        return len(self.parts) - 1

    def pattern(self, truths: Mapping[Test, Truth]) -> list[int]:
        """The answers of the tests as numbers, in order."""
        return [RANK[truths[test]] for test in self.tests]

    def answers(self, pattern: Sequence[int]) -> list[int]:
        """The answer of every part for one pattern; the last is the rule's."""
        found: list[int] = []
        read = found.__getitem__
        for part in self.parts:
            word = part.word
            if word == "leaf":
                found.append(pattern[part.at])
            elif word == "all_of":
                found.append(min(map(read, part.children)))
            elif word == "any_of":
                found.append(max(map(read, part.children)))
            elif word == "none_of":
                found.append(YES - max(map(read, part.children)))
            else:
                found.append(sorted(map(read, part.children))[-part.count])
        return found

    def truth(self, pattern: Sequence[Truth]) -> Truth:
        """The rule's answer for one pattern."""
        return TRUTHS[self.answers([RANK[truth] for truth in pattern])[-1]]


#: Rules that were read lately, by identity: comparing whole rules would cost more than reading them.
_LATELY: OrderedDict[int, Reading] = OrderedDict()
_KEPT = 512


def reading_of(rule: Rule) -> Reading:
    """The rule made ready, once for as long as it is in use."""
    found = _LATELY.get(id(rule))
    if found is None or found.rule is not rule:
        found = Reading(rule)
        _LATELY[id(rule)] = found
        if len(_LATELY) > _KEPT:
            _LATELY.popitem(last=False)
    return found
