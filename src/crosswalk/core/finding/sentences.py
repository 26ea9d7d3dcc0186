"""From the answers of a rule's parts to sentences a coordinator can read aloud, and questions to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crosswalk.core.basics import Truth
from crosswalk.core.finding.programs import Decision, Notice
from crosswalk.core.rules import (
    FactUse,
    Group,
    Leaf,
    Reason,
    Rule,
    Test,
    leaves,
    questions,
    reasons_from_leaves,
)


@dataclass(frozen=True)
class Because:
    """One sentence of an answer: what it says, whether it holds (yes, no, unknown, or the kind of notice)."""

    say: str
    answer: str
    use: FactUse | None
    confidence: str
    source: str

    def as_dict(self) -> dict[str, str]:
        """The shape of one entry in the `reasons` column."""
        return {
            "say": self.say,
            "answer": self.answer,
            "fact": self.use.column if self.use else "",
            "confidence": self.confidence,
            "source": self.source,
        }


@dataclass(frozen=True)
class Answered:
    """One program for one pattern of leaf answers: the answer, why, and what is still to be asked.

    `missing` is the fewest further answers that could make it met (0 when nothing is open). `outside`: the
    person is outside the gate, or the program is about other people.
    """

    truth: Truth
    because: tuple[Because, ...]
    asked: tuple[FactUse, ...]
    missing: int
    outside: bool
    reason: Reason


Truths = Mapping[Test, Truth]


class Answers:
    """Puts the reasons of one program into sentences and questions, remembering what was asked before."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self._asked: dict[Rule, tuple[tuple[FactUse, ...], int]] = {}

    def of(self, whole: Reason) -> Answered:
        """The sentences and questions of one reason of `decision.rule`."""
        asked, missing = self._open(whole) if whole.truth is Truth.UNKNOWN else ((), 0)
        return Answered(
            truth=whole.truth,
            because=tuple(_told(whole)),
            asked=asked,
            missing=missing,
            outside=any(part.truth is Truth.NO for part in whole.children[:-1]),
            reason=whole,
        )

    def _open(self, whole: Reason) -> tuple[tuple[FactUse, ...], int]:
        """What to ask, and the fewest good answers that suffice: both depend only on what is open."""
        rule = still_open(whole)
        if rule not in self._asked:
            unknown = reasons_from_leaves(rule, {leaf.test: Truth.UNKNOWN for leaf in leaves(rule)})
            self._asked[rule] = (tuple(questions(unknown)), fewest_answers(unknown))
        return self._asked[rule]


def still_open(reason: Reason) -> Rule:
    """What is left of an open rule once every part that is decided is taken out of it.

    Nothing that is unknown can change a decided part, so the rest asks the same questions in the same order.
    """
    rule = reason.rule
    if not isinstance(rule, Group):
        return still_open(reason.children[0]) if reason.children else rule
    parts = tuple(still_open(child) for child in reason.children if child.truth is Truth.UNKNOWN)
    if len(parts) == 1 and rule.word != "none_of":
        return parts[0]
    sure = sum(child.truth is Truth.YES for child in reason.children)
    return Group(word=rule.word, of=parts, count=max(rule.count - sure, 0))


def _told(whole: Reason) -> Iterator[Because]:
    """The sentences of a program's answer; a gate that is passed is told in one sentence."""
    gate, *rest = whole.children
    failing = next((part for part in whole.children if part.truth is Truth.NO), None)
    if failing is not None:
        told = list(_carried(failing))
    else:
        passed = gate.truth is Truth.YES
        told = [_one(gate, None)] if passed else list(_carried(gate))
        for part in rest:
            told.extend(_carried(part))
        told.sort(key=lambda one: one.answer == "unknown")
    seen: set[tuple[str, str]] = set()
    for one in told:
        if (one.say, one.answer) not in seen:
            seen.add((one.say, one.answer))
            yield one


def _one(reason: Reason, use: FactUse | None) -> Because:
    source = str(reason.source) if reason.source else ""
    return Because(reason.say, reason.truth.value, use, reason.confidence, source)


def _carried(reason: Reason) -> Iterator[Because]:
    """The leaves that carry an answer; for an open one, what is already sure besides what is open."""
    if isinstance(reason.rule, Leaf):
        yield _one(reason, reason.use)
        return
    for child in reason.children:
        if not isinstance(reason.rule, Group) or child.truth in _telling(reason.rule.word, reason.truth):
            yield from _carried(child)


def _telling(word: str, truth: Truth) -> tuple[Truth, ...]:
    """Which children of a group are worth telling, given the group's answer."""
    if truth is Truth.UNKNOWN:
        return (Truth.UNKNOWN, Truth.YES) if word in ("all_of", "at_least") else (Truth.UNKNOWN,)
    if word == "none_of":
        return (Truth.NO,) if truth is Truth.YES else (Truth.YES,)
    return (truth,)


def fewest_answers(reason: Reason) -> int:
    """The fewest open questions that, all answered well, make a rule met."""
    return _costs(reason)[0]


_NEVER = 1000


def _costs(reason: Reason) -> tuple[int, int]:
    """How many answers it takes at the least to make a part met, and to rule it out."""
    if isinstance(reason.rule, Leaf):
        return {Truth.YES: (0, _NEVER), Truth.NO: (_NEVER, 0), Truth.UNKNOWN: (1, 1)}[reason.truth]
    costs = [_costs(child) for child in reason.children]
    if not isinstance(reason.rule, Group):
        return costs[0]
    met, out = sorted(cost[0] for cost in costs), sorted(cost[1] for cost in costs)
    word = reason.rule.word
    if word == "all_of":
        return sum(met), out[0]
    if word == "any_of":
        return met[0], sum(out)
    if word == "none_of":
        return sum(out), met[0]
    return sum(met[: reason.rule.count]), sum(out[: len(out) - reason.rule.count + 1])


def questions_of(decision: Decision, known: Mapping[str, str]) -> dict[FactUse, str]:
    """What to ask a person about each fact: the program's own words, the leaf's, else the fact's (`known`)."""
    found: dict[FactUse, str] = {}
    for node in decision.rule.walk():
        if isinstance(node, Leaf):
            use = node.test.use
            words = decision.program.ask.get(use.name) or node.ask or found.get(use) or known.get(use.name)
            found[use] = words or f"What is known about: {use.words}?"
    return found


def noticed(notice: Notice) -> Because:
    """A notice as an entry of the reasons."""
    use = next(iter(sorted(notice.when.uses())), None)
    return Because(notice.say, notice.kind, use, notice.confidence, notice.source)


def is_met(rule: Rule, truths: Truths) -> bool:
    """Whether a rule is met for sure."""
    return reasons_from_leaves(rule, truths).truth is Truth.YES
