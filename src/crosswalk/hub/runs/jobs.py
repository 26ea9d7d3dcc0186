"""The runs that go on by themselves: every night link, find and bring in."""

from __future__ import annotations

import subprocess
import sys

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from crosswalk.cli.store import Store
from crosswalk.core.basics import Refused
from crosswalk.hub.jobs.line import job
from crosswalk.hub.people.storing import store_judgements
from crosswalk.hub.runs.bring import bring
from crosswalk.hub.runs.organizations import meet


@job("bring", says=_("Bring the newest run into the lists"))
def bring_newest() -> None:
    """Bring the newest find into the tables; a run that is in already changes nothing."""
    _bring()


def _bring() -> None:
    store = Store(settings.SITE.data)
    meet(store)
    bring(store, at=timezone.now())


@job("nightly", says=_("Link, find, and make the lists anew"), tries=2)
def nightly() -> None:
    """Link and find over everything staged, each in a process of its own that gives its memory back; then bring in."""
    store_judgements()
    for step in ("link", "find"):
        words = [
            sys.executable,
            "-c",
            "from crosswalk.cli import main; main()",
            step,
            "--data",
            str(settings.SITE.data),
        ]
        done = subprocess.run(
            [*words, "--on", timezone.localdate().isoformat(), "--json"],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            said = done.stderr.strip().splitlines()
            raise Refused(f"`crosswalk {step}` ended with {done.returncode}.", fix=said[-1] if said else "")
    _bring()


def soon() -> None:
    """Put the nightly run in line now; one that waits already serves."""
    try:
        with transaction.atomic():
            nightly.defer()
    except AlreadyEnqueued:
        pass


@app.periodic(cron="15 3 * * *")
@app.task(name="begin the night", queueing_lock="begin the night")
def begin_the_night(timestamp: int) -> None:
    """At 03:15 (UTC) put the nightly run in line."""
    assert timestamp
    nightly.defer()
