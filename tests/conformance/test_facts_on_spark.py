"""The same fact texts give the same rows on DuckDB and, through sqlglot, on Spark."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts import catalogue, prepare
from crosswalk.core.facts.measure import query, values_of
from crosswalk.core.rules import FactUse
from fact_cases import ON, county
from fact_cases.every import every

pytestmark = pytest.mark.spark

MAPS = Path(__file__).resolve().parents[2] / "policy" / "codes" / "maps"
#: Small data on one machine: one partition, nothing compiled.
QUICK = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.session.timeZone": "UTC",
    "spark.driver.memory": "1g",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
}
#: So many facts are asked in one query: a query costs Spark more than its rows do.
TOGETHER = 9


def codes(name: str) -> list[dict[str, str]]:
    """One code map of the shipped policy."""
    with (MAPS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """One session for the whole test run."""
    sql = pytest.importorskip("pyspark.sql", reason="needs the extra [spark]")
    if shutil.which("java") is None:
        pytest.skip("needs Java for Spark; on Debian: apt-get install default-jre-headless")
    builder = sql.SparkSession.builder.master("local[1]").appName("crosswalk-tests")
    for key, value in QUICK.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def asked(names: list[str]) -> str:
    """Several facts as one query of text: name, person, and the value with its extra columns."""
    from crosswalk.core.engine import bind

    parts = []
    for name in names:
        fact = catalogue()[name]
        text = bind(query(fact), values_of(fact, FactUse(name), ON))
        value = "array_to_string(q.value, ',')" if fact.value == "codes" else "CAST(q.value AS VARCHAR)"
        extra = "".join(f", coalesce(CAST(q.{column} AS VARCHAR), '-')" for column, _, _ in fact.extra)
        parts.append(
            f"SELECT '{name}' AS fact, k.person, concat_ws('|', coalesce({value}, '-'){extra}) AS said"
            f" FROM ({text}) AS q JOIN person_key AS k ON k.person_id = q.person_id"
        )
    return " UNION ALL ".join(parts)


def test_every_fact_says_the_same_of_everybody_on_spark(spark: Any, tmp_path: Path) -> None:
    from crosswalk.core.engine.spark import SparkEngine

    folder = county(every(), tmp_path)
    names = list(catalogue())
    with DuckEngine(threads=1) as duck, SparkEngine(spark) as other:
        for engine in (duck, other):
            prepare(engine, folder, folder / "persons.parquet", ON, codes=codes)
        for at in range(0, len(names), TOGETHER):
            text = asked(names[at : at + TOGETHER])
            ours, theirs = sorted(duck.fetch(text)), sorted(other.fetch(text))
            assert ours == theirs
