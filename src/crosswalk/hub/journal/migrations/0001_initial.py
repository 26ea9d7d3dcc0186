"""The tables of `journal` as they began."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    """All of them at once."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("kind", models.TextField(choices=[("act", "act"), ("read", "read")])),
                ("verb", models.TextField()),
                ("worker_id", models.BigIntegerField(null=True)),
                ("worker", models.TextField()),
                ("organization_id", models.BigIntegerField(null=True)),
                ("organization", models.TextField()),
                ("role", models.TextField()),
                ("basis", models.TextField()),
                ("why", models.TextField()),
                ("subject", models.TextField()),
                (
                    "persons",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("said", models.TextField()),
                ("previous", models.TextField()),
                ("hash", models.TextField()),
            ],
            options={
                "db_table": "journal_entry",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["persons"], name="journal_by_person"),
                    models.Index(fields=["organization_id", "-seq"], name="journal_by_organization"),
                ],
            },
        ),
    ]
