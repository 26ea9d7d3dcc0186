"""Cards to find people by, links with their evidence, what people decided, and where old ids lead."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """New tables, and what records and moments say about their source."""

    dependencies = [
        ("people", "0002_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="Deck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("policy", models.TextField()),
                ("members", models.IntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="person",
            name="regrouped_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="moment",
            name="source_id",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="record",
            name="holders",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(), default=list, size=None
            ),
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old", models.TextField()),
                ("new", models.TextField()),
                ("reason", models.TextField()),
                ("run", models.TextField(default="")),
                ("until", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["new"], name="aliases_of_person")],
                "constraints": [models.UniqueConstraint(fields=("old", "new"), name="one_alias_a_pair")],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
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
                ("left_source", models.TextField()),
                ("left_id", models.TextField()),
                ("right_source", models.TextField()),
                ("right_id", models.TextField()),
                (
                    "answer",
                    models.TextField(
                        choices=[("same", "same"), ("different", "different"), ("undo", "undo")]
                    ),
                ),
                ("by", models.TextField()),
                ("worker_id", models.IntegerField(null=True)),
                ("organization_id", models.IntegerField(null=True)),
                ("because", models.TextField(default="")),
                ("at", models.DateTimeField()),
                ("act", models.UUIDField()),
                ("before", models.JSONField(default=dict)),
                ("stored", models.BooleanField(default=False)),
                (
                    "known_to_too",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["worker_id", "-at"], name="judgements_of_worker"),
                    models.Index(fields=["act"], name="judgements_of_act"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Restriction",
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
                ("by", models.TextField()),
                ("because", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Card",
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
                ("first", models.TextField(null=True)),
                ("first_c", models.TextField(null=True)),
                ("middle", models.TextField(null=True)),
                (
                    "given",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), null=True, size=None
                    ),
                ),
                ("last_c", models.TextField(null=True)),
                ("tok1", models.TextField(null=True)),
                ("tok2", models.TextField(null=True)),
                ("suffix", models.TextField(null=True)),
                ("two_surnames", models.BooleanField(default=False)),
                ("dob", models.DateField(null=True)),
                ("ssn", models.TextField(null=True)),
                ("ssn4", models.TextField(null=True)),
                ("sex", models.TextField(null=True)),
                ("phone", models.TextField(null=True)),
                ("zip", models.TextField(null=True)),
                ("cin", models.TextField(null=True)),
                ("share_first", models.FloatField(null=True)),
                ("share_last_c", models.FloatField(null=True)),
                ("share_zip", models.FloatField(null=True)),
                ("share_zip3", models.FloatField(null=True)),
                ("share_tok1", models.FloatField(null=True)),
                ("share_tok2", models.FloatField(null=True)),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cards",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["keys"], name="cards_by_key")],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "source_id"), name="one_card_a_record")
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
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
                ("left_source", models.TextField()),
                ("left_id", models.TextField()),
                ("right_source", models.TextField()),
                ("right_id", models.TextField()),
                ("probability", models.FloatField(null=True)),
                ("decision", models.TextField()),
                ("decided_by", models.TextField()),
                ("evidence", models.JSONField(default=list)),
                ("conflict", models.TextField(default="")),
                ("answered", models.TextField(db_default="", default="")),
                ("later", models.DateTimeField(null=True)),
                (
                    "known_to_too",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "left_person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "right_person",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered", ""), ("decision", "ask")),
                        fields=["later", "-probability", "id"],
                        name="links_to_answer",
                    ),
                    models.Index(
                        condition=models.Q(("conflict", ""), _negated=True),
                        fields=["conflict", "id"],
                        name="links_in_conflict",
                    ),
                    models.Index(fields=["left_person"], name="links_of_left"),
                    models.Index(fields=["right_person"], name="links_of_right"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("left_source", "left_id", "right_source", "right_id"), name="one_link_a_pair"
                    )
                ],
            },
        ),
    ]
