"""How categories, purposes, forms and parties of a consent are called."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crosswalk.core.consent.decide import CARE_PARTNERS
from crosswalk.core.policy.disclosure import PURPOSES, Disclosure, disclosure
from crosswalk.hub.access.models import Organization
from crosswalk.hub.pages.policy import edition, plainly

_CATEGORIES = {
    "identity": _("Name and birth date"),
    "contact": _("Contact and whereabouts"),
    "coverage": _("Coverage and authorizations"),
    "health": _("Physical health"),
    "mental_health": _("Mental health"),
    "psychotherapy_notes": _("Psychotherapy notes"),
    "part2": _("Substance use treatment (Part 2)"),
    "substance_use": _("Substance use, other sources"),
    "hiv": _("HIV"),
    "housing": _("Housing records"),
    "victim_services": _("Victim services"),
    "legal": _("Jail and probation"),
    "social": _("Other social services"),
    "minor_sensitive": _("Services a minor consented to"),
    "protected_care": _("Reproductive and gender-affirming care, immigration status"),
}
_PURPOSES = {
    "care_coordination": _("coordinating care"),
    "finding": _("finding help that the person may have"),
    "treatment": _("treatment"),
    "payment": _("payment"),
    "operations": _("running the program"),
    "conference": _("case conference"),
}
STATEMENTS = {
    "revocation": _("It can be revoked, and how"),
    "no_conditioning": _("Care does not depend on signing"),
    "redisclosure": _("What may happen to it after it was shared"),
    "part2": _("Part 2: future treatment, payment and operations, and what refusing means"),
}


def table() -> Disclosure:
    """The disclosure table in force today."""
    return disclosure(edition(timezone.localdate()))


def category_words(category: str) -> str:
    """A category in the language of the page; one that a site added, as its policy calls it."""
    return str(_CATEGORIES.get(category) or plainly(table().titles.get(category, category)))


def purpose_words(purpose: str) -> str:
    """A purpose in the language of the page."""
    return str(_PURPOSES[purpose]) if purpose in PURPOSES else str(_("any purpose"))


def form_words(form: str) -> str:
    """A form by its title."""
    return plainly(table().forms[form][0]) if form in table().forms else form


def who_words(party: str) -> str:
    """A party that a consent names: an organization, everybody, or a class."""
    if party == "any":
        return str(_("whoever holds it"))
    if party == CARE_PARTNERS:
        return str(_("care partners: those who treat, pay for or coordinate care"))
    found = Organization.objects.filter(pk=int(party)).first() if party.isdigit() else None
    return found.name if found else party
