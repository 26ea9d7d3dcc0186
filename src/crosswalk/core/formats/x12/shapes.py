"""Segments that were faultless before at the same place of the guide: recognised at once instead of taken apart.

A file has millions of segments and a few dozen places. At a place, a segment is known by its whole text (a day, a
service, a diagnosis come again letter by letter) or by one expression that holds everything the guide asks of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from crosswalk.core.formats.x12.delimiters import Delimiters
from crosswalk.core.formats.x12.elements import pattern_text
from crosswalk.core.formats.x12.guides import Node
from crosswalk.core.formats.x12.walk import State

#: An expression is made when its segment has come so often at a place: in a small file it is never worth it.
WORTH = 12
EXPRESSIONS_OF_A_PLACE = 24
PLACES = 2_000
#: Texts remembered at a place; where they fill up so many times, they do not come again, and none is remembered.
TEXTS = 1_000
FILLS = 2


class Way(NamedTuple):
    """Whether a text is such a segment, the place that it leads to, and whether it may name a provider."""

    takes: Callable[[str], object]
    then: Place
    names: bool


class Place:
    """Where a walk stands, with what was faultless there: whole texts, and expressions.

    `first` holds, for the first three letters of a segment, the expression that took such a one last.
    """

    __slots__ = ("_fills", "_seen", "first", "remembers", "state", "texts", "ways")

    def __init__(self, state: State) -> None:
        self.state = state
        self.texts: dict[str, Place] = {}
        self.ways: list[Way] = []
        self.first: dict[str, Way] = {}
        self._seen: dict[tuple[Node, str], int] = {}
        self._fills = 0
        self.remembers = True

    def remember(self, text: str, then: Place) -> None:
        """A text that was faultless here."""
        if len(self.texts) >= TEXTS:
            self.texts.clear()
            self._fills += 1
            self.remembers = self._fills < FILLS
        self.texts[text] = then

    def comes_often(self, node: Node, told: str) -> bool:
        """Whether a segment, come once more, is now worth an expression."""
        count = self._seen[node, told] = self._seen.get((node, told), 0) + 1
        if len(self._seen) > TEXTS:
            self._seen.clear()
        return count == WORTH and len(self.ways) < EXPRESSIONS_OF_A_PLACE


class Shapes:
    """The places that one file has taught so far."""

    def __init__(self, delimiters: Delimiters) -> None:
        self._delimiters = delimiters
        element, sign = re.escape(delimiters.element), re.escape(delimiters.terminator)
        self.national = f"{delimiters.element}XX{delimiters.element}"
        self._providers = re.compile(f"{element}XX{element}([^{element}{sign}]*)")
        self._places: dict[State, Place] = {}

    def place(self, state: State) -> Place | None:
        """The place of a state; None when there are too many to remember."""
        place = self._places.get(state)
        if place is None and len(self._places) < PLACES:
            place = self._places[state] = Place(state)
        return place

    def recognise(self, place: Place, text: str, known: dict[str, bool]) -> Place | None:
        """Where a segment leads that an expression of its place takes; None when it must be taken apart."""
        for way in place.ways:
            takes, then, names = way
            if takes(text):
                if names and self.national in text and not self._providers_right(text, known):
                    return None
                place.first[text[:3]] = way
                if place.remembers:
                    place.remember(text, then)
                return then
        return None

    def _providers_right(self, text: str, known: dict[str, bool]) -> bool:
        """Whether the National Provider Identifier of a segment has its right check digit."""
        return all(known.get(number, False) for number in self._providers.findall(text))

    def learn(self, place: Place, met: tuple[Node, str], end: State, qualifiers: Mapping[str, int]) -> None:
        """A faultless segment, as the node that it met and its qualifier, and where the walk then stood."""
        node, told = met
        at = qualifiers.get(node.name, 0)
        if (at and not told) or not place.comes_often(node, told) or (then := self.place(end)) is None:
            return
        pattern = re.compile(pattern_text(node, self._delimiters, at, told))
        way = Way(pattern.fullmatch, then, node.name == "NM1")
        place.ways.append(way)
        place.first.setdefault(f"{node.name}{self._delimiters.element}"[:3], way)


def is_national_provider(text: str) -> bool:
    """Whether ten digits are a National Provider Identifier: Luhn's check over 80840 and the number."""
    if not re.fullmatch("[0-9]{10}", text):
        return False
    total = 24  # what the prefix 80840 adds
    for at, digit in enumerate(reversed(text)):
        value = int(digit) * (2 if at % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
