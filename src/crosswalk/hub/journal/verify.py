"""Checking the journal: every entry still says what its hash was made of, and no entry is missing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from django.db import connections

from crosswalk.hub.journal.models import Entry

_COLUMNS = [
    "kind", "verb", "worker_id", "worker", "organization_id", "organization", "role", "basis", "why", "subject",
    "persons", "fields", "before", "after",
]  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """How many entries were checked, the last hash, and the first entry that does not hold."""

    entries: int
    last_hash: str
    broken_at: int | None
    says: str

    @property
    def holds(self) -> bool:
        """Whether nothing was changed, added or taken out."""
        return self.broken_at is None


def verify() -> Verdict:
    """Walk the whole chain in order. Reads as the owner: the app role sees only its organization's part."""
    expected, previous = 1, ""
    for entry in Entry.objects.using("owner").order_by("seq").iterator(chunk_size=5000):
        fault = _fault(entry, expected, previous)
        if fault:
            return Verdict(expected - 1, previous, int(entry.seq), fault)
        expected, previous = expected + 1, entry.hash
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM journal_head")
        head = cursor.fetchone()
    if head != (expected - 1, previous):
        return Verdict(expected - 1, previous, expected, "the last entries were taken out")
    return Verdict(expected - 1, previous, None, "")


def _fault(entry: Entry, expected: int, previous: str) -> str:
    if entry.seq != expected:
        return f"entry {expected} is missing"
    if entry.previous != previous:
        return "it does not follow the entry before it"
    if hashlib.sha256(f"{entry.previous}{entry.said}".encode()).hexdigest() != entry.hash:
        return "its hash was not made of what it says"
    said = json.loads(entry.said)
    if said.pop("seq") != entry.seq or said.pop("at") != f"{entry.at:%Y-%m-%dT%H:%M:%S.%f}Z":
        return "its number or time was changed"
    changed = [name for name in _COLUMNS if said.get(name) != getattr(entry, name)]
    return f"its {changed[0].replace('_', ' ')} was changed" if changed else ""
