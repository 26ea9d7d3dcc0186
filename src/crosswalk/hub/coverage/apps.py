"""Tells Django that this room exists."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `coverage`."""

    name = "crosswalk.hub.coverage"
    label = "coverage"
