"""Sending a file, accepting and rejecting what was read of it, trying again. Each is in the journal."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from procrastinate.exceptions import AlreadyEnqueued

from crosswalk.cli.store import Store
from crosswalk.core.basics import Refused
from crosswalk.core.formats.hmis.archive import opened
from crosswalk.core.formats.hmis.owners import ORDER
from crosswalk.core.formats.recognition import recognise
from crosswalk.core.policy import shipped_folder
from crosswalk.hub.access import acts
from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.intake import jobs
from crosswalk.hub.intake.arriving import Arrived
from crosswalk.hub.intake.models import Delivery, State
from crosswalk.hub.intake.queries import delivery
from crosswalk.hub.journal.actions import By, act


def look_at_once(path: Path, name: str, asked: str) -> None:
    """Refuse at once what needs no reading: no file of any layout, a picture, a damaged archive, missing columns."""
    kind, _colon, layout = asked.partition(":")
    if recognise(path, name, [shipped_folder()], kind, layout).kind == "hmis":
        with opened(path, frozenset(f"{one.lower()}.csv" for one in ORDER), path.parent):
            pass  # opening it is the look


def receive(
    *, by: Viewer, at: datetime, file: Arrived, asked: str = "", as_of: date | None = None
) -> tuple[Delivery, bool]:
    """Take a file that somebody sent on the page; the delivery, and whether it is new. Raises Refused."""
    may = acts.send_files(by)
    if not may:
        raise LookupError
    typed = {"asked": asked, "as_of": as_of, "arrived_by_id": by.worker_id}
    return take(by=by, at=at, organization_id=by.organization_id, file=file, basis=may.basis, **typed)


def take(
    *, by: By, at: datetime, organization_id: int, file: Arrived, basis: str = "drop folder", **typed: Any
) -> tuple[Delivery, bool]:
    """Take a file of an organization; the delivery, and whether it is new. The same file again is the one there is.

    Raises Refused for what needs no reading to be refused.
    """
    look_at_once(file.path, file.path.name, typed.get("asked", ""))
    values = {
        "name": file.path.name,
        "size": file.size,
        "arrived_at": at,
        "kept": file.path.parent.name,
        **typed,
    }
    made, is_new = _once(organization_id, file.sha256, values)
    if is_new:
        file.keep()
        _in_line(jobs.read_delivery, made)
    act(
        by,
        "send file" if is_new else "send file again",
        subject=f"delivery:{made.pk}",
        basis=basis,
        after={"sha256": file.sha256, "bytes": file.size},
    )
    return made, is_new


def _once(organization_id: int, sha256: str, values: dict[str, object]) -> tuple[Delivery, bool]:
    """The delivery of this file: the one there is, else a new one; also when two people send it at once."""
    there = Delivery.objects.filter(organization_id=organization_id, sha256=sha256).exclude(
        state__in=[State.REFUSED, State.REJECTED]
    )
    if (found := there.first()) is not None:
        return found, False
    try:
        with transaction.atomic():
            return Delivery.objects.create(organization_id=organization_id, sha256=sha256, **values), True
    except IntegrityError:
        return there.get(), False


def _in_line(job: object, one: Delivery) -> None:
    """Put a delivery's job in line, once."""
    try:
        with transaction.atomic():
            job.configure(queueing_lock=f"{job.name} {one.pk}").defer(delivery_id=one.pk)  # type: ignore[attr-defined]
    except AlreadyEnqueued:
        pass


def accept(*, by: Viewer, at: datetime, delivery_id: int) -> Delivery:
    """Let a delivery in: from now on it counts, and the lists are made anew. What was rejected before is forgotten."""
    one, may = _waiting(by, delivery_id)
    _claim(by, one)
    one.state, one.decided_at, one.decided_by_id = State.ACCEPTED, at, by.worker_id
    one.save(update_fields=["state", "decided_at", "decided_by"])
    _in_line(jobs.lay_over, one)
    summary = {"staged": one.staged, "order": one.order}
    act(by, "accept delivery", subject=f"delivery:{one.pk}", basis=may.basis, after=summary)
    return one


def reject(*, by: Viewer, at: datetime, delivery_id: int, why: str) -> Delivery:
    """Turn a delivery down; nothing that holds changes. Its problems stay to be read and sent back."""
    one, may = _waiting(by, delivery_id)
    one.state, one.decided_at, one.decided_by_id, one.why = State.REJECTED, at, by.worker_id, why
    one.save(update_fields=["state", "decided_at", "decided_by", "why"])
    act(by, "reject delivery", subject=f"delivery:{one.pk}", why=why, basis=may.basis)
    return one


def try_again(*, by: Viewer, at: datetime, delivery_id: int) -> Delivery:
    """Read a delivery again after a fault of ours."""
    may = acts.send_files(by)
    one = delivery(viewer=by, delivery_id=delivery_id)
    if one is None or not may or one.state != State.FAILED:
        raise LookupError
    one.state, one.says, one.fix = State.ACCEPTED if one.decided_at else State.READING, "", ""
    one.save(update_fields=["state", "says", "fix"])
    _in_line(jobs.lay_over if one.decided_at else jobs.read_delivery, one)
    act(by, "read delivery again", subject=f"delivery:{one.pk}", basis=may.basis, after={"at": at})
    return one


def _waiting(by: Viewer, delivery_id: int) -> tuple[Delivery, acts.May]:
    """A delivery that waits for an answer, locked until this one is given; of two people the second is told so."""
    may = acts.send_files(by)
    found = Delivery.objects.select_for_update().filter(pk=delivery_id, organization_id=by.organization_id)
    one = found.first()
    if one is None or not may:
        raise LookupError
    if one.state != State.WAITING:
        raise Refused(_("This delivery was decided about already."), fix=_("Nothing was changed."))
    return one, may


def _claim(by: Viewer, one: Delivery) -> None:
    """The first delivery of an organization says which source is its own."""
    own = Organization.objects.get(pk=by.organization_id)
    if not own.source and len(one.sources) == 1:
        own.source = one.sources[0]
        own.save(update_fields=["source"])
        act(by, "claim source", subject=f"organization:{own.pk}", after={"source": own.source})


def forget_rejected(organization_id: int, kind: str) -> None:
    """What an organization rejected is forgotten when its next delivery of that kind is in: rows, file and examples."""
    store = Store(settings.SITE.data)
    rejected = Delivery.objects.filter(organization_id=organization_id, kind=kind, state=State.REJECTED)
    for one in rejected.exclude(staged=""):
        if not Delivery.objects.filter(staged=one.staged).exclude(state=State.REJECTED).exists():
            with store.locked():
                store.discard(one.staged)
        one.causes.update(examples=[])
        one.staged = ""
        one.save(update_fields=["staged"])
