"""What to ask next, which single answers would decide, and what would change an answer already reached."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from crosswalk.core.basics import Truth
from crosswalk.core.rules.reasons import Reading, Reason, reading_of
from crosswalk.core.rules.suppositions import Supposition, suppositions, together
from crosswalk.core.rules.tree import Clause, FactUse, Group, Leaf, Rule, Test

_RANK = {Truth.NO: 0, Truth.UNKNOWN: 1, Truth.YES: 2}
_TRUTHS = (Truth.NO, Truth.UNKNOWN, Truth.YES)

#: More suppositions than this taken together stop being an explanation.
_MOST_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Change:
    """If these facts were as supposed, the answer would become `becomes`."""

    suppositions: tuple[Supposition, ...]
    becomes: Truth

    @property
    def words(self) -> str:
        """“ed visits in the last 6 months: 5 or more; food insecure: yes”."""
        return "; ".join(f"{one.use.words}: {one.words}" for one in self.suppositions)


def questions(reason: Reason) -> list[FactUse]:
    """The unknown facts that could still decide, the most decisive first; none once the answer is known.

    First come facts of which one answer alone makes the rule met, then those of which one answer alone rules
    it out, then those that leave the fewest further questions; otherwise in the order of the rule.
    """
    asked = _Asked(reason)
    return [use for _, _, use in sorted(asked.weighed(), key=lambda entry: entry[:2])]


def deciding_single(reason: Reason) -> tuple[Change, ...]:
    """Each single answer to an open question that would settle the rule, and how it would settle it."""
    asked = _Asked(reason)
    return tuple(change for use in asked.open_uses() for change in asked.changes(use))


def changes(reason: Reason, fixed: Collection[str] = ()) -> tuple[Change, ...]:
    """What would change the answer: for met, each single fact that would lose it; for not met, each single fact
    that would make it met, or else one smallest set of facts; for unknown, the single answers that decide.

    Facts named in `fixed` (age, county …) are never supposed to be different.
    """
    if reason.truth is Truth.UNKNOWN:
        return tuple(
            change for change in deciding_single(reason) if change.suppositions[0].use.name not in fixed
        )
    asked = _Asked(reason)
    uses = [use for use in asked.by_use if use.name not in fixed]
    if reason.truth is Truth.YES:
        return tuple(change for use in uses for change in asked.changes(use))
    single = tuple(change for use in uses for change in asked.changes(use) if change.becomes is Truth.YES)
    if single:
        return single
    for size in range(2, _MOST_TOGETHER + 1):
        found = next(asked.making_met(_candidates(asked, uses), size), None)
        if found is not None:
            return (found,)
    return ()


def _candidates(asked: _Asked, uses: list[FactUse]) -> list[FactUse]:
    """Which facts to try together: only those of which another answer could help."""
    blocked = {leaf.use for leaf in asked.reason.leaves() if leaf.truth is not Truth.YES} | {
        leaf.use for leaf in _under_none(asked.reason) if leaf.truth is not Truth.NO
    }
    return [use for use in uses if use in blocked][:12]


def _under_none(reason: Reason, inside: bool = False) -> Iterator[Reason]:
    if isinstance(reason.rule, Leaf):
        if inside:
            yield reason
        return
    negated = inside != (isinstance(reason.rule, Group) and reason.rule.word == "none_of")
    for child in reason.children:
        yield from _under_none(child, negated)


class _Asked:
    """A reason laid out for supposing: the pattern of its leaf answers, and what each fact could be."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        self.reading, self.by_use, self.weigh = _laid_out(reason.rule)
        truths: dict[Test, Truth] = {}
        for leaf in reason.leaves():
            assert isinstance(leaf.rule, Leaf)
            truths[leaf.rule.test] = leaf.truth
        self.pattern = [_RANK[truths[test]] for test in self.reading.tests]

    def open_uses(self) -> list[FactUse]:
        """The unknown facts below parts that are still open, in the order written."""
        return list(dict.fromkeys(_open(self.reason)))

    def supposed(self, one: Supposition, pattern: list[int]) -> list[int]:
        """The pattern with one fact as supposed."""
        changed = list(pattern)
        for at, truth in zip(self.by_use[one.use][0], one.truths, strict=True):
            changed[at] = _RANK[truth]
        return changed

    def outcomes(self, use: FactUse) -> list[tuple[Supposition, int]]:
        """What the rule would become for each thing this fact could be."""
        return [(one, self.reading.decide(self.supposed(one, self.pattern))) for one in self.by_use[use][1]]

    def changes(self, use: FactUse) -> Iterator[Change]:
        """The answers about this fact that would bring another answer than today's, those of one outcome as one."""
        by_outcome: dict[int, Supposition] = {}
        for one, becomes in self.outcomes(use):
            by_outcome[becomes] = together(by_outcome[becomes], one) if becomes in by_outcome else one
        today = self.reading.decide(self.pattern)
        for becomes, one in by_outcome.items():
            if becomes != today:
                yield Change((one,), _TRUTHS[becomes])

    def weighed(self) -> list[tuple[tuple[int, int, int], int, FactUse]]:
        """Each open fact with its sort key: smaller is asked earlier."""
        entries: list[tuple[tuple[int, int, int], int, FactUse]] = []
        for order, use in enumerate(self.open_uses()):
            becomes = [truth for _, truth in self.outcomes(use)]
            further = min(self.weigh(self.supposed(one, self.pattern))[0] for one in self.by_use[use][1])
            entries.append(((2 not in becomes, 0 not in becomes, further), order, use))
        return entries

    def making_met(self, uses: list[FactUse], size: int) -> Iterator[Change]:
        """Every set of `size` facts that, as supposed, makes the rule met."""
        for chosen in combinations(uses, size):
            yield from self._making_met(chosen, (), self.pattern)

    def _making_met(
        self, uses: tuple[FactUse, ...], so_far: tuple[Supposition, ...], pattern: list[int]
    ) -> Iterator[Change]:
        for one in self.by_use[uses[0]][1]:
            supposed = self.supposed(one, pattern)
            if len(uses) > 1:
                yield from self._making_met(uses[1:], (*so_far, one), supposed)
            elif self.reading.decide(supposed) == 2:
                yield Change((*so_far, one), Truth.YES)


def _open(reason: Reason) -> Iterator[FactUse]:
    """Facts that can still matter: below a part whose answer stands, nothing can."""
    if reason.truth is not Truth.UNKNOWN:
        return
    if isinstance(reason.rule, Leaf):
        yield reason.rule.test.use
    for child in reason.children:
        yield from _open(child)


_Kinds = dict[FactUse, tuple[list[int], tuple[Supposition, ...]]]


@lru_cache(maxsize=1024)
def _laid_out(rule: Rule) -> tuple[Reading, _Kinds, _Weigh]:
    reading = reading_of(rule)
    at: dict[FactUse, list[int]] = {}
    for index, test in enumerate(reading.tests):
        at.setdefault(test.use, []).append(index)
    kinds = {use: (places, suppositions([reading.leaves[i] for i in places])) for use, places in at.items()}
    return reading, kinds, _Weigh(rule, {test: index for index, test in enumerate(reading.tests)})


class _Weigh:
    """How many more answers it takes, at the least, to make a rule met, and to rule it out."""

    NEVER = 10_000

    def __init__(self, rule: Rule, at: dict[Test, int]) -> None:
        self.rule, self.at = rule, at

    def __call__(self, pattern: list[int]) -> tuple[int, int]:
        return self._costs(self.rule, pattern)

    def _costs(self, rule: Rule, pattern: list[int]) -> tuple[int, int]:
        if isinstance(rule, Leaf):
            return ((self.NEVER, 0), (1, 1), (0, self.NEVER))[pattern[self.at[rule.test]]]
        if isinstance(rule, Clause):
            return self._costs(rule.parts[0], pattern)
        assert isinstance(rule, Group)
        costs = [self._costs(part, pattern) for part in rule.of]
        met, out = sorted(cost[0] for cost in costs), sorted(cost[1] for cost in costs)
        if rule.word == "all_of":
            return sum(met), out[0]
        if rule.word == "any_of":
            return met[0], sum(out)
        if rule.word == "none_of":
            return sum(out), met[0]
        return sum(met[: rule.count]), sum(out[: len(out) - rule.count + 1])
