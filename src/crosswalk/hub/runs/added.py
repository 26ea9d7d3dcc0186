"""Those whom workers wrote down, for a run and for what is brought in: kept as files beside what the senders gave."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import transaction

from crosswalk.hub.people.adding import written_down
from crosswalk.hub.people.grouping import open_everything


@dataclass(frozen=True)
class AddedFiles:
    """`clients` in the columns of `current/added.parquet`; `persons`: those of them of whom no run knows yet."""

    clients: Path
    persons: Path


def keep_added(folder: Path, persons: Path) -> AddedFiles:
    """Write both into a folder. `persons`: the newest run's. Opens every row, in a transaction of its own or in one
    that has."""
    with transaction.atomic():
        open_everything()
        clients, who = written_down()
    ids = who["source_id"]
    known = pq.read_table(persons, filters=[("source_id", "in", ids.to_pylist())]) if len(ids) else who
    new = who.filter(pc.invert(pc.is_in(ids, known["source_id"].combine_chunks()))) if len(ids) else who
    made = AddedFiles(folder / "added.parquet", folder / "persons_added.parquet")
    pq.write_table(clients, made.clients)
    pq.write_table(new, made.persons)
    return made
