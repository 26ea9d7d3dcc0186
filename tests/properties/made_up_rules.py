"""Random rules over random facts of every kind of value, and random people to read them for."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pyarrow as pa

from crosswalk.core.rules import FactUse

CODES = ("1", "03", "116", "it's", "Ñ")
KINDS: dict[str, tuple[str, ...]] = {
    "flag": ("homeless", "pregnant", "insured"),
    "number": ("age", "visits", "days", "cost"),
    "date": ("last_seen", "released"),
    "code": ("county", "living_situation"),
    "codes": ("programs", "services"),
}
KIND_OF = {name: kind for kind, names in KINDS.items() for name in names}
ARROW = {
    "flag": pa.bool_(),
    "number": pa.float64(),
    "date": pa.date32(),
    "code": pa.string(),
    "codes": pa.list_(pa.string()),
}
WINDOWS: tuple[dict[str, int], ...] = ({}, {"months": 6}, {"days": 30})
DAY = date(2026, 11, 1)


def value(chance: Random, kind: str) -> Any:
    """A value of a kind; None three times in ten."""
    if chance.random() < 0.3:
        return None
    if kind == "flag":
        return chance.random() < 0.5
    if kind == "number":
        return float(chance.choice((0, 1, 2, 3, 2.5)))
    if kind == "date":
        return DAY + timedelta(days=chance.randint(-2, 2))
    if kind == "code":
        return chance.choice(CODES)
    return chance.sample(CODES, chance.randint(0, 3))


def leaf(chance: Random) -> dict[str, Any]:
    """A random test that fits its fact."""
    name = chance.choice(tuple(KIND_OF))
    kind = KIND_OF[name]
    node: dict[str, Any] = {"fact": name, **chance.choice(WINDOWS)}
    if kind == "flag":
        return node | {"is": chance.random() < 0.5}
    if kind == "number":
        word = chance.choice(("is", "at_least", "at_most", "less_than"))
        return node | {word: chance.choice((0, 1, 2, 3, 2.5))}
    if kind == "date":
        return node | {chance.choice(("is", "at_least", "at_most", "less_than")): DAY}
    if kind == "code" and chance.random() < 0.4:
        return node | {"is": chance.choice(CODES)}
    return node | {"in" if kind == "code" else "has_any": chance.sample(CODES, chance.randint(1, 3))}


def rule(chance: Random, depth: int = 3) -> dict[str, Any]:
    """A random rule, at most `depth` groups deep."""
    if depth == 0 or chance.random() < 0.35:
        return leaf(chance)
    parts = [rule(chance, depth - 1) for _ in range(chance.randint(1, 3))]
    word = chance.choice(("all_of", "any_of", "none_of", "at_least"))
    if word == "at_least":
        return {"at_least": chance.randint(1, len(parts)), "of": parts}
    return {word: parts}


def uses() -> list[FactUse]:
    """Every fact with every window."""
    return [FactUse(name, **window) for name in KIND_OF for window in WINDOWS]


def people(chance: Random, count: int) -> tuple[pa.Table, list[dict[FactUse, Any]]]:
    """The same random people twice: as a wide table and as values for one person each."""
    rows = [{use: value(chance, KIND_OF[use.name]) for use in uses()} for _ in range(count)]
    columns = {use.column: pa.array([row[use] for row in rows], ARROW[KIND_OF[use.name]]) for use in uses()}
    return pa.table({"person_id": pa.array(range(count)), **columns}), rows
