"""The first reading of a rule: one SQL expression that is true, false or null for millions of people at once.

SQL's null is the third answer, so AND, OR and NOT are already Kleene's. The expressions use only what DuckDB
and Spark both read (through sqlglot).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from crosswalk.core.rules.tree import Clause, FactUse, Group, Leaf, Rule, Scalar

Column = Callable[[FactUse], str]


def fact_column(use: FactUse) -> str:
    """The quoted column of the wide fact table that holds a fact."""
    return f'"{use.column}"'


def as_sql(rule: Rule, column: Column = fact_column, leaf: Callable[[Leaf], str] | None = None) -> str:
    """A nullable BOOLEAN expression. `column` names each fact's column; `leaf` replaces whole leaves,
    for when their answers already stand in columns of their own.

    Raises ValueError for a clause or code list that no edition has filled in yet.
    """
    if isinstance(rule, Leaf):
        return leaf(rule) if leaf else as_sql_leaf(rule, column)
    if isinstance(rule, Clause):
        if rule.rule is None:
            raise ValueError(f"the clause {rule.name} has no text yet; read the rule from an edition")
        return as_sql(rule.rule, column, leaf)
    assert isinstance(rule, Group)
    parts = [as_sql(part, column, leaf) for part in rule.of]
    if rule.word == "all_of":
        return _joined(" AND ", parts)
    if rule.word == "any_of":
        return _joined(" OR ", parts)
    if rule.word == "none_of":
        return f"(NOT {_joined(' OR ', parts)})"
    return _at_least(rule.count, parts)


def as_sql_leaf(leaf: Leaf, column: Column = fact_column) -> str:
    """One test as a nullable BOOLEAN expression: null whenever the fact's value is null."""
    name, word, operand = column(leaf.test.use), leaf.test.word, leaf.test.operand
    if word == "in_list":
        raise ValueError(f"the code list {operand} has no codes yet; read the rule from an edition")
    if isinstance(operand, tuple):
        if word == "has_any":
            # One list_contains a code: sqlglot has no Spark word for list_has_any.
            return _joined(" OR ", [f"list_contains({name}, {_literal(code)})" for code in operand])
        return f"({name} IN ({', '.join(_literal(code) for code in operand)}))"
    if isinstance(operand, bool):
        return name if operand else f"(NOT {name})"
    sign = {"is": "=", "at_least": ">=", "at_most": "<=", "less_than": "<"}[word]
    return f"({name} {sign} {_literal(operand)})"


def _joined(sign: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({sign.join(parts)})"


def _at_least(count: int, parts: list[str]) -> str:
    """Yes with `count` sure parts; no when even all unknown ones would not suffice; else null."""
    if count in (1, len(parts)):
        return _joined(" OR " if count == 1 else " AND ", parts)
    sure = " + ".join(f"CASE WHEN {part} THEN 1 ELSE 0 END" for part in parts)
    possible = " + ".join(f"CASE WHEN NOT {part} THEN 0 ELSE 1 END" for part in parts)
    return f"(CASE WHEN {sure} >= {count} THEN TRUE WHEN {possible} < {count} THEN FALSE ELSE NULL END)"


def _literal(value: Scalar) -> str:
    if isinstance(value, date):
        return f"DATE '{value.isoformat()[:10]}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)
