"""Whether every rule is shown by examples: one of each answer, and both sides of every threshold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from crosswalk.core.basics import Truth
from crosswalk.core.policy.examples import Example
from crosswalk.core.policy.folder import Policy
from crosswalk.core.policy.schema import Told
from crosswalk.core.policy.texts import ClauseText, ProgramText
from crosswalk.core.rules import Clause, Leaf, Rule, Test, words_of

_ANSWERS = (Truth.YES, Truth.NO, Truth.UNKNOWN)


def check_coverage(policy: Policy, examples: Iterable[Example], told: Told) -> None:
    """Tell every rule that lacks an example it must have."""
    by_subject: dict[str, list[Example]] = {}
    for example in examples:
        for about in example.expect:
            by_subject.setdefault(about, []).append(example)
    subjects: dict[str, ProgramText | ClauseText] = {
        **policy.programs,
        **{f"gate:{name}": gate for name, gate in policy.gates.items()},
        **{f"clause:{name}": one for name, one in policy.clauses.items() if _needs_examples(one)},
    }
    for about, text in subjects.items():
        _check(about, text, by_subject.get(about, []), told)


def _needs_examples(clause: ClauseText) -> bool:
    return len(clause.versions) > 1 or any(_thresholds(version.rule) for version in clause.versions)


def _check(about: str, text: ProgramText | ClauseText, examples: list[Example], told: Told) -> None:
    missing = [truth for truth in _ANSWERS if not any(one.expect[about] is truth for one in examples)]
    if missing:
        told.add(
            f"{text.file}:1: examples",
            f"“{about}” has no example whose answer is {' or '.join(truth.answer for truth in missing)}.",
            f"Write it in {_example_file(text.file, about)}.",
            code="policy.examples",
        )
    for version in text.versions:
        inside = [one for one in examples if one.on in version.period]
        for leaf in (leaf for rule in version.entry_rules() for leaf in _thresholds(rule)):
            for lack in _sides_missing(leaf.test, inside):
                told.add(
                    leaf.place,
                    f"No example of these days ({version.period}) has “{words_of(leaf.test)}” {lack}.",
                    f"Write one in {_example_file(text.file, about)}.",
                    code="policy.examples",
                )


def _example_file(file: str, about: str) -> str:
    if about.startswith("gate:"):
        return f"examples/gate/{about.removeprefix('gate:')}.yaml"
    return f"examples/{file}"


def _thresholds(rule: Rule) -> list[Leaf]:
    """The leaves with a number or a day that stand in this very text, not in a clause it uses."""
    return [
        node
        for node in _written_here(rule)
        if isinstance(node, Leaf) and node.test.word in ("at_least", "at_most", "less_than")
    ]


def _written_here(rule: Rule) -> Iterator[Rule]:
    yield rule
    if not isinstance(rule, Clause):
        for part in rule.parts:
            yield from _written_here(part)


def _sides_missing(test: Test, examples: list[Example]) -> Iterator[str]:
    values = [one.facts[test.use] for one in examples if one.facts.get(test.use) is not None]
    if test.operand not in values:
        yield f"exactly at the threshold ({test.operand})"
    beyond = [value for value in values if _beyond(test, value)]
    if not beyond:
        yield "on the other side of the threshold"


def _beyond(test: Test, value: object) -> bool:
    """Whether a value lies on the side that the threshold itself does not."""
    operand = test.operand
    if isinstance(operand, date) != isinstance(value, date) or isinstance(value, str | tuple):
        return False
    assert isinstance(operand, int | float | date)
    return bool(value > operand if test.word == "at_most" else value < operand)  # type: ignore[operator]
