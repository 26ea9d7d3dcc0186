"""Tells Django that this room exists."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `runs`."""

    name = "crosswalk.hub.runs"
    label = "runs"

    def ready(self) -> None:
        """Once, when the hub starts: when a delivery is in, the lists are made anew."""
        from crosswalk.hub.intake.jobs import AFTERWARDS
        from crosswalk.hub.runs.jobs import soon

        AFTERWARDS.append(soon)
