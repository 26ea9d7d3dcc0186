"""The tables of `people` as they began."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """All of them at once."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
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
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("other_name", models.TextField(default="")),
                ("born", models.DateField(null=True)),
                ("language", models.TextField(default="")),
                ("county", models.TextField(default="")),
                ("seen_on", models.DateField(null=True)),
                ("seen_by", models.TextField(default="")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Moment",
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
                ("day", models.DateField()),
                ("until", models.DateField(null=True)),
                ("kind", models.TextField()),
                ("code", models.TextField(default="")),
                ("value", models.TextField(default="")),
                ("place", models.TextField(default="")),
                ("source", models.TextField()),
                ("file", models.TextField(default="")),
                ("row", models.IntegerField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moments",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-day"], name="moments_of_person")],
            },
        ),
        migrations.CreateModel(
            name="Record",
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
                ("source_id", models.TextField()),
                ("first_name", models.TextField(default="")),
                ("last_name", models.TextField(default="")),
                ("born", models.DateField(null=True)),
                ("sex", models.TextField(default="")),
                ("phone", models.TextField(default="")),
                ("address", models.TextField(default="")),
                ("delivery", models.TextField(default="")),
                ("file", models.TextField(default="")),
                ("row", models.IntegerField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source", "source_id"), name="one_record_an_id")
                ],
            },
        ),
    ]
