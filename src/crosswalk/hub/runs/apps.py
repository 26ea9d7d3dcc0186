"""Tells Django that this room exists."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `runs`."""

    name = "crosswalk.hub.runs"
    label = "runs"
