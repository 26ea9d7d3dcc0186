"""Which source told where somebody was seen last, so that its holder decides who may read it; the next run fills it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = (("people", "0007_counted_anew"),)
    operations = (
        migrations.AddField(
            model_name="person", name="seen_source", field=models.TextField(db_default="", default="")
        ),
    )
