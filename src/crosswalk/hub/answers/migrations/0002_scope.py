"""Scopes by county and population, behind the walls of the rooms before and after."""

from django.db import migrations

from crosswalk.hub.access.rows import IN_COUNTY, in_population, scope


class Migration(migrations.Migration):
    """After the tables that it narrows."""

    dependencies = (("answers", "0001_initial"), ("people", "0002_wall"), ("finding", "0002_wall"))
    operations = (
        migrations.RunSQL(*scope("people_person", IN_COUNTY)),
        migrations.RunSQL(*scope("finding_listed", f"({IN_COUNTY}) AND ({in_population('met', 'open')})")),
        migrations.RunSQL(*scope("finding_finding", in_population("ARRAY[program]"))),
    )
