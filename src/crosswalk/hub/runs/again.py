"""Finding again for one person whose facts changed: the same rules, her own rows of the lists, at once."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings

from crosswalk.cli.store import Store
from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts import answer_rows
from crosswalk.core.finding.run import find_some
from crosswalk.core.records import CURRENT_ANSWERS
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.answers.queries import as_row, standing
from crosswalk.hub.finding.queries import newest_run
from crosswalk.hub.finding.why import day_of
from crosswalk.hub.pages.policy import edition
from crosswalk.hub.people import written
from crosswalk.hub.people.grouping import as_the_hub
from crosswalk.hub.runs.bring import bring_one

_TYPES = {"VARCHAR": pa.string(), "DATE": pa.date32(), "INTEGER": pa.int32()}
_SCHEMA = pa.schema([(name, _TYPES[kind]) for name, kind in CURRENT_ANSWERS])


def find_again(*, viewer: Any, person_id: str) -> None:
    """Decide every program anew for one person with all answers that stand, and put her rows into the lists.

    `viewer`: who answered, or the hub itself. Must run where the person's rows may be seen. Files are read as they
    are now, the rules as of the newest day that the run or an answer speaks for.
    """
    run = newest_run(viewer=viewer)
    if run is None:
        raise LookupError
    answers = standing(viewer=viewer, person_id=person_id)
    on = day_of(run, answers)
    store = Store(settings.SITE.data)
    with tempfile.TemporaryDirectory(prefix="again-") as aside:
        findings = Path(aside) / "findings.parquet"
        _decide(store, on, person_id, [as_row(one) for one in answers], findings)
        # Her rows stand in the lists of every organization that knows her, not only in those of whoever answered.
        with as_the_hub(viewer):
            bring_one(store, on, person_id, findings, Path(aside))


def find_at_once(viewer: Viewer, person_id: str) -> None:
    """Find for somebody who was just written down; where nothing was ever found yet, the first run will."""
    with suppress(LookupError):
        find_again(viewer=viewer, person_id=person_id)


def _decide(store: Store, on: date, person_id: str, rows: Sequence[dict[str, object]], path: Path) -> None:
    state, persons = written.beside(
        store.current, store.latest / "persons.parquet", person_id=person_id, folder=path.parent
    )
    with DuckEngine(memory="512MB", threads=1, scratch=store.scratch) as engine:
        find_some(
            engine,
            edition(on),
            state=state,
            persons=persons,
            only=[person_id],
            answers=answer_rows(rows),
            path=path,
        )


def hand_over(store: Store) -> bool:
    """Put all answers that stand, and whoever was written down, into the current state for the next run; whether
    anything changed there.

    Must run where every row may be seen. The files are kept by their hash too, so that a run can be rebuilt.
    """
    from crosswalk.hub.answers.queries import all_standing

    tables = {
        "answers": pa.Table.from_pylist([as_row(one) for one in all_standing()], schema=_SCHEMA),
        "added": written.clients(),
    }
    with store.locked(), store.aside() as scratch:
        new = {
            name: table
            for name, table in tables.items()
            if _differs(store.current / f"{name}.parquet", table)
        }
        if not new:
            return False
        state = scratch / "state"
        state.mkdir()
        for name, table in new.items():
            pq.write_table(table, state / f"{name}.parquet")
            store.keep_raw(state / f"{name}.parquet")
        store.swap_current(state)
    return True


def _differs(now: Path, table: pa.Table) -> bool:
    return not pq.read_table(now).equals(table) if now.exists() else bool(table.num_rows)
