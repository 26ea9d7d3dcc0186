"""Problems of one delivery as they are written: streamed to Parquet in the columns of design/files.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from crosswalk.core.formats.gate import Fault

SCHEMA = pa.schema(
    [
        ("delivery", pa.string()),
        ("file", pa.string()),
        ("row", pa.int32()),
        ("column", pa.string()),
        ("code", pa.string()),
        ("severity", pa.string()),
        ("sentence", pa.string()),
        ("fix", pa.string()),
    ]
)
_BATCH = 50_000


class Findings:
    """Writes problems to one Parquet file and counts them by (severity, code); memory stays small.

    Use as a context; `counts` is ready afterwards. Without any problem there is no file, unless `always`.
    """

    def __init__(self, path: Path, delivery: str, *, always: bool = False) -> None:
        self.path, self.delivery, self.always = path, delivery, always
        self.counts: Counter[tuple[str, str]] = Counter()
        self._writer: pq.ParquetWriter | None = None
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def __enter__(self) -> Findings:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._flush()
        if self.always or self._writer:
            self._open().close()

    def add(self, file: str, rows: Iterable[int], column: str, said: tuple[str, str, str, str]) -> None:
        """One finding for each of `rows`; `said` is (code, severity, sentence, fix)."""
        numbers = pa.array(rows, pa.int32())
        n = len(numbers)
        if not n:
            return
        code, severity, sentence, fix = said
        self.counts[severity, code] += n
        words = {"delivery": self.delivery, "file": file, "column": column, "code": code}
        words |= {"severity": severity, "sentence": sentence, "fix": fix}
        columns = [
            numbers if name == "row" else pa.repeat(pa.scalar(words[name], pa.string()), n)
            for name in SCHEMA.names
        ]
        self._waiting.append(pa.Table.from_arrays(columns, schema=SCHEMA))
        self._rows += n
        if self._rows >= _BATCH:
            self._flush()

    def fault(self, file: str, fault: Fault) -> None:
        """One finding of the gate."""
        self.add(file, [fault.row], fault.column, (fault.code, fault.severity, fault.sentence, fault.fix))

    def take_over(self, path: Path, counts: Counter[tuple[str, str]]) -> None:
        """Append the findings that another one wrote to `path`."""
        self._flush()
        self.counts += counts
        for batch in pq.ParquetFile(path).iter_batches(_BATCH):
            self._open().write_batch(batch)

    def _open(self) -> pq.ParquetWriter:
        self._writer = self._writer or pq.ParquetWriter(self.path, SCHEMA, compression="zstd")
        return self._writer

    def _flush(self) -> None:
        if self._waiting:
            self._open().write_table(pa.concat_tables(self._waiting))
        self._waiting, self._rows = [], 0
