"""The tables of this room: persons, their records and moments; cards to find them by; links and what people decided."""

from crosswalk.hub.people.models.cards import Card, Deck
from crosswalk.hub.people.models.links import Alias, Judgement, Link, Restriction
from crosswalk.hub.people.models.persons import Moment, Person, Record, Walled

__all__ = [
    "Alias", "Card", "Deck", "Judgement", "Link", "Moment", "Person", "Record", "Restriction", "Walled",
]  # fmt: skip
