"""The second wall: row-level security that every table with people's data gets in its migration.

    migrations.RunSQL(*wall("people_record", KNOWN))

Without `open_rows` a query finds nothing (a missing setting is null, and null shows no row). The policy holds for
the owner of the tables too. Anything that looks up a *list* of allowed rows would cost a thousand times more.
"""

from __future__ import annotations

#: After a transaction PostgreSQL leaves a setting of it empty instead of missing; both mean nobody.
_ORGS = "nullif(current_setting('app.orgs', true), '')::int[]"
_WORKER = "nullif(current_setting('app.worker', true), '')::int"

#: A row that one organization holds, in the column `organization_id`.
HOLDER = f"organization_id = ANY ({_ORGS})"
#: A row that several know of, in `known_to`; closed to all but the named workers where `named` is filled. Without the
#: `coalesce` PostgreSQL guesses that one row in two hundred is open, and sorts whole tables to show fifty lines.
KNOWN = f"coalesce(known_to && {_ORGS}, false) AND (named IS NULL OR named @> ARRAY[{_WORKER}])"
#: A row about something that goes between organizations: only those in `parties` see it, whoever knows the person.
BETWEEN = f"coalesce(parties && {_ORGS}, false) AND (named IS NULL OR named @> ARRAY[{_WORKER}])"
#: A row that only one organization's own people see, whatever was agreed; and the hub itself in a run.
OWN = (
    "organization_id = nullif(current_setting('app.organization', true), '')::int"
    f" OR (current_setting('app.role', true) = 'run' AND {HOLDER})"
)

#: The same, and closed to all but the named workers where `named` is filled.
OWN_NAMED = f"({OWN}) AND (named IS NULL OR named @> ARRAY[{_WORKER}])"


#: A membership may be for some counties or populations only; without such a limit the setting is empty.
_COUNTIES = "nullif(current_setting('app.counties', true), '')::text[]"
_POPULATIONS = "nullif(current_setting('app.populations', true), '')::text[]"
#: A row with a `county`: of somebody whose county is not known it is in no limited scope.
IN_COUNTY = f"{_COUNTIES} IS NULL OR county = ANY ({_COUNTIES})"


def in_population(*columns: str) -> str:
    """A row whose program, or one of whose lists of programs, is in the scope."""
    return f"{_POPULATIONS} IS NULL OR " + " OR ".join(f"{one} && {_POPULATIONS}" for one in columns)


def scope(table: str, using: str, *, name: str = "scope") -> tuple[str, str]:
    """SQL that narrows a table behind its wall, as to the scope of a membership, and that takes this back.

    The `coalesce` changes nothing but PostgreSQL's estimate, as in `KNOWN`.
    """
    using = f"coalesce(({using}), false)"
    up = f"CREATE POLICY {table}_{name} ON {table} AS RESTRICTIVE USING ({using}) WITH CHECK (true);"
    return up, f"DROP POLICY {table}_{name} ON {table};"


def wall(table: str, using: str) -> tuple[str, str]:
    """SQL that puts the wall up, and that takes it down."""
    up = f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY {table}_wall ON {table} USING ({using}) WITH CHECK ({using});
    """
    down = f"DROP POLICY {table}_wall ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
    return up, down
