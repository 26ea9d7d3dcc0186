"""The hub's own mails: as files until a mail server is named, then through it, sealed on the way."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crosswalk.core.basics import Refused
from crosswalk.hub.site import config, mail

SECRET = "p%40ss"


class _MailServer(socketserver.StreamRequestHandler):
    """Takes every mail and keeps its lines."""

    heard: list[str]

    def handle(self) -> None:
        self._say("220 mail")
        inside = False
        for raw in self.rfile:
            line = raw.decode().rstrip("\r\n")
            self.heard.append(line)
            if inside:
                inside = line != "."
                if not inside:
                    self._say("250 kept")
            elif line.upper().startswith("QUIT"):
                self._say("221 bye")
                return
            elif line.upper() == "DATA":
                inside = True
                self._say("354 go on")
            else:
                self._say("250 yes")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def mail_server() -> Iterator[tuple[int, list[str]]]:
    heard: list[str] = []
    handler = type("Handler", (_MailServer,), {"heard": heard})
    with socketserver.TCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], heard
        server.shutdown()


def test_without_a_server_and_with_invented_people_mails_stay_files(tmp_path: Path) -> None:
    for server, invented in (("", False), ("smtps://mail.example.org", True)):
        found = mail.settings(server, tmp_path, invented=invented)
        assert found == {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": tmp_path,
        }


def test_what_leaves_the_machine_is_sealed() -> None:
    far = mail.settings(f"smtp://hub:{SECRET}@mail.example.org", Path(), invented=False)
    assert (far["EMAIL_PORT"], far["EMAIL_USE_TLS"], far["EMAIL_USE_SSL"]) == (587, True, False)
    assert (far["EMAIL_HOST_USER"], far["EMAIL_HOST_PASSWORD"]) == ("hub", "p@ss")
    first = mail.settings("smtps://mail.example.org", Path(), invented=False)
    assert (first["EMAIL_PORT"], first["EMAIL_USE_TLS"], first["EMAIL_USE_SSL"]) == (465, False, True)


@pytest.mark.parametrize(
    "server", ["mail.example.org", "http://mail.example.org", "smtp://:25", "smtp://mail.example.org:port"]
)
def test_an_address_that_is_none_is_refused_without_saying_it(server: str, monkeypatch: Any) -> None:
    monkeypatch.setenv("CROSSWALK_MAIL_SERVER", server)
    config.site.cache_clear()
    with pytest.raises(Refused) as refused:
        config.site()
    config.site.cache_clear()
    assert "CROSSWALK_MAIL_SERVER" in str(refused.value)
    assert server not in str(refused.value)


@pytest.mark.hub
def test_a_mail_goes_through_the_server_that_is_named(hub: Any, mail_server: tuple[int, list[str]]) -> None:
    from django.core.mail import send_mail
    from django.test import override_settings

    port, heard = mail_server
    with override_settings(**mail.settings(f"smtp://127.0.0.1:{port}", Path(), invented=False)):
        assert send_mail("Referral 7 waits", "Answer here.", None, ["desk@example.org"]) == 1
    assert "rcpt TO:<desk@example.org>" in heard
    assert "Answer here." in heard


@pytest.mark.hub
def test_without_a_server_nobody_is_said_to_have_got_a_mail(hub: Any) -> None:
    from django.conf import settings
    from django.test import override_settings
    from django.utils import timezone

    from crosswalk.hub.referrals import chasing

    with override_settings(SITE=settings.SITE.model_copy(update={"data": Path("nowhere")})):
        assert not settings.SITE.sends_mail
        assert chasing.write_mails(at=timezone.now()) == 0
    assert settings.SITE.sends_mail
