"""Identity providers: through which sign-in of their own an organization's people may come, as a site sets it up.

One YAML file, named by `CROSSWALK_IDENTITY_PROVIDERS`, read when the hub starts; a wrong line is refused in words.
The secret is never in it: it names an environment variable or a file of its own.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from crosswalk.core.basics import Refused

#: What a machine calls itself: what goes there does not travel.
NEAR = ("localhost", "127.0.0.1", "::1")


class Provider(BaseModel):
    """One OpenID Connect provider, the organizations it signs people in for, and what its word is taken for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    """How addresses and the journal call it."""
    name: str = Field(min_length=1, max_length=60)
    """How people call it; stands on the button."""
    issuer: str
    client_id: str = Field(min_length=1)
    secret: str = Field(min_length=1, repr=False)
    organizations: tuple[str, ...] = Field(min_length=1)
    """The names of the organizations that open to whoever comes through it; no other does."""
    domains: tuple[str, ...] = ()
    """The e-mail domains it speaks for; empty: whichever it confirms."""
    verified_claim: str = "email_verified"
    """The claim that must be true for the e-mail address to count."""
    amr: tuple[str, ...] = ()
    """Its words for a second factor in `amr`, any of which makes ours unnecessary; empty: ours is always asked."""
    acr: tuple[str, ...] = ()
    """The same in `acr`; these are also asked for."""
    only: bool = False
    """Whether its organizations open to nobody who came with a password."""

    @field_validator("issuer")
    @classmethod
    def _sealed(cls, value: str) -> str:
        if not is_sealed(value):
            raise ValueError("must be an https address")
        return value

    @field_validator("domains")
    @classmethod
    def _small(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one.lower() for one in value)

    def speaks_for(self, email: str) -> bool:
        """Whether its word on this address counts."""
        return not self.domains or email.rpartition("@")[2].lower() in self.domains


def is_sealed(address: str) -> bool:
    """Whether nobody on the way can read or change what goes there: TLS, or this machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in NEAR)
    )


def opens(providers: Mapping[str, Provider], organization: str, through: str) -> bool:
    """Whether an organization opens to somebody who came through this provider (empty: with a password or passkey).

    A provider opens only the organizations that chose it, so that none can sign in as another's people; one that
    is no longer set up opens nothing.
    """
    if through:
        return through in providers and organization in providers[through].organizations
    return not any(one.only and organization in one.organizations for one in providers.values())


def read(path: Path | None) -> dict[str, Provider]:
    """The providers of a file by their keys, in its order; none without a file. Raises Refused in words."""
    if path is None:
        return {}
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise Refused(
            f"The identity providers in {path} cannot be read.",
            fix="Name a YAML file in CROSSWALK_IDENTITY_PROVIDERS that the hub's account may read.",
        ) from None
    if not isinstance(said, dict) or not all(isinstance(one, dict) for one in said.values()):
        raise Refused(
            f"{path} does not list identity providers.", fix="Write `key:` and, indented below, its settings."
        )
    return {str(key): _provider(str(key), one, path) for key, one in said.items()}


def _provider(key: str, said: Mapping[str, Any], path: Path) -> Provider:
    settings = dict(said)
    secret = _secret(key, settings.pop("secret_env", ""), settings.pop("secret_file", ""), path)
    if "secret" in settings:
        raise Refused(
            f"{path}: {key} has its secret in the file.",
            fix="Name it with secret_env or secret_file instead.",
        )
    try:
        return Provider(key=key, secret=secret, **settings)
    except ValidationError as wrong:
        # Never the value itself: it may be a secret in the wrong place.
        said_wrong = "; ".join(
            f"{'.'.join(str(part) for part in one['loc'])}: {one['msg'].lower()}" for one in wrong.errors()
        )
        raise Refused(
            f"{path}: {key} is wrong: {said_wrong}.", fix="docs/identity-providers.md shows each setting."
        ) from None


def _secret(key: str, variable: str, file: str, path: Path) -> str:
    """The secret from the environment or its own file; a path is taken from the folder of the list."""
    found = os.environ.get(variable, "") if variable else ""
    if file:
        try:
            found = (path.parent / file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            found = ""
    if not found:
        raise Refused(
            f"{path}: the secret of {key} is not there.",
            fix="Name an environment variable that is set (secret_env) or a readable file (secret_file).",
        )
    return found
