"""What somebody reads before deciding about a delivery: what is wrong by cause, and what it would change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from crosswalk.cli.deliveries.taking_in import sources
from crosswalk.cli.store import Delivery, Store
from crosswalk.core.engine import DuckEngine
from crosswalk.core.formats import as_sent
from crosswalk.core.formats.as_sent import AsSent, Opening, Place
from crosswalk.core.formats.changes import changes, comings

_MEMORY = "900MB"
#: Rows shown beside each cause, and the most rows of a sheet (a workbook has 1,048,576).
EXAMPLES, SHEET_ROWS = 3, 50_000
_KEYS = {"members": ("plan", "cin", "coverage_from"), "events": ("plan", "event_id")}


def looked_at(store: Store, delivery: Delivery, folders: Sequence[Path]) -> dict[str, Any]:
    """Everything about a delivery that is not its rows: `causes` and `changes`."""
    with DuckEngine(memory=_MEMORY, scratch=store.scratch) as engine:
        return {
            "causes": _causes(engine, store, delivery, folders),
            "changes": _changes(engine, store, delivery),
        }


def causes(store: Store, delivery: Delivery, folders: Sequence[Path]) -> list[dict[str, Any]]:
    """What is wrong in a delivery that is in already."""
    with DuckEngine(memory=_MEMORY, threads=1, scratch=store.scratch) as engine:
        return _causes(engine, store, delivery, folders)


def _causes(
    engine: DuckEngine, store: Store, delivery: Delivery, folders: Sequence[Path]
) -> list[dict[str, Any]]:
    """One entry a sentence, the most frequent first, those that cost rows before all others."""
    engine.register("problem", delivery.folder / "problems.parquet")
    found = engine.fetch(
        f"""
        SELECT code, severity, sentence, fix, sum(n)::BIGINT,
          list({{'file': file, 'column': "column", 'rows': n}} ORDER BY n DESC, file, "column"),
          flatten(list(firsts ORDER BY n DESC, file, "column"))[:{EXAMPLES}]
        FROM (
          SELECT code, severity, sentence, fix, file, "column", count(*) AS n,
            list({{'file': file, 'row': "row", 'column': "column"}} ORDER BY "row")[:{EXAMPLES}] AS firsts
          FROM problem GROUP BY ALL
        ) GROUP BY ALL ORDER BY severity, 5 DESC, code, sentence
        """
    )
    wanted = {_place(one) for (*_, firsts) in found for one in firsts if one["row"] > 0}
    cells = _cells(store, delivery, folders, wanted)
    return [
        {
            "code": code,
            "severity": severity,
            "sentence": sentence,
            "fix": fix,
            "rows": rows,
            "places": places,
            "examples": [_example(one, cells.get(_place(one))) for one in firsts if one["row"] > 0],
        }
        for code, severity, sentence, fix, rows, places, firsts in found
    ]


def _place(one: dict[str, Any]) -> Place:
    return one["file"], one["row"], one["column"]


def _example(one: dict[str, Any], cell: AsSent | None) -> dict[str, Any]:
    return {**one, "record": cell.record if cell else "", "value": cell.value if cell else ""}


def _cells(
    store: Store, delivery: Delivery, folders: Sequence[Path], wanted: set[Place]
) -> dict[Place, AsSent]:
    if not wanted:
        return {}
    with _opened(store, delivery, folders) as (opening, named_by):
        return as_sent.cells(opening, wanted, named_by)


@contextmanager
def _opened(
    store: Store, delivery: Delivery, folders: Sequence[Path]
) -> Iterator[tuple[Opening, Sequence[str]]]:
    """The raw file of a delivery, to look cells up in; and the headers that may hold a record's number."""
    raw = store.root / "raw" / str(delivery.facts["sha256"])
    if delivery.kind == "hmis":
        with as_sent.of_export(raw) as opening:
            yield opening, ()
        return
    from crosswalk.core.formats.plan_files import open_grid, read_layout

    layout = read_layout(str(delivery.facts["layout"]), delivery.kind, folders)
    key = "cin" if delivery.kind == "members" else "event_id"
    headers = [
        name for column in layout.columns if column.to == key for name in (column.header, *column.also)
    ]
    yield lambda _file: open_grid(raw, layout), headers


def _changes(engine: DuckEngine, store: Store, delivery: Delivery) -> dict[str, dict[str, int]]:
    """Table → counts; members also have `people`: who comes, leaves and moves."""
    its = sources(delivery)
    if delivery.kind == "hmis":
        from crosswalk.core.formats.hmis import CANONICAL, read_layout
        from crosswalk.core.policy import shipped_folder

        tables = read_layout(shipped_folder(), CANONICAL).tables
        return {
            name: changes(
                engine,
                delivery.folder / f"{name}.parquet",
                _there(store.current / "hmis" / f"{name}.parquet"),
                key=(tables[name].key,),
                sources=its,
            ).as_dict()
            for name in delivery.facts["present"]
            if name not in ("Export", "User")
        }
    staged = delivery.folder / f"{delivery.kind}.parquet"
    held = _there(store.current / f"{delivery.kind}.parquet")
    rows = changes(engine, staged, held, key=_KEYS[delivery.kind], sources=its).as_dict()
    if delivery.kind == "members":
        return {"members": rows, "people": comings(engine, staged, held)}
    return {"events": rows}


def _there(path: Path) -> Path | None:
    return path if path.exists() else None


def sheet(
    store: Store, delivery: Delivery, folders: Sequence[Path], most: int = SHEET_ROWS
) -> list[tuple[Any, ...]]:
    """Rows of the sheet to send back: file, row, record, column, value, severity, sentence, fix; errors first."""
    with DuckEngine(memory=_MEMORY, threads=1, scratch=store.scratch) as engine:
        engine.register("problem", delivery.folder / "problems.parquet")
        found = engine.fetch(
            f'SELECT file, "row", "column", severity, sentence, fix FROM problem'
            f' ORDER BY severity, file, "row", "column" LIMIT {int(most)}'
        )
    wanted = {(file, row, column) for file, row, column, *_ in found if row > 0}
    cells = _cells(store, delivery, folders, wanted)
    nothing = AsSent("", "")
    return [
        (file, row, cell.record, column, cell.value, severity, sentence, fix)
        for file, row, column, severity, sentence, fix in found
        for cell in [cells.get((file, row, column), nothing)]
    ]
