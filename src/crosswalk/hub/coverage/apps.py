"""Tells Django that this room exists, and lets spans follow their record to another person."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `coverage`."""

    name = "crosswalk.hub.coverage"
    label = "coverage"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.coverage.moves import follow
        from crosswalk.hub.people import grouping

        grouping.moves(follow)
