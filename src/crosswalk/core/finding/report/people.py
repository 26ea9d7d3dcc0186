"""How a person is called on the list: the name used, the plan's name where it differs, and the ids to look up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crosswalk.core.engine import DuckEngine

_HASHED = re.compile(r"[0-9a-fA-F]{32,}")


@dataclass(frozen=True)
class Who:
    """A person's names and ids. Social Security numbers and birth dates are never read here."""

    person_id: str
    name: str
    other_name: str
    """The name in the plan's file, when it differs from the one used."""
    hmis_ids: tuple[str, ...]
    member: str
    """The plan and the last four signs of the CIN; empty when no member is linked."""
    language: str


def who_they_are(engine: DuckEngine, numbers: Sequence[int], on: date) -> dict[int, Who]:
    """Names and ids of some people, by their number in this run. Needs prepared inputs."""
    listed = ", ".join(map(str, numbers))
    hmis: dict[int, list[tuple[str, str]]] = {}
    if _has_names(engine):
        for number, personal_id, first, last in engine.fetch(
            "SELECT s.person_id, c.PersonalID, c.FirstName, c.LastName FROM in_client AS c"
            " JOIN person_source AS s ON s.source = c.source AND s.source_id = c.PersonalID"
            f" WHERE s.person_id IN ({listed}) ORDER BY c.DateUpdated DESC, c.PersonalID"
        ):
            hmis.setdefault(number, []).append((personal_id, _joined(first, last)))
    plans: dict[int, tuple[str, str, str]] = {}
    for number, plan, cin, first, preferred, last, language in engine.fetch(
        "SELECT s.person_id, m.plan, m.cin, m.first_name, m.preferred_name, m.last_name, m.language"
        " FROM in_members AS m JOIN person_source AS s ON s.source = m.source AND s.source_id = m.cin"
        f" WHERE s.person_id IN ({listed}) AND m.coverage_from <= DATE '{on.isoformat()}'"
        " ORDER BY m.coverage_from, m.plan, m.cin"
    ):
        plans[number] = (_joined(preferred or first, last), f"{plan}, CIN ending {cin[-4:]}", language or "")
    found = {}
    for number, person_id in engine.fetch(
        f"SELECT person_id, person FROM person_key WHERE person_id IN ({listed})"
    ):
        records = hmis.get(number, [])
        member = plans.get(number, ("", "", ""))
        used = next((name for _, name in records if name), "") or member[0]
        differs = bool(member[0]) and member[0].casefold() != used.casefold()
        found[number] = Who(
            person_id=person_id,
            name=used or "Name not recorded",
            other_name=member[0] if differs else "",
            hmis_ids=tuple(dict.fromkeys(personal_id for personal_id, _ in records)),
            member=member[1],
            language=member[2],
        )
    return found


def _has_names(engine: DuckEngine) -> bool:
    """Whether HMIS was staged with names (an empty or hashed export may lack the columns)."""
    columns = {row[0] for row in engine.fetch("DESCRIBE in_client")}
    return {"FirstName", "LastName"} <= columns


def _joined(first: str | None, last: str | None) -> str:
    """One name; a hashed one is no name to show."""
    shown = [part for part in (first, last) if part and not _HASHED.fullmatch(part)]
    return " ".join(shown).strip()
