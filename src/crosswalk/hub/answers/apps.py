"""Tells Django that this room exists."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `answers`."""

    name = "crosswalk.hub.answers"
    label = "answers"
