"""Tells Django that this room exists, and puts what everybody has in the rail."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `home`."""

    name = "crosswalk.hub.home"
    label = "home"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.home.rail import first, last
        from crosswalk.hub.pages import rail

        rail.add(0, first)
        rail.add(90, last)
