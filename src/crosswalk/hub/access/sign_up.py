"""What allauth must know of this house: nobody signs up, and a second factor belongs to whoever sees people."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from crosswalk.hub.access import arrivals, through
from crosswalk.hub.access.models import Worker
from crosswalk.hub.access.viewer import ACTING, AT_PROVIDER, came_through


class NobodySignsUp(DefaultAccountAdapter):
    """Accounts are given by an administrator of the organization."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never, whoever asks."""
        return request is None

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of this site, whatever is asked for."""
        return url.startswith("/") and not url.startswith(("//", "/\\"))

    def get_login_stages(self) -> list[str]:
        """allauth's, with our say on whose second factor counts."""
        ours = f"{OursUnlessTheirs.__module__}.{OursUnlessTheirs.__name__}"
        theirs = f"{AuthenticateStage.__module__}.{AuthenticateStage.__name__}"
        return [ours if one == theirs else one for one in super().get_login_stages()]

    def pre_login(self, request: HttpRequest, user: Worker, **login: Any) -> HttpResponse | None:
        """Before anybody is in: what a provider vouched for counts, and a password only where it may open."""
        closed: HttpResponse | None = super().pre_login(request, user, **login)
        if closed is not None:
            return closed
        # Taken out, so that it does not lie in the session while our second factor is asked.
        came = (login["signal_kwargs"] or {}).pop("sociallogin", None)
        if came is not None:
            if came.identity.second_factor:
                record_authentication(request, user, "mfa", type=AT_PROVIDER, at=came.identity.shown_at)
            if came.state.get("acting"):
                request.session[ACTING] = came.state["acting"]
            return None
        instead = arrivals.only_through(user)
        return through.not_let_in(request, instead, "only") if instead else None

    def post_login(self, request: HttpRequest, user: Worker, **login: Any) -> HttpResponse:
        """They are in: it is written down, with how they came."""
        response: HttpResponse = super().post_login(request, user, **login)
        records = get_authentication_records(request, user)
        came: dict[str, Any] = next((one for one in records if one["method"] == "socialaccount"), {})
        arrivals.arrive(
            user,
            way=_way(records),
            through=came_through(records),
            uid=str(came.get("uid", "")),
            at=timezone.now(),
        )
        return response


def _way(records: list[dict[str, Any]]) -> str:
    """How somebody signed in, in words."""
    provider = settings.IDENTITY_PROVIDERS.get(came_through(records))
    kinds = {one.get("type") for one in records if one["method"] == "mfa"}
    first = f"through {provider.name}" if provider else "password"
    if any(one["method"] == "mfa" and one.get("passwordless") for one in records):
        return "passkey"
    if AT_PROVIDER in kinds:
        return f"{first}, with its second factor"
    return f"{first}, with a second factor" if kinds else f"{first}, without a second factor"


class OursUnlessTheirs(AuthenticateStage):
    """The second factor of this site, which a provider's takes the place of where the site said so."""

    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        if any(one.get("type") == AT_PROVIDER for one in records):
            return False
        return bool(super()._should_handle(request))


class SecondFactor(DefaultMFAAdapter):
    """How the second factor is named in an authenticator."""

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """The name a passkey is kept under: this host."""
        entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Crosswalk"}
