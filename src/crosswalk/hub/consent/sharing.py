"""What of one person may be shown to one viewer at this moment, and on which basis; asked anew with every request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from crosswalk.cli.store import Store
from crosswalk.core.consent import Asked, Decision, decide, said_with
from crosswalk.core.policy.disclosure import Disclosure
from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.queries import HERE, by_source
from crosswalk.hub.access.roles import Kind, Role
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent import queries
from crosswalk.hub.consent.emergencies import open_now
from crosswalk.hub.consent.words import table
from crosswalk.hub.network.queries import contracted_sources
from crosswalk.hub.people.models import Person
from crosswalk.hub.people.projects import own_projects

#: What a role looks at a person for, where it is not coordinating care.
_PURPOSES: dict[Any, str] = {
    Role.BILLER: "payment",
    Role.HMIS_ADMINISTRATOR: "operations",
    Role.PRIVACY_OFFICER: "operations",
    Role.SITE_ADMINISTRATOR: "operations",
}


@dataclass(frozen=True)
class NotShown:
    """Something that is there and not shown: what it is about, who holds it, how many entries, what would open it."""

    category: str
    holder: str
    count: int
    decision: Decision


class Sharing:
    """Decides for one viewer, one person and one purpose; remembers what it decided, for the journal and the page."""

    def __init__(
        self, viewer: Viewer, person: Person, *, purpose: str = "", medi_cal: bool, day: Any = None
    ) -> None:
        self.viewer, self.person = viewer, person
        self.purpose = purpose or purpose_of(viewer)
        self.table: Disclosure = table()
        self.on = day or viewer.on
        self.consents = queries.consents(viewer=viewer, person_id=person.pk)
        self.signed = [
            one for one in (queries.as_signed(each, self.table) for each in self.consents) if one is not None
        ]
        self.medi_cal = medi_cal
        self.emergency = open_now(viewer=viewer, person_id=person.pk)
        self.organizations = by_source()
        self.contracted = contracted_sources(viewer.organization_id, self.on)
        self.decided: dict[tuple[str, str], Decision] = {}
        self._hidden: dict[tuple[str, str], list[Any]] = {}

    def may(self, category: str, holder: Organization | None) -> Decision:
        """Whether this category that this organization holds may be shown; an unknown holder's never is."""
        key = (category, str(holder.pk) if holder else "")
        if key not in self.decided:
            self.decided[key] = self._decide(category, holder)
        return self.decided[key]

    def who(self) -> Decision:
        """Whether it may be said who it is: where one of those who know the person may tell it."""
        return one_may(self.person, self.organizations, lambda one: self.may("identity", one))

    def found(self) -> Decision:
        """Whether it may be said what the person is likely eligible for."""
        return one_may(self.person, self.organizations, lambda one: self.may(found_as(one), one))

    def seen(self) -> Decision:
        """Whether it may be said where the person was seen last; what one's own project recorded is one's own."""
        own = self.person.seen_by in own_places(self.own)
        holder = self.own if own else self.holder(self.person.seen_source)
        return self.may(self.table.category("living_situation", ""), holder)

    def _decide(self, category: str, holder: Organization | None) -> Decision:
        contracted = holder is not None and holder.source in self.contracted
        asked = asked_for(
            self.viewer, category, holder, self.purpose, medi_cal=self.medi_cal, contracted=contracted
        )
        decision = decide(self.table, asked, self.signed, self.on)
        closed = category not in self.table.emergency or "restriction" in self._requires(decision.rule)
        if decision.shown or self.emergency is None or closed:
            return decision
        basis = f"emergency access {self.emergency.pk}"
        return replace(decision, shown=True, rule="emergency", basis=basis, need="", notice="")

    def _requires(self, rule: str) -> frozenset[str]:
        return next((one.requires for one in self.table.rules if one.rule == rule), frozenset())

    def holder(self, source: str) -> Organization | None:
        """The organization that a source's records belong to."""
        return self.organizations.get(source)

    def shows(self, category: str, holder: Organization | None) -> bool:
        """Whether one entry may be shown; if not, it is counted among what is not shown."""
        decision = self.may(category, holder)
        if not decision.shown:
            name = holder.name if holder else "?"
            self._hidden.setdefault((category, name), [decision, 0])[1] += 1
        return decision.shown

    @property
    def own(self) -> Organization | None:
        """The viewer's organization."""
        return self.organizations.get(f"{HERE}:{self.viewer.organization_id}")

    def moment_shown(self, one: Any, places: Iterable[str]) -> bool:
        """Whether a row of the time line may be shown; what the viewer's own project recorded is its own record."""
        if one.source.startswith("hmis:") and one.place in places:
            return True
        return self.shows(self.table.category(one.kind, one.code), self.holder(one.source))

    def spans(self, found: Iterable[Any]) -> list[Any]:
        """Those of a person's spans of coverage that may be shown, each by its plan."""
        return [one for one in found if self.shows("coverage", self.holder(f"plan:{one.plan}"))]

    def serves(self) -> bool:
        """Whether the viewer's organization itself keeps a record of the person: it is its own."""
        return self.viewer.organization_id in self.person.known_to

    def not_shown(self) -> list[NotShown]:
        """What is there and was not shown, in the order in which it was met."""
        return [NotShown(key[0], key[1], count, decision) for key, (decision, count) in self._hidden.items()]

    def notices(self) -> set[str]:
        """The notices that go with what was shown: `part2`."""
        return {one.notice for one in self.decided.values() if one.shown and one.notice}

    def basis(self, basis: str) -> str:
        """A basis for the journal, with the rules and consents by which things were shown."""
        decided = list(self.decided.values())
        opened = self.emergency and any(one.shown and one.rule == "emergency" for one in decided)
        emergency = f"emergency access {self.emergency.pk}" if self.emergency and opened else ""
        return "; ".join(one for one in (basis, emergency, said_with(decided)) if one)


def asked_for(
    viewer: Viewer,
    category: str,
    holder: Organization | None,
    purpose: str,
    *,
    medi_cal: bool,
    contracted: bool,
) -> Asked:
    """The question whether a viewer may be shown what an organization holds; of an unknown holder nothing is.

    `contracted`: the holder is a plan with which the viewer's organization has a contract in force, which says what
    an agreement says.
    """
    conditions = set()
    if holder and (contracted or holder.pk in viewer.sees):
        conditions.add("agreement")
    if medi_cal:
        conditions.add("medi_cal")
    return Asked(
        category=category,
        holder=str(holder.pk) if holder else "",
        holder_kind=holder.kind if holder else "",
        recipient=str(viewer.organization_id),
        recipient_kind=viewer.organization_kind,
        purpose=purpose,
        conditions=frozenset(conditions),
    )


def one_may(
    person: Person, organizations: Mapping[str, Organization], may: Callable[[Organization | None], Decision]
) -> Decision:
    """Of those who know a person the first who may tell; where nobody may, the answer of the first of them."""
    known = (organizations.get(f"{HERE}:{one}") for one in person.known_to)
    told = [may(one) for one in known if one]
    return next((one for one in told if one.shown), told[0] if told else may(None))


def found_as(holder: Organization | None) -> str:
    """As what a finding counts with one holder: of a CoC it rests on housing records; of others it is coverage, to
    which the table counts populations of focus."""
    return "housing" if holder and holder.kind == Kind.COC else "coverage"


def own_places(organization: Organization | None) -> frozenset[str]:
    """The projects of an organization in HMIS: what they recorded is its own record."""
    name = organization.hmis_name if organization else ""
    return own_projects(Store(settings.SITE.data).current, name) if name else frozenset()


def purpose_of(viewer: Viewer) -> str:
    """What somebody looks at a person for, by role."""
    return _PURPOSES.get(viewer.role, "care_coordination")


def badge(consents: Sequence[Any], on: Any) -> tuple[str, Any]:
    """The state in the head of a person: given (until), restricted, refused, revoked, expired or none on file."""
    states = [(one.state(on), one) for one in consents]
    for wanted in ("restricted", "given", "refused", "revoked", "expired"):
        for state, one in states:
            if state == wanted:
                return wanted, one
    return "none", None
