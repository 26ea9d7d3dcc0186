"""Tells Django that this room exists."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `pages`."""

    name = "crosswalk.hub.pages"
    label = "pages"
