"""Measuring: one fact of some people with everything that shows it, or of everybody as a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from crosswalk.core.basics import back
from crosswalk.core.engine import DuckEngine, bind
from crosswalk.core.facts.catalogue import VALUE_TYPES, Fact, named
from crosswalk.core.facts.inputs import Engine
from crosswalk.core.facts.prepare import PROOF, SILENT, VIEWS, parameters, words
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


def evidence(engine: Engine, use: FactUse, on: date, person_ids: Sequence[int]) -> list[Measured]:
    """The value of one fact for some people, with its evidence, newest first."""
    if not person_ids or _silent(engine, use):
        return []
    return _measured(use, engine.fetch(_question(engine, use, on, person_ids)))


def evidence_of_each(
    engine: DuckEngine, uses: Iterable[FactUse], on: date, person_ids: Sequence[int]
) -> dict[FactUse, list[Measured]]:
    """`evidence` of several facts, asked side by side; for an engine prepared for a few people."""
    asked = [use for use in sorted(uses) if person_ids and not _silent(engine, use)]
    found = engine.fetch_each([_question(engine, use, on, person_ids) for use in asked], plan=False)
    return {use: _measured(use, rows) for use, rows in zip(asked, found, strict=True)}


def _silent(engine: Engine, use: FactUse) -> bool:
    """Whether the few people that the engine was prepared for have nothing that the fact could read."""
    return reads(named(use.name)) <= SILENT.get(engine, frozenset())


def _question(engine: Engine, use: FactUse, on: date, person_ids: Sequence[int]) -> str:
    fact = named(use.name)
    whole = query(fact, attested="attested" not in SILENT.get(engine, frozenset()))
    columns = ", ".join(["person_id", "value", "evidence", *(name for name, _, _ in fact.extra)])
    listed = ", ".join(str(int(one)) for one in person_ids)
    text = f"SELECT {columns} FROM ({whole}) AS one WHERE person_id IN ({listed}) ORDER BY person_id"
    return bind(text, values_of(fact, use, on))


def _measured(use: FactUse, rows: Iterable[tuple[Any, ...]]) -> list[Measured]:
    extra = [name for name, _, _ in named(use.name).extra]
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
