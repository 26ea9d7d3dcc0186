"""Who may be asked: organizations that had contact lately, where both may tell the other. Needs open eyes.

Asking tells them that somebody looks for the person, and the answer tells where she is: both go by the disclosure
table. A restricted person is asked of nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q

from crosswalk.cli.store import Store
from crosswalk.core.consent import Asked, Decision, Signed, decide, said_with
from crosswalk.hub.access.models import Agreement, Organization
from crosswalk.hub.access.queries import by_source
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.care.models import Care
from crosswalk.hub.consent import queries as consents
from crosswalk.hub.consent.words import table
from crosswalk.hub.coverage.queries import plan_now
from crosswalk.hub.network.clocks import days_of
from crosswalk.hub.network.queries import in_force
from crosswalk.hub.people.models import Moment, Person
from crosswalk.hub.people.projects import own_projects

#: What the question tells whoever is asked, and what the answer tells whoever asks.
LOOKED_FOR, WHEREABOUTS = "identity", "contact"


@dataclass(frozen=True)
class Sayable:
    """What decides whether one organization may tell another about a person at this moment."""

    signed: Sequence[Signed]
    medi_cal: bool
    on: date

    @classmethod
    def of(cls, viewer: Viewer, person: Person) -> Sayable:
        """Read what the person signed and how she is covered today."""
        found = [
            consents.as_signed(one, table()) for one in consents.consents(viewer=viewer, person_id=person.pk)
        ]
        covered = bool(plan_now(viewer=viewer, person_id=person.pk))
        return cls([one for one in found if one is not None], covered, viewer.on)

    def may(self, category: str, holder: Organization, recipient: Organization) -> Decision:
        """Whether `holder` may tell `recipient` this category, by the table, the consents and the agreements."""
        agreed = Agreement.objects.filter(in_force(self.on), giver=holder, receiver=recipient)
        conditions = {"agreement"} if agreed.exists() else set()
        if self.medi_cal:
            conditions.add("medi_cal")
        asked = Asked(
            category=category, holder=str(holder.pk), holder_kind=holder.kind, recipient=str(recipient.pk),
            recipient_kind=recipient.kind, purpose="care_coordination", conditions=frozenset(conditions),
        )  # fmt: skip
        return decide(table(), asked, self.signed, self.on)


def to_ask(viewer: Viewer, person: Person) -> Iterator[tuple[Organization, str]]:
    """Each organization to put the question to, with the basis on which it is told who looks for whom."""
    if person.named is not None:
        return
    asker = Organization.objects.get(pk=viewer.organization_id)
    sayable = Sayable.of(viewer, person)
    since = viewer.on - timedelta(days=days_of("seen_lately", viewer.on))
    for one in met(person, since):
        if one.pk == asker.pk or one.pk not in person.known_to:
            continue
        asks = sayable.may(LOOKED_FOR, asker, one)
        if asks.shown and sayable.may(WHEREABOUTS, one, asker).shown:
            yield one, said_with([asks])


def met(person: Person, since: date) -> list[Organization]:
    """Organizations that had contact with a person since a day: by their files, their projects, or their care."""
    moments = list(
        Moment.objects.filter(Q(day__gte=since) | Q(until__gte=since), person_id=person.pk).values_list(
            "source", "place", "value"
        )
    )
    owners = by_source()
    told = {owners[source].pk for source, _, _ in moments if source in owners}
    said = {value for _, _, value in moments if value}
    places = {place for source, place, _ in moments if source.startswith("hmis:")}
    caring = set(
        Care.objects.filter(Q(ended_at=None) | Q(ended_at__date__gte=since), person_id=person.pk).values_list(
            "organization_id", flat=True
        )
    )
    state = Store(settings.SITE.data).current
    return [
        one
        for one in Organization.objects.order_by("pk")
        if one.pk in caring
        or one.pk in told
        or {one.name, one.hmis_name} & said
        or places & own_projects(state, one.hmis_name)
    ]
