"""Tells Django that this room exists, and lets its page appear in the rail."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `jobs`."""

    name = "crosswalk.hub.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.jobs.rail import queues
        from crosswalk.hub.pages import rail

        rail.add(80, queues)
