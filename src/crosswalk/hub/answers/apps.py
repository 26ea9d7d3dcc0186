"""Tells Django that this room exists."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `answers`."""

    name = "crosswalk.hub.answers"
    label = "answers"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.answers.models import Answer
        from crosswalk.hub.consent.moves import following
        from crosswalk.hub.people import grouping

        grouping.moves(following(Answer))
