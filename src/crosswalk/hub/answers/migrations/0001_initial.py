"""The table of `answers` with its wall."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from crosswalk.hub.access.rows import KNOWN, wall


class Migration(migrations.Migration):
    """All at once."""

    initial = True

    dependencies = [
        ("access", "0001_initial"),
        ("people", "0002_wall"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Answer",
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
                ("fact", models.TextField()),
                ("value", models.TextField(choices=[("yes", "yes"), ("no", "no")])),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
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
                "indexes": [models.Index(fields=["person", "-id"], name="answers_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_back_at", None), ("taken_back_at__gte", models.F("at")), _connector="OR"
                        ),
                        name="taken_back_after",
                    )
                ],
            },
        ),
        migrations.RunSQL(*wall("answers_answer", KNOWN)),
    ]
