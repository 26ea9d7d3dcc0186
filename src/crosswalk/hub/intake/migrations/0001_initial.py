"""The tables of `intake` as they began."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """All of them at once."""

    initial = True

    dependencies = [
        ("access", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("size", models.BigIntegerField()),
                ("sha256", models.TextField()),
                ("arrived_at", models.DateTimeField()),
                ("asked", models.TextField(default="")),
                ("as_of", models.DateField(null=True)),
                ("kept", models.TextField(default="")),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("reading", "Reading"),
                            ("failed", "Failed"),
                            ("refused", "Refused"),
                            ("waiting", "Waiting"),
                            ("rejected", "Rejected"),
                            ("accepted", "Accepted"),
                            ("in", "In"),
                        ],
                        default="reading",
                    ),
                ),
                ("reading", models.TextField(default="")),
                ("rows_read", models.BigIntegerField(default=0)),
                ("says", models.TextField(default="")),
                ("fix", models.TextField(default="")),
                ("staged", models.TextField(default="")),
                ("kind", models.TextField(default="")),
                ("layout", models.TextField(default="")),
                ("sources", models.JSONField(default=list)),
                ("order", models.TextField(default="")),
                ("is_older", models.BooleanField(default=False)),
                ("summary", models.JSONField(default=dict)),
                ("changes", models.JSONField(default=dict)),
                ("decided_at", models.DateTimeField(null=True)),
                ("why", models.TextField(default="")),
                ("in_at", models.DateTimeField(null=True)),
                ("listed_by", models.TextField(default="")),
                (
                    "arrived_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="access.organization",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Cause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.IntegerField()),
                ("code", models.TextField()),
                ("severity", models.TextField()),
                ("sentence", models.TextField()),
                ("fix", models.TextField()),
                ("rows", models.BigIntegerField()),
                ("places", models.JSONField(default=list)),
                ("examples", models.JSONField(default=list)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.organization",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="causes",
                        to="intake.delivery",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["organization", "-arrived_at"], name="deliveries_newest"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["refused", "rejected"]), _negated=True),
                fields=("organization", "sha256"),
                name="one_delivery_a_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="cause",
            constraint=models.UniqueConstraint(fields=("delivery", "place"), name="one_cause_a_place"),
        ),
    ]
