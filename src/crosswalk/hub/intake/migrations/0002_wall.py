"""The wall around deliveries: an organization's own, whatever was agreed."""

from django.db import migrations

from crosswalk.hub.access.rows import OWN, wall


class Migration(migrations.Migration):
    """After the tables themselves."""

    dependencies = (("intake", "0001_initial"),)
    operations = (
        migrations.RunSQL(*wall("intake_delivery", OWN)),
        migrations.RunSQL(*wall("intake_cause", OWN)),
    )
