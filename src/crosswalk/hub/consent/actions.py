"""Recording, renewing and revoking a consent; refusals and wishes not to share too. All of it is in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent.models import Answer, Consent, Method, Signer
from crosswalk.hub.consent.queries import consent
from crosswalk.hub.consent.words import table
from crosswalk.hub.journal.actions import act
from crosswalk.hub.people import queries as people


def record(
    *,
    by: Viewer,
    at: datetime,
    person_id: str,
    said: Mapping[str, Any],
    fingerprint: str = "",
    renews: int | None = None,
) -> Consent:
    """Keep what a person signed, refused or asked. Raises Refused where a required element is missing."""
    may, person = acts.record_consent(by), people.person(viewer=by, person_id=person_id)
    records = people.records(viewer=by, person_id=person_id)
    if not may or person is None or not records:
        raise LookupError
    before = consent(viewer=by, person_id=person_id, consent_id=renews) if renews else None
    if renews and before is None:
        raise LookupError
    _check(said, by.on, fingerprint)
    made = Consent.objects.create(
        person=person,
        source=records[0].source,
        source_id=records[0].source_id,
        worker_id=by.worker_id,
        organization_id=by.organization_id,
        at=at,
        fingerprint=fingerprint,
        renews=before,
        known_to=person.known_to,
        named=person.named,
        **said,
    )
    act(
        by,
        {"given": "record consent", "refused": "record refusal", "restricted": "record restriction"}[
            made.answer
        ],
        subject=f"consent:{made.pk}",
        basis=may.basis,
        persons=[person_id],
        after={
            **{
                name: said[name]
                for name in ("answer", "form", "categories", "holders", "recipients", "purposes")
            },
            **{name: said[name] for name in ("signed_on", "expires_on", "signer", "method")},
            "renews": renews,
        },
    )
    return made


def revoke(*, by: Viewer, at: datetime, person_id: str, consent_id: int, how: str) -> Consent:
    """End a consent, or a wish not to share, from this moment on; what was shared before was allowed."""
    may = acts.record_consent(by)
    one = consent(viewer=by, person_id=person_id, consent_id=consent_id)
    if not may or one is None or one.revoked_at is not None:
        raise LookupError
    one.revoked_at, one.revoked_on, one.revoked_how = at, by.on, how
    one.save(update_fields=["revoked_at", "revoked_on", "revoked_how"])
    act(
        by,
        "revoke consent",
        subject=f"consent:{one.pk}",
        why=how,
        basis=may.basis,
        persons=[person_id],
        before={"answer": one.answer, "revoked": False},
        after={"revoked": True},
    )
    return one


def _check(said: Mapping[str, Any], on: date, fingerprint: str) -> None:
    """The elements that make a form valid: 45 CFR 164.508(c), Civil Code 56.11, 42 CFR 2.31."""
    serves = table().forms[said["form"]][1]
    if said["signed_on"] > on:
        raise Refused(
            _("The day of signing lies ahead."), fix=_("Give the day on the form."), place="signed_on"
        )
    if said["answer"] != Answer.GIVEN:
        return
    if not said["expires_on"] and not said["expires_when"]:
        raise Refused(
            _("The form does not say when it ends."),
            fix=_("Give the day or the event on it."),
            place="expires_on",
        )
    if said["expires_on"] and said["expires_on"] <= said["signed_on"]:
        raise Refused(_("It ends before it was signed."), fix=_("Give a later day."), place="expires_on")
    if said["signer"] != Signer.SELF and not said["authority"]:
        raise Refused(
            _("It is not said why this signer may sign."),
            fix=_("Name the authority, or the care that a minor may consent to."),
            place="authority",
        )
    if said["method"] == Method.SPOKEN and serves & {"part2", "authorization"}:
        raise Refused(_("This form is valid only in writing."), fix=_("Have it signed."), place="method")
    needed = {"revocation", "no_conditioning", "redisclosure"}
    if "part2" in said["categories"]:
        needed.add("part2")
    if needed - set(said["statements"]):
        raise Refused(
            _("A statement is missing that the form must make."),
            fix=_("Tick it if the form makes it; else have the person sign a form that does."),
            place="statements",
        )
    if not said["document"] and not fingerprint:
        raise Refused(
            _("It is not said where the signed form is."),
            fix=_("Name the place, or give the file."),
            place="document",
        )
    if "part2" in said["categories"] and "part2" not in serves:
        raise Refused(
            _("This form does not release Part 2 records."),
            fix=_("Use a Part 2 consent or ASCMI."),
            place="form",
        )
