"""DuckDB behind the seam: in process, out of core, one file or memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Any

# The engine alone. DuckDB's layer of Python relations takes a sixth of a question about one person to load; it lays
# itself over this connection when it is imported, which only Arrow needs (`_with_arrow`).
from _duckdb import connect

from crosswalk.core.engine.binding import Value, bind, literal

if TYPE_CHECKING:
    # Arrow takes a tenth of a second to load, which a question about one person does not need.
    import pyarrow as pa

#: DuckDB writes a Bloom filter for each column that fits a dictionary, so the dictionary may hold a whole part.
_BLOOMING = ", ROW_GROUP_SIZE 40960, DICTIONARY_SIZE_LIMIT 40960, STRING_DICTIONARY_PAGE_SIZE_LIMIT 100000000"


class DuckEngine:
    """A DuckDB connection that speaks in Parquet files and named views.

    `memory` is DuckDB's limit ("4GB"); beyond it the engine spills into `scratch` (a folder), so that
    memory does not grow with the county. `threads` None lets DuckDB take every core.
    """

    name = "duckdb"

    def __init__(
        self, *, memory: str = "4GB", threads: int | None = None, scratch: Path | None = None
    ) -> None:
        self.connection = connect()
        self.connection.execute(f"SET memory_limit = {literal(memory)}")
        # Row order is never part of an answer here; every output names its own ORDER BY.
        self.connection.execute("SET preserve_insertion_order = false")
        self.connection.execute("SET enable_progress_bar = false")
        # A file read by several statements has its footer read once; a changed file is noticed.
        self.connection.execute("SET parquet_metadata_cache = true")
        if threads:
            self.connection.execute(f"SET threads = {int(threads)}")
        if scratch:
            scratch.mkdir(parents=True, exist_ok=True)
            self.connection.execute(f"SET temp_directory = {literal(str(scratch))}")

    def __enter__(self) -> DuckEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def register(self, name: str, source: Path | Sequence[Path] | pa.Table) -> None:
        """Make Parquet files (their rows together) or an Arrow table readable under `name`."""
        if not isinstance(source, Path | Sequence):
            _with_arrow()
            self.connection.register(name, source)
            return
        paths = [source] if isinstance(source, Path) else source
        listed = ", ".join(literal(str(path)) for path in paths)
        self.connection.execute(
            f'CREATE OR REPLACE VIEW "{name}" AS SELECT * FROM read_parquet([{listed}], union_by_name = true)'
        )

    def table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Value]]) -> None:
        """Make a small table of these columns (name → SQL type) and rows."""
        listed = list(zip(*rows, strict=True)) or [()] * len(columns)
        cells = ", ".join(f'unnest(CAST(? AS {kind}[])) AS "{column}"' for column, kind in columns.items())
        self.connection.execute(
            f'CREATE OR REPLACE TABLE "{name}" AS SELECT {cells}', [list(one) for one in listed]
        )

    def forget(self, name: str) -> None:
        """Let go of a registered Arrow table, and of the memory that it holds."""
        self.connection.unregister(name)

    def sql(self, text: str, values: Mapping[str, Value] | None = None) -> None:
        """Run one statement. `values` fill its `:name` parameters."""
        self.connection.execute(bind(text, values or {}))

    def fetch(self, text: str, values: Mapping[str, Value] | None = None) -> list[tuple[Any, ...]]:
        """The rows of one query."""
        rows: list[tuple[Any, ...]] = self.connection.execute(bind(text, values or {})).fetchall()
        return rows

    def arrow(self, text: str, values: Mapping[str, Value] | None = None) -> pa.Table:
        """The rows of one query as an Arrow table."""
        _with_arrow()
        return self.connection.sql(bind(text, values or {})).to_arrow_table()

    def fetch_each(self, texts: Sequence[str], *, plan: bool = True) -> list[list[tuple[Any, ...]]]:
        """The rows of several small statements, none reading another's, side by side on two connections.

        `plan` False leaves out the optimizer: over tables of a few rows it costs more than it saves.
        """
        rows: list[list[tuple[Any, ...]]] = [[] for _ in texts]
        ahead = SimpleQueue[int]()
        for number in range(len(texts)):
            ahead.put(number)

        def ask() -> None:
            with self.connection.cursor() as connection, suppress(Empty):
                connection.execute(f"SET enable_optimizer = {plan}")
                while True:
                    number = ahead.get_nowait()
                    rows[number] = connection.execute(texts[number]).fetchall()

        with ThreadPoolExecutor(2) as both:
            for side in [both.submit(ask) for _ in range(min(2, len(texts)))]:
                side.result()
        return rows

    def write_parquet(
        self, query: str, path: Path, values: Mapping[str, Value] | None = None, *, looked_up: bool = False
    ) -> int:
        """Stream one query into a Parquet file; the number of rows written.

        `looked_up`: single rows will be sought by an equality on any text column. The file is half as large
        again, and such a question reads one small part of it.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        options = f"FORMAT parquet, COMPRESSION zstd{_BLOOMING if looked_up else ''}"
        done = self.connection.execute(
            f"COPY ({bind(query, values or {})}) TO {literal(str(path))} ({options})"
        ).fetchall()
        return int(done[0][0])


def _with_arrow() -> None:
    """Let connections take and give Arrow tables."""
    import duckdb  # noqa: F401  (its import does it)
