"""The tables of `network` as they began."""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """All of them at once."""

    initial = True

    dependencies = [
        ("access", "0002_community"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "organization",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="listing",
                        serialize=False,
                        to="access.organization",
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("description", models.TextField(blank=True, default="")),
                ("email", models.TextField(blank=True, default="")),
                ("referral_email", models.TextField(blank=True, default="")),
                ("website", models.TextField(blank=True, default="")),
                ("npi", models.TextField(blank=True, default="")),
                (
                    "provider_types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "privacy",
                    models.TextField(
                        choices=[
                            ("unknown", "Not told"),
                            ("covered", "HIPAA covered entity"),
                            ("associate", "Business associate under HIPAA"),
                            ("outside", "Outside HIPAA"),
                        ],
                        default="unknown",
                    ),
                ),
                (
                    "hmis_use",
                    models.TextField(
                        choices=[
                            ("unknown", "Not told"),
                            ("none", "Does not use HMIS"),
                            ("reads", "Reads HMIS"),
                            ("writes", "Enters into HMIS"),
                        ],
                        default="unknown",
                    ),
                ),
                ("listed", models.DateField()),
                ("left", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("left", None), ("left__gt", models.F("listed")), _connector="OR"),
                        name="listing_left_after",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("program", models.TextField()),
                ("name", models.TextField()),
                ("description", models.TextField(blank=True, default="")),
                (
                    "modes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(
                            choices=[
                                ("street", "On the street"),
                                ("site", "At a site"),
                                ("remote", "By phone or video"),
                            ]
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "populations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "expertise",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("minimum_age", models.IntegerField(blank=True, null=True)),
                ("maximum_age", models.IntegerField(blank=True, null=True)),
                ("hours", models.JSONField(blank=True, default=list)),
                ("hours_note", models.TextField(blank=True, default="")),
                ("how_to_apply", models.TextField(blank=True, default="")),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="access.organization",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                (
                    "purpose",
                    models.TextField(
                        choices=[("referrals", "Referrals"), ("general", "General"), ("liaison", "Liaison")],
                        default="general",
                    ),
                ),
                ("name", models.TextField(blank=True, default="")),
                ("title", models.TextField(blank=True, default="")),
                ("phone", models.TextField(blank=True, default="")),
                ("extension", models.TextField(blank=True, default="")),
                ("tty", models.TextField(blank=True, default="")),
                ("email", models.TextField(blank=True, default="")),
                ("hours", models.TextField(blank=True, default="")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="access.organization",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="network.service",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("name", models.TextField()),
                ("address", models.TextField(blank=True, default="")),
                ("city", models.TextField(blank=True, default="")),
                ("state", models.TextField(blank=True, default="CA")),
                ("zip", models.TextField(blank=True, default="")),
                ("county", models.TextField(blank=True, default="")),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                ("is_public", models.BooleanField(default=True)),
                ("access", models.TextField(blank=True, default="")),
                ("opened", models.DateField()),
                ("closed", models.DateField(blank=True, null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sites",
                        to="access.organization",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="service",
            name="sites",
            field=models.ManyToManyField(blank=True, related_name="services", to="network.site"),
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("free", models.IntegerField()),
                ("places", models.IntegerField(blank=True, null=True)),
                ("waiting", models.IntegerField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                (
                    "way",
                    models.TextField(
                        choices=[
                            ("page", "said on the hub's page"),
                            ("phone", "heard by phone or visit"),
                            ("decline", "a referral was declined for lack of places"),
                            ("file", "from a directory file"),
                        ]
                    ),
                ),
                ("said_by", models.TextField()),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.organization",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="network.service",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Caseload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("program", models.TextField()),
                ("served", models.IntegerField()),
                ("on", models.DateField()),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="caseloads",
                        to="access.organization",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "program"), name="one_caseload_a_program")
                ],
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("plan", models.TextField()),
                ("program", models.TextField()),
                ("county", models.TextField()),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                (
                    "credential",
                    models.TextField(
                        choices=[
                            ("unknown", "Not told"),
                            ("in_progress", "In progress"),
                            ("credentialed", "Credentialed"),
                            ("expired", "Expired"),
                            ("not_needed", "Not needed"),
                        ],
                        default="unknown",
                    ),
                ),
                ("credential_until", models.DateField(blank=True, null=True)),
                ("source", models.TextField(blank=True, default="")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="access.organization",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["plan", "program", "county"], name="contracts_of_plan")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends", None), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="contract_ends_after",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Licence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("holder", models.TextField()),
                ("payer", models.TextField(blank=True, default="")),
                ("trained", models.DateField(blank=True, null=True)),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="licences",
                        to="access.organization",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends", None), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="licence_ends_after",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("county", models.TextField()),
                (
                    "zips",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("starts", models.DateField()),
                ("ends", models.DateField(blank=True, null=True)),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reaches",
                        to="network.service",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["county"], name="reaches_of_county"),
                    django.contrib.postgres.indexes.GinIndex(fields=["zips"], name="reaches_of_zip"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends", None), ("ends__gt", models.F("starts")), _connector="OR"),
                        name="reach_ends_after",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed", None), ("closed__gt", models.F("opened")), _connector="OR"),
                name="site_closed_after",
            ),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude", None), ("longitude", None)),
                    models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                    _connector="OR",
                ),
                name="site_both_coordinates",
            ),
        ),
        migrations.AddIndex(
            model_name="service",
            index=models.Index(fields=["program", "starts"], name="services_of_program"),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends", None), ("ends__gt", models.F("starts")), _connector="OR"),
                name="service_ends_after",
            ),
        ),
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["service", "-at", "-id"], name="statements_newest"),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("free__gte", 0),
                    models.Q(("places", None), ("places__gte", 0), _connector="OR"),
                    models.Q(("waiting", None), ("waiting__gte", 0), _connector="OR"),
                ),
                name="statement_counts",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="statement",
            trigger=pgtrigger.compiler.Trigger(
                name="statement_stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="211a02e493e77d5df14f6e2345f6d49d2bf0bc46",
                    operation="UPDATE",
                    pgid="pgtrigger_statement_stands_96a9f",
                    table="network_statement",
                    when="BEFORE",
                ),
            ),
        ),
    ]
