"""One file of the export read into typed columns: Parquet, findings and counts; memory does not grow with the file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from crosswalk.core.basics import Refused
from crosswalk.core.formats.gate import Chunk, CsvFile
from crosswalk.core.formats.hmis.cells import ColumnReader, Remark
from crosswalk.core.formats.hmis.dates import DayReader, Orders
from crosswalk.core.formats.hmis.findings import Findings
from crosswalk.core.formats.hmis.layout import Column, Layout, Table
from crosswalk.core.formats.hmis.remarks import remark

PROVENANCE = [
    pa.field("source", pa.string()),
    pa.field("delivery", pa.string()),
    pa.field("file", pa.string()),
    pa.field("row", pa.int32()),
]
KEPT = pa.schema([("row", pa.int32()), ("key", pa.string()), ("column", pa.string()), ("value", pa.string())])


@dataclass
class Setting:
    """What reading a table needs to know about the delivery it is in."""

    delivery: str
    source: str
    layout: Layout
    export_day: date
    export_ids: frozenset[str]
    hashed: bool


@dataclass
class Counts:
    """What became of the rows of one table; `given` is always the sum of the other three."""

    given: int = 0
    accepted: int = 0
    rejected: int = 0
    duplicate: int = 0

    def as_dict(self) -> dict[str, int]:
        """As the summary shows it."""
        return {
            "in": self.given,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "duplicate": self.duplicate,
        }


@dataclass
class TableRead:
    """One table after reading: its Parquet (canonical columns and `row`), findings, counts, keys of rejected rows.

    `users` and `exports` count the UserIDs and ExportIDs that its rows name.
    """

    table: str
    path: Path
    findings: Path
    counts: Counts
    remarks: Counter[tuple[str, str]] = field(default_factory=Counter)
    rejected_keys: list[str] = field(default_factory=list)
    users: Counter[str] = field(default_factory=Counter)
    exports: Counter[str] = field(default_factory=Counter)


def schema_of(canonical: Table) -> pa.Schema:
    """The canonical columns of a table, and where each row came from."""
    columns = [pa.field(column.name, column.arrow) for column in canonical.columns]
    return pa.schema([*columns, *PROVENANCE])


def read_table(source: Path, table: Table, canonical: Table, setting: Setting, into: Path) -> TableRead:
    """Read one CSV file. `table` is its layout, `canonical` the layout it is read into, `into` the folder to fill.

    Raises Refused when the file as a whole cannot be trusted (encoding, NUL, header).
    """
    order: dict[str, dict[str, str]] = {}
    reading = _Reading(source, table, canonical, setting, into, order)
    done = reading.run()
    if order := reading.order_learned():
        done = _Reading(source, table, canonical, setting, into, order).run()
    return done


class _Reading:
    """One pass over one file."""

    def __init__(
        self,
        source: Path,
        table: Table,
        canonical: Table,
        setting: Setting,
        into: Path,
        order: dict[str, dict[str, str]],
    ) -> None:
        self.table, self.canonical, self.setting = table, canonical, setting
        self.csv = CsvFile(source, table.file, cp1252=True)
        self.done = TableRead(
            table.name, into / f"{table.name}.read", into / f"{table.name}.findings", Counts()
        )
        self.kept_path = into / f"Kept{setting.layout.version}_{table.name}.parquet"
        self.readers: dict[int, ColumnReader] = {}
        for place, name in enumerate(self.csv.header):
            if column := table.by_name.get(name.lower()):
                self.readers[place] = self._reader(column, order.get(column.name, {}))
        present = [reader.column.name for reader in self.readers.values()]
        twice = sorted(name for name, n in Counter(present).items() if n > 1)
        if twice:
            raise Refused(
                f"The header names {', '.join(twice)} in two spellings.",
                fix="Each column may appear once: ask the vendor which of the two counts.",
                place=table.file,
                code="header_twice",
            )
        self.missing = [column for column in table.columns if column.name not in present]
        for column in self.missing:
            if column.key or column.orphan == "reject":
                raise Refused(
                    f"The column {column.name} is missing, so it is not known whom its rows are about.",
                    fix="Ask the HMIS administrator for a complete export.",
                    place=table.file,
                    code="column_missing",
                )

    @property
    def _ids(self) -> set[str]:
        """Columns in which nearly every row has a value of its own."""
        return {self.canonical.key, "PersonalID", "EnrollmentID", "row"}

    def _reader(self, column: Column, order: dict[str, str]) -> ColumnReader:
        days = DayReader(self.setting.export_day, birth=column.name == "DOB", order=order)
        hashed = self.setting.hashed and column.name in (
            "FirstName",
            "MiddleName",
            "LastName",
            "NameSuffix",
            "SSN",
        )
        return ColumnReader(column, self.setting.layout, days, hashed)

    def order_learned(self) -> dict[str, dict[str, str]]:
        """For columns with dates that read both ways: the order that the whole column proves, if any."""
        everywhere = Orders()
        dated = [reader for reader in self.readers.values() if reader.column.type in ("D", "T")]
        for reader in dated:
            everywhere.month_first += reader.days.seen.month_first
            everywhere.day_first += reader.days.seen.day_first
        found = {
            reader.column.name: reader.days.seen.decided(everywhere)
            for reader in dated
            if reader.days.seen.either and not reader.days.order
        }
        return {name: order for name, order in found.items() if order}

    def run(self) -> TableRead:
        schema = schema_of(self.canonical)
        with (
            Findings(self.done.findings, self.setting.delivery) as findings,
            pq.ParquetWriter(
                self.done.path,
                schema,
                compression="zstd",
                compression_level=1,
                # A dictionary of ids, each seen once or twice, costs time and room and helps nobody.
                use_dictionary=[name for name in schema.names if name not in self._ids],
                write_statistics=False,
            ) as writer,
        ):
            self._header(findings)
            kept: pq.ParquetWriter | None = None
            for chunk in self.csv.chunks():
                self.done.counts.given += len(chunk.rows) + len(chunk.faults)
                self._faults(chunk, findings)
                if chunk.rows:
                    batch, aside = self._batch(chunk, findings)
                    writer.write_table(batch)
                    self._count_names(batch)
                    if aside.num_rows:
                        kept = kept or pq.ParquetWriter(self.kept_path, KEPT, compression="zstd")
                        kept.write_table(aside)
            for fault in self.csv.faults:
                findings.fault(self.table.file, fault)
            if kept:
                kept.close()
        counts = self.done.counts
        counts.accepted = counts.given - counts.rejected
        self.done.remarks = findings.counts
        return self.done

    def _count_names(self, batch: pa.Table) -> None:
        for column, names in (("UserID", self.done.users), ("ExportID", self.done.exports)):
            if column in batch.column_names and column != self.canonical.key:
                for one in pc.value_counts(batch[column].drop_null()).to_pylist():
                    names[one["values"]] += one["counts"]

    # --- the header --------------------------------------------------------------------------------

    def _header(self, findings: Findings) -> None:
        version = f"FY{self.setting.layout.version}"
        for place, name in enumerate(self.csv.header):
            if place not in self.readers:
                findings.add(self.table.file, [0], name, remark("column_unknown"))
            elif name != (right := self.readers[place].column.name):
                findings.add(self.table.file, [0], name, remark("column_spelling", column=right))
        for column in self.missing:
            said = remark("column_missing", column=column.name, version=version)
            findings.add(self.table.file, [0], column.name, said)
        given = [reader.column.name for _, reader in sorted(self.readers.items())]
        if given != [column.name for column in self.table.columns if column.name in set(given)]:
            findings.add(self.table.file, [0], "", remark("column_order"))

    # --- the rows ----------------------------------------------------------------------------------

    def _faults(self, chunk: Chunk, findings: Findings) -> None:
        self.done.counts.rejected += len(chunk.faults)
        alike: dict[tuple[str, str, str, str], list[int]] = {}
        for fault in chunk.faults:
            alike.setdefault((fault.code, fault.severity, fault.sentence, fault.fix), []).append(fault.row)
        for said, rows in alike.items():
            findings.add(self.table.file, rows, "", said)

    def _batch(self, chunk: Chunk, findings: Findings) -> tuple[pa.Table, pa.Table]:
        numbers = pa.array(chunk.numbers, pa.int32())
        read: dict[str, pa.Array] = {}
        aside: dict[str, pa.Array] = {}
        remarks: list[tuple[Column, Remark]] = []
        texts = list(zip(*chunk.rows, strict=True))
        for place, reader in self.readers.items():
            values, found = reader.read(texts[place])
            column = reader.column
            if column.becomes:
                read[column.becomes] = values
            elif not self.setting.layout.canonical:
                aside[column.name] = values
            remarks += [(column, one) for one in found]
        drop = self._to_drop(chunk, read, remarks, numbers, findings)
        n = len(numbers)
        columns = [read.get(one.name, pa.nulls(n, one.arrow)) for one in self.canonical.columns]
        said = (self.setting.source, self.setting.delivery, self.table.file)
        origin = [pa.repeat(pa.scalar(text), n) for text in said]
        batch = pa.Table.from_arrays([*columns, *origin, numbers], schema=schema_of(self.canonical))
        beside = self._beside(aside, read[self.canonical.key], numbers)
        if drop is not None:
            self.done.counts.rejected += pc.sum(drop).as_py()
            self.done.rejected_keys += read[self.canonical.key].filter(drop).drop_null().to_pylist()
            batch = batch.filter(pc.invert(drop))
            beside = beside.filter(pc.invert(pc.is_in(beside["row"], numbers.filter(drop))))
        return batch, beside

    def _to_drop(
        self,
        chunk: Chunk,
        read: dict[str, pa.Array],
        remarks: list[tuple[Column, Remark]],
        numbers: pa.Array,
        findings: Findings,
    ) -> pa.Array | None:
        """Write the remarks; a mask of the rows that they drop. A dropped row shows its errors only."""
        drop: pa.Array | None = None
        for column, (where, said) in remarks:
            if said[1] == "error":
                findings.add(self.table.file, numbers.take(where), column.name, said)
                mask = pc.is_in(pa.array(range(len(numbers)), where.type), where)
                drop = mask if drop is None else pc.or_(drop, mask)
        if self._ends_cut_off(chunk, read):
            last = pa.array([index == len(numbers) - 1 for index in range(len(numbers))])
            findings.add(self.table.file, [numbers[-1].as_py()], "", remark("cut_off"))
            drop = last if drop is None else pc.or_(drop, last)
        for column, (where, said) in remarks:
            if said[1] != "error":
                if drop is not None:
                    where = where.filter(pc.invert(drop.take(where)))
                findings.add(self.table.file, numbers.take(where), column.name, said)
        return drop

    def _ends_cut_off(self, chunk: Chunk, read: dict[str, pa.Array]) -> bool:
        """Whether the last row of a file without a final line end lacks the ExportID that ends every row."""
        if not (self.csv.is_cut_off and chunk.ends_file) or "ExportID" not in read:
            return False
        return read["ExportID"][-1].as_py() not in self.setting.export_ids

    def _beside(self, aside: dict[str, pa.Array], keys: pa.Array, numbers: pa.Array) -> pa.Table:
        """What FY2026 no longer has a column for: row, key, column, value, only where filled."""
        parts = []
        for name, values in aside.items():
            filled = pc.is_valid(values)
            shown = pc.cast(values.filter(filled), pa.string())
            names = pa.repeat(pa.scalar(name), len(shown))
            parts.append(
                pa.Table.from_arrays([numbers.filter(filled), keys.filter(filled), names, shown], schema=KEPT)
            )
        return pa.concat_tables(parts) if parts else KEPT.empty_table()
