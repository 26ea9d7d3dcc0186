"""What goes on by itself with a delivery: it is read, and when it was accepted, laid over what holds."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crosswalk.cli.store import Store
from crosswalk.core.basics import Refused
from crosswalk.hub.access.itself import as_the_hub
from crosswalk.hub.access.models import Organization
from crosswalk.hub.intake.arriving import incoming
from crosswalk.hub.intake.known import keep_causes, sweep
from crosswalk.hub.intake.models import Delivery, State
from crosswalk.hub.jobs.line import job

_PROCESS = (sys.executable, "-c", "from crosswalk.cli.deliveries.process import main; main()")
#: What later rooms do when a delivery is in (the lists are made anew).
AFTERWARDS: list[Callable[[], None]] = []


@job("read delivery", says=_("Read a delivery and say what is wrong with it"))
def read_delivery(delivery_id: int) -> None:
    """Read a file that arrived, in a process of its own; then it waits for somebody's answer, or is refused."""
    one, senders = _opened(delivery_id)
    if one is None or one.state not in (State.READING, State.FAILED):
        return
    place = incoming() / one.kept / one.name
    kind, _colon, layout = one.asked.partition(":")
    asked = {
        "task": "read", "data": str(settings.SITE.data.resolve()), "file": str(place), "kind": kind,
        "layout": layout, "as_of": one.as_of, "senders": senders,
    }  # fmt: skip
    try:
        read = _process(asked, one.pk)
        _check_sources(one, read)
        _keep(one.pk, read)
    except Refused as refused:
        _end(one.pk, State.REFUSED, refused.sentence, refused.fix)
    shutil.rmtree(place.parent, ignore_errors=True)


@job("lay over", says=_("Lay an accepted delivery over what holds"))
def lay_over(delivery_id: int) -> None:
    """Merge an accepted delivery; afterwards the lists are made anew."""
    from crosswalk.hub.intake.actions import forget_rejected

    one, _senders = _opened(delivery_id)
    if one is None or one.state not in (State.ACCEPTED, State.FAILED):
        return
    data = str(settings.SITE.data.resolve())
    _process({"task": "let_in", "data": data, "delivery": one.staged}, one.pk)
    with as_the_hub():
        Delivery.objects.filter(pk=one.pk).update(state=State.IN, in_at=timezone.now(), says="", fix="")
        forget_rejected(one.organization_id, one.kind)
        for work in AFTERWARDS:
            work()


def _opened(delivery_id: int) -> tuple[Delivery | None, list[str]]:
    with as_the_hub():
        one = Delivery.objects.select_related("organization").filter(pk=delivery_id).first()
        return one, [one.organization.source] if one and one.organization.source else []


def _process(asked: dict[str, Any], delivery_id: int) -> dict[str, Any]:
    """Ask the process, show how far it is, and give back its answer. Raises Refused, also for a fault of ours."""
    told = 0.0
    for line in _lines(asked):
        if "done" in line:
            return dict(line["done"])
        if "refused" in line:
            said = line["refused"]
            raise Refused(said["sentence"], fix=said["fix"], place=said["place"], code=said["code"])
        if "failed" in line:
            _fail(delivery_id, line["failed"])
        if time.monotonic() - told > 0.5:
            told = time.monotonic()
            with as_the_hub():
                Delivery.objects.filter(pk=delivery_id).update(
                    reading=line["reading"], rows_read=line["rows"]
                )
    return _fail(delivery_id, "the process ended in the middle")


def _fail(delivery_id: int, where: str) -> Any:
    """A fault of ours: said on the page and on the page of jobs, and tried again."""
    _end(delivery_id, State.FAILED, where, "")
    raise RuntimeError(where)


def _lines(asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    with subprocess.Popen(
        _PROCESS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        # One that dies before it reads the question ends without an answer, as one that dies later does.
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps(asked, default=str))
            process.stdin.flush()
        with suppress(BrokenPipeError):
            process.stdin.close()
        for line in process.stdout:
            yield json.loads(line)


def _check_sources(one: Delivery, read: dict[str, Any]) -> None:
    """Refuse the files of an organization that others send for, and kinds that this organization does not send."""
    with as_the_hub():
        others = Organization.objects.filter(source__in=read["sources"]).exclude(pk=one.organization_id)
        name = others.values_list("name", flat=True).first()
    if name:
        store = Store(settings.SITE.data)
        with store.locked():
            store.discard(read["delivery"])
        raise Refused(
            "The file speaks for another organization.",
            fix="Send the file of your own organization, or let the other one send theirs.",
            place=one.name,
            code="wrong_sender",
        )


def _keep(delivery_id: int, read: dict[str, Any]) -> None:
    """Write down what was read, in one step."""
    with as_the_hub():
        one = Delivery.objects.select_for_update().get(pk=delivery_id)
        one.state = State.WAITING if read["is_waiting"] else State.IN
        one.staged, one.kind, one.layout = read["delivery"], read["kind"], read["layout"]
        one.sources, one.order, one.is_older = read["sources"], read["order"], read["is_older"]
        one.summary, one.changes = read["summary"], read["changes"]
        one.says = one.fix = one.reading = one.kept = ""
        one.in_at = None if read["is_waiting"] else timezone.now()
        one.save()
        keep_causes(one, read["causes"])
    sweep()


def _end(delivery_id: int, state: str, says: str, fix: str) -> None:
    with as_the_hub():
        Delivery.objects.filter(pk=delivery_id).update(state=state, says=says, fix=fix, reading="")
