"""What a site can set: every setting of the hub with its meaning, read from the environment and refused in words."""

from __future__ import annotations

import os
import secrets
from functools import cache
from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from crosswalk.core.basics import Refused
from crosswalk.hub.site import mail


class Site(BaseSettings):
    """Settings of one hub. Each is an environment variable `CROSSWALK_<NAME>`, except where an alias is given."""

    model_config = SettingsConfigDict(env_prefix="CROSSWALK_", extra="ignore", populate_by_name=True)

    data: Path = Field(default=Path("data"), description="Folder that holds deliveries, runs and results.")
    database_url: str = Field(
        default="", alias="DATABASE_URL", description="PostgreSQL ≥ 15, as the role that owns the tables."
    )
    app_database_url: str = Field(
        default="",
        description="The same database as the role that serves pages; empty: made and kept in the data folder.",
    )
    backup_database_url: str = Field(
        default="",
        description="The database of DATABASE_URL as a role that reads every row (BYPASSRLS), for backups.",
    )
    backups: Path | None = Field(
        default=None, description="Folder for backups, best on another disk; empty: in the data folder."
    )
    postgres: str = Field(
        default="",
        description="`installed` or `embedded` to take only that PostgreSQL; empty: whichever is there.",
    )
    secret_key: str = Field(
        default="", description="Signs sessions; empty: made once, kept in the data folder."
    )
    hosts: str = Field(default="localhost,127.0.0.1,[::1]", description="Host names it answers to, by comma.")
    https: bool = Field(default=False, description="Whether people reach it through HTTPS (cookies, HSTS).")
    demo: bool = Field(
        default=False, description="One-click sign-ins; works only on loopback and with invented people."
    )
    identity_providers: Path | None = Field(
        default=None,
        description="YAML file of the identity providers that organizations sign in through"
        " (docs/identity-providers.md); empty: none.",
    )
    idle_minutes: int = Field(
        default=15, ge=1, le=60, description="After so long without a page, sign in again."
    )
    session_hours: int = Field(default=12, ge=1, le=24, description="The longest that one sign-in lasts.")
    largest_file_mb: int = Field(
        default=2000, ge=1, description="The largest file that the page of deliveries takes, in MB."
    )
    address: str = Field(
        default="http://127.0.0.1:8000", description="Where people reach the hub, for the links in its mails."
    )
    mail_server: str = Field(
        default="",
        description="Mail server, as smtp://name:password@host:587 or smtps://…; empty: mails stay as files in"
        " hub/mail of the data folder, and nobody gets any.",
        repr=False,
    )
    mail_from: str = Field(default="crosswalk@localhost", description="Sender of the hub's own mails.")
    debug: bool = Field(
        default=False, description="Developer's error pages; refused with people who are not invented."
    )

    @field_validator("postgres")
    @classmethod
    def _one_of_two(cls, value: str) -> str:
        if value not in ("", "installed", "embedded"):
            raise ValueError("must be `installed` or `embedded`")
        return value

    @field_validator("mail_server")
    @classmethod
    def _a_mail_server(cls, value: str) -> str:
        if said := mail.wrong(value):
            raise ValueError(said)
        return value

    @property
    def folder(self) -> Path:
        """What the hub keeps beside the files: database, secrets, backups."""
        return self.data.resolve() / "hub"

    @property
    def allowed_hosts(self) -> list[str]:
        """Host names as a list."""
        return [host.strip() for host in self.hosts.split(",") if host.strip()]

    @property
    def local_policy(self) -> Path | None:
        """The site's own policy entries, such as plans' elections: `local_policy` in the data folder, where it is."""
        folder = self.data.resolve() / "local_policy"
        return folder if folder.is_dir() else None

    @property
    def invented(self) -> bool:
        """Whether everybody here is made up: only `crosswalk demo` leaves this mark in a data folder."""
        return (self.data / "demo.json").is_file()

    @property
    def sends_mail(self) -> bool:
        """Whether mails go anywhere: through a mail server, or, where everybody is made up, into files."""
        return bool(self.mail_server) or self.invented

    def secret(self) -> str:
        """The signing key: as set, else made once for this data folder and readable by its owner alone."""
        return self.secret_key or kept(self.folder / "secret", lambda: secrets.token_urlsafe(50))


@cache
def site() -> Site:
    """The settings in force. Raises Refused that names each wrong one."""
    try:
        return Site()
    except ValidationError as wrong:
        said = "; ".join(
            f"CROSSWALK_{str(one['loc'][0]).upper()} {one['msg'].lower()}" for one in wrong.errors()
        )
        raise Refused(f"A setting is wrong: {said}.", fix="Mend the environment and start again.") from None


def kept(path: Path, make: object) -> str:
    """The text of a small private file, made on first use. `make` is called for its first content."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
            handle.write(make())  # type: ignore[operator]
        try:
            os.link(part, path)
        except FileExistsError:
            pass  # another process was first; its content holds
        finally:
            part.unlink()
    return path.read_text()
