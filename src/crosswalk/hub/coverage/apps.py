"""Tells Django that this room exists, puts its list in the rail, and lets spans follow their record."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `coverage`."""

    name = "crosswalk.hub.coverage"
    label = "coverage"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.coverage.moves import follow
        from crosswalk.hub.coverage.rail import queues
        from crosswalk.hub.coverage.words import change_words, month_words
        from crosswalk.hub.pages import environment, rail
        from crosswalk.hub.people import grouping

        rail.add(40, queues)
        environment.add(coverage_change=change_words, month=month_words)
        grouping.moves(follow)
