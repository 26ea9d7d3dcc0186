"""The walls around cards, links, judgements and restrictions, and the one function that finds cards by their keys."""

from django.db import migrations

from crosswalk.hub.access.rows import KNOWN, wall

#: A pair shows only to those who may see both of its persons.
BOTH = f"({KNOWN}) AND {KNOWN.split(' AND ')[0].replace('known_to', 'known_to_too')}"

#: An overlap of arrays does not count as leakproof, so that under row-level security it could use no index. The
#: function looks as the owner, whom the second policy lets through, and applies the wall itself, to every row.
#: `wide` keys are asked only where `narrow` ones gave fewer than `few` cards, `widest` only where both gave none.
FOUND = f"""
CREATE POLICY people_card_for_the_function ON people_card FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION people_found(narrow int[], wide int[], widest int[], few int, most int) RETURNS SETOF people_card
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_seqscan = off AS $$
DECLARE
    found int;
    more int := 0;
BEGIN
    RETURN QUERY SELECT * FROM people_card WHERE keys && narrow AND {KNOWN} LIMIT most;
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found < few AND cardinality(wide) > 0 THEN
        RETURN QUERY SELECT * FROM people_card
        WHERE keys && wide AND NOT keys && narrow AND {KNOWN} LIMIT most - found;
        GET DIAGNOSTICS more = ROW_COUNT;
    END IF;
    IF found + more = 0 AND cardinality(widest) > 0 THEN
        RETURN QUERY SELECT * FROM people_card WHERE keys && widest AND {KNOWN} LIMIT most;
    END IF;
END $$;
REVOKE ALL ON FUNCTION people_found(int[], int[], int[], int, int) FROM PUBLIC;
"""


#: Of a person whom a privacy officer may see, every entry is shown, also those about an id that led to her.
LOOKS = """
DROP POLICY journal_of_persons ON journal_entry;
CREATE POLICY journal_of_persons ON journal_entry FOR SELECT USING (
    current_setting('app.role', true) = 'privacy_officer'
    AND (EXISTS (SELECT FROM people_person AS p WHERE p.id = ANY (persons))
         OR EXISTS (SELECT FROM people_alias AS a JOIN people_person AS p ON p.id = a.new
                    WHERE a.old = ANY (persons))));
"""


class Migration(migrations.Migration):
    """After the tables themselves."""

    dependencies = (("people", "0003_cards_and_links"),)
    operations = (
        migrations.RunSQL(*wall("people_card", KNOWN)),
        migrations.RunSQL(*wall("people_link", BOTH)),
        migrations.RunSQL(*wall("people_judgement", BOTH)),
        migrations.RunSQL(*wall("people_restriction", KNOWN)),
        migrations.RunSQL(
            FOUND,
            "DROP FUNCTION people_found(int[], int[], int[], int, int); DROP POLICY people_card_for_the_function ON people_card;",
        ),
        migrations.RunSQL(LOOKS, migrations.RunSQL.noop),
    )
