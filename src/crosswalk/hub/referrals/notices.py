"""Notices owed to the people whom referrals are about: read, printed, given, and come back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.journal.actions import act
from crosswalk.hub.people import queries as people
from crosswalk.hub.people.models import Person
from crosswalk.hub.referrals.actions import give_notice
from crosswalk.hub.referrals.letters import Letter, calls_of, letter
from crosswalk.hub.referrals.models import Notice

#: Still to be printed; printed and not given yet; sent by mail not long ago, which may come back.
PILES = ("owed", "printed", "mailed")
#: So many letters are printed at once, and so many lines shown.
AT_ONCE, FIRST = 50, 100
#: For so long a letter that was mailed stays on its list.
MAY_COME_BACK = timedelta(days=60)


def listed(*, viewer: Viewer, pile: str, at: datetime) -> QuerySet[Notice]:
    """The notices of one list that the viewer's organization owes, the oldest first, with `name` and `language`."""
    assert viewer.sees
    rows = Notice.objects.filter(to="member", referral__sender_id=viewer.organization_id)
    if pile == "mailed":
        rows = rows.filter(way="mail", given_at__gt=at - MAY_COME_BACK)
    else:
        rows = rows.filter(given_at=None, printed_at__isnull=pile == "owed")
    person = Person.objects.filter(pk=OuterRef("person_id"))
    named = rows.annotate(
        name=Subquery(person.values("name")[:1]), language=Subquery(person.values("language")[:1])
    )
    # Of the letters on their way, the newest come first: nobody looks for what came long ago.
    order = ("-given_at", "-id") if pile == "mailed" else ("owed_at", "id")
    return named.select_related("referral").order_by(*order)


def letters(*, viewer: Viewer, at: datetime, notice_ids: Sequence[int]) -> list[Letter]:
    """These notices as letters, in the order of the list; what is not the viewer’s to tell, is left out."""
    rows = list(
        Notice.objects.filter(pk__in=notice_ids[:AT_ONCE], to="member", referral__sender_id=viewer.organization_id)
        .select_related("referral", "referral__receiver", "referral__sender")
        .order_by("owed_at", "id")
    )  # fmt: skip
    receivers = {one.referral.receiver_id for one in rows if one.referral.receiver_id}
    calls = calls_of({viewer.organization_id} | receivers)
    found = ((one, people.person(viewer=viewer, person_id=one.person_id)) for one in rows)
    return [
        letter(viewer=viewer, notice=one, person=person, calls=calls, at=at)
        for one, person in found if person is not None
    ]  # fmt: skip


def print_notices(*, by: Viewer, at: datetime, notice_ids: Sequence[int]) -> list[int]:
    """Note that these are printed now; their ids. Raises Refused where none of them is owed any more."""
    may = acts.turn_referral(by)
    rows = list(
        Notice.objects.select_for_update(of=("self",)).filter(
            pk__in=notice_ids[:AT_ONCE], to="member", given_at=None, referral__sender_id=by.organization_id
        )
    )
    if not may:
        raise LookupError
    if not rows:
        raise Refused(_("No notice is chosen that is still owed."), fix=_("Choose the people first."))
    ids = [one.pk for one in rows]
    Notice.objects.filter(pk__in=ids).update(printed_at=at, printed_by=by.name)
    persons = list(dict.fromkeys(one.person_id for one in rows))
    act(by, "print notices", basis=may.basis, persons=persons, after={"notices": ids})
    return ids


def give(*, by: Viewer, at: datetime, notice_ids: Sequence[int], way: str) -> int:
    """Say of several that they were mailed, handed over or told; how many. Raises Refused where none is owed."""
    rows = Notice.objects.filter(
        pk__in=notice_ids[: FIRST + AT_ONCE],
        to="member",
        given_at=None,
        referral__sender_id=by.organization_id,
    )
    told = list(rows.values_list("referral_id", "pk"))
    if not told:
        raise Refused(_("No notice is chosen that is still owed."), fix=_("Choose the people first."))
    for referral_id, notice_id in told:
        give_notice(by=by, at=at, referral_id=referral_id, notice_id=notice_id, way=way)
    return len(told)


def came_back(*, by: Viewer, at: datetime, notice_id: int) -> Notice:
    """Say that a letter came back: the notice is owed again, by another way or to another address."""
    may = acts.turn_referral(by)
    found = Notice.objects.select_for_update(of=("self",)).filter(
        pk=notice_id, to="member", way="mail", referral__sender_id=by.organization_id
    )
    one = found.exclude(given_at=None).first()
    if not may or one is None:
        raise LookupError
    before = {"given_at": one.given_at, "way": one.way}
    one.given_at, one.given_by, one.printed_at, one.printed_by, one.returned_at = None, "", None, "", at
    one.save(update_fields=["given_at", "given_by", "printed_at", "printed_by", "returned_at"])
    act(
        by, "take notice back", subject=f"referral:{one.referral_id}", basis=may.basis, persons=[one.person_id],
        before=before, after={"about": one.about, "returned_at": at},
    )  # fmt: skip
    return one
