"""Whose people restricted a person: now that workers elsewhere can be named too, those alone may change and lift it."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns that are empty for restrictions of before."""

    dependencies = (("people", "0008_seen_source"),)
    operations = tuple(
        migrations.AddField(
            model_name="restriction",
            name=name,
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(), db_default=[], default=list, size=None
            ),
        )
        for name in ("organizations", "keepers")
    )
