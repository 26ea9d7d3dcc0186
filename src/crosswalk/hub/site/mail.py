"""How the hub's own mails leave: through a site's mail server, sealed on the way, or as files in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from crosswalk.hub.access.providers import NEAR

#: The port of each way: told to seal after it begins, and sealed from the first byte.
_PORTS = {"smtp": 587, "smtps": 465}


def wrong(server: str) -> str:
    """What is wrong with the address of a mail server; empty when nothing is, or none is named."""
    if not server:
        return ""
    try:
        parts = urlsplit(server)
        named = parts.scheme in _PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        named = False
    return "" if named else "must read smtp://name:password@host:587 or smtps://…"


def settings(server: str, folder: Path, *, invented: bool) -> dict[str, Any]:
    """Django's settings for a mail server; files in `folder` where none is named, or where everybody is invented.

    `smtp://` is sealed by STARTTLS, except on this machine; `smtps://` from the first byte.
    """
    if not server or invented:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": folder,
        }
    parts = urlsplit(server)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in NEAR,
        "EMAIL_TIMEOUT": 20,
    }
