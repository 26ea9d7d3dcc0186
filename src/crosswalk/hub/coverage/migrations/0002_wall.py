"""The wall around coverage."""

from django.db import migrations

from crosswalk.hub.access.rows import KNOWN, wall


class Migration(migrations.Migration):
    """After the table itself."""

    dependencies = (("coverage", "0001_initial"),)
    operations = (migrations.RunSQL(*wall("coverage_span", KNOWN)),)
