"""Contracts with plans and HMIS licences: written down, changed, ended. Every act is in the journal."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.journal.actions import act
from crosswalk.hub.network.models import Contract, Licence, Listing
from crosswalk.hub.pages.words import day


def add_contract(
    *,
    by: Viewer,
    at: datetime,
    organization_id: int,
    plan: str,
    program: str,
    county: str,
    starts: date,
    ends: date | None,
    credential: str,
    source: str,
) -> Contract:
    """Write a contract down. Raises Refused for one that ends before it begins, or that says a day twice."""
    may = acts.keep_network(by)
    if not may or not _alone(organization_id):
        raise LookupError
    same = {"organization_id": organization_id, "plan": plan, "program": program, "county": county}
    there = _meeting(Contract.objects.filter(**same), starts, ends)
    if there is not None:
        raise Refused(
            _(
                "A contract of the same plan, service and county is in force on these days already, since %(day)s."
            )
            % {"day": day(there.starts)},
            fix=_("Let the new one begin on the day on which the earlier one ends."),
            place="starts",
        )
    said = {"starts": starts, "ends": ends, "credential": credential}
    made = Contract.objects.create(**same, **said, source=source)
    after = {
        "organization": organization_id,
        "plan": plan,
        "program": program,
        "county": county,
        **said,
        "at": at,
    }
    act(by, "add contract", subject=f"contract:{made.pk}", basis=may.basis, after=after)
    return made


def change_contract(
    *,
    by: Viewer,
    at: datetime,
    contract_id: int,
    ends: date | None,
    credential: str,
    credential_until: date | None,
    source: str,
) -> Contract:
    """Write down that a contract ends (or no longer does), and how far the plan is with vetting the provider.

    Whatever was in force before stays as it was; `ends` is the first day on which it no longer is. Raises Refused for
    an end before the beginning, and where the longer contract would meet a later one.
    """
    may = acts.keep_network(by)
    one = Contract.objects.filter(pk=contract_id).first()
    if not may or one is None:
        raise LookupError
    _alone(one.organization_id)
    same = Contract.objects.filter(
        organization_id=one.organization_id, plan=one.plan, program=one.program, county=one.county
    )
    there = _meeting(same.exclude(pk=one.pk), one.starts, ends)
    if there is not None:
        raise Refused(
            _("The next contract begins on %(day)s.") % {"day": day(there.starts)},
            fix=_("Let this one end on that day or before."),
            place="ends",
        )
    names = ("ends", "credential", "credential_until", "source")
    before = {name: getattr(one, name) for name in names}
    one.ends, one.credential, one.credential_until = ends, credential, credential_until
    one.source = source or one.source
    one.save(update_fields=names)
    act(
        by, "change contract", subject=f"contract:{one.pk}", basis=may.basis, before=before,
        after={**{name: getattr(one, name) for name in names}, "at": at},
    )  # fmt: skip
    return one


def _alone(organization_id: int) -> Listing | None:
    """The entry, locked: who else writes contracts of the organization waits, so that no two find days free twice."""
    return Listing.objects.select_for_update().filter(pk=organization_id).first()


def _meeting(others: QuerySet[Contract], starts: date, ends: date | None) -> Contract | None:
    """The first of the others that is in force on one of these days. Raises Refused where there is no such day."""
    if ends is not None and ends <= starts:
        raise Refused(
            _("The contract ends before it begins."), fix=_("Give a later last day, or none."), place="ends"
        )
    meets = others.filter(Q(ends=None) | Q(ends__gt=starts))
    return (meets if ends is None else meets.filter(starts__lt=ends)).order_by("starts").first()


def keep_licence(
    *,
    by: Viewer,
    at: datetime,
    organization_id: int,
    holder: str,
    payer: str,
    trained: date | None,
    starts: date,
) -> Licence:
    """Write an HMIS licence down, or of one that its holder has already who pays and when they were trained."""
    may = acts.keep_network(by)
    if not may or not Listing.objects.filter(pk=organization_id, left=None).exists():
        raise LookupError
    if trained and trained > by.on:
        raise Refused(
            _("The training lies ahead."), fix=_("Write it down when it was given."), place="trained"
        )
    one = Licence.objects.filter(
        Q(ends=None) | Q(ends__gt=by.on), organization_id=organization_id, holder__iexact=holder.strip()
    ).first()
    before = {"payer": one.payer, "trained": one.trained} if one else None
    if one is None:
        one = Licence(organization_id=organization_id, holder=holder.strip(), starts=starts)
    one.payer, one.trained = payer.strip(), trained
    one.save()
    act(
        by, "keep licence", subject=f"licence:{one.pk}", basis=may.basis, before=before,
        after={"organization": organization_id, "payer": one.payer, "trained": one.trained, "at": at},
    )  # fmt: skip
    return one


def end_licence(*, by: Viewer, at: datetime, licence_id: int) -> Licence:
    """Let a licence end today; it counts no longer from this day. One that began today or later was never there."""
    may = acts.keep_network(by)
    one = Licence.objects.filter(Q(ends=None) | Q(ends__gt=by.on), pk=licence_id).first()
    if not may or one is None:
        raise LookupError
    subject, before = f"licence:{one.pk}", {"starts": one.starts, "ends": one.ends}
    if one.starts >= by.on:
        one.delete()
    else:
        one.ends = by.on
        one.save(update_fields=["ends"])
    act(by, "end licence", subject=subject, basis=may.basis, before=before, after={"ends": by.on, "at": at})
    return one
