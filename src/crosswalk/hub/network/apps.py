"""Tells Django that this room exists."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `network`."""

    name = "crosswalk.hub.network"
    label = "network"
