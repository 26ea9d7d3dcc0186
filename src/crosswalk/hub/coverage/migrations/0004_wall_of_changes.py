"""The wall around what changed."""

from django.db import migrations

from crosswalk.hub.access.rows import KNOWN, wall


class Migration(migrations.Migration):
    """After the table itself."""

    dependencies = (("coverage", "0003_changes"),)
    operations = (migrations.RunSQL(*wall("coverage_change", KNOWN)),)
