"""Finding a person by what somebody typed: cards by their keys, weighed as linkage weighs, the likeliest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.db import connection

from crosswalk.core.linkage import LinkageSettings
from crosswalk.core.linkage.clean import Cleaner, letters
from crosswalk.core.linkage.lookup import NARROW, WIDE, WIDEST, Lookup, Weighed
from crosswalk.core.linkage.typed import DAY, YEAR, Typed, typed
from crosswalk.core.policy import shipped_folder
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.people.models import Card, Person
from crosswalk.hub.people.showing import along

#: Cards looked at, and persons shown.
MOST_CARDS, MOST_SHOWN = 300, 12
#: What weighing reads; keys and walls have done their work in the database.
_COLUMNS = tuple(
    column.attname for column in Card._meta.fields if column.name not in ("id", "keys", "known_to", "named")
)
_LOOK = f"SELECT {', '.join(_COLUMNS)}, (SELECT members FROM people_deck LIMIT 1) FROM people_found(%s, %s, %s, %s, %s)"


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
    persons = along(Person.objects.all(), viewer).in_bulk(
        [one.card["person_id"] for one in ranked[: 3 * MOST_SHOWN]]
    )
    likely = [
        _likely(persons[one.card["person_id"]], one, cards, asked)
        for one in ranked
        if one.card["person_id"] in persons
    ]
    likely.sort(key=lambda one: (-round(one.weighed.weight), _last_seen(one.person)))
    return Found(asked, tuple(likely[:MOST_SHOWN]), len(likely) > MOST_SHOWN or len(cards) >= MOST_CARDS)


def cleaned(raw: Mapping[str, Any], on: date) -> dict[str, Any]:
    """A raw record as linkage compares it."""
    return {**cleaner().clean(raw, on=on), "source_id": raw.get("source_id")}


def look_up(readings: list[dict[str, Any]], *, partial: bool) -> tuple[list[dict[str, Any]], int]:
    """The cards that share a key with one of these records, and the number of members; in one statement.

    Wide keys are asked where only part of a name or date is known, or where the narrow ones found nobody. The widest
    (a surname or the last four alone, up to sixteen thousand cards in a million) only where little was typed, and all
    others found nobody: whoever shares no more than a surname with a whole name and birth date is not meant.
    """
    model = lookup(1)
    narrow, wide, widest = (
        list(dict.fromkeys(key for one in readings for key in model.keys(one, *groups)))
        for groups in (NARROW, WIDE, WIDEST)
    )
    with connection.cursor() as cursor:
        few = MOST_CARDS if partial else 1
        cursor.execute(_LOOK, [narrow, wide, widest if partial else [], few, MOST_CARDS])
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


def _likely(person: Person, one: Weighed, cards: list[dict[str, Any]], asked: Typed) -> Likely:
    sure = one.decision == "same" and asked.exact == DAY and not (asked.partial and asked.ssn is None)
    exact_id = asked.as_id is not None and asked.as_id.upper() in (
        one.card["cin"],
        one.card["source_id"].upper(),
    )
    grade = "certain" if sure or exact_id else "likely" if one.decision in ("same", "ask") else "alike"
    sources = {card["source"] for card in cards if card["person_id"] == person.pk}
    told = replace(one, evidence=tuple(_as_typed(piece, one.card, asked) for piece in one.evidence))
    return Likely(person, grade, told, tuple(sorted(sources)))


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
