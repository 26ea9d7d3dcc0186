"""What the network does by itself: providers whose word on capacity has grown old are asked again."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from crosswalk.hub.access.itself import Hub, as_the_hub
from crosswalk.hub.jobs.line import job
from crosswalk.hub.network.actions import ask_for_capacity


@job("ask for capacity", says=_("Ask providers for their capacity where the last word is old"))
def ask_again() -> None:
    """Ask once; whoever was asked of late is left in peace, so that to run it again changes nothing."""
    with as_the_hub():
        ask_for_capacity(by=Hub(), at=timezone.now(), on=timezone.localdate())


@app.periodic(cron="0 15 * * 1-5")
@app.task(name="ask in the morning", queueing_lock="ask in the morning")
def ask_in_the_morning(timestamp: int) -> None:
    """On working days at 15:00 (UTC), the morning of California, put the asking in line."""
    assert timestamp
    ask_again.defer()
