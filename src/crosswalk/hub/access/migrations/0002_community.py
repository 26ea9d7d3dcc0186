"""A kind of organization for those outside Medi-Cal: pantries, legal aid, shelters."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more word in a list."""

    dependencies = [
        ("access", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="organization",
            name="kind",
            field=models.TextField(
                choices=[
                    ("coc", "Continuum of Care"),
                    ("plan", "Medi-Cal managed care plan"),
                    ("ecm_provider", "ECM provider"),
                    ("cs_provider", "Community Supports provider"),
                    ("county", "County"),
                    ("hub", "Hub"),
                    ("clinic", "Clinic"),
                    ("hospital", "Hospital"),
                    ("community", "Community organization"),
                ]
            ),
        ),
        migrations.AlterField(
            model_name="organizationevent",
            name="kind",
            field=models.TextField(
                choices=[
                    ("coc", "Continuum of Care"),
                    ("plan", "Medi-Cal managed care plan"),
                    ("ecm_provider", "ECM provider"),
                    ("cs_provider", "Community Supports provider"),
                    ("county", "County"),
                    ("hub", "Hub"),
                    ("clinic", "Clinic"),
                    ("hospital", "Hospital"),
                    ("community", "Community organization"),
                ]
            ),
        ),
    ]
