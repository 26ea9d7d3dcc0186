"""Who is let in when a provider vouches for them, what is written down about it, and how a refusal is said.

Let in is whoever a colleague let in before: by the address that the provider confirms the first time, by the
provider's own name for them ever after. A provider opens only the organizations that chose it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from crosswalk.hub.access import providers
from crosswalk.hub.access.identity import Identity
from crosswalk.hub.access.models import Membership, Organization, Worker
from crosswalk.hub.access.providers import Provider
from crosswalk.hub.journal.actions import act

#: For acts that ask for a second factor anew: how long ago it may have been shown.
_FRESH = timedelta(minutes=5)
_NOBODY = "nobody here has this address"
#: Refusals that coming again does not change.
LASTING = frozenset({"unconfirmed", "not expected", "another"})


class NotLetIn(Exception):
    """Somebody whom a provider vouches for, and who is not let in all the same; `reason` and `detail` are ours."""

    def __init__(self, reason: str, detail: str = "", worker: Worker | None = None) -> None:
        super().__init__(reason)
        self.reason, self.detail, self.worker = reason, detail or reason, worker


@dataclass(frozen=True)
class Comer:
    """Whoever stands at the door, for the journal."""

    worker_id: int | None
    name: str
    organization_id: int | None
    organization_name: str
    role: str


def expected(
    provider: Provider, identity: Identity, known: Worker | None, *, again: bool, at: datetime
) -> Worker:
    """The account of whoever comes; `known`: the one that this identity is tied to. Raises NotLetIn."""
    if again and at.timestamp() - identity.shown_at > _FRESH.total_seconds():
        raise NotLetIn("not again", worker=known)
    worker = known or _by_address(provider, identity)
    if worker.is_active and _role_there(worker, provider):
        return worker
    if Membership.objects.filter(worker=worker, organization__name__in=provider.organizations).exists():
        raise NotLetIn("not expected", "access has ended", worker)
    # Not told apart from nobody, nor named: who works elsewhere is nothing to the organizations of this provider.
    raise NotLetIn("not expected", _NOBODY)


def _by_address(provider: Provider, identity: Identity) -> Worker:
    if not identity.email:
        raise NotLetIn("unconfirmed")
    if not provider.speaks_for(identity.email):
        raise NotLetIn("not expected", "an address of another domain")
    worker = Worker.objects.filter(email=identity.email).first()
    if worker is None:
        raise NotLetIn("not expected", _NOBODY)
    if SocialAccount.objects.filter(user=worker, provider=provider.key).exists():
        raise NotLetIn("another", "the account is tied to another identity of this provider", worker)
    return worker


def _role_there(worker: Worker, provider: Provider) -> Membership | None:
    found = Membership.objects.filter(
        worker=worker, ended_at=None, organization__name__in=provider.organizations
    )
    return found.select_related("organization").order_by("pk").first()


def refuse(provider: Provider, refused: NotLetIn, *, at: datetime) -> None:
    """Write a refusal down, for the organization whose people this provider signs in."""
    worker = refused.worker
    here = Organization.objects.filter(name__in=provider.organizations).order_by("pk").first()
    comer = Comer(
        worker_id=worker.pk if worker else None,
        name=worker.name if worker else "—",  # what they are called at the provider is not kept
        organization_id=here.pk if here else None,
        organization_name=here.name if here else "",
        role="",
    )
    with transaction.atomic():
        act(
            comer,
            "refuse sign-in",
            subject=f"provider:{provider.key}",
            why=refused.detail,
            basis=f"through {provider.name}",
            after={"at": at},
        )


def arrive(worker: Worker, *, way: str, through: str, uid: str, at: datetime) -> None:
    """Write a sign-in down, and tie the account to the provider's own name for the person the first time.

    `way` says how, in words: password and second factor, passkey, or through which provider.
    """
    provider = settings.IDENTITY_PROVIDERS.get(through)
    role = _role_there(worker, provider) if provider else _first_role(worker)
    comer = Comer(
        worker_id=worker.pk,
        name=worker.name,
        organization_id=role.organization_id if role else None,
        organization_name=role.organization.name if role else "",
        role=role.role if role else "",
    )
    with transaction.atomic():
        tied = (
            provider is not None
            and SocialAccount.objects.get_or_create(
                provider=provider.key, uid=uid, defaults={"user": worker, "extra_data": {}}
            )[1]
        )
        act(
            comer,
            "sign in",
            subject=f"provider:{provider.key}" if provider else "",
            basis=way,
            after={"at": at, "tied_to_provider": tied},
        )


def _first_role(worker: Worker) -> Membership | None:
    """The role somebody begins with who came with a password or a passkey."""
    found = Membership.objects.filter(worker=worker, ended_at=None).select_related("organization")
    offered = settings.IDENTITY_PROVIDERS
    return next(
        (one for one in found.order_by("pk") if providers.opens(offered, one.organization.name, "")), None
    )


def only_through(worker: Worker) -> Provider | None:
    """The provider that somebody must come through, where none of their roles opens with a password."""
    names = list(
        Membership.objects.filter(worker=worker, ended_at=None).values_list("organization__name", flat=True)
    )
    offered = settings.IDENTITY_PROVIDERS
    if not names or any(providers.opens(offered, one, "") for one in names):
        return None
    return next(one for one in offered.values() if one.only and set(names) & set(one.organizations))


def words(reason: str, name: str) -> tuple[str, str]:
    """A refusal, and what to do, in the language of the page; what nobody outside may tell apart is one reason."""
    said = {
        "stopped": (
            _("You stopped signing in at %(name)s."),
            _("Nothing was opened. Begin again whenever you want."),
        ),
        "too old": (
            _("This sign-in was begun elsewhere, or too long ago."),
            _("Nothing was opened. Begin again from the sign-in page."),
        ),
        "unreachable": (
            _("%(name)s does not answer."),
            _("Try again in a few minutes. If it goes on, tell those who look after %(name)s."),
        ),
        "not believed": (
            _("What %(name)s answered could not be checked."),
            _("Nothing was opened. Begin again; if it happens twice, tell the site administrator."),
        ),
        "unconfirmed": (
            _("%(name)s does not confirm your e-mail address."),
            _("Only a confirmed address opens anything here. Ask those who look after %(name)s to confirm it."),
        ),
        "not expected": (
            _("Nobody has let you in here with the e-mail address that %(name)s knows."),
            _(
                "Ask a supervisor or site administrator of your organization: under Colleagues they let you in, with"
                " the same address."
            ),
        ),
        "another": (
            _("Your account here belongs to another sign-in at %(name)s."),
            _(
                "Perhaps somebody else had this address before. Ask a site administrator of your organization to end"
                " that access and to let you in anew."
            ),
        ),
        "not again": (
            _("%(name)s did not ask you for your second factor again."),
            _("What you wanted to open needs a fresh one. Sign out at %(name)s, then try again."),
        ),
        "only": (
            _("Your organization signs its people in through %(name)s."),
            _("A password or passkey of this site does not open anything there."),
        ),
    }  # fmt: skip
    what, then = said[reason]
    return what % {"name": name}, then % {"name": name}
