"""Without the index that begins with a person and stands beside a constraint that does."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Findings; one a person and program, found by that."""

    dependencies = (("finding", "0004_work_wall"), ("people", "0011_fewer_indexes"))
    operations = (
        migrations.AlterField(
            model_name="finding",
            name="person",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE,
                related_name="findings", to="people.person",
            ),
        ),
    )  # fmt: skip
