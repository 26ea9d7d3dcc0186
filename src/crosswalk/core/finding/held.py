"""Who holds a benefit already: served, approved but not started, or asked for."""

from __future__ import annotations

from datetime import date

from crosswalk.core.engine import DuckEngine

#: How far a benefit is, as numbers that sort the furthest first; 0 is not held at all.
STATES = {1: "served", 2: "approved", 3: "requested"}

#: One row a person and benefit that is open on the day: the furthest state, who holds it, since when.
#: A request counts only while no later answer of the same plan to the same benefit stands beside it.
_HELD = """
CREATE OR REPLACE TABLE held AS
WITH mine AS (
  SELECT s.person_id, e.plan, e.cin, e.kind, e.code AS benefit, e.from_day, e.end_day, e.value, e."by"
  FROM in_events AS e
  JOIN person_source AS s ON s.source = e.source AND s.source_id = e.cin
  WHERE e.kind IN ('enrollment', 'authorization') AND e.from_day <= :on
),
open AS (
  SELECT person_id, plan, cin, benefit, from_day,
         CASE WHEN kind = 'enrollment' THEN 1 WHEN value = 'approved' THEN 2 ELSE 3 END AS state,
         coalesce(nullif(CASE WHEN kind = 'enrollment' THEN value ELSE "by" END, ''), plan) AS held_by
  FROM mine
  WHERE (kind = 'enrollment' OR value IN ('approved', 'requested')) AND (end_day IS NULL OR end_day > :on)
),
answered AS (
  SELECT plan, cin, benefit, max(from_day) AS day
  FROM mine
  WHERE kind = 'authorization' AND value IN ('approved', 'denied', 'ended')
  GROUP BY ALL
)
SELECT open.person_id, open.benefit,
       min(open.state)::TINYINT AS state,
       arg_min(open.held_by, (open.state, open.from_day, open.held_by)) AS held_by,
       arg_min(open.from_day, (open.state, open.from_day, open.held_by)) AS since
FROM open
LEFT JOIN answered USING (plan, cin, benefit)
WHERE open.state <> 3 OR answered.day IS NULL OR answered.day < open.from_day
GROUP BY ALL
"""


def measure_held(engine: DuckEngine, on: date) -> None:
    """Make the table `held` (person_id, benefit, state 1 served 2 approved 3 requested, held_by, since).

    Needs the views `in_events` and `person_source`. Source: events.csv kinds `enrollment` and `authorization`.
    """
    engine.sql(_HELD, {"on": on})


def wide_sql(benefits: tuple[str, ...]) -> str:
    """A query with one row a person who holds anything, and one column of state a benefit."""
    columns = ", ".join(
        f"coalesce(max(state) FILTER (WHERE benefit = '{benefit}'), 0)::TINYINT AS \"held {benefit}\""
        for benefit in benefits
    )
    supports = "bool_or(state = 1 AND benefit LIKE 'cs.%') AS served_support"
    return f"SELECT person_id, {columns}, {supports} FROM held GROUP BY person_id"
