"""Tells Django that this room exists, and templates its words."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `people`."""

    name = "crosswalk.hub.people"
    label = "people"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.pages import environment
        from crosswalk.hub.people import grouping
        from crosswalk.hub.people.moves import follow
        from crosswalk.hub.people.review import fits
        from crosswalk.hub.people.words import happening, may_find, source_words

        grouping.moves(follow)
        environment.add(happening=happening, source=source_words, fits=fits, may_find=may_find)
