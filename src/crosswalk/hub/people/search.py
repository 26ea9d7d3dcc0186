"""Finding a person by what somebody typed: cards by their keys, weighed as linkage weighs, the likeliest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from math import inf
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef

from crosswalk.core.linkage import LinkageSettings
from crosswalk.core.linkage.clean import Cleaner, letters
from crosswalk.core.linkage.lookup import CLOSE, NAMED, PART, WIDE, WIDEST, Lookup, Weighed
from crosswalk.core.linkage.typed import DAY, YEAR, Typed, typed
from crosswalk.core.policy import shipped_folder
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.people.models import Card, Person
from crosswalk.hub.people.showing import along

#: Cards weighed, also of those who have a whole name that was typed (the nearest by birth date); and persons shown.
MOST_CARDS, MOST_NAMED, MOST_SHOWN = 300, 60, 12
#: What weighing reads; keys and walls have done their work in the database.
_COLUMNS = tuple(
    column.attname for column in Card._meta.fields if column.name not in ("id", "keys", "known_to", "named")
)
_LOOK = (
    f"SELECT {', '.join(_COLUMNS)}, (SELECT members FROM people_deck LIMIT 1)"
    " FROM people_found(%s, %s, %s, %s, %s, %s)"
)


@dataclass(frozen=True)
class Likely:
    """A person who may be meant: how sure, and the evidence of the record that fits best."""

    person: Person
    grade: str
    """certain, likely or alike."""
    weighed: Weighed
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """What a search gave: the likeliest first; `more` where others fit too and a further word would help."""

    asked: Typed
    likely: tuple[Likely, ...]
    more: bool


@cache
def settings() -> LinkageSettings:
    """The linkage policy that the batch runs with."""
    return LinkageSettings.load(shipped_folder() / "linkage")


@cache
def cleaner() -> Cleaner:
    """Cleans what was typed as the batch cleans files."""
    return Cleaner(settings())


@cache
def lookup(members: int) -> Lookup:
    """The model for so many members."""
    return Lookup(settings(), members)


def found(*, viewer: Viewer, text: str, on: date) -> Found:
    """Persons whom this text may mean, among those whom the viewer may see."""
    assert viewer.sees
    asked = typed(text, on=on)
    readings = [cleaned(raw, on) for raw in asked.readings()]
    cards, members = look_up(readings, partial=asked.partial)
    best = _best_of_each(readings, cards, members)
    ranked = sorted(
        best.values(), key=lambda one: (-round(one.weight, 1), one.card["source"], one.card["source_id"])
    )
    persons = _persons_of(ranked, viewer)
    likely = [
        _likely(persons[one.card["person_id"]], one, asked)
        for one in ranked
        if one.card["person_id"] in persons
    ]
    likely.sort(key=lambda one: (-round(one.weighed.weight), _last_seen(one.person)))
    return Found(asked, tuple(likely[:MOST_SHOWN]), len(likely) > MOST_SHOWN or len(cards) >= MOST_CARDS)


def cleaned(raw: Mapping[str, Any], on: date) -> dict[str, Any]:
    """A raw record as linkage compares it."""
    return {**cleaner().clean(raw, on=on), "source_id": raw.get("source_id")}


def look_up(readings: list[dict[str, Any]], *, partial: bool) -> tuple[list[dict[str, Any]], int]:
    """The cards that share a key with one of these records, and the number of members; in one or two statements.

    A whole name and birth date: first the keys that few share, and only where nobody of those is surely meant, whoever
    has the name; the wider keys only where both found nobody. Part of a name or date: all of these at once, and the
    widest (a surname or the last four alone, up to sixteen thousand cards in a million) where they found nobody.
    """
    if partial:
        keys = (_keys(readings, *groups) for groups in ((*CLOSE, *NAMED), (*WIDE, *PART), WIDEST))
        return _asked(*keys, few=MOST_CARDS, most=MOST_CARDS)
    cards, members = _asked(_keys(readings, *CLOSE), few=1, most=MOST_CARDS)
    if any(one.decision == "same" for one in _best_of_each(readings, cards, members).values()):
        return cards, members
    whole = all(any(one[name] for one in readings) for name in ("first", "last_c", "dob"))
    near = next((one["dob"] for one in readings), None)
    wide = [] if cards else _keys(readings, *WIDE, *(() if whole else PART))
    named, counted = _asked(_keys(readings, *NAMED), wide, few=1, most=MOST_NAMED, near=near)
    there = {(one["source"], one["source_id"]) for one in cards}
    cards += [one for one in named if (one["source"], one["source_id"]) not in there]
    return cards, max(members, counted)


def _keys(readings: list[dict[str, Any]], *groups: str) -> list[int]:
    return list(dict.fromkeys(key for one in readings for key in lookup(1).keys(one, *groups)))


def _asked(
    narrow: list[int],
    wide: Sequence[int] = (),
    widest: Sequence[int] = (),
    *,
    few: int,
    most: int,
    near: date | None = None,
) -> tuple[list[dict[str, Any]], int]:
    """Cards under the narrow keys, under the wide ones where those gave less than a few, under the widest where
    neither gave any; of more than `most` those born nearest to a day. And how many members there are, 1 where no card
    tells it.
    """
    if not (narrow or wide or widest):
        return [], 1
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, [narrow, list(wide), list(widest), few, most, near])
        rows = cursor.fetchall()
    cards = [dict(zip(_COLUMNS, row, strict=False)) for row in rows]
    for card in cards:
        card["nick"] = cleaner().nicknames(card["first"])
    return cards, rows[0][-1] if rows else 1


def _best_of_each(
    readings: list[dict[str, Any]], cards: list[dict[str, Any]], members: int
) -> dict[str, Weighed]:
    """For each person the record and the reading that fit best."""
    best: dict[str, Weighed] = {}
    for reading in readings:
        for one in lookup(members).weigh(reading, cards, least=-1e9):
            person = one.card["person_id"]
            if person not in best or one.weight > best[person].weight:
                best[person] = one
    return best


def _persons_of(ranked: list[Weighed], viewer: Viewer) -> dict[str, Any]:
    """Those of the likeliest whom the viewer may see, each with the files that know them as `told_by`.

    One more than are shown, and whoever weighs as much as that one; further ones only where some of these are hidden.
    """
    ids = [one.card["person_id"] for one in ranked[: 3 * MOST_SHOWN]]
    last = round(ranked[MOST_SHOWN].weight) if len(ranked) > MOST_SHOWN else -inf
    first = [one.card["person_id"] for one in ranked[: len(ids)] if round(one.weight) >= last]
    told_by = ArraySubquery(Card.objects.filter(person=OuterRef("pk")).values("source").distinct())
    seen = along(Person.objects.annotate(told_by=told_by), viewer)
    persons: dict[str, Any] = seen.in_bulk(first)
    return persons if len(persons) == len(first) else seen.in_bulk(ids)


def _likely(person: Any, one: Weighed, asked: Typed) -> Likely:
    sure = one.decision == "same" and asked.exact == DAY and not (asked.partial and asked.ssn is None)
    exact_id = asked.as_id is not None and asked.as_id.upper() in (
        one.card["cin"],
        one.card["source_id"].upper(),
    )
    grade = "certain" if sure or exact_id else "likely" if one.decision in ("same", "ask") else "alike"
    told = replace(one, evidence=tuple(_as_typed(piece, one.card, asked) for piece in one.evidence))
    return Likely(person, grade, told, tuple(sorted(person.told_by)))


def _as_typed(piece: Mapping[str, Any], card: Mapping[str, Any], asked: Typed) -> Mapping[str, Any]:
    """A piece of evidence about part of a name or date, said as what it is: the model knows only whole ones."""
    born, field = card["dob"], piece["field"]
    if field == "dob" and _born_then(born, asked):
        return {**piece, "field": f"{asked.exact} typed"}
    if field in ("first", "last") and piece["level"] in ("nearly", "surname_nearly", "begins", "alike"):
        name = card["first" if field == "first" else "last_c"] or ""
        words = [letters(word).replace(" ", "") for word in (*asked.words, *asked.before_comma)]
        if any(word and name.startswith(word) for word in words):
            return {**piece, "field": f"{field} typed"}
    return piece


def _born_then(born: date | None, asked: Typed) -> bool:
    """Whether somebody was born in the year, or the month, that was typed without a day."""
    if born is None or asked.born is None or asked.exact == DAY or born.year != asked.born.year:
        return False
    return asked.exact == YEAR or born.month == asked.born.month


def _last_seen(person: Person) -> int:
    """Those seen last come first among equals."""
    return -person.seen_on.toordinal() if person.seen_on else 0
