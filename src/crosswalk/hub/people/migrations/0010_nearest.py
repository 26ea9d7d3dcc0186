"""Of many cards under a key, those born nearest to the date that was typed; rows already found are looked for no more."""

from importlib import import_module

from django.db import migrations

from crosswalk.hub.access.rows import KNOWN

#: A common name has hundreds of holders in a million: all are looked at here, and the few handed on that may be meant.
#: Cards without a birth date come first, as nothing speaks against them. Comparing two lists of keys costs more than
#: reading a card: so that a card is not given twice is asked only where some were given. Without a date nothing is
#: sorted: a plan made for these very values sees that the order says nothing.
NEAREST = f"""
DROP FUNCTION people_found(int[], int[], int[], int, int);
CREATE FUNCTION people_found(narrow int[], wide int[], widest int[], few int, most int, near date)
RETURNS SETOF people_card
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_seqscan = off SET jit = off AS $$
DECLARE
    found int := 0;
    more int := 0;
BEGIN
    IF cardinality(narrow) > 0 THEN
        RETURN QUERY SELECT * FROM people_card WHERE keys && narrow AND {KNOWN}
        ORDER BY abs(dob - near) NULLS FIRST LIMIT most;
        GET DIAGNOSTICS found = ROW_COUNT;
    END IF;
    IF found < few AND cardinality(wide) > 0 THEN
        IF found = 0 THEN
            RETURN QUERY SELECT * FROM people_card WHERE keys && wide AND {KNOWN}
            ORDER BY abs(dob - near) NULLS FIRST LIMIT most;
        ELSE
            RETURN QUERY SELECT * FROM people_card WHERE keys && wide AND NOT keys && narrow AND {KNOWN}
            ORDER BY abs(dob - near) NULLS FIRST LIMIT most - found;
        END IF;
        GET DIAGNOSTICS more = ROW_COUNT;
    END IF;
    IF found + more = 0 AND cardinality(widest) > 0 THEN
        RETURN QUERY SELECT * FROM people_card WHERE keys && widest AND {KNOWN} LIMIT most;
    END IF;
END $$;
REVOKE ALL ON FUNCTION people_found(int[], int[], int[], int, int, date) FROM PUBLIC;
"""
#: The function as it was, without the policy before it, which stays.
_WAS = import_module("crosswalk.hub.people.migrations.0004_walls").FOUND.partition(";")[2]
BEFORE = f"""
DROP FUNCTION people_found(int[], int[], int[], int, int, date);
{_WAS}
ALTER FUNCTION people_found(int[], int[], int[], int, int) SET jit = off;
"""


class Migration(migrations.Migration):
    """After the newest column of people."""

    dependencies = (("people", "0009_whose_restriction"),)
    operations = (migrations.RunSQL(NEAREST, BEFORE),)
