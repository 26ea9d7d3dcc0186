"""Tells Django that this room exists, and templates its words."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `access`."""

    name = "crosswalk.hub.access"
    label = "access"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.access.roles import role_words
        from crosswalk.hub.pages import environment

        environment.add(role=role_words)
