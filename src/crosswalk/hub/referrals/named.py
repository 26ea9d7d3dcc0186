"""Who waits for a referral of a person, or owes its next turn: who must be named when she is restricted."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from crosswalk.hub.access import acts
from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.roles import Kind
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.people.naming import Tie
from crosswalk.hub.referrals.models import Referral
from crosswalk.hub.referrals.needs import open_referrals
from crosswalk.hub.referrals.words import help_words


def waits_here(viewer: Viewer, person_id: str) -> Iterator[Tie]:
    """Whoever referred, and the organization that has to answer: there it is not yet anybody in particular.

    For what help it is, only those are told who see referrals at all.
    """
    for one in open_referrals(viewer=viewer, person_id=person_id):
        key, words = f"referral:{one.pk}", help_words(one.service) if acts.see_referrals(viewer) else ""
        if one.worker is not None:
            what = _("referred the person: %(help)s") % {"help": words} if words else _("referred the person")
            yield Tie(f"{key}:from", one.sender_id, one.sender.name, one.worker_id, one.worker.name, what)
        to = _whose_turn(one)
        if to is not None:
            what = (
                _("has a referral to answer: %(help)s") % {"help": words}
                if words
                else _("has a referral to answer")
            )
            yield Tie(f"{key}:to", to.pk, to.name, None, "", what)


def _whose_turn(one: Referral) -> Organization | None:
    """The provider that has not answered, or the plan that has not decided; whom a provider took on has a lead."""
    if one.state == "offered":
        return one.receiver
    if one.turn == "plan":
        return Organization.objects.filter(pk__in=one.parties, kind=Kind.PLAN).first()
    return None
