"""Tells Django that this room exists, and templates its words."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `consent`."""

    name = "crosswalk.hub.consent"
    label = "consent"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.consent.lines import OfPersons
        from crosswalk.hub.consent.models import Consent, Emergency
        from crosswalk.hub.consent.moves import following
        from crosswalk.hub.consent.rail import queues
        from crosswalk.hub.consent.words import category_words, form_words, purpose_words, who_words
        from crosswalk.hub.pages import environment, rail
        from crosswalk.hub.people import grouping, showing

        showing.said_by(OfPersons())
        grouping.moves(following(Consent, Emergency))
        rail.add(80, queues)
        environment.add(
            category=category_words, consent_form=form_words, purpose=purpose_words, consent_party=who_words
        )
