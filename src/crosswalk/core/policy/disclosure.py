"""The disclosure table: which information may go from whom to whom for what, on which basis, or what it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from crosswalk.core.policy.edition import Edition

#: Kinds of organization that hold or receive information, as a site names them; `own`: the recipient's own record.
KINDS = ("coc", "plan", "ecm_provider", "cs_provider", "county", "hub", "clinic", "hospital")
#: What information is asked for.
PURPOSES = (
    "care_coordination", "finding", "treatment", "payment", "operations", "conference",
)  # fmt: skip
#: What must be so for a basis to hold: an agreement in force between the two, a member of Medi-Cal, a county
#: protocol of a homeless team, or (to refuse) the person's own wish that it is not shared.
REQUIRED = ("agreement", "medi_cal", "ab210", "restriction")
#: What a form can serve as; `part2_named` of a rule: a Part 2 consent that names the recipient itself.
SERVES = ("release", "part2", "authorization")
OPENS = (*SERVES, "part2_named", "none")
ANY, OWN = "any", "own"


@dataclass(frozen=True)
class DisclosureRule:
    """One row of the table; an empty `basis` means that only a consent opens it."""

    rule: str
    category: frozenset[str]
    holder: frozenset[str]
    recipient: frozenset[str]
    purpose: frozenset[str]
    requires: frozenset[str]
    basis: str
    opens: str
    need: str
    notice: str
    source: str
    confidence: str


@dataclass(frozen=True)
class Disclosure:
    """Everything the policy says about sharing on one day."""

    rules: tuple[DisclosureRule, ...]
    titles: dict[str, str]
    """Category → how it is called."""
    emergency: frozenset[str]
    """The categories that emergency access opens; all others stay closed to it."""
    forms: dict[str, tuple[str, frozenset[str]]]
    """Form → its title, and what it serves as."""
    kinds: tuple[tuple[str, str, str], ...]
    """Kind of event, code, `prefix*` or `@group` of diagnoses (empty: any), category; the first that fits."""
    groups: tuple[tuple[str, str], ...]
    """Diagnosis prefix without its dot → group."""

    _decided: dict[tuple[str, str], str] = field(default_factory=dict, compare=False, repr=False)
    """What was looked up already: a time line asks the same few codes hundreds of times."""

    def category(self, kind: str, code: str) -> str:
        """What an event is about; an unlisted kind counts as the strictest category there is."""
        if (kind, code) not in self._decided:
            self._decided[kind, code] = self._category(kind, code)
        return self._decided[kind, code]

    def _category(self, kind: str, code: str) -> str:
        plain = code.replace(".", "").upper()
        in_groups = {group for prefix, group in self.groups if plain.startswith(prefix)} if plain else set()
        for one, wanted, category in self.kinds:
            fits = plain.startswith(wanted[:-1]) if wanted.endswith("*") else wanted in ("", code)
            if one == kind and (fits or (wanted.startswith("@") and wanted[1:] in in_groups)):
                return category
        return "psychotherapy_notes"


@lru_cache(maxsize=8)
def disclosure(edition: Edition) -> Disclosure:
    """The disclosure table in force on the edition's day, from `policy/consent/`."""
    return Disclosure(
        rules=tuple(
            DisclosureRule(
                rule=row["rule"],
                category=frozenset(row["category"].split()),
                holder=frozenset(row["holder"].split()),
                recipient=frozenset(row["recipient"].split()),
                purpose=frozenset(row["purpose"].split()),
                requires=frozenset(row["requires"].split()),
                basis=row["basis"],
                opens=row["opens"],
                need=row["need"],
                notice=row["notice"],
                source=row["source"],
                confidence=row["confidence"],
            )
            for row in edition.table("consent/decisions")
        ),
        titles={row["category"]: row["title"] for row in edition.table("consent/categories")},
        emergency=frozenset(
            row["category"] for row in edition.table("consent/categories") if row["emergency"] == "yes"
        ),
        forms={
            row["form"]: (row["title"], frozenset(row["serves"].split()))
            for row in edition.table("consent/forms")
        },
        kinds=tuple((row["kind"], row["code"], row["category"]) for row in edition.table("consent/kinds")),
        groups=tuple((row["prefix"], row["condition"]) for row in edition.code_map("icd10_conditions")),
    )
