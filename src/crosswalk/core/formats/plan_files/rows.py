"""Rows of a CSV file or a sheet written down as text columns, chunk by chunk, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from crosswalk.core.formats.gate import Chunk, Fault

FAULTS = pa.schema(
    [
        ("row", pa.int32()),
        ("column", pa.string()),
        ("code", pa.string()),
        ("severity", pa.string()),
        ("sentence", pa.string()),
        ("fix", pa.string()),
    ]
)


class Grid(Protocol):
    """What a CSV file behind the gate and a sheet have in common."""

    header: list[str]
    faults: list[Fault]

    def chunks(self) -> Iterator[Chunk]:
        """Rows of texts as wide as the header, with their numbers and the faults of rows left out."""
        ...


class Count(NamedTuple):
    """Rows read in all, and those the gate rejected."""

    rows: int
    rejected: int


def write_raw(grid: Grid, raw: Path, faults: Path, tell: Callable[[int], None] = lambda _rows: None) -> Count:
    """Write all rows to `raw` as `row, c0, c1, …` (trimmed text, null when empty), the gate's faults to `faults`.

    `tell` hears after each chunk how many rows were read.
    """
    names = [f"c{number}" for number in range(len(grid.header))]
    schema = pa.schema([("row", pa.int32()), *((name, pa.string()) for name in names)])
    good = rejected = 0
    with (
        pq.ParquetWriter(
            raw, schema, compression="snappy", use_dictionary=False, write_statistics=False
        ) as rows,
        pq.ParquetWriter(faults, FAULTS) as found,
    ):
        for chunk in grid.chunks():
            if chunk.rows:
                columns = [_texts(values) for values in zip(*chunk.rows, strict=True)]
                rows.write_table(
                    pa.Table.from_arrays([pa.array(chunk.numbers, pa.int32()), *columns], schema=schema)
                )
            if chunk.faults:
                found.write_table(_fault_table(chunk.faults))
            good += len(chunk.rows)
            rejected += len(chunk.faults)
            tell(good + rejected)
        # Faults of the whole file are complete only when it has been read to its end.
        found.write_table(_fault_table(grid.faults))
    return Count(good + rejected, rejected)


def _texts(values: Sequence[str]) -> pa.Array:
    """One column of a chunk without the blanks that spreadsheets leave around values; empty becomes null."""
    trimmed = pc.utf8_trim_whitespace(pa.array(values, pa.string()))
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


def _fault_table(faults: Sequence[Fault]) -> pa.Table:
    return pa.table(
        {name: [getattr(fault, name) for fault in faults] for name in FAULTS.names}, schema=FAULTS
    )
