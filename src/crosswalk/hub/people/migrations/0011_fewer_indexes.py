"""Without the indexes that begin with a person and stand beside one that does: each row of a load paid for them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Time lines and links; the named indexes of both stay."""

    dependencies = (("people", "0010_nearest"),)
    operations = tuple(
        migrations.AlterField(
            model_name=model,
            name=name,
            field=models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name=related,
                to="people.person",
            ),
        )
        for model, name, related in (
            ("link", "left_person", "+"),
            ("link", "right_person", "+"),
            ("moment", "person", "moments"),
        )
    )  # fmt: skip
