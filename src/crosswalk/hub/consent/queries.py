"""Reading what persons signed; row-level security shows it to whoever may see the person."""

from __future__ import annotations

from crosswalk.core.consent import Signed
from crosswalk.core.policy.disclosure import Disclosure
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent.models import Answer, Consent


def consents(*, viewer: Viewer, person_id: str) -> list[Consent]:
    """Everything a person signed, refused or asked, newest first, revoked ones too."""
    assert viewer.sees
    found = Consent.objects.filter(person_id=person_id).order_by("-id")
    return list(found.select_related("worker", "organization"))


def consent(*, viewer: Viewer, person_id: str, consent_id: int) -> Consent | None:
    """One of them, or None."""
    return next((one for one in consents(viewer=viewer, person_id=person_id) if one.pk == consent_id), None)


def as_signed(one: Consent, table: Disclosure) -> Signed | None:
    """A consent as the decision reads it; a refusal opens and closes nothing, so it is none."""
    if one.answer == Answer.REFUSED:
        return None
    ends = [day for day in (one.expires_on, one.revoked_on) if day]
    return Signed(
        id=str(one.pk),
        given=one.answer == Answer.GIVEN,
        serves=table.forms[one.form][1] if one.form in table.forms else frozenset(),
        holders=frozenset(one.holders),
        recipients=frozenset(one.recipients),
        categories=frozenset(one.categories),
        purposes=frozenset(one.purposes),
        starts=one.signed_on,
        ends=min(ends) if ends else None,
    )
