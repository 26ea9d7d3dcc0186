"""Persons of the whole state: every client and every member belongs to exactly one, and ids stay what they were."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pyarrow as pa

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage.cluster import Alias, Clusters, Edge, Record, cluster
from crosswalk.core.linkage.decide import decided_again

Pair = tuple[Record, Record]


def found_persons(
    engine: DuckEngine, *, records: str, latest: Path, undone: Collection[Pair], run: str, out: Path
) -> dict[str, Any]:
    """Write persons, aliases and conflicts into `out` from the table `links` and the records (source, source_id).

    `latest` holds the previous run's `persons_ever` (every record ever seen and its person) and its aliases; `undone`
    are pairs about which a person took an answer back. Links that had to be cut become questions in `links`.
    Also writes `persons_ever`. Returns counts for the summary.
    """
    before, aliases = _there(latest / "persons_ever.parquet"), _there(latest / "aliases.parquet")
    past = (
        f"read_parquet('{before}')"
        if before
        else "(SELECT '' AS person_id, '' AS source, '' AS source_id LIMIT 0)"
    )
    engine.sql(f"CREATE OR REPLACE TEMP TABLE past AS SELECT person_id, source, source_id FROM {past}")
    engine.sql(f"CREATE OR REPLACE TEMP TABLE present AS SELECT DISTINCT source, source_id FROM {records}")
    found = _clusters(engine, undone)
    decided_again(engine, [(*edge.left, *edge.right, reason) for edge, reason in found.cut])
    _write_persons(engine, found, out)
    aliased = _write_aliases(engine, found.aliases, aliases, run, out)
    conflicts = _write_conflicts(engine, out)
    persons = engine.fetch("SELECT count(DISTINCT person_id), count(*) FROM persons")[0]
    return {
        "persons": int(persons[0]),
        "records": int(persons[1]),
        "links_cut": len(found.cut),
        "aliases": aliased,
        "conflicts": conflicts,
    }


def _clusters(engine: DuckEngine, undone: Collection[Pair]) -> Clusters:
    """Group the records that have a link, or whose person had several records; all others stand alone."""
    edges = [
        _edge((ls, li), (rs, ri), float(weight), who, undone)
        for ls, li, rs, ri, weight, who in engine.fetch(
            """SELECT left_source, left_id, right_source, right_id, coalesce(weight, 0), decided_by FROM links
            WHERE decision = 'same'
              AND EXISTS (FROM present AS p WHERE (p.source, p.source_id) = (left_source, left_id))
              AND EXISTS (FROM present AS p WHERE (p.source, p.source_id) = (right_source, right_id))"""
        )
    ]
    apart: list[tuple[Record, Record]] = [
        ((ls, li), (rs, ri))
        for ls, li, rs, ri in engine.fetch(
            """SELECT left_source, left_id, right_source, right_id FROM links
            WHERE decision = 'different' AND decided_by = 'person'"""
        )
    ]
    engine.sql(
        """CREATE OR REPLACE TEMP TABLE involved AS
        SELECT left_source AS source, left_id AS source_id FROM links WHERE decision = 'same'
        UNION SELECT right_source, right_id FROM links WHERE decision = 'same'
        UNION SELECT source, source_id FROM past
              WHERE person_id IN (SELECT person_id FROM past GROUP BY person_id HAVING count(*) > 1)"""
    )
    rows = engine.fetch(
        """SELECT i.source, i.source_id, p.person_id FROM involved AS i
        JOIN present AS n USING (source, source_id) LEFT JOIN past AS p USING (source, source_id)"""
    )
    before = {(source, source_id): person for source, source_id, person in rows if person}
    issued = [
        person
        for (person,) in engine.fetch(
            "SELECT DISTINCT person_id FROM past JOIN involved USING (source, source_id)"
        )
    ]
    return cluster(
        [(source, source_id) for source, source_id, _ in rows],
        edges,
        apart=apart,
        before=before,
        issued=issued,
    )


def _edge(left: Record, right: Record, weight: float, who: str, undone: Collection[Pair]) -> Edge:
    one, other = sorted([left, right])
    return Edge(left, right, weight, by_person=who == "person", undone=(one, other) in undone)


def _there(path: Path) -> Path | None:
    return path if path.exists() else None


def _write_persons(engine: DuckEngine, found: Clusters, out: Path) -> None:
    engine.sql(
        "CREATE OR REPLACE TEMP TABLE grouped_persons (source VARCHAR, source_id VARCHAR, person_id VARCHAR)"
    )
    rows = sorted(found.person.items())
    engine.register(
        "grouped_rows",
        pa.table(
            {
                "source": pa.array([record[0] for record, _ in rows], pa.string()),
                "source_id": pa.array([record[1] for record, _ in rows], pa.string()),
                "person_id": pa.array([person for _, person in rows], pa.string()),
            }
        ),
    )
    engine.sql(
        """CREATE OR REPLACE TEMP TABLE persons AS
        SELECT coalesce(g.person_id, p.person_id,
                        'P' || upper(left(md5(n.source || '|' || n.source_id), 16))) AS person_id, source, source_id
        FROM present AS n LEFT JOIN grouped_rows AS g USING (source, source_id)
        LEFT JOIN past AS p USING (source, source_id)"""
    )
    engine.write_parquet(
        "SELECT * FROM persons ORDER BY person_id, source, source_id",
        out / "persons.parquet",
        looked_up=True,
    )
    engine.write_parquet(
        """SELECT person_id, source, source_id FROM persons
        UNION ALL SELECT person_id, source, source_id FROM past AS p
          WHERE NOT EXISTS (FROM present AS n WHERE n.source = p.source AND n.source_id = p.source_id)""",
        out / "persons_ever.parquet",
    )


def _write_aliases(engine: DuckEngine, new: list[Alias], before: Path | None, run: str, out: Path) -> int:
    engine.sql(
        """CREATE OR REPLACE TEMP TABLE aliases
        (old_person_id VARCHAR, new_person_id VARCHAR, reason VARCHAR, run VARCHAR)"""
    )
    if before:
        engine.sql(
            f"INSERT INTO aliases SELECT old_person_id, new_person_id, reason, run FROM read_parquet('{before}')"
        )
    if new:
        engine.connection.executemany(
            "INSERT INTO aliases VALUES (?, ?, ?, ?)", [[one.old, one.new, one.reason, run] for one in new]
        )
    return engine.write_parquet(
        "SELECT * FROM aliases ORDER BY run, old_person_id, new_person_id", out / "aliases.parquet"
    )


def _write_conflicts(engine: DuckEngine, out: Path) -> dict[str, int]:
    """Pairs that contradict each other: one number for two people, two numbers for one, two persons who seem one."""
    engine.sql(
        """CREATE OR REPLACE TEMP TABLE conflicts AS
        WITH pairs AS (
          SELECT k.*, p.person_id AS left_person, q.person_id AS right_person,
                 starts_with(left_source, 'plan:') AND starts_with(right_source, 'plan:') AS members,
                 list_transform(list_filter(evidence, lambda e: e.field = 'rule'), lambda e: e.level) AS rules
          FROM links AS k JOIN persons AS p ON (p.source, p.source_id) = (left_source, left_id)
          JOIN persons AS q ON (q.source, q.source_id) = (right_source, right_id)),
        kinds AS (
          SELECT CASE
            WHEN members AND left_id = right_id AND left_person <> right_person THEN 'one_cin_two_people'
            WHEN list_contains(rules, 'two_numbers_in_one_plan')
              OR (members AND left_id <> right_id AND decision IN ('same', 'ask')) THEN 'two_cins_one_person'
            WHEN list_contains(rules, 'possible_duplicate') THEN 'possible_duplicate'
            WHEN list_contains(list_transform(evidence, lambda e: e.level), 'claimed')
              THEN 'one_cin_two_people' END AS kind, *
          FROM pairs)
        SELECT kind, left_source, left_id, right_source, right_id, left_person, right_person, decision,
               CASE kind WHEN 'one_cin_two_people' THEN 'One Medi-Cal number seems to belong to two people.'
                         WHEN 'two_cins_one_person' THEN 'Two Medi-Cal numbers seem to belong to one person.'
                         ELSE 'Two persons who both have an id seem to be one: please decide.' END AS sentence
        FROM kinds WHERE kind IS NOT NULL"""
    )
    engine.write_parquet("SELECT * FROM conflicts ORDER BY ALL", out / "conflicts.parquet")
    found = {"one_cin_two_people": 0, "two_cins_one_person": 0, "possible_duplicate": 0}
    return found | dict(engine.fetch("SELECT kind, count(*) FROM conflicts GROUP BY kind"))
