"""Whom somebody means by an id: a person_id, a CIN or an HMIS PersonalID."""

from __future__ import annotations

from pathlib import Path

from crosswalk.core.basics import Refused
from crosswalk.core.engine import DuckEngine, literal


def whom(engine: DuckEngine, *, state: Path, persons: Path | None, aliases: Path | None, said: str) -> str:
    """The person that somebody means by a person_id, a CIN or an HMIS PersonalID.

    Raises Refused when nobody has it, or when several sources use it for different people.
    """
    text = literal(said)
    cin = literal(said.upper())
    if persons is not None:
        # One plain equality at a time: only that lets the reader pass over the parts of the file without it.
        table = f"SELECT person_id, source, source_id FROM read_parquet({literal(str(persons))})"
        wheres = {f"source_id = {one}" for one in (text, cin)}
        if said.upper().startswith("P"):  # as linkage writes every person_id
            wheres.add(f"person_id = {cin}")
        rows = [row for where in sorted(wheres) for row in engine.fetch(f"{table} WHERE {where}")]
        if not rows and aliases is not None:
            renamed = engine.fetch(
                f"SELECT new_person_id FROM read_parquet({literal(str(aliases))}) WHERE old_person_id = {cin}"
            )
            rows = [(one[0], "", "") for one in renamed]
    else:
        rows = _unlinked(engine, state, f"{text}, {cin}")
    people = sorted({str(row[0]) for row in rows})
    if not people:
        raise Refused(
            "Nobody here has this id.",
            fix="Give a person_id, a CIN (8 digits and a letter) or an HMIS PersonalID that was staged and linked.",
        )
    if len(people) > 1:
        several = "; ".join(f"{source} → {person}" for person, source, _ in sorted(rows))
        raise Refused("Several people have this id.", fix=f"Give the person_id: {several}.")
    return people[0]


def _unlinked(engine: DuckEngine, state: Path, said: str) -> list[tuple[object, ...]]:
    """Where nothing is linked yet, each record is its own person: those with one of these ids."""
    held = [
        f"SELECT source, {column} AS source_id FROM read_parquet({literal(str(path))})"
        for path, column in (
            (state / "hmis" / "Client.parquet", "PersonalID"),
            (state / "members.parquet", "cin"),
        )
        if path.exists()
    ]
    if not held:
        return []
    return engine.fetch(
        "SELECT DISTINCT source || '|' || source_id AS person_id, source, source_id"
        f" FROM ({' UNION ALL '.join(held)}) AS one"
        f" WHERE source_id IN ({said}) OR source || '|' || source_id IN ({said})"
    )
