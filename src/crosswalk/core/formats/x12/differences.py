"""What differs in meaning between two files: records against records, not bytes against bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import zip_longest
from typing import Any, BinaryIO, NamedTuple

from crosswalk.core.formats.x12.reading import Reading
from crosswalk.core.formats.x12.records import Claim, Interchange, PaidClaim

#: Fields that say how a file is wrapped, not what it means.
WRAPPING = frozenset({"delimiters", "repetition"})


class Difference(NamedTuple):
    """One difference: the record (kind and number, its own id), the field, and both values as text."""

    record: str
    field: str
    left: str
    right: str


def differences(left: BinaryIO, right: BinaryIO) -> Iterator[Difference]:
    """Record by record, in order; delimiters and line ends do not count."""
    numbers: dict[str, int] = {}
    for one, other in zip_longest(Reading(left), Reading(right)):
        told = one if one is not None else other
        kind = type(told).__name__
        numbers[kind] = numbers.get(kind, 0) + 1
        name = f"{kind} {numbers[kind]}" + (f" ({told.id})" if isinstance(told, Claim | PaidClaim) else "")
        if one is None or other is None:
            yield Difference(
                name, "", "absent" if one is None else "present", "absent" if other is None else "present"
            )
        elif type(one) is not type(other):
            yield Difference(name, "", kind, type(other).__name__)
        else:
            yield from _between(name, "", one, other)


def _between(name: str, path: str, one: Any, other: Any) -> Iterator[Difference]:
    if one == other:
        return
    if is_dataclass(one) and type(one) is type(other):
        for field in fields(one):
            if not (field.name in WRAPPING and isinstance(one, Interchange)):
                inner = f"{path}.{field.name}" if path else field.name
                yield from _between(name, inner, getattr(one, field.name), getattr(other, field.name))
    elif isinstance(one, tuple) and type(one) is type(other) and len(one) == len(other):
        names = getattr(one, "_fields", None) or range(1, len(one) + 1)
        for at, a, b in zip(names, one, other, strict=True):
            yield from _between(name, f"{path}.{at}", a, b)
    else:
        yield Difference(name, path, _text(one), _text(other))


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return f"{len(value)} of them" if value and is_dataclass(value[0]) else "; ".join(map(_text, value))
    return "" if value is None else str(value)
