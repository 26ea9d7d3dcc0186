"""The wall around persons, their records and time lines; and the privacy officer's view of who looked at them."""

from django.db import migrations

from crosswalk.hub.access.rows import KNOWN, wall

#: Of a person whom a privacy officer may see, every entry is shown, whichever organization it was made for.
LOOKS = """
CREATE POLICY journal_of_persons ON journal_entry FOR SELECT USING (
    current_setting('app.role', true) = 'privacy_officer'
    AND EXISTS (SELECT FROM people_person AS p WHERE p.id = ANY (persons)));
"""


class Migration(migrations.Migration):
    """After the tables themselves, and the journal's own wall."""

    dependencies = (("people", "0001_initial"), ("journal", "0002_chain"))
    operations = (
        migrations.RunSQL(*wall("people_person", KNOWN)),
        migrations.RunSQL(*wall("people_record", KNOWN)),
        migrations.RunSQL(*wall("people_moment", KNOWN)),
        migrations.RunSQL(LOOKS, "DROP POLICY journal_of_persons ON journal_entry;"),
    )
