"""A handful of invented people as a measured fact table, so that the sweep can be tried without any file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts import catalogue
from crosswalk.core.finding.programs import Decision, decisions
from crosswalk.core.finding.ranking import Ranking, ranking
from crosswalk.core.finding.run import SHOWN
from crosswalk.core.finding.sweep import Swept, sweep, uses_of
from crosswalk.core.policy import Edition, load, shipped_folder

ON = date(2026, 11, 1)
_ARROW = {
    "flag": pa.bool_(),
    "number": pa.int32(),
    "date": pa.date32(),
    "code": pa.string(),
    "codes": pa.list_(pa.string()),
    "text": pa.string(),
}

#: A member of a plan about whom nothing else is known.
MEMBER: Mapping[str, Any] = {
    "mcp_enrolled": True,
    "share_of_cost": "none",
    "medicare": "none",
    "programs_held": [],
    "authorizations_open": [],
    "enrollments_open": [],
    "age": 44,
}


@cache
def edition() -> Edition:
    """The shipped policy on the day."""
    return load(shipped_folder()).as_of(ON)


@cache
def programs() -> tuple[Decision, ...]:
    """Its programs."""
    return decisions(edition())


@cache
def weights() -> Ranking:
    """Its weights."""
    return ranking(edition())


@dataclass
class SweptCounty:
    """A swept county: its numbers, and the findings by person and program."""

    swept: Swept
    rows: dict[tuple[str, str], dict[str, Any]]


def set_people(
    engine: DuckEngine, people: Mapping[str, Mapping[str, Any]], events: list[dict[str, Any]] | None = None
) -> None:
    """Lay fact_table, person_key, person_source and in_events for some people; a missing fact is unknown."""
    names = list(people)
    uses = sorted(uses_of(programs(), weights()).union(SHOWN))
    columns: dict[str, Any] = {"person_id": pa.array(range(len(names)), pa.int32())}
    for use in uses:
        kind = _ARROW[catalogue()[use.name].value]
        columns[use.column] = pa.array([people[name].get(use.column) for name in names], kind)
    engine.register("fact_arrow", pa.table(columns))
    engine.sql("CREATE OR REPLACE TABLE fact_table AS SELECT * FROM fact_arrow")
    engine.register(
        "key_arrow", pa.table({"person_id": pa.array(range(len(names)), pa.int32()), "person": names})
    )
    engine.sql("CREATE OR REPLACE TABLE person_key AS SELECT * FROM key_arrow")
    engine.sql(
        "CREATE OR REPLACE TABLE person_source AS"
        " SELECT person_id, 'plan:north' AS source, person AS source_id FROM person_key"
    )
    shown = [
        {"plan": "north", "source": "plan:north", "by": None, "value": None, "end_day": None, **one}
        for one in events or []
    ]
    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("plan", "source", "cin", "kind", "code", "value", "by")),
            ("from_day", pa.date32()),
            ("end_day", pa.date32()),
        ]
    )
    engine.register("in_events", pa.Table.from_pylist(shown, schema=schema))


def swept(
    path: Path, people: Mapping[str, Mapping[str, Any]], events: list[dict[str, Any]] | None = None
) -> SweptCounty:
    """Sweep some people; the findings as they were written."""
    with DuckEngine(threads=1) as engine:
        set_people(engine, people, events)
        numbers = sweep(
            engine,
            programs(),
            weights(),
            on=ON,
            release="test",
            known_questions={name: fact.question for name, fact in catalogue().items()},
            path=path / "findings.parquet",
        )
        engine.register("findings", path / "findings.parquet")
        table = engine.arrow("SELECT * FROM findings").to_pylist()
    return SweptCounty(numbers, {(row["person_id"], row["program"]): row for row in table})
