"""What goes along with a referral: category by category, as the disclosure table and the person's consents allow it.

The sender sees it before it goes, and the receiver gets exactly this and nothing else: the receiver does not come to
see the person's page by being referred to. Whoever is outside HIPAA gets no health information, whatever was signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crosswalk.core.consent import Asked, Decision, decide, said_with
from crosswalk.core.records.network import Receiver
from crosswalk.hub.access.models import Agreement, Organization
from crosswalk.hub.access.queries import by_source
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent import queries as consents
from crosswalk.hub.consent.words import table
from crosswalk.hub.coverage.queries import plan_now
from crosswalk.hub.network.queries import in_force
from crosswalk.hub.people import queries as people
from crosswalk.hub.people.models import Person

#: What a provider outside HIPAA may get at most: who it is and how to reach them, and what is asked for.
OUTSIDE = frozenset({"identity", "contact"})
_HIPAA = frozenset({"covered", "associate"})


@dataclass(frozen=True)
class Part:
    """One category held by one organization: what would go, or why it does not."""

    category: str
    holder: str
    values: Mapping[str, str]
    decision: Decision | None
    """None where the receiver is outside HIPAA and the category never goes."""

    @property
    def goes(self) -> bool:
        """Whether it is sent."""
        return self.decision is not None and self.decision.shown


@dataclass(frozen=True)
class Parcel:
    """Everything that a referral carries to one receiver."""

    parts: tuple[Part, ...]

    @property
    def names(self) -> bool:
        """Whether the receiver learns who it is; without that nobody can be reached."""
        return any(one.category == "identity" and one.goes for one in self.parts)

    @property
    def need(self) -> str:
        """What would let the receiver learn who it is."""
        missing = (one for one in self.parts if one.category == "identity" and not one.goes)
        return next((one.decision.need for one in missing if one.decision), "")

    def sent(self) -> dict[str, dict[str, str]]:
        """What goes, by category; of several holders the first that has a value."""
        found: dict[str, dict[str, str]] = {}
        for one in self.parts:
            if one.goes:
                kept = found.setdefault(one.category, {})
                kept.update({key: value for key, value in one.values.items() if key not in kept})
        return found

    def basis(self) -> str:
        """The rules and consents that it goes by, for the journal."""
        return said_with(one.decision for one in self.parts if one.decision and one.goes)


def parcel(
    *, viewer: Viewer, person: Person, receiver: Receiver, population: str = "", note: str = ""
) -> Parcel:
    """What of a person would go to a receiver today."""
    plan = plan_now(viewer=viewer, person_id=person.pk)
    signed = [
        one
        for one in (
            consents.as_signed(each, table())
            for each in consents.consents(viewer=viewer, person_id=person.pk)
        )
        if one is not None
    ]
    partners = _partners(receiver, viewer)
    held = _held(viewer, person, plan, population, note)
    parts = []
    for category, holder, values in held:
        if receiver.privacy not in _HIPAA and category not in OUTSIDE:
            parts.append(Part(category, holder.name, values, None))
            continue
        conditions = {"medi_cal"} if plan else set()
        contracted = holder.source == f"plan:{plan}" and receiver.term(plan) is not None
        if holder.pk in partners or contracted:
            conditions.add("agreement")
        asked = Asked(
            category=category,
            holder=str(holder.pk),
            holder_kind=holder.kind,
            recipient=str(receiver.organization_id),
            recipient_kind=_kind(receiver),
            purpose="care_coordination",
            conditions=frozenset(conditions),
        )
        parts.append(Part(category, holder.name, values, decide(table(), asked, signed, viewer.on)))
    return Parcel(tuple(parts))


def _kind(receiver: Receiver) -> str:
    """What the receiver is in this referral: whoever gives ECM under a contract is an ECM provider, also a clinic."""
    if receiver.terms and receiver.program == "ecm":
        return "ecm_provider"
    if receiver.terms and receiver.program.startswith("cs."):
        return "cs_provider"
    return receiver.kind


def _partners(receiver: Receiver, viewer: Viewer) -> frozenset[int]:
    """Organizations that agreed to show the receiver their records today."""
    held = Agreement.objects.filter(in_force(viewer.on), receiver_id=receiver.organization_id)
    return frozenset(held.values_list("giver_id", flat=True))


def _held(
    viewer: Viewer, person: Person, plan: str, population: str, note: str
) -> Iterator[tuple[str, Organization, dict[str, str]]]:
    """What there is, by category and holder; sources that no organization has are not sent."""
    organizations = by_source()
    born = person.born.isoformat() if person.born else ""
    for one in people.records(viewer=viewer, person_id=person.pk):
        holder = organizations.get(one.source)
        if holder is None:
            continue
        name = f"{one.first_name} {one.last_name}".strip()
        yield "identity", holder, _there(name=name, born=born, language=person.language)
        yield "contact", holder, _there(phone=one.phone, address=one.address)
        if one.source == f"plan:{plan}":
            yield "coverage", holder, _there(plan=plan, population=population)
        if one.source == person.seen_source and person.seen_on:
            seen = f"{person.seen_by}, {person.seen_on.isoformat()}"
            yield "housing", holder, _there(last_seen=seen)
    if note:
        own = Organization.objects.get(pk=viewer.organization_id)
        yield "health", own, _there(note=note)


def _there(**values: Any) -> dict[str, str]:
    return {key: str(value) for key, value in values.items() if value}
