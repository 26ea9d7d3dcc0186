"""Records as plain values and back: what JSON can hold, with the names of the records' own fields."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

from crosswalk.core.basics import Refused

R = TypeVar("R")


def plain(value: Any) -> Any:
    """A record as a mapping of what it says (nothing that is empty), amounts and days as texts."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) or hasattr(value, "_fields"):
        told = ((name, getattr(value, name)) for name in _shape(type(value)))
        return {name: plain(one) for name, one in told if one not in ("", None, (), False)}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value


def record_of(kind: type[R], value: Any, place: str) -> R:
    """A record from a mapping of its fields; Refused, naming the place, where something is unknown or unreadable."""
    if not isinstance(value, Mapping):
        _refuse(place, "This must be an object with named fields.", "Write { … }.")
    shape = _shape(kind)
    for name in value:
        if name not in shape:
            near = get_close_matches(str(name), shape, 1)
            fix = f"Did you mean “{near[0]}”?" if near else f"Known are: {', '.join(shape)}."
            _refuse(f"{place}.{name}", "There is no such field.", fix)
    told: dict[str, Any] = {}
    for name, (hint, required) in shape.items():
        if name in value:
            told[name] = _value(hint, value[name], f"{place}.{name}")
        elif required and hint is str:
            told[name] = ""
        elif required:
            _refuse(f"{place}.{name}", "This field is missing.", "Give it.")
    return kind(**told)


_SHAPES: dict[Any, dict[str, tuple[Any, bool]]] = {}


def _shape(kind: Any) -> dict[str, tuple[Any, bool]]:
    """The fields of a record: type, and whether it must be given."""
    if kind not in _SHAPES:
        _SHAPES[kind] = _read_shape(kind)
    return _SHAPES[kind]


def _read_shape(kind: Any) -> dict[str, tuple[Any, bool]]:
    hints = get_type_hints(kind)
    if is_dataclass(kind):
        return {
            field.name: (hints[field.name], field.default is MISSING and field.default_factory is MISSING)
            for field in fields(kind)
        }
    return {name: (hints[name], name not in kind._field_defaults) for name in kind._fields}


def _value(hint: Any, value: Any, place: str) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        inner = next(one for one in get_args(hint) if one is not type(None))
        return None if value is None else _value(inner, value, place)
    if get_origin(hint) is tuple:
        return _several(get_args(hint), value, place)
    if hint is bool or hint is str:
        if not isinstance(value, hint):
            _refuse(
                place, f"This must be {'true or false' if hint is bool else 'text'}.", "Put texts in quotes."
            )
        return value
    if hint is Decimal:
        return _number(value, place)
    if hint is date:
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            _refuse(place, "This is not a day.", "Write it as 2026-11-01.")
    if hint is int:
        if not isinstance(value, int) or isinstance(value, bool):
            _refuse(place, "This must be a whole number.", "Write it without quotes and point.")
        return value
    return record_of(hint, value, place)


def _several(kinds: tuple[Any, ...], value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        _refuse(place, "This must be a list.", "Write [ … ].")
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_value(kinds[0], one, f"{place}[{at}]") for at, one in enumerate(value))
    if len(value) != len(kinds):
        _refuse(place, f"This must be a list of {len(kinds)}.", "Look it up in the documentation.")
    return tuple(
        _value(kind, one, f"{place}[{at}]") for at, (kind, one) in enumerate(zip(kinds, value, strict=True))
    )


def _number(value: Any, place: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int):
        _refuse(place, "An amount must be exact.", "Write it as text, such as “410.00”.")
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(number.as_tuple().digits) > 18 or abs(number.adjusted()) > 18:
        _refuse(place, "This is not an amount.", "Write it as text, such as “410.00”.")
    return number


def _refuse(place: str, sentence: str, fix: str) -> NoReturn:
    raise Refused(sentence, fix=fix, place=place, code="x12.json")
