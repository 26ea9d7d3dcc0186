"""Putting days and counts into a fact's text. Only typed values go in; text from people never does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

Value = date | int | float | bool | str | None

#: A parameter is `:name`; a cast (`::`) and a time inside quotes (`'12:30'`) are not.
_PARAMETER = re.compile(r"'(?:[^']|'')*'|--[^\n]*|(?<![:\w]):([a-z_]+)\b")


def literal(value: Value) -> str:
    """One value as a SQL literal that DuckDB and Spark both read."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()[:10]}'"
    if isinstance(value, int | float):
        return repr(value)
    return "'" + value.replace("'", "''") + "'"


def bind(text: str, values: Mapping[str, Value]) -> str:
    """Replace each `:name` of a SQL text by its literal. Raises KeyError for a name that has no value."""

    def one(found: re.Match[str]) -> str:
        name = found.group(1)
        return found.group(0) if name is None else literal(values[name])

    return _PARAMETER.sub(one, text)
