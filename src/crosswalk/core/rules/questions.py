"""What to ask next, which single answers would decide, and what would change an answer already reached."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from crosswalk.core.basics import Truth
from crosswalk.core.rules.reading import NO, RANK, TRUTHS, UNKNOWN, YES, Part, Reading, reading_of
from crosswalk.core.rules.reasons import Reason
from crosswalk.core.rules.suppositions import Supposition, suppositions, together
from crosswalk.core.rules.tree import FactUse, Leaf, Test

#: More than any rule could take; stands for “cannot be had at all”.
_NEVER = 10_000

Cost = tuple[int, int]
"""How many further answers it takes, at the least, to make a part met, and to rule it out."""


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
    if reason.truth is not Truth.UNKNOWN:
        return []
    reading, pattern = _laid_out(reason)
    weights = _weights(reading, pattern)
    return sorted(weights, key=lambda use: weights[use])


def deciding_single(reason: Reason) -> tuple[Change, ...]:
    """Each single answer to an open question that would settle the rule, and how it would settle it."""
    if reason.truth is not Truth.UNKNOWN:
        return ()
    reading, pattern = _laid_out(reason)
    weights = _weights(reading, pattern)
    return tuple(
        change for use in reading.uses if use in weights for change in _changes(reading, pattern, use)
    )


def changes(reason: Reason, fixed: Collection[str] = ()) -> tuple[Change, ...]:
    """What would change the answer: for met, each single fact that would lose it; for not met, each single fact
    that would make it met, or else one smallest set of facts; for unknown, the single answers that decide.

    Facts named in `fixed` (age, county …) are never supposed to be different.
    """
    if reason.truth is Truth.UNKNOWN:
        return tuple(
            change for change in deciding_single(reason) if change.suppositions[0].use.name not in fixed
        )
    reading, pattern = _laid_out(reason)
    single = tuple(
        change
        for use in reading.uses
        if use.name not in fixed
        for change in _changes(reading, pattern, use)
        if reason.truth is Truth.YES or change.becomes is Truth.YES
    )
    if single or reason.truth is Truth.YES:
        return single
    several = _smallest_set(reading, pattern, fixed)
    return () if several is None else (several,)


def _laid_out(reason: Reason) -> tuple[Reading, list[int]]:
    truths: dict[Test, Truth] = {}
    for leaf in reason.leaves():
        assert isinstance(leaf.rule, Leaf)
        truths[leaf.rule.test] = leaf.truth
    reading = reading_of(reason.rule)
    return reading, reading.pattern(truths)


def _kinds(reading: Reading, use: FactUse) -> tuple[Supposition, ...]:
    if use not in reading.kinds:
        reading.kinds[use] = suppositions([reading.leaves[at] for at in reading.uses[use]])
    return reading.kinds[use]


def _supposed(reading: Reading, pattern: Sequence[int], one: Supposition) -> list[int]:
    """The pattern with one fact as supposed."""
    changed = list(pattern)
    for at, truth in zip(reading.uses[one.use], one.truths, strict=True):
        changed[at] = RANK[truth]
    return changed


def _changes(reading: Reading, pattern: list[int], use: FactUse) -> Iterator[Change]:
    """The answers about one fact that would bring another answer than today's, those of one outcome as one."""
    today = reading.answers(pattern)[-1]
    by_outcome: dict[int, Supposition] = {}
    for one in _kinds(reading, use):
        becomes = reading.answers(_supposed(reading, pattern, one))[-1]
        by_outcome[becomes] = together(by_outcome[becomes], one) if becomes in by_outcome else one
    for becomes, one in by_outcome.items():
        if becomes not in (today, UNKNOWN):
            yield Change((one,), TRUTHS[becomes])


def _weights(reading: Reading, pattern: list[int]) -> dict[FactUse, tuple[bool, bool, int, int]]:
    """Each fact that could still decide, with its sort key: smaller is asked earlier."""
    answers = reading.answers(pattern)
    costs = _costs(reading, answers)
    last = len(answers) - 1
    # For each open part: what the rule becomes if it turns yes, or no; and the fewest answers to met through it.
    ways: dict[int, tuple[int, int, int]] = {last: (YES, NO, costs[last][0])}
    wanted = {last: True}
    found: dict[FactUse, tuple[bool, bool, int, int]] = {}
    for index in range(last, -1, -1):
        if index not in ways or answers[index] != UNKNOWN:
            continue
        part, (if_yes, if_no, total) = reading.parts[index], ways[index]
        if isinstance(part.rule, Leaf):
            use = part.rule.test.use
            outcomes: tuple[int, ...] = (if_yes, if_no)
            if reading.standing[use] > 1 or len(_kinds(reading, use)) == 1:
                outcomes = _outcomes(reading, pattern, use)
            key = (YES not in outcomes, NO not in outcomes, total, index)
            found[use] = min(found.get(use, key), key)
            continue
        for below in part.children:
            if answers[below] == UNKNOWN:
                turned = [_turned(part, answers, below, value) for value in (YES, NO)]
                to_root = [(if_no, UNKNOWN, if_yes)[value] for value in turned]
                through = total + _detour(part, costs, below, wanted[index])
                ways[below] = (to_root[0], to_root[1], through)
                wanted[below] = wanted[index] != (part.word == "none_of")
    return found


def _outcomes(reading: Reading, pattern: list[int], use: FactUse) -> tuple[int, ...]:
    """What the rule becomes for each thing a fact could be; for facts that several leaves ask about."""
    return tuple(reading.answers(_supposed(reading, pattern, one))[-1] for one in _kinds(reading, use))


def _turned(part: Part, answers: list[int], below: int, value: int) -> int:
    """What a part becomes when one open child turns yes or no."""
    children = [value if child == below else answers[child] for child in part.children]
    if part.word == "all_of":
        return min(children)
    if part.word == "any_of":
        return max(children)
    if part.word == "none_of":
        return YES - max(children)
    return sorted(children)[-part.count]


def _costs(reading: Reading, answers: list[int]) -> list[Cost]:
    """The fewest answers to make each part met, and to rule it out."""
    costs: list[Cost] = []
    for part, answer in zip(reading.parts, answers, strict=True):
        if part.word == "leaf":
            costs.append(((_NEVER, 0), (1, 1), (0, _NEVER))[answer])
            continue
        met = sorted(costs[child][0] for child in part.children)
        out = sorted(costs[child][1] for child in part.children)
        costs.append(_cost(part, met, out))
    return costs


def _cost(part: Part, met: list[int], out: list[int]) -> Cost:
    if part.word == "all_of":
        return sum(met), out[0]
    if part.word == "any_of":
        return met[0], sum(out)
    if part.word == "none_of":
        return sum(out), met[0]
    return sum(met[: part.count]), sum(out[: len(out) - part.count + 1])


def _detour(part: Part, costs: list[Cost], below: int, wanted: bool) -> int:
    """How many answers more it takes when the way leads through this child instead of the cheapest ones."""
    side = 0 if wanted != (part.word == "none_of") else 1
    chosen = _chosen(part, costs, wanted)
    return 0 if below in chosen else costs[below][side] - max(costs[child][side] for child in chosen)


def _chosen(part: Part, costs: list[Cost], wanted: bool) -> list[int]:
    """The children that the cheapest way to make a part met (or to rule it out) leads through."""
    if part.word == "at_least":
        needed = part.count if wanted else len(part.children) - part.count + 1
    else:
        needed = len(part.children) if wanted == (part.word != "any_of") else 1
    side = 0 if wanted != (part.word == "none_of") else 1
    return sorted(part.children, key=lambda child: costs[child][side])[:needed]


def _smallest_set(reading: Reading, pattern: list[int], fixed: Collection[str]) -> Change | None:
    """One smallest set of facts that together would make a rule met; None when there is none."""
    costs: list[Cost] = []
    for part in reading.parts:
        if isinstance(part.rule, Leaf):
            flip = _NEVER if part.rule.test.use.name in fixed else 1
            costs.append(((flip, 0), (flip, flip), (0, flip))[pattern[part.at]])
        else:
            met = sorted(costs[child][0] for child in part.children)
            costs.append(_cost(part, met, sorted(costs[child][1] for child in part.children)))
    if costs[-1][0] >= _NEVER:
        return None
    tests: dict[FactUse, dict[int, Truth]] = {}
    for index, truth in _flips(reading, costs, pattern, len(reading.parts) - 1, True):
        tests.setdefault(reading.tests[index].use, {})[index] = truth
    supposed = [one for use, wanted in tests.items() if (one := _fitting(reading, use, wanted)) is not None]
    for one in list(supposed):
        rest = [other for other in supposed if other is not one]
        if _together(reading, pattern, rest) == YES:
            supposed = rest
    return Change(tuple(supposed), Truth.YES) if _together(reading, pattern, supposed) == YES else None


def _flips(
    reading: Reading, costs: list[Cost], pattern: list[int], index: int, wanted: bool
) -> Iterator[tuple[int, Truth]]:
    """The tests that must turn out otherwise along the cheapest way to make a part met, or to rule it out."""
    part = reading.parts[index]
    if part.word == "leaf":
        if pattern[part.at] != (YES if wanted else NO):
            yield part.at, Truth.of(wanted)
        return
    for child in _chosen(part, costs, wanted):
        yield from _flips(reading, costs, pattern, child, wanted != (part.word == "none_of"))


def _fitting(reading: Reading, use: FactUse, wanted: Mapping[int, Truth]) -> Supposition | None:
    """What a fact would have to be for some of its tests to turn out as wanted."""
    places = reading.uses[use]
    fitting: Supposition | None = None
    for one in _kinds(reading, use):
        truths = dict(zip(places, one.truths, strict=True))
        if all(truths[index] is truth for index, truth in wanted.items()):
            fitting = one if fitting is None else together(fitting, one)
    return fitting


def _together(reading: Reading, pattern: list[int], supposed: Sequence[Supposition]) -> int:
    for one in supposed:
        pattern = _supposed(reading, pattern, one)
    return reading.answers(pattern)[-1]
