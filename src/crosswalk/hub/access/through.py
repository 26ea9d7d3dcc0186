"""Signing in through an organization's own identity provider: sent there, back with a code, and let in or told why not.

allauth (`socialaccount`, `openid_connect`) sends people there, keeps state and PKCE in their session and fetches the
token; what an answer must prove is in `identity.py`, who is let in, in `arrivals.py`. Nothing here makes an account.
"""

from __future__ import annotations

import time
from typing import Any, NoReturn
from urllib.parse import urlencode

import structlog
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from requests import RequestException

from crosswalk.hub.access import arrivals
from crosswalk.hub.access.arrivals import NotLetIn
from crosswalk.hub.access.identity import Identity, NotBelieved, claims_of, identity, nonce_of
from crosswalk.hub.access.providers import Provider, is_sealed
from crosswalk.hub.access.viewer import ACTING, Viewer

_LOG = structlog.get_logger("crosswalk")
#: How long a provider's own description is believed without asking again, in seconds.
_DESCRIBED = 600
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Arrival(SocialLogin):
    """Somebody who comes back from a provider, with what its answer proved."""

    identity: Identity


class AtProvider(OpenIDConnectOAuth2Adapter):
    """One provider as allauth talks to it: described by itself, and believed only after every check."""

    _nonce = ""

    @property
    def chosen(self) -> Provider:
        """The provider as the site set it up."""
        found: Provider = settings.IDENTITY_PROVIDERS[self.provider_id]
        return found

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself. Raises NotBelieved where it is not who it should be, or not sealed."""
        place = f"identity-provider-{self.chosen.key}"
        said = cache.get(place)
        if said is None:
            said = self._asked(f"{self.chosen.issuer.rstrip('/')}/.well-known/openid-configuration")
            if said.get("issuer") != self.chosen.issuer:
                raise NotBelieved("issuer")
            if not all(is_sealed(str(said.get(one, ""))) for one in _NEEDED):
                raise NotBelieved("not sealed")
            cache.set(place, said, _DESCRIBED)
        return dict(said)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where the provider sends people back to."""
        return request.build_absolute_uri(reverse("signed_in_through", args=[self.chosen.key]))

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: str | None = None
    ) -> Any:
        """The token for the code; the nonce that must be in it is known from here on."""
        if not pkce_code_verifier:
            raise NotBelieved("verifier")
        self._nonce = nonce_of(pkce_code_verifier)
        try:
            return super().get_access_token_data(request, app, client, pkce_code_verifier)
        except (KeyError, TypeError, ValueError):
            raise NotBelieved("malformed") from None

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """The access token, used once for the address and never kept; how long it lasts and renews is nothing to us."""
        return SocialToken(token=str(data["access_token"]))

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **more: Any
    ) -> Arrival:
        """Somebody whom the provider vouches for."""
        now = time.time()
        claims = claims_of(
            str(more["response"].get("id_token", "")),
            provider=self.chosen,
            keys=self._asked(self.openid_config["jwks_uri"]),
            nonce=self._nonce,
            now=now,
            oldest=settings.SESSION_COOKIE_AGE,
        )
        if "email" not in claims and is_sealed(str(self.openid_config.get("userinfo_endpoint", ""))):
            claims = {**self._more(token.token, claims["sub"]), **claims}
        found = identity(self.chosen, claims, now=now)
        account = SocialAccount(provider=self.chosen.key, uid=found.uid, extra_data={})
        arrival = Arrival(account=account, provider=self.get_provider())
        arrival.identity = found
        return arrival

    def _more(self, access_token: str, subject: str) -> dict[str, Any]:
        """The address, from a provider that keeps it out of its tokens; only about the same person."""
        said = self._asked(self.profile_url, {"Authorization": f"Bearer {access_token}"})
        if said.get("sub") != subject:
            raise NotBelieved("userinfo of somebody else")
        return {key: said[key] for key in ("email", self.chosen.verified_claim) if key in said}

    def _asked(self, address: str, headers: dict[str, str] | None = None) -> dict[str, Any]:
        with AtOrganizations().get_requests_session() as web:
            answer = web.get(address, headers=headers, allow_redirects=False)
            answer.raise_for_status()
            said = answer.json() if answer.status_code == 200 else None
        if not isinstance(said, dict):
            raise NotBelieved("malformed")
        return said


class ProviderOfOrganizations(OpenIDConnectProvider):
    """A provider as allauth sends people to it: always with PKCE, and with a nonce that follows from it."""

    oauth2_adapter_class = AtProvider

    def get_pkce_params(self) -> dict[str, Any]:
        """PKCE whatever the provider asks for, and the nonce."""
        made = super().get_pkce_params()
        return {**made, "nonce": nonce_of(made["code_verifier"])}

    def get_scope(self) -> list[str]:
        """Who it is, and the address: nothing else is wanted."""
        return ["openid", "email"]


class AtOrganizations(DefaultSocialAccountAdapter):
    """What allauth must know of this house: which providers there are, who is let in, and how a refusal looks."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """The providers that the site set up; the table in which allauth could keep others is not read."""
        return [
            SocialApp(
                provider=OpenIDConnectProvider.id, provider_id=one.key, name=one.name, client_id=one.client_id,
                secret=one.secret, settings={"server_url": one.issuer, "oauth_pkce_enabled": True},
            )
            for one in settings.IDENTITY_PROVIDERS.values()
            if provider in (None, one.key) and client_id in (None, one.client_id)
        ]  # fmt: skip

    def get_provider(self, request: HttpRequest, provider: Any, client_id: Any = None) -> Any:
        """One of them, by its key."""
        return ProviderOfOrganizations(request, app=self.get_app(request, provider, client_id))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: who comes was let in by a colleague, or stays outside."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Arrival) -> None:
        """Find the account of whoever comes, or tell them why nothing opens."""
        provider = settings.IDENTITY_PROVIDERS[sociallogin.account.provider]
        at = timezone.now()
        try:
            worker = arrivals.expected(
                provider, sociallogin.identity, sociallogin.user,
                again=bool(sociallogin.state.get("again")), at=at,
            )  # fmt: skip
        except NotLetIn as refused:
            arrivals.refuse(provider, refused, at=at)
            raise ImmediateHttpResponse(_refused(request, provider, refused.reason)) from None
        sociallogin.user = worker

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None,
        extra_context: Any = None,
    ) -> NoReturn:  # fmt: skip
        """An answer that leads nowhere, in words; of the answer itself nothing is shown or logged."""
        chosen = settings.IDENTITY_PROVIDERS[provider.app.provider_id]
        if error == AuthError.CANCELLED:
            reason = "stopped"
        elif isinstance(exception, RequestException):
            reason = "unreachable"
        elif exception is None and "error" not in request.GET:
            reason = "too old"
        else:
            reason = "not believed"
        check = str(exception) if isinstance(exception, NotBelieved) else ""
        raise ImmediateHttpResponse(_refused(request, chosen, reason, check=check))


@never_cache
@require_GET
def sign_in_through(request: HttpRequest, provider: str) -> HttpResponse:
    """Send somebody to the provider; `again`: to show a second factor anew, however fresh the last sign-in."""
    chosen = _chosen(provider)
    again = request.GET.get("again") == "1"
    asked = {"max_age": "0" if again else str(settings.SESSION_COOKIE_AGE)}
    if chosen.acr:
        asked["acr_values"] = " ".join(chosen.acr)
    try:
        answer: HttpResponse = AtOrganizations().get_provider(request, chosen.key).redirect(
            request, AuthProcess.LOGIN, get_next_redirect_url(request),
            auth_params=asked, again=again, acting=request.session.get(ACTING),
        )  # fmt: skip
        return answer
    except RequestException:
        return _refused(request, chosen, "unreachable")
    except NotBelieved as wrong:
        return _refused(request, chosen, "not believed", check=str(wrong))


@never_cache
@require_GET
def signed_in_through(request: HttpRequest, provider: str) -> HttpResponse:
    """Where the provider sends people back to, with a code that works once."""
    answer: HttpResponse = OAuth2CallbackView.adapter_view(AtProvider(request, _chosen(provider).key))(
        request
    )
    return answer


def _chosen(key: str) -> Provider:
    try:
        found: Provider = settings.IDENTITY_PROVIDERS[key]
    except KeyError:
        raise Http404 from None
    return found


def _refused(request: HttpRequest, provider: Provider, reason: str, *, check: str = "") -> HttpResponse:
    _LOG.warning("sign-in refused", reason=f"{reason}: {check}" if check else reason, kind=provider.key)
    return not_let_in(request, provider, reason)


def not_let_in(request: HttpRequest, provider: Provider, reason: str) -> HttpResponse:
    """The page that says why nothing opened, and what to do."""
    what, then = arrivals.words(reason, provider.name)
    shown = {"what": what, "then": then, "provider": provider, "again": reason not in arrivals.LASTING}
    return HttpResponse(
        render_to_string("access/not_let_in.html", shown, request, using="jinja2"),
        status=503 if reason == "unreachable" else 403,
    )


def ask_again(viewer: Viewer, back: str) -> str:
    """Where a second factor is shown anew: at the provider whose word counts for this session, else here."""
    if viewer.through:
        here = reverse("sign_in_through", args=[viewer.through])
        return f"{here}?{urlencode({'again': 1, 'next': back})}"
    return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': back})}"


def offered(request: HttpRequest) -> dict[str, Any]:
    """For the sign-in page: the providers through which one may come."""
    return {"identity_providers": list(settings.IDENTITY_PROVIDERS.values())}
