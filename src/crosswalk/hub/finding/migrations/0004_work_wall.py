"""The wall around what turned over, the work about persons, and kept views."""

from django.db import migrations

from crosswalk.hub.access.rows import KEPT, KNOWN, wall


class Migration(migrations.Migration):
    """After the tables themselves."""

    dependencies = (("finding", "0003_work"),)
    operations = (
        migrations.RunSQL(*wall("finding_change", KNOWN)),
        migrations.RunSQL(*wall("finding_work", KEPT)),
        migrations.RunSQL(*wall("finding_view", KEPT)),
    )
