"""From the answers of a rule's parts to sentences a coordinator can read aloud, and questions to ask."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from crosswalk.core.basics import Truth
from crosswalk.core.finding.programs import Decision, Notice
from crosswalk.core.rules import (
    FactUse,
    Group,
    Leaf,
    Reason,
    questions,
    reading_of,
    reasons_from_leaves,
    sentence,
)
from crosswalk.core.rules.reading import NO, TRUTHS, UNKNOWN, YES


@dataclass(frozen=True)
class Because:
    """One sentence of an answer: what it says, whether it holds (yes, no, unknown, or the kind of notice)."""

    say: str
    answer: str
    use: FactUse | None
    confidence: str
    source: str

    @cached_property
    def as_json(self) -> str:
        """One entry of the `reasons` column."""
        entry = {
            "say": self.say,
            "answer": self.answer,
            "fact": self.use.column if self.use else "",
            "confidence": self.confidence,
            "source": self.source,
        }
        return json.dumps(entry, ensure_ascii=False)


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


class Answers:
    """Puts the answers of one program's leaves into sentences and questions.

    Made for thousands of patterns: sentences are written once, and what to ask is remembered by what is open.
    """

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.reading = reading_of(decision.rule)
        tests = dict.fromkeys(self.reading.tests)
        for notice in decision.notices:
            tests.update(dict.fromkeys(reading_of(notice.when).tests))
        self.tests = tuple(tests)
        """The tests whose answers make a pattern, those of the rule first."""
        at = {test: index for index, test in enumerate(self.tests)}
        self.notices = [
            (
                notice,
                reading_of(notice.when),
                [at[test] for test in reading_of(notice.when).tests],
                noticed(notice),
            )
            for notice in decision.notices
        ]
        self.parts = self.reading.parts
        self.top = self.parts[-1].children
        self._said: dict[tuple[int, int], Because] = {}
        self._asked: dict[tuple[int, ...], tuple[tuple[FactUse, ...], int]] = {}

    def of(self, pattern: Sequence[int]) -> Answered:
        """The sentences and questions for one pattern: the answer of each of `tests`, no 0, unknown 1, yes 2."""
        answers = self.reading.answers(pattern)
        asked: tuple[FactUse, ...] = ()
        missing = 0
        if answers[-1] == UNKNOWN:
            asked, missing = self._open(answers, pattern)
        return Answered(
            truth=TRUTHS[answers[-1]],
            because=tuple(self._told(answers)),
            asked=asked,
            missing=missing,
            outside=any(answers[part] == NO for part in self.top[:-1]),
        )

    def beside(self, one: Answered, pattern: Sequence[int]) -> list[Because]:
        """The notices that are worth telling beside an answer; none for somebody whom it is not about."""
        if one.outside:
            return []
        return [
            said
            for notice, reading, places, said in self.notices
            if notice.counts_beside(one.truth) and reading.answers([pattern[at] for at in places])[-1] == YES
        ]

    def _told(self, answers: list[int]) -> Iterator[Because]:
        """The sentences of the answer; a gate that is passed is told in one, what is open comes last."""
        failing = next((part for part in self.top if answers[part] == NO), None)
        if failing is not None:
            told = list(self._carried(failing, answers))
        else:
            gate, *rest = self.top
            told = [self._one(gate, YES)] if answers[gate] == YES else list(self._carried(gate, answers))
            for part in rest:
                told.extend(self._carried(part, answers))
            told.sort(key=lambda one: one.answer == "unknown")
        seen: set[tuple[str, str]] = set()
        for one in told:
            if (one.say, one.answer) not in seen:
                seen.add((one.say, one.answer))
                yield one

    def _carried(self, index: int, answers: list[int]) -> Iterator[Because]:
        """The leaves that carry a part's answer; for an open one, what is already sure besides what is open."""
        part, answer = self.parts[index], answers[index]
        if part.word == "leaf":
            yield self._one(index, answer)
            return
        telling = _TELLING[part.word, answer]
        for below in part.children:
            if answers[below] in telling:
                yield from self._carried(below, answers)

    def _one(self, index: int, answer: int) -> Because:
        if (index, answer) not in self._said:
            rule = self.parts[index].rule
            use = rule.test.use if isinstance(rule, Leaf) else None
            source = str(rule.source) if rule.source else ""
            said = Because(sentence(rule), TRUTHS[answer].value, use, rule.confidence, source)
            self._said[index, answer] = said
        return self._said[index, answer]

    def _open(self, answers: list[int], pattern: Sequence[int]) -> tuple[tuple[FactUse, ...], int]:
        """What to ask, and the fewest good answers that suffice. Both depend only on what is open: nothing
        unknown can change a part that is decided."""
        key = tuple(self._open_parts(len(answers) - 1, answers))
        if key not in self._asked:
            truths = {test: TRUTHS[answer] for test, answer in zip(self.tests, pattern, strict=True)}
            whole = reasons_from_leaves(self.decision.rule, truths)
            self._asked[key] = (tuple(questions(whole)), fewest_answers(whole))
        return self._asked[key]

    def _open_parts(self, index: int, answers: list[int]) -> Iterator[int]:
        """The open leaves below an open part; for “at least n”, also how many of its parts are met (negative)."""
        part = self.parts[index]
        if part.word == "leaf":
            yield index
            return
        if part.word == "at_least":
            yield -1 - sum(answers[below] == YES for below in part.children)
        for below in part.children:
            if answers[below] == UNKNOWN:
                yield from self._open_parts(below, answers)


def _telling(word: str, answer: int) -> tuple[int, ...]:
    """Which children of a part are worth telling, given its answer."""
    if answer == UNKNOWN:
        return (UNKNOWN, YES) if word in ("all_of", "at_least") else (UNKNOWN,)
    if word == "none_of":
        return (NO,) if answer == YES else (YES,)
    return (answer,)


_TELLING = {
    (word, answer): _telling(word, answer)
    for word in ("all_of", "any_of", "none_of", "at_least")
    for answer in (NO, UNKNOWN, YES)
}


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
