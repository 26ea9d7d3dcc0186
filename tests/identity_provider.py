"""A small OpenID Connect provider of a made-up county, over HTTP on this machine: discovery, keys, codes, tokens.

    with identity_provider() as county:
        county.person = {"sub": "7", "email": "rosa.delgado@example.org", "email_verified": True}

It asks nobody for a password: whoever is sent there is `person`. What it says can be bent (`county.claims`,
`county.described`), to see that a bent answer opens nothing. Codes work once, and only with their PKCE secret.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "crosswalk", "seven clocks in a drawer"
_PAGE = """<!doctype html><html lang="en"><title>County sign-in</title><main><h1>County sign-in</h1>
<p><a href="{go}">Continue as {who}</a></p><p><a href="{stop}">Cancel</a></p></main></html>"""


@dataclass
class IdentityProvider:
    """The provider and what it will say next."""

    issuer: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    """Who signs in there: subject, address and whether it is confirmed."""
    claims: dict[str, Any] = field(default_factory=dict)
    """Put over the claims of the next tokens; None takes one out."""
    described: dict[str, Any] = field(default_factory=dict)
    """Put over its description of itself."""
    userinfo: dict[str, Any] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    signed_with: Any = None
    """Another key, or a shared secret, that the next tokens are signed with; None: its own."""
    algorithm: str = "RS256"
    with_page: bool = False
    """Whether a page stands between, as for a person in a browser."""
    asked: list[dict[str, str]] = field(default_factory=list)
    """What it was asked by those who were sent."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def description(self) -> dict[str, Any]:
        """What discovery says."""
        places = {
            "authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys",
            "userinfo_endpoint": "userinfo",
        }  # fmt: skip
        return {
            "issuer": self.issuer,
            **{name: f"{self.issuer}/{place}" for name, place in places.items()},
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **self.described,
        }

    def keys(self) -> dict[str, Any]:
        """Its public key."""
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}

    def sent_back(self, asked: dict[str, str]) -> str:
        """Where whoever was sent goes next: back, with a new code."""
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, said: dict[str, str]) -> dict[str, Any] | None:
        """A token for a code; None for one that is not there, was used, or comes without its secrets."""
        asked = self.codes.pop(said.get("code", ""), None)
        proof = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).decode().rstrip("=")
        if (
            asked is None
            or said.get("client_secret") != SECRET
            or challenge != asked["code_challenge"]
            or said.get("redirect_uri") != asked["redirect_uri"]
        ):
            return None
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"],
            "auth_time": now, **self.person, **self.claims,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        signed = jwt.encode(
            claims, self.signed_with or self.key, algorithm=self.algorithm, headers={"kid": "one"}
        )
        return {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "id_token": signed}


@contextmanager
def identity_provider() -> Iterator[IdentityProvider]:
    """The provider, answering until the end of the block."""
    provider = IdentityProvider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            if address.path == "/.well-known/openid-configuration":
                self.say(provider.description())
            elif address.path == "/keys":
                self.say(provider.keys())
            elif address.path == "/userinfo":
                self.say(provider.userinfo)
            elif address.path == "/authorize":
                self.authorize(asked)
            else:
                self.say({"error": "not here"}, 404)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            said = {name: values[0] for name, values in parse_qs(body).items()}
            token = provider.token(said)
            self.say(token or {"error": "invalid_grant"}, 200 if token else 400)

        def authorize(self, asked: dict[str, str]) -> None:
            provider.asked.append(asked)
            back = provider.sent_back(asked)
            if not provider.with_page:
                self.send_response(302)
                self.send_header("Location", back)
                self.end_headers()
                return
            stop = f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"
            who = provider.person.get("email", "")
            page = _PAGE.format(
                go=back.replace("&", "&amp;"), stop=stop.replace("&", "&amp;"), who=who
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def say(self, said: object, status: int = 200) -> None:
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *said: object) -> None:
            """Nothing: the tests say what matters."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
