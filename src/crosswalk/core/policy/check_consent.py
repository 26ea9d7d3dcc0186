"""Whether the disclosure table names only what there is, and leaves no category without an answer."""

from __future__ import annotations

from crosswalk.core.policy.disclosure import ANY, KINDS, OPENS, OWN, PURPOSES, REQUIRED, SERVES
from crosswalk.core.policy.folder import Policy
from crosswalk.core.policy.schema import Told

#: Never opened by emergency access (42 CFR 2.51 asks for an attestation of its own).
CLOSED = ("part2", "psychotherapy_notes", "protected_care")


def check_consent(policy: Policy, told: Told) -> None:
    """Tell each word of `policy/consent/` that nobody knows, and each rule that answers nothing."""
    if "consent/decisions.csv" not in policy.files:
        return
    categories = {row.cells["category"] for row in policy.table("consent/categories").rows}
    known = {
        "category": categories | {ANY},
        "holder": {*KINDS, ANY, OWN},
        "recipient": {*KINDS, ANY},
        "purpose": {*PURPOSES, ANY},
        "requires": set(REQUIRED),
        "opens": set(OPENS),
    }
    for row in policy.table("consent/decisions").rows:
        for column, words in known.items():
            for word in sorted(set(row.cells[column].split()) - words):
                _tell(told, row.place, f"The disclosure rule says “{word}” under {column}.", words)
        if not row.cells["basis"] and not row.cells["need"]:
            _tell(told, row.place, "The rule gives neither a basis nor what is needed.", {"basis", "need"})
        if "part2" in row.cells["opens"] and (row.cells["basis"] or not row.cells["notice"]):
            _tell(told, row.place, "Part 2 records leave only with a consent and a notice.", {"notice"})
    for row in policy.table("consent/categories").rows:
        if row.cells["category"] in CLOSED and row.cells["emergency"] != "no":
            _tell(told, row.place, "This category stays closed in an emergency.", {"no"})
    for table, column, words in (
        ("consent/kinds", "category", categories),
        ("consent/forms", "serves", set(SERVES)),
    ):
        for row in policy.table(table).rows:
            for word in sorted(set(row.cells[column].split()) - words):
                _tell(told, row.place, f"“{word}” is not known under {column}.", words)


def _tell(told: Told, place: str, says: str, words: set[str]) -> None:
    told.add(place, says, f"Use one of: {', '.join(sorted(words))}.", code="policy.consent")
