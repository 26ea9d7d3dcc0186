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
from crosswalk.hub.access.itself import Hub, as_the_hub
from crosswalk.hub.answers.queries import given_since
from crosswalk.hub.finding.queries import the_newest_run
from crosswalk.hub.intake.models import Delivery, State
from crosswalk.hub.jobs.line import job
from crosswalk.hub.people.storing import store_judgements
from crosswalk.hub.referrals.from_files import answer_from_files
from crosswalk.hub.runs.again import find_again, hand_over
from crosswalk.hub.runs.bring import bring, bring_coverage
from crosswalk.hub.runs.organizations import meet
from crosswalk.hub.runs.tallies import count_queues


@job("bring", says=_("Bring the newest run into the lists"))
def bring_newest() -> None:
    """Bring the newest find into the tables; a run that is in already changes nothing."""
    _bring()


def _bring() -> None:
    store = Store(settings.SITE.data)
    meet(store)
    bring(store, at=timezone.now())
    run = the_newest_run()
    with as_the_hub():
        # What was answered while the run was under way is not in it yet.
        for person_id in given_since(run.made_at) if run else ():
            find_again(viewer=Hub(), person_id=person_id)
        answer_from_files(at=timezone.now())
        if run:
            count_queues(timezone.localdate())


@job("count again", says=_("Count the queues again after an answer"))
def count_again() -> None:
    """Count the queues after an answer moved somebody from one to another."""
    with as_the_hub():
        count_queues(timezone.localdate())


@job("nightly", says=_("Link, find, and make the lists anew"), tries=2)
def nightly() -> None:
    """Link and find over everything staged, then bring in.

    A new member file shows before that: for people who are known at once, for all when they are linked.
    """
    _cover()
    store_judgements()
    with as_the_hub():
        hand_over(Store(settings.SITE.data))
    step("link")
    _cover()
    step("find")
    _bring()


def _cover() -> None:
    """Bring coverage in where a member file is in that no lists are made of yet, and anybody is linked."""
    store = Store(settings.SITE.data)
    with as_the_hub():
        new = Delivery.objects.filter(state=State.IN, kind="members", listed_by="").exists()
    if new and (store.latest / "persons.parquet").exists():
        meet(store)
        bring_coverage(store, on=timezone.localdate(), at=timezone.now())


def step(command: str) -> None:
    """One command over everything staged, in a process of its own that gives its memory back. Raises Refused."""
    words = [sys.executable, "-c", "from crosswalk.cli import main; main()", command]
    done = subprocess.run(
        [*words, "--data", str(settings.SITE.data), "--on", timezone.localdate().isoformat(), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise Refused(f"`crosswalk {command}` ended with {done.returncode}.", fix=said[-1] if said else "")


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
