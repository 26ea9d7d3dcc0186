"""Spark behind the same seam: the same texts, turned into Spark's dialect, in local mode or on a site's cluster.

An extra (`crosswalk[spark]`, needs Java): nothing here is imported unless somebody asks for it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot
from sqlglot import exp

from crosswalk.core.engine.binding import Value, bind


class SparkEngine:
    """A Spark session that speaks in Parquet files and named views, like DuckEngine.

    `session`: a site's own session; None starts one on this machine with `threads` threads. A table that is
    created is written into a scratch folder that both the driver and the workers must see.
    """

    name = "spark"

    def __init__(self, session: Any = None, *, threads: int = 2) -> None:
        self.own = session is None
        self.session = session or local_session(threads)
        self._folder = Path(tempfile.mkdtemp(prefix="crosswalk-spark-"))
        self._tables = 0

    def __enter__(self) -> SparkEngine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.own:
            self.session.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def register(self, name: str, source: Path | Sequence[Path] | pa.Table) -> None:
        """Make Parquet files (their rows together) or an Arrow table readable under `name`."""
        if isinstance(source, pa.Table):
            self._tables += 1
            path = self._folder / f"{self._tables}.parquet"
            pq.write_table(source, path, coerce_timestamps="us")
            source = path
        paths = [source] if isinstance(source, Path) else list(source)
        self.session.read.parquet(*map(str, paths)).createOrReplaceTempView(name)

    def table(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Value]]) -> None:
        """Make a small table of these columns (name → DuckDB's type) and rows."""
        schema = ", ".join(
            f"`{column}` {exp.DataType.build(kind, dialect='duckdb').sql(dialect='spark')}"
            for column, kind in columns.items()
        )
        self.session.createDataFrame([tuple(row) for row in rows], schema).createOrReplaceTempView(name)

    def sql(self, text: str, values: Mapping[str, Value] | None = None) -> None:
        """Run one statement: a query, or CREATE … TABLE or VIEW … AS, or DROP TABLE."""
        statement = sqlglot.parse_one(bind(text, values or {}), read="duckdb")
        if isinstance(statement, exp.Drop):
            self.session.catalog.dropTempView(statement.this.name)
        elif isinstance(statement, exp.Create):
            rows = self.session.sql(in_spark(statement.expression))
            if statement.kind == "TABLE":
                rows = self._kept(rows)
            rows.createOrReplaceTempView(statement.this.name)
        else:
            self.session.sql(in_spark(statement)).collect()

    def fetch(self, text: str, values: Mapping[str, Value] | None = None) -> list[tuple[Any, ...]]:
        """The rows of one query; structs come as dicts, as DuckDB gives them."""
        query = sqlglot.parse_one(bind(text, values or {}), read="duckdb")
        return [tuple(_plain(value) for value in row) for row in self.session.sql(in_spark(query)).collect()]

    def _kept(self, rows: Any) -> Any:
        """Rows written down and read back: the plan of what built on them starts afresh from a file."""
        self._tables += 1
        path = str(self._folder / f"{self._tables}.parquet")
        rows.write.parquet(path)
        return self.session.read.parquet(path)

    def write_parquet(self, query: str, path: Path, values: Mapping[str, Value] | None = None) -> int:
        """Write one query as one Parquet file; the number of rows."""
        parsed = sqlglot.parse_one(bind(query, values or {}), read="duckdb")
        rows = self.session.sql(in_spark(parsed))
        built = path.with_suffix(".spark")
        rows.coalesce(1).write.mode("overwrite").parquet(str(built))
        (part,) = built.glob("part-*.parquet")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(part, path)
        shutil.rmtree(built)
        return int(pq.ParquetFile(path).metadata.num_rows)


def local_session(threads: int) -> Any:
    """A Spark session on this machine: few partitions, no web page, little talk."""
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master(f"local[{threads}]")
        .appName("crosswalk")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", str(threads))
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.driver.memory", "2g")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return session


def in_spark(statement: exp.Expression) -> str:
    """The text of a parsed DuckDB statement in Spark's dialect."""
    return str(statement.transform(_as_spark_means).sql(dialect="spark"))


def _as_spark_means(node: exp.Expression) -> exp.Expression:
    """What sqlglot leaves as it is although Spark says it otherwise."""
    if isinstance(node, exp.ArrayOverlaps):
        return exp.func("arrays_overlap", node.this, node.expression)
    return node


def _plain(value: Any) -> Any:
    """Spark rows as dicts, in lists too."""
    if hasattr(value, "asDict"):
        return {key: _plain(one) for key, one in value.asDict().items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value
