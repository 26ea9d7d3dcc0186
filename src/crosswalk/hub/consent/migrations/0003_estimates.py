"""Scopes and wishes as PostgreSQL can estimate them: without this it takes them to leave one row, and sorts whole tables.

A condition on a setting counts as nearly never true; inside `coalesce` it counts as true for every second row, so that
a list of fifty is read in the order of its index. What may be seen stays the same.
"""

from django.db import migrations

ESTIMATED = """
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN SELECT tablename, policyname, qual FROM pg_policies
               WHERE schemaname = 'public' AND (policyname = tablename || '_scope' OR policyname = tablename || '_wish')
                 AND qual NOT ILIKE 'coalesce(%'
    LOOP
        EXECUTE format('ALTER POLICY %I ON %I USING (coalesce((%s), false))', one.policyname, one.tablename, one.qual);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    """After the last of them; a later one says it by itself (`access.rows.scope`)."""

    dependencies = (("consent", "0002_wishes"), ("answers", "0002_scope"), ("finding", "0004_work_wall"))
    operations = (migrations.RunSQL(ESTIMATED, migrations.RunSQL.noop),)
