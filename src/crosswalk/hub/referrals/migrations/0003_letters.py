"""A notice can be printed, and a letter can come back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Three more columns."""

    dependencies = [
        ("referrals", "0002_counted_behind_the_wall"),
    ]

    operations = [
        migrations.AddField("notice", "printed_at", models.DateTimeField(null=True)),
        migrations.AddField("notice", "printed_by", models.TextField(blank=True, db_default="", default="")),
        migrations.AddField("notice", "returned_at", models.DateTimeField(null=True)),
    ]
