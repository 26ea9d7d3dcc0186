"""Those whom workers wrote down because no file held them yet, with their wall."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from crosswalk.hub.access.rows import KNOWN, wall


class Migration(migrations.Migration):
    """One table."""

    dependencies = [
        ("access", "0002_community"),
        ("people", "0005_index_of_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Added",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "known_to",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "named",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), blank=True, null=True, size=None
                    ),
                ),
                ("source", models.TextField()),
                ("source_id", models.TextField(unique=True)),
                ("first_name", models.TextField(blank=True, default="")),
                ("last_name", models.TextField(blank=True, default="")),
                ("born", models.DateField(null=True)),
                ("phone", models.TextField(blank=True, default="")),
                ("zip", models.TextField(blank=True, default="")),
                ("cin", models.TextField(blank=True, default="")),
                ("language", models.TextField(blank=True, default="")),
                ("county", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="added",
                        to="people.person",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person"], name="added_of_person")],
            },
        ),
        migrations.RunSQL(*wall("people_added", KNOWN)),
    ]
