"""What changed from file to file, and how sure a span is."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A table, and two columns."""

    dependencies = [
        ("coverage", "0002_wall"),
        ("people", "0002_wall"),
    ]

    operations = [
        migrations.AddField(
            model_name="span",
            name="sure",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="span",
            name="told_on",
            field=models.DateField(null=True),
        ),
        migrations.CreateModel(
            name="Change",
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
                (
                    "kind",
                    models.TextField(choices=[("came", "came"), ("ended", "ended"), ("unnamed", "unnamed")]),
                ),
                ("plan", models.TextField()),
                ("other_plan", models.TextField(default="")),
                ("delivery", models.TextField()),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coverage_changes",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-day"], name="coverage_changes_of_person"),
                    models.Index(fields=["-day", "kind"], name="coverage_changes_newest"),
                ],
            },
        ),
    ]
