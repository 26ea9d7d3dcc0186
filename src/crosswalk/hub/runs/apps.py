"""Tells Django that this room exists."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `runs`."""

    name = "crosswalk.hub.runs"
    label = "runs"

    def ready(self) -> None:
        """Once, when the hub starts: a delivery makes the lists anew; a new person is found for."""
        from crosswalk.hub.intake.jobs import AFTERWARDS
        from crosswalk.hub.people import adding
        from crosswalk.hub.runs.again import find_at_once
        from crosswalk.hub.runs.jobs import soon

        AFTERWARDS.append(soon)
        adding.afterwards.append(find_at_once)
