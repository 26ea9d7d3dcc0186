"""When a provider was asked for its capacity."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """One more table."""

    dependencies = [
        ("network", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Asked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asked",
                        to="network.service",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["service", "-at"], name="asked_newest")],
            },
        ),
    ]
