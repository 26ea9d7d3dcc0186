"""Tells Django that this room exists."""

from django.apps import AppConfig


class Room(AppConfig):
    """The site as a whole."""

    name = "crosswalk.hub.site"
    label = "site"
