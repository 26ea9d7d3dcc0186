"""Tells Django that this room exists, and templates its words."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `journal`."""

    name = "crosswalk.hub.journal"
    label = "journal"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.journal.words import deed
        from crosswalk.hub.pages import environment

        environment.add(deed=deed)
