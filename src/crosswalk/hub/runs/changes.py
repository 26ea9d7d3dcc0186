"""What turned over between the run that the lists are made of and the one that is brought in: new, lost, and why."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from crosswalk.cli.store import Store
from crosswalk.core.engine import DuckEngine
from crosswalk.core.finding.difference import compare, run_at, turned
from crosswalk.hub.finding.why import sources_of

#: For how long the lists tell of it.
KEEP = timedelta(days=90)


def changes(
    engine: DuckEngine, store: Store, before: str, now: str, folder: Path
) -> list[dict[str, Any]] | None:
    """Make the table `turned_over`: person, program, new or lost, the answer now, causes, and what turned over as JSON.

    Gives the deliveries that are new since; None where there is nothing to compare: the first run of all, the same
    run again, or one whose files are gone.
    """
    was, is_now = store.root / "runs" / before, store.root / "runs" / now
    if not before or before == now or not (was / "findings.parquet").exists():
        return None
    earlier, later = run_at(was), run_at(is_now)
    aliases = store.latest / "aliases.parquet"
    summary = compare(engine, earlier, later, aliases if aliases.exists() else None, folder)
    rows = engine.fetch(
        "SELECT c.person_id, c.program, c.change, c.after, c.because, coalesce(w.reasons, '[]'),"
        " coalesce(n.reasons, '[]') FROM changes AS c LEFT JOIN was AS w USING (person_id, program)"
        " LEFT JOIN now AS n USING (person_id, program) WHERE c.change IN ('new', 'lost')"
    )
    on = date.fromisoformat(later.facts["on"])
    engine.register("turned_over", _table(rows, now, on))
    added = set(summary["deliveries_added"])
    return [
        {"kind": one.kind, "source": source}
        for one in store.deliveries()
        if one.id in added
        for source in sources_of(one)
    ]


def _table(rows: list[tuple[Any, ...]], run: str, on: date) -> pa.Table:
    said = [json.dumps(turned(was, now), ensure_ascii=False) for *_, was, now in rows]
    return pa.table(
        {
            "person_id": pa.array([one[0] for one in rows], pa.string()),
            "program": pa.array([one[1] for one in rows], pa.string()),
            "kind": pa.array([one[2] for one in rows], pa.string()),
            "after": pa.array([one[3] for one in rows], pa.string()),
            # Only the kinds of cause that are not told by a sentence.
            "because": pa.array(
                [[kind for kind in one[4] if ":" not in kind] for one in rows], pa.list_(pa.string())
            ),
            "said": pa.array(said, pa.string()),
            "run": pa.array([run] * len(rows), pa.string()),
            "on": pa.array([on] * len(rows), pa.date32()),
        }
    )
