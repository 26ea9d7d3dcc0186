"""Tells Django that this room exists, and templates its words."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `people`."""

    name = "crosswalk.hub.people"
    label = "people"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.pages import environment
        from crosswalk.hub.people.words import happening, plan_words, source_words

        environment.add(happening=happening, plan=plan_words, source=source_words)
