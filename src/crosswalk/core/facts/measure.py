"""Measuring: many facts at once as one wide table, or one fact with everything that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts.catalogue import VALUE_TYPES, Fact, named
from crosswalk.core.facts.inputs import Engine
from crosswalk.core.facts.prepare import PROOF, SILENT, VIEWS, back, parameters, words
from crosswalk.core.rules import FactUse

#: A yes of the data or of the newest attestation is yes, unless a no was attested after the data. For a fact
#: with a window only what was attested within it counts: “loses housing within 30 days” grows old.
_ATTESTED = """
SELECT
  coalesce(b.person_id, a.person_id) AS person_id,
  CASE
    WHEN a.value THEN TRUE
    WHEN NOT a.value THEN coalesce(b.value AND b.day > a.day, FALSE)
    ELSE b.value
  END AS value,
  CASE WHEN b.day IS NULL OR a.day > b.day THEN coalesce(a.day, b.day) ELSE b.day END AS day,
  CASE
    WHEN a.person_id IS NULL THEN b.evidence
    WHEN b.person_id IS NULL THEN a.evidence
    ELSE list_concat(a.evidence, b.evidence)
  END AS evidence
  {extra}
FROM ({body}) AS b
FULL JOIN (SELECT * FROM attested WHERE fact = '{name}'{within}) AS a ON a.person_id = b.person_id
"""


class Measured(NamedTuple):
    """One person's value of one fact, and the rows that show it."""

    person_id: int
    value: Any
    evidence: list[dict[str, Any]]
    extra: dict[str, Any]


def query(fact: Fact, *, attested: bool = True) -> str:
    """The whole query of a fact: its text, with what people attested laid over it where they may."""
    if not (attested and fact.attestable) or f"fact = '{fact.name}'" in fact.text:
        return fact.text
    extra = "".join(f", b.{name}" for name, _, _ in fact.extra)
    within = " AND day >= :since" if fact.window.months or fact.window.days else ""
    return _ATTESTED.format(body=fact.text, name=fact.name, extra=extra, within=within)


@cache
def reads(fact: Fact) -> frozenset[str]:
    """The views that a fact's answer comes from."""
    own = {"attested"} if fact.attestable else set()
    return frozenset(own | {word for word in words(fact.text) if word in VIEWS or word.startswith("hmis_")})


def window(fact: Fact, use: FactUse, on: date) -> dict[str, date]:
    """`since` is the first day of the window that ends with `on`; `until` lies as far ahead."""
    months, days = use.months, use.days
    if months is None and days is None:
        months, days = fact.window.months, fact.window.days
    if months is not None:
        return {"since": back(on, months=months) + timedelta(days=1), "until": back(on, months=-months)}
    span = timedelta(days=days or 0)
    return {"since": on - span + timedelta(days=1), "until": on + span}


def values_of(fact: Fact, use: FactUse, on: date, **params: date | None) -> dict[str, date]:
    """All `:name` parameters of a fact's text."""
    return {**parameters(on, params.get("report_start")), **window(fact, use, on)}


def measure(engine: Engine, uses: Iterable[FactUse], on: date) -> None:
    """Make the wide table `fact_table(person_id, <use.column> …)`: one row a person, null is unknown.

    `prepare` must have run in this engine for the same day.
    """
    wanted = sorted(uses)
    if isinstance(engine, DuckEngine):
        _gather(engine, wanted, on)
    else:
        _join_all(engine, wanted, on)


def _gather(engine: DuckEngine, wanted: Sequence[FactUse], on: date) -> None:
    """The wide table column by column: persons are numbered without gaps, so each value has its place.

    A third of the cost of joining a hundred tables to a million people.
    """
    people = int(engine.fetch("SELECT count(*) FROM person_key")[0][0])
    columns = {"person_id": pa.array(np.arange(1, people + 1, dtype=np.int32))}
    for use in wanted:
        fact = named(use.name)
        rows = engine.arrow(_one_value(fact), values_of(fact, use, on)).combine_chunks()
        place = np.full(people, -1, dtype=np.int32)
        place[rows["person_id"].to_numpy() - 1] = np.arange(rows.num_rows, dtype=np.int32)
        columns[use.column] = rows["value"].combine_chunks().take(pa.array(place, mask=place < 0))
    engine.register("measured", pa.table(columns))
    engine.sql("CREATE OR REPLACE TEMP TABLE fact_table AS SELECT * FROM measured")
    engine.forget("measured")


def _join_all(engine: Engine, wanted: Sequence[FactUse], on: date) -> None:
    """The wide table by joins, for an engine that runs elsewhere."""
    parts = [wanted[at : at + _TOGETHER] for at in range(0, len(wanted), _TOGETHER)]
    for number, part in enumerate(parts):
        made = {}
        for place, use in enumerate(part):
            fact = named(use.name)
            table = f"measured_{place}"
            engine.sql(
                f"CREATE OR REPLACE TEMP TABLE {table} AS {_one_value(fact)}", values_of(fact, use, on)
            )
            made[table] = f'{table}.value AS "{use.column}"'
        _join(engine, f"fact_part_{number}", made)
    whole = {
        f"fact_part_{number}": ", ".join(f'fact_part_{number}."{use.column}"' for use in part)
        for number, part in enumerate(parts)
    }
    _join(engine, "fact_table", whole)


#: So many facts are joined at a time: an engine plans a join of a hundred tables slower than it runs it.
_TOGETHER = 12


def _join(engine: Engine, name: str, columns: Mapping[str, str]) -> None:
    """Join tables to everybody, each with its columns; the tables are dropped."""
    listed = "".join(f", {text}" for text in columns.values())
    joins = "".join(f" LEFT JOIN {table} ON {table}.person_id = k.person_id" for table in columns)
    engine.sql(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT k.person_id{listed} FROM person_key AS k{joins}"
    )
    for table in columns:
        engine.sql(f"DROP TABLE {table}")


def _one_value(fact: Fact) -> str:
    """One typed value a person; the single fact with a row for each source record is folded."""
    kind = VALUE_TYPES[fact.value]
    if any(name == "source_id" for name, _, _ in fact.extra):
        return f"SELECT person_id, CAST(min(value) AS {kind}) AS value FROM ({query(fact)}) AS one GROUP BY person_id"
    return f"SELECT person_id, CAST(value AS {kind}) AS value FROM ({query(fact)}) AS one WHERE value IS NOT NULL"


def evidence(engine: Engine, use: FactUse, on: date, person_ids: Sequence[int]) -> list[Measured]:
    """The value of one fact for some people, with its evidence, newest first."""
    fact, silent = named(use.name), SILENT.get(engine, frozenset())
    if not person_ids or reads(fact) <= silent:
        return []
    extra = [name for name, _, _ in fact.extra]
    listed = ", ".join(str(int(one)) for one in person_ids)
    whole = query(fact, attested="attested" not in silent)
    columns = ", ".join(["person_id", "value", "evidence", *extra])
    rows = engine.fetch(
        f"SELECT {columns} FROM ({whole}) AS one WHERE person_id IN ({listed}) ORDER BY person_id",
        values_of(fact, use, on),
    )
    return [
        Measured(row[0], row[1], _newest_first(row[2]), dict(zip(extra, row[3:], strict=True)))
        for row in rows
    ]


def _newest_first(proofs: Sequence[Mapping[str, Any] | None] | None) -> list[dict[str, Any]]:
    known = [dict(one) for one in proofs or [] if one is not None]
    return sorted(
        known,
        key=lambda one: (one["day"] or date.min, one["delivery"] or "", one["file"] or "", one["row"] or 0),
        reverse=True,
    )


def write(engine: Engine, name: str, on: date, path: Path, **params: date | None) -> int:
    """Write one fact as Parquet: public person_id, value, day, extra columns, evidence. The number of rows."""
    fact = named(name)
    extra = "".join(f", f.{column}" for column, _, _ in fact.extra)
    text = (
        f"SELECT k.person AS person_id, CAST(f.value AS {VALUE_TYPES[fact.value]}) AS value, f.day{extra},"
        f" list_sort(CAST(f.evidence AS {PROOF}[])) AS evidence"
        f" FROM ({query(fact)}) AS f JOIN person_key AS k ON k.person_id = f.person_id"
        " WHERE f.value IS NOT NULL"
        " ORDER BY k.person"
    )
    return engine.write_parquet(text, path, values_of(fact, FactUse(name), on, **params))
