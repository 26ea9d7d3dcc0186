"""The tables of this room: persons, their records and moments, whom workers added, cards, links, judgements."""

from crosswalk.hub.people.models.added import Added
from crosswalk.hub.people.models.cards import Card, Deck
from crosswalk.hub.people.models.links import Alias, Judgement, Link, Restriction
from crosswalk.hub.people.models.persons import Moment, Person, Record, Walled

__all__ = [
    "Added", "Alias", "Card", "Deck", "Judgement", "Link", "Moment", "Person", "Record", "Restriction",
    "Walled",
]  # fmt: skip
