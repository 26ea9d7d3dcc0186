"""Who asked that it is not shared who they are, is not there for those it is not to be shared with.

The wish itself stands in the disclosure table (rule 18) and is decided field by field on the page about a person. Lists
and search show many persons at once; there the wall decides, so that no list can forget to ask. An organization that
keeps a record of the person, or that wrote the wish down, still sees its own.
"""

from django.db import migrations

from crosswalk.core.consent.decide import CARE_PARTNERS, CLASSES
from crosswalk.core.policy.disclosure import ANY
from crosswalk.hub.access.rows import scope

_OWN = "nullif(current_setting('app.organization', true), '')"
_KINDS = ", ".join(f"'{kind}'" for kind in CLASSES[CARE_PARTNERS])
#: The classes that the viewer's organization is in, and its own id: what a wish may name it by.
_NAMES = f"""ARRAY['{ANY}', {_OWN}] || CASE
    WHEN (SELECT kind FROM access_organization WHERE id = {_OWN}::int) IN ({_KINDS}) THEN ARRAY['{CARE_PARTNERS}']
    ELSE ARRAY[]::text[] END"""


def _no_wish(person: str, keeps: str) -> str:
    """That no wish in force keeps this person from the viewer's organization; `keeps`: whether it has its own record."""
    return f"""current_setting('app.role', true) = 'run' OR coalesce({keeps}, false) OR NOT EXISTS (
        SELECT FROM consent_consent AS wish
        WHERE wish.person_id = {person} AND wish.answer = 'restricted' AND 'identity' = ANY (wish.categories)
          AND wish.signed_on <= current_date
          AND (wish.revoked_on IS NULL OR wish.revoked_on > current_date)
          AND (wish.expires_on IS NULL OR wish.expires_on > current_date)
          AND wish.holders && ARRAY['{ANY}', '{CARE_PARTNERS}']
          AND wish.purposes && ARRAY['{ANY}', 'care_coordination', 'finding']
          AND wish.organization_id <> coalesce({_OWN}::int, 0)
          AND wish.recipients && ({_NAMES}))"""


class Migration(migrations.Migration):
    """After the tables of persons, and of what they signed."""

    dependencies = (("consent", "0001_initial"), ("people", "0005_index_of_keys"))
    operations = (
        migrations.RunSQL(
            *scope(
                "people_person", _no_wish("people_person.id", f"{_OWN}::int = ANY (known_to)"), name="wish"
            )
        ),
        migrations.RunSQL(
            *scope(
                "people_record",
                _no_wish("people_record.person_id", f"{_OWN}::int = ANY (holders)"),
                name="wish",
            )
        ),
    )
