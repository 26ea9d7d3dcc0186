"""Without the indexes that begin with a person and stand beside one that does: each row of a load paid for them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Spans and what changed; the named indexes of both stay."""

    dependencies = (("coverage", "0004_wall_of_changes"), ("people", "0011_fewer_indexes"))
    operations = tuple(
        migrations.AlterField(
            model_name=model,
            name="person",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name=related,
                to="people.person",
            ),
        )
        for model, related in (("change", "coverage_changes"), ("span", "spans"))
    )  # fmt: skip
