"""Whom a wish not to be named keeps from an organization, for counts that a run makes for everybody at once.

The wall (migration 0002) says the same of the one organization that looks.
"""

from __future__ import annotations

from crosswalk.core.consent.decide import CARE_PARTNERS, CLASSES
from crosswalk.core.policy.disclosure import ANY

_KINDS = ", ".join(f"'{kind}'" for kind in sorted(CLASSES[CARE_PARTNERS]))

#: SQL that is true where nothing keeps a person from an organization; fill in `person` and `organization`, columns of
#: the query around it. It takes the day three times. Where the organization keeps a record of its own, nothing does.
NOT_KEPT = f"""NOT EXISTS (
    SELECT FROM consent_consent AS wish JOIN people_person AS who ON who.id = wish.person_id
    JOIN access_organization AS looks ON looks.id = {{organization}}
    WHERE wish.person_id = {{person}} AND wish.answer = 'restricted' AND 'identity' = ANY (wish.categories)
      AND wish.signed_on <= %s AND (wish.revoked_on IS NULL OR wish.revoked_on > %s)
      AND (wish.expires_on IS NULL OR wish.expires_on > %s)
      AND wish.holders && ARRAY['{ANY}', '{CARE_PARTNERS}']
      AND wish.purposes && ARRAY['{ANY}', 'care_coordination', 'finding']
      AND wish.organization_id <> looks.id AND NOT looks.id = ANY (who.known_to)
      AND wish.recipients && (ARRAY['{ANY}', looks.id::text] || CASE
            WHEN looks.kind IN ({_KINDS}) THEN ARRAY['{CARE_PARTNERS}'] ELSE ARRAY[]::text[] END))"""
