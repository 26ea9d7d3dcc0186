"""The tables of `referrals` with their walls."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from crosswalk.hub.access.rows import BETWEEN, HOLDER, wall


class Migration(migrations.Migration):
    """All of them at once."""

    initial = True

    dependencies = [
        ("access", "0002_community"),
        ("network", "0001_initial"),
        ("people", "0005_index_of_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Referral",
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
                (
                    "parties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("service", models.TextField()),
                ("population", models.TextField(blank=True, default="")),
                ("plan", models.TextField(blank=True, default="")),
                ("expedited", models.BooleanField(default=False)),
                (
                    "channel",
                    models.TextField(
                        choices=[
                            ("desk", "Found on a list or by a worker"),
                            ("phone", "By telephone"),
                            ("family", "The person, family or a friend"),
                            ("hospital", "A hospital or clinic"),
                            ("street", "A street team"),
                            ("conference", "A case conference"),
                            ("plan", "The plan"),
                        ],
                        default="desk",
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("elsewhere", models.TextField(blank=True, default="")),
                ("state", models.TextField()),
                ("authorization", models.TextField()),
                ("outcome", models.TextField(blank=True, default="")),
                ("since", models.DateTimeField()),
                ("mark", models.IntegerField()),
                ("turn", models.TextField()),
                ("due", models.DateTimeField(null=True)),
                ("clock", models.TextField(blank=True, default="")),
                ("chased", models.SmallIntegerField(default=0)),
                ("chase_at", models.DateTimeField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "at_service",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="network.service",
                    ),
                ),
                (
                    "companion",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="companions",
                        to="referrals.referral",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="referrals",
                        to="people.person",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_referrals",
                        to="access.organization",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_referrals",
                        to="access.organization",
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
            name="Offer",
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
                (
                    "parties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("sent", models.JSONField(default=dict)),
                ("basis", models.TextField()),
                ("at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, default="")),
                ("reason", models.TextField(blank=True, default="")),
                ("mark", models.IntegerField()),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="access.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="network.service",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="referrals.referral",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
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
                (
                    "parties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("to", models.TextField()),
                ("about", models.TextField()),
                ("way", models.TextField(default="electronic")),
                ("owed_at", models.DateTimeField()),
                ("given_at", models.DateTimeField(null=True)),
                ("given_by", models.TextField(blank=True, default="")),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="referrals.referral",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Edge",
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
                (
                    "parties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("verb", models.TextField()),
                ("before", models.TextField()),
                ("after", models.TextField()),
                ("authorization", models.TextField()),
                ("party", models.TextField()),
                ("source", models.TextField()),
                ("reason", models.TextField(blank=True, default="")),
                ("words", models.TextField(blank=True, default="")),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.organization",
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
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edges",
                        to="referrals.referral",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.TextField(choices=[("public", "public"), ("short", "short")])),
                ("language", models.TextField(default="en")),
                ("who", models.TextField()),
                ("name", models.TextField()),
                ("born", models.TextField(blank=True, default="")),
                ("reach", models.TextField(blank=True, default="")),
                ("place", models.TextField(blank=True, default="")),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("words", models.TextField(blank=True, default="")),
                ("asker", models.TextField(blank=True, default="")),
                ("asker_reach", models.TextField(blank=True, default="")),
                ("agreed", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.TextField(
                        choices=[("open", "open"), ("taken", "taken"), ("closed", "closed")], default="open"
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                ("why", models.TextField(blank=True, default="")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="access.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="people.person",
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
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["person", "-at"], name="referrals_of_person"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["turn", "due", "id"], name="referrals_by_turn"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(
                condition=models.Q(("chase_at__isnull", False)),
                fields=["chase_at"],
                name="referrals_to_chase",
            ),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["receiver", "state", "due"], name="referrals_of_receiver"),
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), models.Q(("outcome", ""), _negated=True)),
                    models.Q(models.Q(("state", "closed"), _negated=True), ("outcome", "")),
                    _connector="OR",
                ),
                name="one_outcome_when_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["organization", "-at"], name="offers_of_organization"),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(fields=["referral", "-id"], name="offers_of_referral"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["referral", "id"], name="notices_of_referral"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("given_at", None)), fields=["to", "owed_at"], name="notices_owed"
            ),
        ),
        migrations.AddIndex(
            model_name="edge",
            index=models.Index(fields=["referral", "id"], name="edges_of_referral"),
        ),
        migrations.AddIndex(
            model_name="edge",
            index=models.Index(fields=["verb", "at"], name="edges_by_verb"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="edge",
            trigger=pgtrigger.compiler.Trigger(
                name="edge_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='RAISE EXCEPTION \'pgtrigger: Cannot delete or update of "verb", "before", "after", "authorization", "party", "source", "reason", "words", "by", "at" rows from % table\', TG_TABLE_NAME;',
                    hash="d45794e45967bc59507fccd4bd210f914ebcecd4",
                    operation='DELETE OR UPDATE OF "verb", "before", "after", "authorization", "party", "source", "reason", "words", "by", "at"',
                    pgid="pgtrigger_edge_stays_b294f",
                    table="referrals_edge",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="request",
            index=models.Index(fields=["organization", "state", "at"], name="requests_waiting"),
        ),
        *(
            migrations.RunSQL(*wall(f"referrals_{table}", BETWEEN))
            for table in ("referral", "edge", "offer", "notice")
        ),
        migrations.RunSQL(*wall("referrals_request", HOLDER)),
    ]
