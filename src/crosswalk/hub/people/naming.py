"""Whom a restriction may name, and whom it would cut off: later rooms say who works with a person today.

    naming.ties.append(leads_here)       # in a later room's `apps.py`: who works with a person, as far as a viewer sees
    naming.afterwards.append(pass_on)    # what goes to those who are named, in the same transaction

Naming opens nothing: whoever is named sees what their organization's wall lets them see, and nobody else does. So the
list need not be complete, and it must not tell who cares for the person. Which organizations know her is *not* told
to whoever sees her page (a stay in a treatment program is not shown to all). Listed are therefore only workers of
one's own organization; of those that agreed to show it their records; of those whose files her page speaks of; and of
those between whom a referral or care goes to which one's own organization is a party. Anybody else is named by the
address of their work, and the page says the same whether or not that organization knows the person (ADR 0007).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access.acts import CARE
from crosswalk.hub.access.models import Membership, Organization
from crosswalk.hub.access.queries import HERE, by_source
from crosswalk.hub.access.roles import Role
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.journal.actions import By
from crosswalk.hub.people import queries
from crosswalk.hub.people.grouping import as_the_hub
from crosswalk.hub.people.models import Person, Restriction

#: Who may be named elsewhere: those who work with persons, and those who decide on referrals for a plan.
_ELSEWHERE = sorted({*map(str, CARE), str(Role.PLAN_ANALYST)})


@dataclass(frozen=True)
class Tie:
    """Somebody who works with a person today; or an organization that does, where it is nobody in particular."""

    key: str
    """What it hangs on, such as `lead:12`; what was seen in the warning is known by it in the act."""
    organization_id: int
    organization: str
    worker_id: int | None
    name: str
    what: str
    """What they do, in the language of the page: “leads: Enhanced Care Management”."""


ties: list[Callable[[Viewer, str], Iterable[Tie]]] = []
afterwards: list[Callable[[By, datetime, str, frozenset[int]], None]] = []


@dataclass(frozen=True)
class Worker:
    """Somebody who can be named, with what they do for the person as far as the viewer may know."""

    worker_id: int
    name: str
    role: str
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class Group:
    """The workers of one organization who can be named."""

    organization_id: int
    organization: str
    workers: tuple[Worker, ...]


class CutOff(Refused):
    """Somebody who works with the person would lose sight of her: `ties`. Done all the same once that was seen."""

    def __init__(self, cut: Sequence[Tie]) -> None:
        self.ties = tuple(cut)
        super().__init__(
            _("Some who work with this person would no longer see them."),
            fix=_("Choose them too, or let them hand over first."),
            code="restriction.cuts",
            place="anyway",
        )


@dataclass(frozen=True)
class Naming:
    """A person, the restriction there is, and everybody whom the viewer can name."""

    person: Person
    restriction: Restriction | None
    whose: str
    """The organizations that restricted, by name; empty where nobody did, or where it is not written down."""
    groups: tuple[Group, ...]
    ties: tuple[Tie, ...]
    chosen: frozenset[int]
    """Who is named now; at first those who work with the person today."""
    kept: frozenset[int]
    """Workers whom another organization's restriction named, and whom this viewer is not told: they stay named."""
    added: frozenset[int]
    """Whoever has the address that was asked for."""
    may_change: bool

    def with_address(self, workers: Collection[int]) -> set[int]:
        """Those chosen, with whom the address names. Raises Refused where one of them is not to be chosen any more."""
        there = {each.worker_id for one in self.groups for each in one.workers}
        if set(workers) - there:
            raise Refused(
                _("Somebody you chose does not work there now."),
                fix=_("Look at the list again; it is as of now."),
                code="restriction.gone",
            )
        return {*workers, *self.added}

    def cut_by(self, named: Collection[int]) -> list[Tie]:
        """Who would be cut off where only these are named: a worker who is not, an organization of which nobody is."""
        there = {
            one.organization_id for one in self.groups for each in one.workers if each.worker_id in named
        }
        return [
            one
            for one in self.ties
            if (one.organization_id not in there if one.worker_id is None else one.worker_id not in named)
        ]

    def elsewhere(self, named: Collection[int], organization_id: int) -> dict[str, list[int]]:
        """Organization → the workers named of it, besides one's own; for the journal."""
        return {
            str(one.organization_id): sorted(found)
            for one in self.groups
            if one.organization_id != organization_id
            and (found := [each.worker_id for each in one.workers if each.worker_id in named])
        }


def naming(*, viewer: Viewer, person_id: str, address: str = "") -> Naming | None:
    """Who can be named for a person; None where the viewer may not see her.

    `address`: of somebody's work who is not listed and joins the list. Raises Refused where nobody has it.
    """
    person = queries.person(viewer=viewer, person_id=person_id)
    if person is None:
        return None
    restriction = Restriction.objects.filter(person_id=person_id).first()
    whose = set(restriction.organizations) if restriction else set()
    may_change = not whose or viewer.organization_id in whose
    found = tuple(one for each in ties for one in each(viewer, person_id)) if may_change else ()
    named = {one for one in restriction.named or () if one} if restriction else set()
    # Where two organizations restricted, whom the other one named is not for this one to learn.
    listed = named if whose <= {viewer.organization_id} else named & {viewer.worker_id}
    added = {_at(address)} if address.strip() else set()
    groups = _groups(viewer, person, found, listed | added) if may_change else ()
    shown = {each.worker_id for one in groups for each in one.workers}
    working = tuple(one for one in found if one.worker_id is None or one.worker_id in shown)
    return Naming(
        person=person,
        restriction=restriction,
        whose=", ".join(
            Organization.objects.filter(pk__in=whose).order_by("name").values_list("name", flat=True)
        ),
        groups=groups,
        ties=working,
        chosen=frozenset(
            (named if restriction else {one.worker_id for one in working if one.worker_id}) | added
        ),
        kept=frozenset(named - shown),
        added=frozenset(added),
        may_change=may_change,
    )


def who_restricted(by: By, person_id: str) -> str:
    """The organizations that restricted a person, by name, for somebody who is named and must ask there; or empty."""
    with as_the_hub(by):
        there = Restriction.objects.filter(person_id=person_id).first()
        whose = there.organizations if there else []
        return ", ".join(
            Organization.objects.filter(pk__in=whose).order_by("name").values_list("name", flat=True)
        )


def _at(address: str) -> int:
    there = Membership.objects.filter(
        worker__email__iexact=address.strip(), worker__is_active=True, ended_at=None, role__in=_ELSEWHERE
    )
    worker_id = there.values_list("worker_id", flat=True).first()
    if worker_id is None:
        raise Refused(
            _("Nobody who works with persons has this address."),
            fix=_("Ask them for the address with which they sign in here."),
            code="restriction.address",
            place="address",
        )
    return int(worker_id)


def _groups(viewer: Viewer, person: Person, found: Sequence[Tie], more: Collection[int]) -> tuple[Group, ...]:
    """One's own organization first, then the others by name; each worker once."""
    own = viewer.organization_id
    tied = {one.worker_id for one in found if one.worker_id is not None}
    known = _visibly_knowing(viewer, person) | {one.organization_id for one in found}
    rows = (
        Membership.objects.filter(ended_at=None, worker__is_active=True)
        .filter(
            Q(organization_id=own)
            | Q(organization_id__in=known, role__in=_ELSEWHERE)
            | Q(organization_id__in=known, worker_id__in=tied)
            | Q(worker_id__in=more)
        )
        .select_related("worker", "organization")
        .order_by("organization__name", "worker__name", "pk")
    )
    by_worker: dict[int, list[Tie]] = defaultdict(list)
    for one in found:
        if one.worker_id is not None:
            by_worker[one.worker_id].append(one)
    groups: dict[int, Group] = {}
    seen: set[int] = set()
    for row in sorted(rows, key=lambda one: one.organization_id != own):
        if row.worker_id not in seen:
            seen.add(row.worker_id)
            worker = Worker(row.worker_id, row.worker.name, row.role, tuple(by_worker[row.worker_id]))
            before = groups.get(row.organization_id)
            workers = (*before.workers, worker) if before else (worker,)
            groups[row.organization_id] = Group(row.organization_id, row.organization.name, workers)
    return tuple(groups.values())


def _visibly_knowing(viewer: Viewer, person: Person) -> set[int]:
    """The organizations of which the viewer may know that they know the person: by agreement, or from her page."""
    senders = by_source()
    named = {
        senders[one.source].pk
        for one in queries.records(viewer=viewer, person_id=person.pk)
        if one.source in senders and not one.source.startswith(f"{HERE}:")
    }
    return set(person.known_to) & (set(viewer.sees) | named)
