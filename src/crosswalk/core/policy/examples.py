"""Worked examples: people, and the answer each rule must give about them. They lie beside the rules they show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crosswalk.core.basics import Problem, Refused, Truth
from crosswalk.core.basics.truth import all_of
from crosswalk.core.policy.edition import Edition
from crosswalk.core.policy.folder import PROGRAM_FOLDERS, Policy
from crosswalk.core.policy.program import Program
from crosswalk.core.policy.schema import Told, day, text, texts
from crosswalk.core.policy.yaml_text import read_yaml
from crosswalk.core.rules import FactUse, Group, Reason, Rule, carrying, questions, reasons
from crosswalk.core.rules.parse import place_of, refuse_unknown

KEYS = (
    "name", "on", "facts", "gate", "expect", "asks", "asks_not", "because", "continues", "discretion", "fits",
    "source", "confidence", "note",
)  # fmt: skip
ANSWERS = {"met": Truth.YES, "not_met": Truth.NO, "unknown": Truth.UNKNOWN}
_WINDOW = re.compile(r"(\w+?)__(\d+)([md])")


@dataclass(frozen=True)
class Example:
    """One person as far as facts are known (the rest is unknown), and what must come out.

    `expect` maps what is asked to the answer: a program's code, `clause:<name>` or `gate:<name>`. `gate` is the
    answer that the gate is taken to give, or None when the gate too is read from the facts.
    """

    name: str
    on: date
    facts: Mapping[FactUse, Any]
    gate: Truth | None
    expect: Mapping[str, Truth]
    asks: tuple[str, ...]
    asks_not: tuple[str, ...]
    because: tuple[str, ...]
    continues: Truth | None
    discretion: bool | None
    fits: tuple[str, ...]
    note: str
    place: str = field(compare=False)

    @property
    def file(self) -> str:
        """The file it stands in."""
        return self.place.partition(":")[0]


def read_examples(policy: Policy) -> tuple[tuple[Example, ...], list[Problem]]:
    """All worked examples of a policy, and the problems of those that cannot be read."""
    told = Told()
    found: list[Example] = []
    for relative in sorted(policy.files):
        if relative.startswith("examples/") and relative.endswith(".yaml"):
            found.extend(_of_file(policy, relative, told))
    return tuple(found), told.problems


def _of_file(policy: Policy, relative: str, told: Told) -> Iterator[Example]:
    nodes = told.attempt(read_yaml, policy.files[relative], relative)
    about = told.attempt(_subject, policy, relative)
    if nodes is None or about is None:
        return
    if not isinstance(nodes, list):
        told.add(f"{relative}:1: examples", "The file must be a list of examples.", "Begin each with a dash.")
        return
    names: set[str] = set()
    for at, node in enumerate(nodes):
        example = told.attempt(_example, node, f"{relative}: [{at}]", about)
        if example is None:
            continue
        if example.name in names:
            told.add(example.place, "Another example of this file has the same name.", "Say what differs.")
        names.add(example.name)
        yield example


def _subject(policy: Policy, relative: str) -> str:
    """What the examples of a file are about, from its path; empty for whole persons."""
    parts = relative.removesuffix(".yaml").split("/")[1:]
    if parts[0] == "people":
        return ""
    if len(parts) == 2 and parts[0] == "clauses" and parts[1] in policy.clauses:
        return f"clause:{parts[1]}"
    if len(parts) == 2 and parts[0] == "gate" and parts[1] in policy.gates:
        return f"gate:{parts[1]}"
    if len(parts) == 2 and parts[0] in PROGRAM_FOLDERS:
        for code in (parts[1], f"cs.{parts[1]}"):
            if code in policy.programs:
                return code
    raise Refused(
        "The path names no program, clause or gate, so these examples show nothing.",
        fix="Use the path of the rule's own file, or the folder people/ for whole persons.",
        place=f"{relative}:1: file",
    )


def _example(node: Any, where: str, about: str) -> Example:
    if not isinstance(node, Mapping):
        raise Refused("An example has name, on, facts, expect.", fix="Write them as key: value.", place=where)
    place = place_of(node, where)
    refuse_unknown(node, KEYS, place)
    on = day(node, "on", place)
    if on is None:
        raise Refused("An example needs the day it is read for.", fix="Write on: 2026-11-01.", place=place)
    facts = node.get("facts")
    if not isinstance(facts, Mapping):
        raise Refused("“facts” maps facts to values.", fix="Write {age: 40}; {} for none.", place=place)
    gate = node.get("gate", "met")
    discretion = node.get("discretion")
    if discretion is not None and not isinstance(discretion, bool):
        raise Refused("“discretion” is yes or no.", fix="Write discretion: yes.", place=place)
    return Example(
        name=text(node, "name", place),
        on=on,
        facts=dict(_fact(str(name), value, place) for name, value in facts.items()),
        gate=None if gate == "facts" else _answer(gate, place),
        expect=_expected(node.get("expect"), about, place),
        asks=texts(node, "asks", place),
        asks_not=texts(node, "asks_not", place),
        because=texts(node, "because", place),
        continues=_answer(node["continues"], place) if "continues" in node else None,
        discretion=discretion,
        fits=texts(node, "fits", place),
        note=text(node, "note", place) if "note" in node else "",
        place=place,
    )


def _answer(value: Any, place: str) -> Truth:
    if value not in ANSWERS:
        raise Refused("An answer is met, not_met or unknown.", fix="Write one of the three.", place=place)
    return ANSWERS[value]


def _expected(value: Any, about: str, place: str) -> dict[str, Truth]:
    if isinstance(value, Mapping) and value:
        return {str(code): _answer(answer, place) for code, answer in value.items()}
    if not about:
        raise Refused("A whole person expects several answers.", fix="Write {ecm.1a: met, …}.", place=place)
    return {about: _answer(value, place)}


def _fact(name: str, value: Any, place: str) -> tuple[FactUse, Any]:
    window: dict[str, int] = {}
    if isinstance(value, Mapping):
        refuse_unknown(value, ("months", "days", "value"), f"{place}.{name}")
        window = {unit: value[unit] for unit in ("months", "days") if unit in value}
        value = value.get("value")
    found = _WINDOW.fullmatch(name)
    if found:
        name = found[1]
        window = {"months" if found[3] == "m" else "days": int(found[2])}
    return FactUse(name, **window), tuple(value) if isinstance(value, list) else value


@dataclass(frozen=True)
class Case:
    """One question of an example made ready for both readings: the rule, and the gate's answer where it is given."""

    example: Example
    about: str
    rule: Rule
    gate: Truth
    expected: Truth
    program: Program | None

    def answer(self) -> tuple[Truth, Reason]:
        """What comes out for the person, and the rule's reasons."""
        reason = reasons(self.rule, self.example.facts)
        return all_of((self.gate, reason.truth)), reason


def cases(edition: Edition, example: Example) -> tuple[Case, ...]:
    """The questions of one example. Raises Refused when something asked about is not in force on its day."""
    return tuple(_case(edition, example, about) for about in example.expect)


def _case(edition: Edition, example: Example, about: str) -> Case:
    expected = example.expect[about]
    kind, _, name = about.rpartition(":")
    if kind:
        rule = edition.gate(name).rule if kind == "gate" else edition.clauses.get(name)
        if rule is None:
            raise Refused(f"The clause “{name}” is not in force on {example.on}.", fix="Change the day.")
        return Case(example, about, rule, Truth.YES, expected, None)
    program = edition.program(about)
    if example.gate is None:
        return Case(example, about, program.rule, Truth.YES, expected, program)
    parts = tuple(rule for rule in (program.applies_to, program.enters_when) if rule is not None)
    return Case(example, about, Group(word="all_of", of=parts), example.gate, expected, program)


def complaints(case: Case) -> Iterator[str]:
    """What comes out differently from what the example says, each in a sentence."""
    example = case.example
    answer, reason = case.answer()
    if answer is not case.expected:
        carried = "; ".join(f"{leaf.say} = {leaf.truth.value}" for leaf in carrying(reason))
        yield f"{case.about} comes out {answer.answer}, not {case.expected.answer}, because of: {carried}."
        return
    asked = {use.name for use in questions(reason)}
    carrying_facts = {leaf.fact for leaf in carrying(reason)}
    for fact in example.asks:
        if case.expected is Truth.UNKNOWN and fact not in asked:
            yield f"{case.about} does not ask about {fact}; it asks about {', '.join(sorted(asked)) or 'nothing'}."
    for fact in example.asks_not:
        if fact in asked:
            yield f"{case.about} asks about {fact}."
    for fact in example.because:
        if len(example.expect) == 1 and fact not in carrying_facts:
            yield f"{case.about} does not rest on {fact} but on {', '.join(sorted(carrying_facts))}."
    if case.program is not None:
        yield from _remarks(case.program, example)


def _remarks(program: Program, example: Example) -> Iterator[str]:
    """The further expectations: staying, the plan's discretion, provider features."""

    def truth(rule: Rule) -> Truth:
        return reasons(rule, example.facts).truth

    if example.continues is not None:
        stays = Truth.UNKNOWN if program.continues_when is None else truth(program.continues_when)
        if stays is not example.continues:
            yield f"{program.code}: staying comes out {stays.answer}, not {example.continues.answer}."
    if example.discretion is not None:
        allowed = any(truth(remark.when) is Truth.YES for remark in program.discretion)
        if allowed is not example.discretion:
            yield f"{program.code}: the plan's discretion {'applies' if allowed else 'does not apply'}."
    features = {remark.feature for remark in program.fits if truth(remark.when) is Truth.YES}
    for feature in example.fits:
        if feature not in features:
            yield f"{program.code}: {feature} does not fit; what fits: {', '.join(sorted(features)) or 'nothing'}."
