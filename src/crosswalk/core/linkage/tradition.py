"""How well each naming tradition is reached: the table that every run prints, since linkage does not treat all alike.

There is no truth in a county's own data, so the table gives, for HMIS records against members, the share linked,
asked about, and reachable (best candidate at least as heavy as a question). A record's tradition is what the source
says (HMIS race and ethnicity); where it says nothing, the one that most members of the same surname have.
"""

from __future__ import annotations

from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage.standardise import StandardFile

#: A surname tells a tradition when this many members have it, and this share of them that tradition.
MEMBERS = 5
SHARE = 0.5


def tradition_table(engine: DuckEngine, left: StandardFile, right: StandardFile) -> dict[str, Any]:
    """Rows {tradition, records, same, ask, reachable, expected_false} over the left records, from the table `links`."""
    rows = engine.fetch(
        f"""
        WITH asked AS (
          SELECT source, source_id, tradition, tok1 FROM read_parquet('{left.records}')),
        surnames AS (
          SELECT tok1, tradition AS usual FROM read_parquet('{right.records}')
          WHERE tradition IS NOT NULL AND tok1 IN (SELECT tok1 FROM asked)
          GROUP BY tok1, tradition
          QUALIFY count(*) >= {SHARE} * sum(count(*)) OVER (PARTITION BY tok1)
              AND sum(count(*)) OVER (PARTITION BY tok1) >= {MEMBERS}
              AND row_number() OVER (PARTITION BY tok1 ORDER BY count(*) DESC, tradition) = 1),
        best AS (
          SELECT left_source, left_id, bool_or(decision = 'same') AS same, bool_or(decision = 'ask') AS ask,
                 coalesce(max(weight) >= -1, false) AS near,
                 sum(CASE WHEN decision = 'same' AND decided_by <> 'person' THEN 1 - probability END) AS wrong
          FROM links WHERE right_source NOT LIKE 'hmis:%' GROUP BY left_source, left_id)
        SELECT coalesce(a.tradition, s.usual, 'Not known') AS tradition, count(*), avg(coalesce(same, false)::INT),
               avg((coalesce(ask, false) AND NOT coalesce(same, false))::INT),
               avg(coalesce(same OR near, false)::INT), coalesce(sum(wrong), 0)
        FROM asked AS a LEFT JOIN surnames AS s USING (tok1)
        LEFT JOIN best AS b ON (b.left_source, b.left_id) = (a.source, a.source_id)
        GROUP BY 1 ORDER BY 1"""
    )
    names = ("tradition", "records", "same", "ask", "reachable", "expected_false")
    table = [
        dict(zip(names, (row[0], row[1], *(round(float(one), 4) for one in row[2:])), strict=True))
        for row in rows
    ]
    return {
        "traditions": table,
        "traditions_from": "HMIS race and ethnicity; where empty, the tradition of most members with the same surname",
    }
