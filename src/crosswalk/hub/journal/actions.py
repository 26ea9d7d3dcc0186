"""Writing in the journal: `act` for what somebody did, `read` for what somebody saw of persons."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from django.db import connection

#: In an entry's `after`: the fields that were not shown of some of its persons.
WITHHELD = "withheld"


class By(Protocol):
    """Whoever does something: who, for which organization, in which role."""

    @property
    def worker_id(self) -> int | None:
        """The account's id; None for the hub itself."""

    @property
    def name(self) -> str:
        """The name as it is now."""

    @property
    def organization_id(self) -> int | None:
        """In whose name."""

    @property
    def organization_name(self) -> str:
        """Its name as it is now."""

    @property
    def role(self) -> str:
        """The role acted in."""


def act(
    by: By,
    verb: str,
    *,
    subject: str = "",
    why: str = "",
    basis: str = "",
    persons: Sequence[str] = (),
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> int:
    """Write down that somebody did something; the entry's number. Must run in the transaction of the act."""
    return _append(by, "act", verb, subject, why, basis, persons, (), before, after)


def read(
    by: By,
    verb: str,
    *,
    persons: Sequence[str],
    fields: Sequence[str],
    basis: str,
    subject: str = "",
    why: str = "",
    withheld: Mapping[str, Sequence[str]] | None = None,
) -> int:
    """Write down that somebody saw these fields of these persons, and on which basis; the entry's number.

    `withheld`: field → those of the persons of whom it was not shown.
    """
    told = {WITHHELD: withheld} if withheld else None
    return _append(by, "read", verb, subject, why, basis, persons, fields, None, told)


def _append(
    by: By,
    kind: str,
    verb: str,
    subject: str,
    why: str,
    basis: str,
    persons: Sequence[str],
    fields: Sequence[str],
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> int:
    entry = {
        "kind": kind,
        "verb": verb,
        "worker_id": by.worker_id,
        "worker": by.name,
        "organization_id": by.organization_id,
        "organization": by.organization_name,
        "role": by.role,
        "basis": basis,
        "why": why,
        "subject": subject,
        "persons": list(persons),
        "fields": list(fields),
        "before": before,
        "after": after,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT journal_append(%s::jsonb)", [json.dumps(entry, default=str, ensure_ascii=False)]
        )
        return int(cursor.fetchone()[0])
