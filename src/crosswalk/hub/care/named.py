"""A restriction and the lead: who leads is named or warned of, and gives way to a colleague who is named.

Whoever leads and is not named keeps the lead where no colleague is named: a supervisor who does not see the person
either could do no more for them. Nobody is without a lead, and whoever leads unseen is told how many (`left.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from crosswalk.hub.access import acts
from crosswalk.hub.access.itself import Hub
from crosswalk.hub.access.queries import carers
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.care import queries
from crosswalk.hub.care.actions import lead_for_now
from crosswalk.hub.care.models import Handoff, Lead
from crosswalk.hub.journal.actions import By
from crosswalk.hub.people.grouping import as_the_hub
from crosswalk.hub.people.naming import Tie
from crosswalk.hub.referrals.words import help_words


def leads_here(viewer: Viewer, person_id: str) -> Iterator[Tie]:
    """Whoever leads a person's care today where the viewer's organization is a party, and signs in.

    Whoever restricts must know whom it would cut off, also a privacy officer, whom no other page tells it; in which
    help only those are told who see referrals at all.
    """
    for one in queries.of_person(viewer=viewer, person_id=person_id):
        if one.worker_id is not None:
            words = help_words(one.care.service) if acts.see_referrals(viewer) else ""
            what = _("leads the person: %(help)s") % {"help": words} if words else _("leads the person")
            yield Tie(
                f"lead:{one.pk}", one.organization_id, one.organization.name, one.worker_id, one.name, what
            )


def give_way_to_named(by: By, at: datetime, person_id: str, named: frozenset[int]) -> None:
    """Let a named colleague lead for now where the lead is not named; a question to somebody not named is withdrawn."""
    with as_the_hub(by):
        Handoff.objects.filter(person_id=person_id, answer="").exclude(taker_id__in=named).update(
            answer="withdrawn", answered_at=at
        )
        led = Lead.objects.filter(person_id=person_id, until=None, worker__isnull=False)
        for one in led.exclude(worker_id__in=named).select_for_update(of=("self",)).order_by("care_id"):
            there = {each.worker_id for each in carers(organization_id=one.organization_id)} & named
            heirs = [
                each
                for each in queries.successors(organization_id=one.organization_id, besides=one.worker_id)
                if each.worker_id in there
            ]
            if heirs:
                # By the hub itself: whoever restricted may not be told that there was a lead at all.
                lead_for_now(
                    Hub(), at, one, heirs[0].worker, basis="the lead worker is not among those named"
                )
