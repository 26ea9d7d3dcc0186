"""The second reading of the linkage policy: its conditions, which the batch runs as SQL, answered for one pair at once.

Policy staff write a condition once, in the words of DuckDB (`starts_with(last_c_l, last_c_r)`). The batch hands the
text to the column engine; here the same text becomes a function of one row. A word that is not known here is refused
when the policy is read, never skipped. Missing values are None and spread as SQL's null does (three answers).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import sqlglot
from rapidfuzz.distance import JaroWinkler
from sqlglot import exp

from crosswalk.core.basics import Refused

Row = Mapping[str, Any]
Answer = Callable[[Row], Any]


def _hamming(one: str, other: str) -> int | None:
    """How many places differ; texts of unlike length differ everywhere, as no rule asks for them."""
    if len(one) != len(other):
        return max(len(one), len(other))
    return sum(a != b for a, b in zip(one, other, strict=True))


#: A word of the policy → what it does with values that are all there.
_WORDS: dict[type[exp.Expression], Callable[..., Any]] = {
    exp.JarowinklerSimilarity: JaroWinkler.similarity,
    exp.ArrayContains: lambda held, one: one in held,
    exp.Left: lambda text, number: text[:number],
    exp.Length: len,
    exp.StartsWith: lambda text, start: text.startswith(start),
    exp.Day: lambda day: day.day,
    exp.Month: lambda day: day.month,
    exp.Year: lambda day: day.year,
    exp.Upper: str.upper,
    exp.Abs: abs,
    exp.ArraySort: sorted,
    exp.Split: lambda text, _: list(text),
    exp.EQ: lambda one, other: one == other,
    exp.NEQ: lambda one, other: one != other,
    exp.GT: lambda one, other: one > other,
    exp.GTE: lambda one, other: one >= other,
    exp.LT: lambda one, other: one < other,
    exp.LTE: lambda one, other: one <= other,
    exp.Add: lambda one, other: one + other,
    exp.Sub: lambda one, other: one - other,
    exp.Mul: lambda one, other: one * other,
}
_NAMED: dict[str, Callable[..., Any]] = {"hamming": _hamming}
#: Which parts of a parsed word are its values, in order; all others have `this` and `expression`.
_PARTS = {exp.StartsWith: ("this", "expression"), exp.ArraySort: ("this",)}


@cache
def read(text: str) -> Answer:
    """A condition or a part of the policy as a function of a row. Raises Refused for a word that is not known."""
    return _read(sqlglot.parse_one(text, read="duckdb"), text)


def _read(node: exp.Expression, text: str) -> Answer:
    if isinstance(node, exp.Paren):
        return _read(node.this, text)
    if isinstance(node, exp.Column):
        return _column(node.name)
    if isinstance(node, exp.Null):
        return lambda _: None
    if isinstance(node, exp.Boolean):
        return _constant(node.this)
    if isinstance(node, exp.Literal):
        return _constant(node.this if node.is_string else (float if "." in node.this else int)(node.this))
    if isinstance(node, exp.And | exp.Or):
        return _joined(_read(node.this, text), _read(node.expression, text), stop=isinstance(node, exp.Or))
    if isinstance(node, exp.Not):
        return _turned(_read(node.this, text))
    if isinstance(node, exp.Is):
        return _missing(_read(node.this, text), node, text)
    if isinstance(node, exp.In):
        listed = [_read(one, text)({}) for one in node.expressions]
        return _applied(lambda one: one in listed, [_read(node.this, text)])
    if isinstance(node, exp.Case):
        return _chosen(node, text)
    if isinstance(node, exp.Anonymous) and node.name.lower() in _NAMED:
        return _applied(_NAMED[node.name.lower()], [_read(one, text) for one in node.expressions])
    word = _WORDS.get(type(node))
    if word is None:
        raise Refused(
            f"A linkage condition uses “{type(node).__name__}”, which the look-up of one person does not know.",
            fix=f"Say it with the words that the other conditions use: {text}",
            place="policy/linkage",
        )
    parts = _PARTS.get(type(node), ("this", "expression"))
    found = [node.args[part] for part in parts if node.args.get(part) is not None]
    return _applied(word, [_read(one, text) for one in found])


def _column(name: str) -> Answer:
    return lambda row: row[name]


def _constant(value: Any) -> Answer:
    return lambda _: value


def _applied(word: Callable[..., Any], values: list[Answer]) -> Answer:
    """A word over its values; null as soon as one of them is."""
    if len(values) == 1:
        (only,) = values

        def one(row: Row) -> Any:
            value = only(row)
            return None if value is None else word(value)

        return one
    first, second = values

    def two(row: Row) -> Any:
        here = first(row)
        if here is None:
            return None
        there = second(row)
        return None if there is None else word(here, there)

    return two


def _joined(one: Answer, other: Answer, *, stop: bool) -> Answer:
    """`and` (stop at no) or `or` (stop at yes) with three answers."""

    def answer(row: Row) -> Any:
        here = one(row)
        if here is stop:
            return stop
        there = other(row)
        if there is stop:
            return stop
        return None if here is None or there is None else not stop

    return answer


def _turned(one: Answer) -> Answer:
    def answer(row: Row) -> Any:
        value = one(row)
        return None if value is None else not value

    return answer


def _missing(one: Answer, node: exp.Is, text: str) -> Answer:
    if not isinstance(node.expression, exp.Null):
        wanted = _read(node.expression, text)({})
        return lambda row: one(row) is wanted
    return lambda row: one(row) is None


def _chosen(node: exp.Case, text: str) -> Answer:
    cases = [(_read(one.this, text), _read(one.args["true"], text)) for one in node.args["ifs"]]
    otherwise = _read(node.args["default"], text) if node.args.get("default") else _constant(None)

    def answer(row: Row) -> Any:
        for condition, value in cases:
            if condition(row):
                return value(row)
        return otherwise(row)

    return answer
