"""Those whom workers wrote down, as the files that a run reads beside what the senders gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from crosswalk.core.records import CURRENT_ADDED
from crosswalk.hub.people.models import Added

_TYPES = {"VARCHAR": pa.string(), "DATE": pa.date32(), "INTEGER": pa.int32(), "TIMESTAMP": pa.timestamp("us")}
SCHEMA = pa.schema([(name, _TYPES[kind]) for name, kind in CURRENT_ADDED])
_PERSONS = pa.schema([(name, pa.string()) for name in ("person_id", "source", "source_id")])
#: HMIS 3.03: 1 is a whole birth date, 99 none collected.
_WHOLE_DATE, _NO_DATE = 1, 99


@dataclass(frozen=True)
class Files:
    """`clients` in the columns of `current/added.parquet`; `persons`: those of them of whom no run knows yet."""

    clients: Path
    persons: Path


def clients() -> pa.Table:
    """Everybody who was written down, as `current/added.parquet` has them. Must run where the rows may be seen."""
    return _clients(_rows(""))


def keep(folder: Path, persons: Path, *, only: str = "") -> Files:
    """Write them (or the records of one person) into a folder. `persons`: the newest run's. Must run where the rows may
    be seen."""
    rows = _rows(only)
    return _kept(folder, rows, _new(persons, rows))


def beside(state: Path, persons: Path, *, person_id: str, folder: Path) -> tuple[Path, Sequence[Path]]:
    """The state and the persons files with one person in them who was written down since; both as they are, else.

    `folder` takes what has to be written. Must run where the person's rows may be seen.
    """
    rows = _rows(person_id)
    new = _new(persons, rows)
    if not new.num_rows:
        return state, [persons]
    laid = folder / "state"
    laid.mkdir()
    for one in state.iterdir():
        if one.name != "added.parquet":
            (laid / one.name).symlink_to(one, target_is_directory=one.is_dir())
    made = _kept(folder, rows, new)
    made.clients.rename(laid / "added.parquet")
    return laid, [persons, made.persons]


def _kept(folder: Path, rows: Sequence[Added], new: pa.Table) -> Files:
    made = Files(folder / "added.parquet", folder / "persons_added.parquet")
    pq.write_table(_clients(rows), made.clients)
    pq.write_table(new, made.persons)
    return made


def delivery(organization_id: int) -> str:
    """The name under which what an organization wrote down stands among the deliveries that facts come from."""
    return f"added-{organization_id}"


def birth_quality(one: Added) -> int:
    """How much of the birth date is known, in HMIS's numbers."""
    return _WHOLE_DATE if one.born else _NO_DATE


def _clients(rows: Sequence[Added]) -> pa.Table:
    return pa.Table.from_pylist([_as_client(one) for one in rows], schema=SCHEMA)


def _rows(only: str) -> Sequence[Added]:
    rows = Added.objects.order_by("pk")
    return list(rows.filter(person_id=only) if only else rows)


def _new(persons: Path, rows: Sequence[Added]) -> pa.Table:
    """The person of each record, where the newest run did not know the record yet."""
    ids = [one.source_id for one in rows]
    seen = pq.read_table(persons, filters=[("source_id", "in", ids)]).to_pylist() if ids else []
    known = {(one["source"], one["source_id"]) for one in seen}
    new = [
        {"person_id": one.person_id, "source": one.source, "source_id": one.source_id}
        for one in rows
        if (one.source, one.source_id) not in known
    ]
    return pa.Table.from_pylist(new, schema=_PERSONS)


def _as_client(one: Added) -> dict[str, Any]:
    return {
        "source": one.source, "PersonalID": one.source_id, "FirstName": one.first_name or None,
        "LastName": one.last_name or None, "DOB": one.born,
        "DOBDataQuality": birth_quality(one), "DateUpdated": one.at.replace(tzinfo=None),
        "Phone": one.phone or None, "ZIP": one.zip or None, "CIN": one.cin or None,
        "Language": one.language or None, "County": one.county or None,
        "delivery": delivery(one.organization_id), "file": "added", "row": one.pk,
    }  # fmt: skip
