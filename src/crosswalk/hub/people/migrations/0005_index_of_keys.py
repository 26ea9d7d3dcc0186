"""The index of keys without a waiting list, made once at the end where all cards are written."""

import django.contrib.postgres.indexes
from django.db import migrations

#: A first load, or one under a new policy, writes every card: then the index of keys is made once at the end. Cost
#: estimates of the look-up are far from what it does; compiling for it would take longer than looking.
INDEX = """
ALTER FUNCTION people_found(int[], int[], int[], int, int) SET jit = off;
CREATE FUNCTION people_cards_without_index() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$ DROP INDEX IF EXISTS cards_by_key; $$;
CREATE FUNCTION people_cards_with_index() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp SET maintenance_work_mem = '512MB' AS $$
    CREATE INDEX IF NOT EXISTS cards_by_key ON people_card USING gin (keys) WITH (fastupdate = off);
$$;
REVOKE ALL ON FUNCTION people_cards_without_index(), people_cards_with_index() FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """After the walls."""

    dependencies = (("people", "0004_walls"),)
    operations = (
        migrations.RemoveIndex(model_name="card", name="cards_by_key"),
        migrations.AddIndex(
            model_name="card",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["keys"], name="cards_by_key"
            ),
        ),
        migrations.RunSQL(INDEX, "DROP FUNCTION people_cards_without_index(), people_cards_with_index();"),
    )
