"""The tables of `consent` with their walls."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
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
            name="Consent",
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
                (
                    "answer",
                    models.TextField(
                        choices=[
                            ("given", "May be shared"),
                            ("refused", "Refused to sign"),
                            ("restricted", "Asks that it is not shared"),
                        ]
                    ),
                ),
                ("form", models.TextField()),
                ("version", models.TextField(blank=True, default="")),
                ("language", models.TextField(blank=True, default="")),
                (
                    "holders",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                (
                    "recipients",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("intermediary", models.TextField(blank=True, default="")),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                (
                    "purposes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None),
                ),
                ("limits", models.TextField(blank=True, default="")),
                ("signed_on", models.DateField()),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("expires_when", models.TextField(blank=True, default="")),
                (
                    "signer",
                    models.TextField(
                        choices=[
                            ("self", "The person"),
                            ("minor", "A minor who may consent to this care alone"),
                            ("representative", "A representative"),
                        ],
                        default="self",
                    ),
                ),
                ("authority", models.TextField(blank=True, default="")),
                (
                    "method",
                    models.TextField(
                        choices=[
                            ("paper", "On paper"),
                            ("electronic", "Electronically"),
                            ("spoken", "Spoken, with a witness"),
                        ],
                        default="paper",
                    ),
                ),
                (
                    "statements",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("copy_given", models.BooleanField(default=False)),
                ("document", models.TextField(blank=True, default="")),
                ("fingerprint", models.TextField(blank=True, default="")),
                ("origin", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_on", models.DateField(null=True)),
                ("revoked_how", models.TextField(blank=True, default="")),
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
                        related_name="consents",
                        to="people.person",
                    ),
                ),
                (
                    "renews",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewed_by",
                        to="consent.consent",
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
                "indexes": [models.Index(fields=["person", "-id"], name="consents_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on", None), ("expires_on__gt", models.F("signed_on")), _connector="OR"
                        ),
                        name="consent_ends_after",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Emergency",
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
                (
                    "reason",
                    models.TextField(
                        choices=[
                            ("life", "Danger to life or health of the person"),
                            ("others", "Danger to somebody else"),
                            ("missing", "The person is missing and at risk"),
                            ("disaster", "Disaster or evacuation"),
                        ]
                    ),
                ),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                ("closes_at", models.DateTimeField()),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("right", models.BooleanField(null=True)),
                ("verdict", models.TextField(blank=True, default="")),
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
                        related_name="emergencies",
                        to="people.person",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "indexes": [
                    models.Index(fields=["person", "worker", "-closes_at"], name="emergencies_open"),
                    models.Index(fields=["reviewed_at", "id"], name="emergencies_waiting"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "closes_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("at"), "+", models.Value(datetime.timedelta(seconds=3600))
                                ),
                            )
                        ),
                        name="emergency_closes",
                    )
                ],
            },
        ),
        migrations.RunSQL(*wall("consent_consent", KNOWN)),
        migrations.RunSQL(*wall("consent_emergency", KNOWN)),
    ]
