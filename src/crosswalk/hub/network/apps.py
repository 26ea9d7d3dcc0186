"""Tells Django that this room exists, puts it in the rail, and gives templates its words."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `network`."""

    name = "crosswalk.hub.network"
    label = "network"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.network import words
        from crosswalk.hub.network.queries import to_count
        from crosswalk.hub.network.rail import queues
        from crosswalk.hub.pages import environment, rail

        rail.count("capacity", to_count)
        rail.add(45, queues)
        environment.add(
            service_program=words.program_words,
            county_name=words.county_words,
            serves=words.population_words,
            language_name=words.language_words,
            listed=words.listed_words,
            places=words.room_words,
            places_said=words.said_words,
            opening=words.hours_words,
            doubts=words.doubts,
        )
