"""Letting the role that serves pages have PostgreSQL look at a table anew, which only its owner may.

Without this the lists of a new county are read by guesses until PostgreSQL comes to it by itself.
"""

from django.db import migrations

ANALYZED = """
CREATE FUNCTION tables_counted_anew(tables text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY tables LOOP
        EXECUTE format('ANALYZE %I', one);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION tables_counted_anew(text[]) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """A function that reads and changes nothing about anybody."""

    dependencies = (("people", "0006_added"),)
    operations = (migrations.RunSQL(ANALYZED, "DROP FUNCTION tables_counted_anew(text[]);"),)
