"""The wall around what turned over, the work about persons, and kept views."""

from django.db import migrations

from crosswalk.hub.access.rows import KNOWN, OWN, in_population, scope, wall


class Migration(migrations.Migration):
    """After the tables themselves."""

    dependencies = (("finding", "0003_work"),)
    operations = (
        migrations.RunSQL(*wall("finding_change", KNOWN)),
        migrations.RunSQL(*scope("finding_change", in_population("ARRAY[program]"))),
        migrations.RunSQL(*wall("finding_work", OWN)),
        migrations.RunSQL(*wall("finding_view", OWN)),
    )
