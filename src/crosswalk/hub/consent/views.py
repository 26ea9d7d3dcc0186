"""What a person signed, what may be shown because of it, and recording or revoking it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.consent import actions, queries
from crosswalk.hub.consent.forms import RecordConsent, Revoke
from crosswalk.hub.consent.sharing import Sharing, purpose_of
from crosswalk.hub.coverage.models import Span
from crosswalk.hub.coverage.queries import covered, spans
from crosswalk.hub.journal.actions import read
from crosswalk.hub.people import queries as people

#: What a renewal takes over from the form before it.
_KEPT = (
    "answer", "form", "version", "language", "categories", "holders", "recipients", "intermediary", "purposes",
    "limits", "signer", "authority", "method",
)  # fmt: skip


def sharing_of(
    viewer: Viewer, person: Any, *, purpose: str = "", held: Sequence[Span] | None = None
) -> Sharing:
    """What of a person may be shown to a viewer now; `held`: the person's spans, where they were read already."""
    cover = covered(spans(viewer=viewer, person_id=person.pk) if held is None else held, viewer.on)
    return Sharing(viewer, person, purpose=purpose, medi_cal=cover.state == "active")


@door(acts.see_consents)
def consents(request: HttpRequest, viewer: Viewer, *, may: May, person_id: str) -> Page:
    """Everything a person signed, and what may be shown to the viewer because of it."""
    form = RecordConsent(
        initial={"signed_on": viewer.on.isoformat(), "answer": request.GET.get("answer", "given")}
    )
    renews = request.GET.get("renews", "")
    before = (
        queries.consent(viewer=viewer, person_id=person_id, consent_id=int(renews))
        if renews.isdigit()
        else None
    )
    if before is not None:
        form = RecordConsent(
            initial={name: getattr(before, name) for name in _KEPT} | {"signed_on": viewer.on.isoformat()}
        )
    return _page(viewer, may, person_id, form, before)


def _page(
    viewer: Viewer, may: May, person_id: str, form: RecordConsent, before: Any = None, status: int = 200
) -> Page:
    person = people.person(viewer=viewer, person_id=person_id)
    if person is None:
        raise Http404
    sharing = sharing_of(viewer, person)
    sources = {one.source for one in people.records(viewer=viewer, person_id=person_id)}
    found = (sharing.holder(source) for source in sorted(sources))
    holders = [one for one in found if one and one.pk != viewer.organization_id]
    decided = [
        (category, holder, sharing.may(category, holder))
        for holder in holders
        for category in sharing.table.titles
    ]
    read(viewer, "open consents", persons=[person_id], fields=["name", "consents"], basis=may.basis)
    shown = {
        "person": person,
        "consents": sharing.consents,
        "decided": decided,
        "purpose": purpose_of(viewer),
        "form": form,
        "before": before,
        "may_record": bool(acts.record_consent(viewer)),
    }
    return Page("consent/consents.html", shown, status=status)


@door(acts.record_consent, methods=("POST",))
def record(request: HttpRequest, viewer: Viewer, *, may: May, person_id: str) -> Page | HttpResponse:
    """Keep what a person signed."""
    form = RecordConsent(request.POST, request.FILES)
    renews = request.POST.get("renews", "")
    if people.person(viewer=viewer, person_id=person_id) is None:
        raise Http404
    if not form.is_valid():
        return _page(viewer, may, person_id, form, status=422)
    said = dict(form.cleaned_data)
    paper = said.pop("paper")
    print_of = hashlib.sha256(paper.read()).hexdigest() if paper else ""
    try:
        actions.record(
            by=viewer, at=timezone.now(), person_id=person_id, said=said, fingerprint=print_of,
            renews=int(renews) if renews.isdigit() else None,
        )  # fmt: skip
    except LookupError:
        raise Http404 from None
    except Refused as refused:
        form.add_error(refused.place or None, str(refused))
        return _page(viewer, may, person_id, form, status=422)
    messages.success(request, _("It is kept, and counts from now on."))
    return redirect("consents", person_id)


@door(acts.record_consent, methods=("GET", "HEAD", "POST"))
def revoke(
    request: HttpRequest, viewer: Viewer, *, may: May, person_id: str, consent_id: int
) -> Page | HttpResponse:
    """End a consent: what it will mean, how the person said so, and then it has ended."""
    person = people.person(viewer=viewer, person_id=person_id)
    one = queries.consent(viewer=viewer, person_id=person_id, consent_id=consent_id)
    if person is None or one is None or one.revoked_at is not None:
        raise Http404
    form = Revoke(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        read(viewer, "open consents", persons=[person_id], fields=["name", "consents"], basis=may.basis)
        status = 422 if request.method == "POST" else 200
        return Page("consent/revoke.html", {"person": person, "one": one, "form": form}, status=status)
    actions.revoke(
        by=viewer, at=timezone.now(), person_id=person_id, consent_id=consent_id, how=form.cleaned_data["how"]
    )
    messages.success(request, _("It has ended. From the next page on, nothing is shown because of it."))
    return redirect("consents", person_id)
