"""Whether the leaves of every rule fit the facts they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from crosswalk.core.policy.folder import Policy
from crosswalk.core.policy.schema import Told
from crosswalk.core.rules import FactUse, Leaf, Rule, parse

#: Which words of a leaf fit which kind of fact.
_FITTING = {
    "flag": ("is",),
    "number": ("is", "at_least", "at_most", "less_than"),
    "date": ("is", "at_least", "at_most", "less_than"),
    "code": ("is", "in", "in_list"),
    "text": ("is", "in", "in_list"),
    "codes": ("has_any",),
}


@dataclass(frozen=True)
class FactShape:
    """What a rule must know of a fact: the kind of its value, and whether it looks back over a window."""

    value: str
    windowed: bool


def every_rule(policy: Policy, told: Told) -> Iterator[Rule]:
    """Every rule that stands anywhere, also in free documents (under the words `when` and `rule`)."""
    for program in policy.programs.values():
        for version in program.versions:
            yield from version.rules()
    for text_ in (*policy.clauses.values(), *policy.gates.values()):
        for dated_rule in text_.versions:
            yield dated_rule.rule
    for relative in policy.files:
        if relative.startswith("finding/") and relative.endswith(".yaml"):
            content = told.attempt(policy.document, relative.removesuffix(".yaml"))
            for place, node in _loose_rules(content, f"{relative}: "):
                rule = told.attempt(parse, node, place)
                if rule is not None:
                    yield rule


def _loose_rules(node: Any, place: str) -> Iterator[tuple[str, Any]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in ("when", "rule"):
                yield f"{place}{key}", value
            else:
                yield from _loose_rules(value, f"{place}{key}.")
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from _loose_rules(value, f"{place.removesuffix('.')}[{at}].")


def check_leaves(rule: Rule, facts_known: Mapping[str, FactShape] | None, told: Told) -> None:
    """Tell each leaf whose fact does not exist, or is asked something that its kind of value cannot answer."""
    for node in rule.walk():
        if isinstance(node, Leaf) and facts_known is not None:
            check_use(node.test.use, facts_known, node.place, told)
            shape = facts_known.get(node.test.use.name)
            if shape is not None:
                _check_fit(node, shape, told)


def check_use(use: FactUse, facts_known: Mapping[str, FactShape], place: str, told: Told) -> None:
    """Tell a fact that does not exist, or that is given a window it does not have."""
    check_name(use.name, facts_known, place, "fact", told)
    shape = facts_known.get(use.name)
    if shape is not None and not shape.windowed and use.column != use.name:
        told.add(
            place,
            f"The fact {use.name} does not look back over a window.",
            "Remove months or days.",
            code="policy.window",
        )


def _check_fit(leaf: Leaf, shape: FactShape, told: Told) -> None:
    test = leaf.test
    fits = test.word in _FITTING[shape.value] and (
        test.word in ("in", "in_list", "has_any") or value_fits(test.operand, shape.value)
    )
    if not fits:
        told.add(
            leaf.place,
            f"“{test.word}: {test.operand}” does not fit the fact {test.use.name}, which is a {shape.value}.",
            f"A {shape.value} takes {', '.join(_FITTING[shape.value])}; codes stand in quotes.",
            code="policy.operator",
        )


def value_fits(value: object, kind: str) -> bool:
    """Whether a value written in a policy text is of a fact's kind."""
    if kind == "flag":
        return isinstance(value, bool)
    if kind == "number":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "date":
        return isinstance(value, date)
    if kind == "codes":
        return isinstance(value, tuple) and all(isinstance(code, str) for code in value)
    return isinstance(value, str)


def check_name(name: str, known: Iterable[str], place: str, what: str, told: Told) -> None:
    """Tell a name that is not among the known ones, and the one that was probably meant."""
    if name in known:
        return
    near = get_close_matches(name, list(known), n=1)
    told.add(
        place,
        f"There is no {what} “{name}”.",
        f"Did you mean “{near[0]}”?" if near else "Add it, or remove the name.",
        code="policy.name",
    )
