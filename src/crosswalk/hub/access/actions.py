"""Letting somebody in, ending it at once, signing a device out. Every one of them is in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils.translation import gettext as _

from crosswalk.core.basics import Refused
from crosswalk.hub.access import acts, arrivals, ending
from crosswalk.hub.access.models import Membership, Organization, Worker
from crosswalk.hub.access.queries import colleague
from crosswalk.hub.access.roles import Role
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.journal.actions import By, act


@dataclass(frozen=True)
class LetIn:
    """A role that was given, and whether whoever gave it hands over the link with which a password is chosen."""

    membership: Membership
    link_is_due: bool
    through: str
    """The identity provider that they must sign in through; empty where a password opens as well."""


def give_access(
    *,
    by: Viewer,
    at: datetime,
    email: str,
    name: str,
    role: str,
    counties: list[str],
    populations: list[str],
) -> LetIn:
    """Let a person in, in a role of one's own organization; an account that exists gets the role added.

    A closed account opens again without its old password. The link to choose one goes only to whoever made or
    reopened the account, or is the only organization it works for: else one could take over a colleague of others.
    """
    may = acts.give_access(by, role)
    if not may:
        raise LookupError
    worker, anew = _account(email, name)
    if Membership.objects.filter(
        worker=worker, organization_id=by.organization_id, role=role, ended_at=None
    ).exists():
        raise Refused(
            _("This person has this role already."), fix=_("Choose another role, or leave it as it is.")
        )
    made = Membership.objects.create(
        worker=worker,
        organization_id=by.organization_id,
        role=role,
        counties=counties,
        populations=populations,
        since=at,
    )
    act(
        by,
        "give access",
        subject=f"membership:{made.pk}",
        basis=may.basis,
        after={
            "worker": worker.pk,
            "role": role,
            "account_opened": anew,
            "counties": counties,
            "populations": populations,
        },
    )
    elsewhere = Membership.objects.filter(worker=worker, ended_at=None).exclude(
        organization_id=by.organization_id
    )
    through = arrivals.only_through(worker)
    due = not worker.has_usable_password() and (anew or not elsewhere.exists())
    return LetIn(made, due and through is None, through.name if through else "")


def _account(email: str, name: str) -> tuple[Worker, bool]:
    """The open account of an e-mail address, and whether it was made or reopened for this."""
    worker = Worker.objects.select_for_update().filter(email=email.lower()).first()
    if worker is None:
        return Worker.objects.create_user(email, None, name=name), True
    if worker.is_active:
        return worker, False
    worker.is_active = True
    worker.set_unusable_password()
    worker.save(update_fields=["is_active", "password"])
    return worker, True


def end_access(
    *, by: Viewer, at: datetime, membership_id: int, why: str, at_once: bool = False
) -> Membership:
    """End a role now. When it was the person's last one the account is closed; every session ends in any case.

    Raises Refused while anybody would be left behind. `at_once`: it cannot wait; what was in these hands goes to a
    supervisor in the same transaction.
    """
    membership = colleague(viewer=by, membership_id=membership_id)
    may = acts.end_access(by, membership) if membership else acts.NO
    if membership is None or not may:
        raise LookupError
    # Whoever is just being given something waits for this, or this for them.
    Membership.objects.select_for_update().get(pk=membership.pk)
    if not at_once and (kept := ending.reasons(membership)):
        raise Refused(" ".join(kept), fix=_("Let colleagues take over first."), code="access.left")
    moved = ending.give_way(by, at, membership)
    membership.ended_at, membership.ended_because = at, why
    membership.save(update_fields=["ended_at", "ended_because"])
    worker = membership.worker
    last = not Membership.objects.filter(worker=worker, ended_at=None).exists()
    if last:
        worker.is_active = False
        worker.save(update_fields=["is_active"])
        Authenticator.objects.filter(user=worker).delete()
        SocialAccount.objects.filter(user=worker).delete()
    ended = end_sessions(worker.pk)
    act(
        by,
        "end access",
        subject=f"membership:{membership.pk}",
        why=why,
        basis=may.basis,
        before={"worker": worker.pk, "role": str(Role(membership.role)), "open": True},
        after={
            "open": False,
            "account_closed": last,
            "sessions_ended": ended,
            "at_once": at_once,
            "persons_moved": moved,
        },
    )
    return membership


def end_sessions(worker_id: int, only: int | None = None) -> int:
    """Sign a person out everywhere, or on one device; how many sessions ended."""
    known = UserSession.objects.filter(user_id=worker_id)
    if only is not None:
        known = known.filter(pk=only)
    keys = list(known.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    known.delete()
    return len(keys)


def end_own_session(*, by: Viewer, at: datetime, session_id: int) -> int:
    """Sign one of one's own devices out."""
    ended = end_sessions(by.worker_id, session_id)
    if not ended:
        raise LookupError
    act(
        by,
        "end own session",
        subject=f"session:{session_id}",
        basis=acts.sign_in_pages(by).basis,
        after={"at": at},
    )
    return ended


def open_organization(
    *, by: By, at: datetime, name: str, kind: str, source: str, hmis_name: str, counties: list[str]
) -> Organization:
    """Take an organization in; from the command line of the machine, since nobody is in before the first one."""
    if Organization.objects.filter(name=name).exists():
        raise Refused(f"There is an organization “{name}” already.", fix="Choose another name.")
    if source and Organization.objects.filter(source=source).exists():
        raise Refused(
            f"The source {source} belongs to another organization.", fix="Name another source, or none."
        )
    made = Organization.objects.create(
        name=name, kind=kind, source=source, hmis_name=hmis_name, counties=counties
    )
    act(
        by,
        "open organization",
        subject=f"organization:{made.pk}",
        after={"kind": kind, "source": source, "at": at},
    )
    return made


def first_person(*, by: By, at: datetime, name: str, email: str, organization: str) -> LetIn:
    """Let the first site administrator of an organization in; everybody after that is let in by a colleague."""
    there = Organization.objects.filter(name=organization).first()
    if there is None:
        raise Refused(
            f"There is no organization “{organization}”.", fix="Take it in with `crosswalk organization`."
        )
    role = Role.SITE_ADMINISTRATOR
    if Membership.objects.filter(organization=there, role=role, ended_at=None).exists():
        raise Refused("It has a site administrator already.", fix="They let others in, under Colleagues.")
    worker, _anew = _account(email, name)
    made = Membership.objects.create(worker=worker, organization=there, role=role, since=at)
    act(by, "give access", subject=f"membership:{made.pk}", after={"worker": worker.pk, "role": str(role)})
    through = arrivals.only_through(worker)
    return LetIn(made, through is None, through.name if through else "")


def way_in(worker: Worker) -> str:
    """The address, once valid, at which somebody without a password chooses one."""
    key = default_token_generator.make_token(worker)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(worker), key])
