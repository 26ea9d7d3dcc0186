"""Rows of one file that claim the same place: counted once, and where they differ only what is certain is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from crosswalk.core.formats.plan_files.cells import quoted
from crosswalk.core.records import EVENT_COLUMNS, IDENTITY_COLUMNS, MEMBER_COLUMNS


class Repeats(NamedTuple):
    """SQL over the relation `usable`: how many rows are dropped as duplicates, what is kept, what is remarked."""

    prepare: Sequence[str]
    kept: str
    dropped: str
    problems: str


_KEY = "plan, cin, coverage_from"


def member_repeats() -> Repeats:
    """Members: one row for each plan, CIN and first covered day.

    Rows that say the same count once. Where they differ, names, birth date, sex and SSN become unknown, and the
    other values are those of the last row that has one (an empty end of coverage is a value: still open). A CIN
    with two birth dates has an unknown birth date in all its rows.
    """
    columns = [column.column for column in MEMBER_COLUMNS]
    others = [name for name in columns if name not in ("plan", "cin", "coverage_from")]
    differing = ", ".join(f"CASE WHEN {_differ(name)} THEN '{name}' END" for name in others if name != "dob")
    merged = ", ".join(
        f"CASE WHEN NOT {_differ(name)} THEN min({quoted(name)}) END AS {quoted(name)}"
        if name in IDENTITY_COLUMNS
        else f"{'arg_max_null' if name == 'coverage_end' else 'arg_max'}({quoted(name)}, row) AS {quoted(name)}"
        for name in [*others, "extra"]
    )
    listing = ", ".join(quoted(name) for name in ["row", *columns, "extra"])
    born = [
        quoted(name) if name != "dob" else "CASE WHEN NOT two_dobs THEN dob END AS dob" for name in others
    ]
    chosen = ", ".join(["row", "plan", "cin", "coverage_from", *born, "extra"])
    return Repeats(
        prepare=(
            "CREATE TEMP TABLE people_with_more AS SELECT plan, cin, coalesce(min(dob) <> max(dob), false) AS two_dobs"
            " FROM usable GROUP BY plan, cin HAVING count(*) > 1",
            f"CREATE TEMP TABLE merged AS SELECT {_KEY}, min(row) AS row, list(row ORDER BY row) AS rows, two_dobs, "
            f"{merged}, concat_ws(', ', {differing}) AS differing"
            f" FROM usable JOIN people_with_more USING (plan, cin) GROUP BY {_KEY}, two_dobs",
        ),
        kept=f"SELECT {listing} FROM usable ANTI JOIN people_with_more USING (plan, cin)"
        f" UNION ALL BY NAME SELECT {chosen} FROM merged",
        dropped="SELECT coalesce(sum(len(rows) - 1), 0) FROM merged",
        problems="""
            SELECT later AS row, '' AS column_name, CASE WHEN differing = '' THEN 'row.repeated' ELSE 'row.conflict'
              END AS code, 'warning' AS severity,
              CASE WHEN differing = '' THEN 'Rows ' || rows[1] || ' and ' || later || ' are about the same plan, CIN '
                || 'and first covered day; they count once.'
              ELSE 'Rows ' || rows[1] || ' and ' || later || ' are about the same plan, CIN and first covered day, but '
                || 'rows of this member differ in ' || differing || '; names, sex and SSN that differ are kept as '
                || 'unknown, other values are those of the last row.' END AS sentence,
              'Send one row for each member and coverage span.' AS fix
            FROM (SELECT *, unnest(rows[2:]) AS later FROM merged)
            UNION ALL
            SELECT max(row), 'dob', 'member.two_birth_dates', 'warning', 'One CIN has different birth dates in rows '
              || array_to_string((list(DISTINCT row ORDER BY row))[1:10], ', ')
              || '; the birth date is kept as unknown.',
              'Find out which is right, or whether two people share the CIN, and send the rows again.'
            FROM (SELECT plan, cin, unnest(rows) AS row FROM merged WHERE two_dobs) GROUP BY plan, cin""",
    )


def event_repeats() -> Repeats:
    """Events: one row for each plan and event number; the same number again replaces the row before it."""
    columns = [column.column for column in EVENT_COLUMNS]
    listing = ", ".join(quoted(name) for name in ["row", *columns, "extra"])
    same = " AND ".join(
        f"NOT {_differ(name)} AND count({quoted(name)}) IN (0, count(*))" for name in ["cin", *columns[3:]]
    )
    return Repeats(
        prepare=(
            "CREATE TEMP TABLE ids_with_more AS SELECT plan, event_id FROM usable GROUP BY ALL HAVING count(*) > 1",
            "CREATE TEMP TABLE events_with_more AS SELECT plan, event_id, max(row) AS newest,"
            f" list(row ORDER BY row) AS rows, {same} AS same"
            " FROM usable SEMI JOIN ids_with_more USING (plan, event_id) GROUP BY plan, event_id",
        ),
        kept=f"SELECT {listing} FROM usable ANTI JOIN events_with_more USING (plan, event_id)"
        f" UNION ALL SELECT {listing} FROM usable JOIN events_with_more USING (plan, event_id) WHERE row = newest",
        dropped="SELECT coalesce(sum(len(rows) - 1), 0) FROM events_with_more",
        problems="""
            SELECT earlier AS row, 'event_id' AS column_name, CASE WHEN same THEN 'row.repeated'
              ELSE 'event.replaced' END AS code, 'warning' AS severity,
              'Rows ' || earlier || ' and ' || newest || ' have the same event_id; ' || CASE WHEN same
              THEN 'they say the same and count once.' ELSE 'the later row replaces the earlier.' END AS sentence,
              'Give each event its own event_id.' AS fix
            FROM (SELECT *, unnest(rows[:-2]) AS earlier FROM events_with_more)""",
    )


def _differ(name: str) -> str:
    """Whether the values of a group differ; empty ones say nothing."""
    return f"coalesce(min({quoted(name)}) <> max({quoted(name)}), false)"
