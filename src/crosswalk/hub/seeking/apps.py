"""Tells Django that this room exists, and puts its questions in the rail."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `seeking`."""

    name = "crosswalk.hub.seeking"
    label = "seeking"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.pages import rail
        from crosswalk.hub.people import grouping
        from crosswalk.hub.seeking.moves import follow
        from crosswalk.hub.seeking.queries import to_count
        from crosswalk.hub.seeking.rail import queues

        grouping.moves(follow)
        rail.count("seeking", to_count)
        rail.add(12, queues)
