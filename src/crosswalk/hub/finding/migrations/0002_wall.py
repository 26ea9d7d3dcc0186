"""The wall around findings and lists."""

from django.db import migrations

from crosswalk.hub.access.rows import KNOWN, wall


class Migration(migrations.Migration):
    """After the tables themselves."""

    dependencies = (("finding", "0001_initial"),)
    operations = (
        migrations.RunSQL(*wall("finding_finding", KNOWN)),
        migrations.RunSQL(*wall("finding_listed", KNOWN)),
    )
