"""What the desk does by itself: asks about silence, and sends the mails that are owed."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from crosswalk.hub.access.itself import as_the_hub
from crosswalk.hub.jobs.line import job
from crosswalk.hub.referrals.chasing import chase, write_mails


@job("chase", says=_("Ask about referrals that nobody answers, and send the mails that are owed"))
def chase_the_silent() -> None:
    """One round; what was asked about already is not asked about again before its time."""
    now = timezone.now()
    with as_the_hub():
        chase(at=now)
    with as_the_hub():
        write_mails(at=now)


@app.periodic(cron="*/5 * * * *")
@app.task(name="begin to chase", queueing_lock="begin to chase")
def begin_to_chase(timestamp: int) -> None:
    """Every five minutes put a round in line."""
    assert timestamp
    with suppress(AlreadyEnqueued), transaction.atomic():
        chase_the_silent.defer()
