"""The wide table: every fact that somebody asks for, of everybody at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
import pyarrow as pa

from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts.catalogue import VALUE_TYPES, Fact, named
from crosswalk.core.facts.inputs import Engine
from crosswalk.core.facts.measure import query, values_of
from crosswalk.core.rules import FactUse


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

    Half the time of joining a hundred tables to a million people (docs/reference/bench-finding.md).
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
    engine.sql("CREATE OR REPLACE TABLE fact_table AS SELECT * FROM measured")
    engine.forget("measured")


def _join_all(engine: Engine, wanted: Sequence[FactUse], on: date) -> None:
    """The wide table by joins, for an engine that runs elsewhere."""
    parts = [wanted[at : at + _TOGETHER] for at in range(0, len(wanted), _TOGETHER)]
    for number, part in enumerate(parts):
        made = {}
        for place, use in enumerate(part):
            fact = named(use.name)
            table = f"measured_{place}"
            engine.sql(f"CREATE OR REPLACE TABLE {table} AS {_one_value(fact)}", values_of(fact, use, on))
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
    engine.sql(f"CREATE OR REPLACE TABLE {name} AS SELECT k.person_id{listed} FROM person_key AS k{joins}")
    for table in columns:
        engine.sql(f"DROP TABLE {table}")


def _one_value(fact: Fact) -> str:
    """One typed value a person; the single fact with a row for each source record is folded."""
    kind = VALUE_TYPES[fact.value]
    if any(name == "source_id" for name, _, _ in fact.extra):
        return f"SELECT person_id, CAST(min(value) AS {kind}) AS value FROM ({query(fact)}) AS one GROUP BY person_id"
    return f"SELECT person_id, CAST(value AS {kind}) AS value FROM ({query(fact)}) AS one WHERE value IS NOT NULL"
