"""Tells Django that this room exists, and puts deliveries that wait for an answer in the rail."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `intake`."""

    name = "crosswalk.hub.intake"
    label = "intake"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.intake.rail import queues
        from crosswalk.hub.intake.words import day_of, kind_words, rows_of, size_words, state_words
        from crosswalk.hub.pages import environment, rail

        rail.add(70, queues)
        environment.add(
            delivery_kind=kind_words,
            delivery_rows=rows_of,
            delivery_state=state_words,
            day_of=day_of,
            size=size_words,
        )
