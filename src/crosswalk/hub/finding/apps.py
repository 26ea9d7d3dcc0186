"""Tells Django that this room exists, and lets its queues appear in the rail."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `finding`."""

    name = "crosswalk.hub.finding"
    label = "finding"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.finding.lists import words as said
        from crosswalk.hub.finding.lists.queries import took_on
        from crosswalk.hub.finding.lists.rail import counted, queues
        from crosswalk.hub.finding.moves import follow
        from crosswalk.hub.pages import environment, rail
        from crosswalk.hub.people import grouping, naming

        grouping.moves(follow)
        naming.ties.append(took_on)
        rail.add(20, queues)
        rail.counted_by(counted)
        environment.add(next_step=said.next_step, cause=said.cause, aside=said.aside)
