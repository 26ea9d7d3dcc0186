"""Tells Django that this room exists, and lets its queues and words appear."""

from django.apps import AppConfig


class Room(AppConfig):
    """The room `referrals`."""

    name = "crosswalk.hub.referrals"
    label = "referrals"

    def ready(self) -> None:
        """Once, when the hub starts."""
        from crosswalk.hub.network import leaving
        from crosswalk.hub.pages import environment, rail
        from crosswalk.hub.people import grouping, naming
        from crosswalk.hub.referrals import words
        from crosswalk.hub.referrals.leaving import waiting_for
        from crosswalk.hub.referrals.moves import follow
        from crosswalk.hub.referrals.named import waits_here
        from crosswalk.hub.referrals.queries import to_count
        from crosswalk.hub.referrals.rail import queues

        grouping.moves(follow)
        naming.ties.append(waits_here)
        leaving.ask.append(waiting_for)
        rail.count("loop", to_count)
        rail.add(10, queues)
        environment.add(
            help_words=words.help_words,
            state_words=words.state_words,
            turn_words=words.turn_words,
            verb_words=words.verb_words,
            reason_words=words.reason_words,
            level_words=words.level_words,
            loss_words=words.loss_words,
            notice_words=words.notice_words,
            outcome_words=words.outcome_words,
            party_words=words.party_words,
            clock_words=words.clock_words,
            day_after=words.day_after,
        )
