"""What allauth must know of this house: nobody signs up, and a second factor belongs to whoever sees people."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class NobodySignsUp(DefaultAccountAdapter):
    """Accounts are given by an administrator of the organization."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never, whoever asks."""
        return request is None

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of this site, whatever is asked for."""
        return url.startswith("/") and not url.startswith(("//", "/\\"))


class SecondFactor(DefaultMFAAdapter):
    """How the second factor is named in an authenticator."""

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """The name a passkey is kept under: this host."""
        entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Crosswalk"}
