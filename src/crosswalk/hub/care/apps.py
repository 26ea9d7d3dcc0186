"""Tells Django that this room exists, hears of referrals, and keeps access and the network from leaving anybody."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `care`."""

    name = "crosswalk.hub.care"
    label = "care"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.access import ending
        from crosswalk.hub.care import words
        from crosswalk.hub.care.actions import follow_referral, give_way
        from crosswalk.hub.care.left import kept_by_access, kept_by_network
        from crosswalk.hub.care.moves import follow
        from crosswalk.hub.care.named import give_way_to_named, leads_here
        from crosswalk.hub.care.queries import to_count
        from crosswalk.hub.care.rail import queues
        from crosswalk.hub.network import leaving
        from crosswalk.hub.pages import environment, rail
        from crosswalk.hub.people import grouping, naming
        from crosswalk.hub.referrals.actions import heard_by

        heard_by.append(follow_referral)
        grouping.moves(follow)
        naming.ties.append(leads_here)
        naming.afterwards.append(give_way_to_named)
        leaving.ask.append(kept_by_network)
        ending.ask.append(kept_by_access)
        ending.moves.append(give_way)
        rail.count("care", to_count)
        rail.add(11, queues)
        environment.add(missing_words=words.missing_words, way_words=words.way_words)
