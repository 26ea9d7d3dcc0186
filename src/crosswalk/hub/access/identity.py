"""What an identity provider's answer proves: its signature, for whom, until when, and who that is, or why not.

The checks of OpenID Connect Core 1.0, section 3.1.3.7, all of them: also the signature, which the standard leaves
open for a token that came straight from the provider.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

from crosswalk.hub.access.providers import Provider

#: Signatures that need the provider's private key. None that a shared secret or nobody could make.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
#: How far two clocks may differ, in seconds.
_LEEWAY = 60


class NotBelieved(OAuth2Error):
    """An answer that proves nothing; it says which check failed, and nothing of the answer."""


@dataclass(frozen=True)
class Identity:
    """Somebody at a provider, as far as its answer was checked."""

    uid: str
    """Issuer and subject as one unreadable name: what a person is known by from the second sign-in on."""
    email: str
    """The address, where the provider confirms it; else empty."""
    second_factor: bool
    """Whether the provider says, in the words the site listed, that a second factor was shown."""
    shown_at: float
    """When the person signed in there, in seconds since 1970; 0 where it does not say."""


def nonce_of(verifier: str) -> str:
    """What the token must repeat: follows from the secret of PKCE, which only this browser's session has."""
    return hashlib.sha256(f"nonce {verifier}".encode()).hexdigest()


def claims_of(
    token: str, *, provider: Provider, keys: Mapping[str, Any], nonce: str, now: float, oldest: float
) -> dict[str, Any]:
    """The claims of an ID token that passed every check. Raises NotBelieved.

    `oldest`: how many seconds ago the person may have signed in there.
    """
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(token, keys),
            algorithms=list(_ALGORITHMS),
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=_LEEWAY,
            options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
        )
    except jwt.PyJWTError as wrong:
        raise NotBelieved(type(wrong).__name__) from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise NotBelieved("malformed") from None
    if claims["nonce"] != nonce:
        raise NotBelieved("nonce")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != provider.client_id:
        raise NotBelieved("authorized party")
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise NotBelieved("subject")
    if (shown := _seconds(claims.get("auth_time"))) and now - shown > oldest + _LEEWAY:
        raise NotBelieved("signed in there too long ago")
    return claims


def _key(token: str, keys: Mapping[str, Any]) -> Any:
    """The provider's public key that the token names; the only one where it names none."""
    name = jwt.get_unverified_header(token).get("kid")
    usable = [one for one in keys["keys"] if one.get("use", "sig") == "sig"]
    found = [one for one in usable if one.get("kid") == name] if name else usable
    if len(found) != 1:
        raise NotBelieved("key")
    return jwt.PyJWK.from_dict(found[0]).key


def identity(provider: Provider, claims: Mapping[str, Any], *, now: float | None = None) -> Identity:
    """Who that is, from checked claims."""
    now = time.time() if now is None else now
    named = claims.get("amr")
    ways = set(named if isinstance(named, list) else [named])
    confirmed = claims.get(provider.verified_claim) in (True, "true")
    email = claims.get("email")
    return Identity(
        uid=hashlib.sha256(f"{claims['iss']} {claims['sub']}".encode()).hexdigest(),
        email=email.lower() if confirmed and isinstance(email, str) else "",
        second_factor=bool(ways & set(provider.amr)) or claims.get("acr") in provider.acr,
        shown_at=min(_seconds(claims.get("auth_time")), now),
    )


def _seconds(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
