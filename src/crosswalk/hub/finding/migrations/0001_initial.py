"""The tables of `finding` as they began."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """All of them at once."""

    initial = True

    dependencies = [
        ("access", "0001_initial"),
        ("people", "0002_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("on", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("release", models.TextField()),
                ("digest", models.TextField()),
                ("persons", models.IntegerField()),
                ("brought_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Said",
            fields=[
                ("id", models.TextField(primary_key=True, serialize=False)),
                ("reasons", models.JSONField()),
                (
                    "questions",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Listed",
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
                ("place", models.BigIntegerField()),
                ("county", models.TextField(default="")),
                ("plan", models.TextField(default="")),
                ("met", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("open", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("since", models.DateField()),
                ("step", models.TextField()),
                ("step_program", models.TextField(default="")),
                ("step_words", models.TextField(default="")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="access.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listed",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organization", "place", "person"], name="listed_by_place"),
                    models.Index(fields=["organization", "step", "place", "person"], name="listed_by_step"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "person"), name="listed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
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
                ("program", models.TextField()),
                ("answer", models.TextField()),
                ("in_hand", models.TextField(default="")),
                ("in_hand_with", models.TextField(default="")),
                ("rank", models.BigIntegerField(null=True)),
                ("since", models.DateField()),
                ("was", models.TextField(default="")),
                ("on", models.DateField()),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="people.person",
                    ),
                ),
                (
                    "said",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="finding.said"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "program"), name="one_answer_a_program")
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("queue", models.TextField()),
                ("count", models.IntegerField()),
                ("new", models.IntegerField()),
                ("oldest", models.DateField(null=True)),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="access.organization"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "queue"), name="one_count_a_queue")
                ],
            },
        ),
    ]
