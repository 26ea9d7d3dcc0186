"""The table of `jobs` as it began."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """All of them at once."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Failure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("job_id", models.BigIntegerField(db_index=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("says", models.TextField()),
            ],
        ),
    ]
