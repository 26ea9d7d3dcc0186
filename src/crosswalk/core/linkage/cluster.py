"""Persons from links: who belongs together, under the rules that keep people apart, and ids that stay.

Links are taken strongest first, human answers before all. A link is cut, and becomes a question, when joining would
put together two records that a person called different, two Medi-Cal numbers of one plan, or two persons that both
already have an id. Source: reference record-linkage §4.3.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Record = tuple[str, str]
"""A source record: its source (`hmis:…` or `plan:…`) and its id there."""


@dataclass(frozen=True)
class Edge:
    """A link that says same: the two records, its weight, and whether a person said so.

    `undone`: a person had decided about this pair and took it back, so that it may join what they had parted.
    """

    left: Record
    right: Record
    weight: float
    by_person: bool = False
    undone: bool = False


@dataclass(frozen=True)
class Alias:
    """An id that once stood for somebody and now leads to `new`."""

    old: str
    new: str
    reason: str


@dataclass
class Clusters:
    """What clustering found: the person of each record, new aliases, and the links that had to be cut, with why."""

    person: dict[Record, str] = field(default_factory=dict)
    aliases: list[Alias] = field(default_factory=list)
    cut: list[tuple[Edge, str]] = field(default_factory=list)


@dataclass
class _Group:
    records: list[Record]
    persons: set[str]
    numbers: dict[str, set[str]]


def founding_id(record: Record, taken: Iterable[str] = ()) -> str:
    """The id that a person gets from the first record known of them: `P` and 16 hex digits."""
    used, text = set(taken), f"{record[0]}|{record[1]}"
    person = "P" + hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:16].upper()
    while person in used:
        text += "+"
        person = "P" + hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:16].upper()
    return person


def cluster(
    records: Iterable[Record],
    edges: Iterable[Edge],
    *,
    apart: Iterable[tuple[Record, Record]],
    before: Mapping[Record, str],
    issued: Iterable[str] = (),
) -> Clusters:
    """Group `records` by `edges`; `apart` are pairs that a person called different, `before` the persons so far.

    `issued` are all ids ever given, so that none is given twice. The result does not depend on the order of anything.
    """
    found = Clusters()
    group = {
        record: _Group([record], {before[record]} if record in before else set(), _numbers(record))
        for record in records
    }
    enemies: dict[Record, set[Record]] = defaultdict(set)
    for one, other in apart:
        enemies[one].add(other)
        enemies[other].add(one)
    for edge in sorted(edges, key=_strongest_first):
        here, there = group[edge.left], group[edge.right]
        if here is there:
            continue
        reason = _reason_to_cut(here, there, edge, enemies)
        if reason:
            found.cut.append((edge, reason))
            continue
        _join(here, there, group)
    _name(group, before, set(issued) | set(before.values()), found)
    return found


def _strongest_first(edge: Edge) -> tuple[bool, float, list[Record]]:
    return not edge.by_person, -edge.weight, sorted([edge.left, edge.right])


def _numbers(record: Record) -> dict[str, set[str]]:
    return {record[0]: {record[1]}} if record[0].startswith("plan:") else {}


def _reason_to_cut(
    one: _Group, other: _Group, edge: Edge, enemies: Mapping[Record, set[Record]]
) -> str | None:
    small, large = sorted((one, other), key=lambda group: len(group.records))
    members = set(large.records)
    if any(enemies.get(record, set()) & members for record in small.records):
        return "cannot_link"
    if edge.by_person:
        return None
    if any(one.numbers[plan] != other.numbers[plan] for plan in one.numbers.keys() & other.numbers.keys()):
        return "two_numbers_in_one_plan"
    if one.persons and other.persons and one.persons != other.persons and not edge.undone:
        return "possible_duplicate"
    return None


def _join(one: _Group, other: _Group, group: dict[Record, _Group]) -> None:
    large, small = (one, other) if len(one.records) >= len(other.records) else (other, one)
    large.records += small.records
    large.persons |= small.persons
    for plan, numbers in small.numbers.items():
        large.numbers.setdefault(plan, set()).update(numbers)
    for record in small.records:
        group[record] = large


def _name(
    group: Mapping[Record, _Group], before: Mapping[Record, str], used: set[str], found: Clusters
) -> None:
    """Give each group its id: the one it had; of several the one with most records; a new one where it had none."""
    groups = sorted({id(one): one for one in group.values()}.values(), key=lambda one: min(one.records))
    heirs: dict[str, list[tuple[int, _Group]]] = defaultdict(list)
    for place, one in enumerate(groups):
        for person in one.persons:
            heirs[person].append((place, one))
    keeper = {
        person: max((_claim(one, person, before), place) for place, one in claims)[1]
        for person, claims in heirs.items()
    }
    for place, one in enumerate(groups):
        kept = [person for person in one.persons if keeper[person] == place]
        if kept:
            name = max((*_claim(one, person, before)[:2], person) for person in kept)[2]
        else:
            name = founding_id(min(one.records), used)
            used.add(name)
        for person in sorted(one.persons):
            if person != name:
                reason = "joined by a person" if person in kept else "split from"
                found.aliases.append(Alias(person, name, reason))
        for record in one.records:
            found.person[record] = name


def _claim(group: _Group, person: str, before: Mapping[Record, str]) -> tuple[int, int, Record]:
    """How strong a group's claim to an old id is: holding its Medi-Cal number, then how many of its records."""
    held = [record for record in group.records if before.get(record) == person]
    numbers = sum(record[0].startswith("plan:") for record in held)
    return numbers, len(held), min(held)
