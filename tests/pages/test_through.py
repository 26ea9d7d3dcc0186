"""Signing in through an organization's own identity provider: who is let in, and that nothing else opens anything."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from identity_provider import CLIENT, SECRET, IdentityProvider, identity_provider

pytestmark = pytest.mark.hub


class _Stay(urllib.request.HTTPRedirectHandler):
    """Takes a redirect for the answer that it is."""

    def redirect_request(self, *_asked: Any) -> None:
        return None


class Door:
    """A provider set up for the CoC, and somebody in front of the sign-in page."""

    def __init__(self, hub: Any, provider: IdentityProvider) -> None:
        from django.test import Client

        self.hub, self.provider = hub, provider
        self.organization = hub.organization("hmis:").name
        self.browser = Client()

    def expect(self, role: str = "coordinator", where: str = "hmis:", **said: Any) -> Any:
        """Somebody whom a colleague let in, and who is signed in at the provider."""
        worker = self.hub.worker(role, where)
        self.provider.person = {"sub": f"s{worker.pk}", "email": worker.email, "email_verified": True, **said}
        return worker

    def there(self, browser: Any = None, query: str = "") -> str:
        """Go to the provider; the address that it sends back to."""
        sent = (browser or self.browser).get(f"/sign-in/through/county/{query}")
        assert sent.status_code == 302, sent.content.decode()
        try:
            urllib.request.build_opener(_Stay).open(sent["Location"])
        except urllib.error.HTTPError as answer:
            return str(answer.headers["Location"])
        raise AssertionError("the provider did not send back")

    def come(self, query: str = "") -> Any:
        """There and back."""
        return self.browser.get(self.there(query=query))

    def refused(self, words: str, query: str = "") -> Any:
        """There and back, and nothing opened."""
        answer = self.come(query)
        assert answer.status_code in (403, 503), answer.headers
        page = answer.content.decode()
        assert words in page, page
        assert self.browser.get("/likely/")["Location"].startswith("/sign-in/")
        return answer


@pytest.fixture(scope="module")
def provider() -> Iterator[IdentityProvider]:
    with identity_provider() as county:
        yield county


@pytest.fixture
def door(hub: Any, provider: IdentityProvider) -> Iterator[Door]:
    from django.core.cache import cache

    for one in (provider.claims, provider.described, provider.userinfo, provider.asked):
        one.clear()
    provider.signed_with, provider.algorithm = None, "RS256"
    cache.clear()
    with set_up(hub, provider):
        yield Door(hub, provider)


def set_up(hub: Any, provider: IdentityProvider, **more: Any) -> Any:
    """The settings of a site whose CoC signs its people in through the county."""
    from django.test import override_settings

    from crosswalk.hub.access.providers import Provider

    said = {
        "key": "county", "name": "County single sign-on", "issuer": provider.issuer, "client_id": CLIENT,
        "secret": SECRET, "organizations": (hub.organization("hmis:").name,), "amr": ("mfa", "otp"),
    }  # fmt: skip
    return override_settings(IDENTITY_PROVIDERS={"county": Provider(**{**said, **more})})


def entries(verb: str) -> list[Any]:
    """What the journal of the CoC holds of this, newest first."""
    from crosswalk.hub.access.models import Organization
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.journal.models import Entry

    coc = Organization.objects.get(source__startswith="hmis:").pk
    open_rows(worker_id=0, organization_id=coc, role="privacy_officer", sees=(coc,))
    return list(Entry.objects.filter(verb=verb).order_by("-seq"))


def test_the_sign_in_page_offers_it_only_where_it_is_set_up(hub: Any, door: Door) -> None:
    from django.test import Client, override_settings

    assert "County single sign-on" in Client().get("/sign-in/").content.decode()
    with override_settings(IDENTITY_PROVIDERS={}):
        assert "County single sign-on" not in Client().get("/sign-in/").content.decode()
        assert Client().get("/sign-in/through/county/").status_code == 404
    assert Client().get("/sign-in/through/another/").status_code == 404


def test_somebody_let_in_by_a_colleague_comes_in_and_it_is_written_down(door: Door) -> None:
    worker = door.expect(amr=["pwd", "mfa"])
    answer = door.come("?next=/likely/")
    assert (answer.status_code, answer["Location"]) == (302, "/likely/")
    assert door.browser.get("/likely/").status_code == 200
    entry = entries("sign in")[0]
    assert (entry.worker_id, entry.organization) == (worker.pk, door.organization)
    assert entry.basis == "through County single sign-on, with its second factor"
    assert entry.after["tied_to_provider"] is True
    door.browser.post("/sign-out/")
    door.provider.person["email"] = "married.now@example.org"
    assert door.come().status_code == 302, "known by the provider's own name for the person"
    assert entries("sign in")[0].after["tied_to_provider"] is False


def test_it_is_asked_with_pkce_state_and_nonce_and_for_nothing_personal(door: Door) -> None:
    door.expect()
    door.there()
    asked = door.provider.asked[-1]
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 16
    assert len(asked["nonce"]) == 64
    assert set(asked["scope"].split()) == {"openid", "email"}
    assert not {"login_hint", "id_token_hint"} & set(asked)
    assert asked["redirect_uri"] == "http://testserver/sign-in/through/county/done"


@pytest.mark.parametrize("query", ["?auth_params=scope%3Dprofile", "?scope=profile", "?process=connect"])
def test_nobody_bends_what_is_asked_by_a_link(door: Door, query: str) -> None:
    door.expect(amr=["mfa"])
    assert door.come(query).status_code == 302
    assert set(door.provider.asked[-1]["scope"].split()) == {"openid", "email"}


def test_without_the_providers_second_factor_ours_is_asked(door: Door) -> None:
    from allauth.mfa.totp.internal.auth import (
        TOTP,
        generate_totp_secret,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    worker = door.expect(amr=["pwd"])
    assert door.come().status_code == 302
    assert door.browser.get("/likely/")["Location"].endswith("/account/second-factor/"), (
        "none yet: to set one up"
    )
    door.browser.post("/sign-out/")
    secret = generate_totp_secret()
    TOTP.activate(worker, secret)
    assert door.come()["Location"].startswith("/account/second-factor/authenticate/")
    assert door.browser.get("/likely/")["Location"].startswith("/sign-in/")
    code = hotp_value(secret, next(yield_hotp_counters_from_time()))
    door.browser.post("/account/second-factor/authenticate/", {"code": f"{code:06}"})
    assert door.browser.get("/likely/").status_code == 200
    assert entries("sign in")[0].basis == "through County single sign-on, with a second factor"


def test_what_the_provider_said_does_not_wait_in_the_session(door: Door) -> None:
    import json

    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    worker = door.expect()
    TOTP.activate(worker, generate_totp_secret())
    door.come()
    kept = json.dumps(dict(door.browser.session))
    assert worker.email not in kept
    assert door.provider.person["sub"] + '"' not in kept


def test_a_second_factor_counts_only_in_the_words_that_the_site_listed(hub: Any, door: Door) -> None:
    door.expect(amr=["face"], acr="strong")
    door.come()
    assert door.browser.get("/likely/").status_code == 302
    with set_up(hub, door.provider, amr=(), acr=("strong",)):
        door.browser.post("/sign-out/")
        door.come()
        assert door.provider.asked[-1]["acr_values"] == "strong"
        assert door.browser.get("/likely/").status_code == 200


def other_key() -> Any:
    from cryptography.hazmat.primitives.asymmetric import rsa

    return rsa.generate_private_key(65537, 2048)


@pytest.mark.parametrize(
    ("wrong", "check"),
    [
        ({"aud": "another-site"}, "InvalidAudienceError"),
        ({"aud": [CLIENT, "another-site"]}, "authorized party"),
        ({"azp": "another-site"}, "authorized party"),
        ({"iss": "https://elsewhere.example"}, "InvalidIssuerError"),
        ({"nonce": "0" * 64}, "nonce"),
        ({"nonce": None}, "MissingRequiredClaimError"),
        ({"exp": 1_700_000_000}, "ExpiredSignatureError"),
        ({"exp": None}, "MissingRequiredClaimError"),
        ({"iat": 4_000_000_000}, "ImmatureSignatureError"),
        ({"sub": None}, "MissingRequiredClaimError"),
        ({"sub": ""}, "subject"),
        ({"auth_time": 1_700_000_000}, "signed in there too long ago"),
    ],
)  # fmt: skip
def test_a_token_that_proves_something_else_opens_nothing(
    door: Door, wrong: dict[str, Any], check: str, caplog: pytest.LogCaptureFixture
) -> None:
    worker = door.expect(amr=["mfa"])
    before = len(entries("sign in"))
    door.provider.claims.update(wrong)
    door.refused("could not be checked")
    assert f"not believed: {check}" in caplog.text
    assert worker.email not in caplog.text
    assert len(entries("sign in")) == before


def test_a_token_signed_by_somebody_else_opens_nothing(door: Door) -> None:
    door.expect(amr=["mfa"])
    for key, algorithm in ((other_key(), "RS256"), (SECRET * 4, "HS256")):
        door.provider.signed_with, door.provider.algorithm = key, algorithm
        door.refused("could not be checked")


def test_a_provider_that_says_it_is_another_is_not_believed(door: Door) -> None:
    door.provider.described["issuer"] = "https://elsewhere.example"
    answer = door.browser.get("/sign-in/through/county/")
    assert answer.status_code == 403
    assert "could not be checked" in answer.content.decode()


def test_a_provider_that_would_have_codes_sent_in_the_clear_is_not_believed(door: Door) -> None:
    door.provider.described["token_endpoint"] = "http://login.example.org/token"
    assert door.browser.get("/sign-in/through/county/").status_code == 403


def test_a_provider_that_does_not_answer_is_said_in_words(hub: Any, door: Door) -> None:
    with set_up(hub, door.provider, issuer="http://127.0.0.1:9"):
        answer = door.browser.get("/sign-in/through/county/")
    assert answer.status_code == 503
    assert "does not answer" in answer.content.decode()


@pytest.mark.parametrize(
    "said", [{"email_verified": False}, {"email_verified": None}, {"email_verified": "no"}]
)
def test_an_address_that_is_not_confirmed_opens_nothing(door: Door, said: dict[str, Any]) -> None:
    door.expect(amr=["mfa"], **said)
    door.refused("does not confirm your e-mail address")
    assert entries("refuse sign-in")[0].why == "unconfirmed"


def test_who_is_not_let_in_looks_the_same_whatever_the_reason(hub: Any, door: Door) -> None:
    from django.utils import timezone

    from crosswalk.hub.access.models import Membership

    pages = []

    def note(detail: str) -> None:
        answer = door.refused("Nobody has let you in here with the e-mail address")
        pages.append(answer.content)
        entry = entries("refuse sign-in")[0]
        assert (entry.why, entry.organization) == (detail, door.organization)
        assert "@" not in f"{entry.why} {entry.subject} {entry.after} {entry.worker}"

    door.provider.person = {"sub": "1", "email": "nobody.here@example.org", "email_verified": True}
    note("nobody here has this address")
    elsewhere = door.expect(where="nobody:")
    note("nobody here has this address")
    assert entries("refuse sign-in")[0].worker_id is None
    assert elsewhere.name not in str(entries("refuse sign-in")[0].worker)
    ended = door.expect()
    Membership.objects.filter(worker=ended).update(ended_at=timezone.now())
    note("access has ended")
    assert entries("refuse sign-in")[0].worker_id == ended.pk
    ended.is_active = False
    ended.save()
    note("access has ended")
    with set_up(hub, door.provider, domains=("county.example.org",)):
        door.expect()
        note("an address of another domain")
    assert len(set(pages)) == 1


def test_nobody_gets_an_account_by_coming(door: Door) -> None:
    from crosswalk.hub.access.models import Worker

    before = Worker.objects.count()
    door.provider.person = {"sub": "1", "email": "nobody.here@example.org", "email_verified": True}
    door.refused("Nobody has let you in")
    assert Worker.objects.count() == before


def test_an_address_given_to_somebody_else_does_not_open_the_old_account(door: Door) -> None:
    door.expect(amr=["mfa"])
    assert door.come().status_code == 302
    door.browser.post("/sign-out/")
    door.provider.person["sub"] = "a newcomer with the old address"
    door.refused("belongs to another sign-in")
    assert entries("refuse sign-in")[0].why.startswith("the account is tied")


def test_a_provider_opens_only_the_organizations_that_chose_it(hub: Any, door: Door) -> None:
    from django.utils import timezone

    from crosswalk.hub.access.models import Membership

    worker = door.expect(amr=["mfa"])
    clinic = Membership.objects.create(
        worker=worker, organization=hub.organization("nobody:"), role="privacy_officer", since=timezone.now()
    )
    door.come()
    assert door.browser.post("/account/act-for", {"membership": clinic.pk}).status_code == 404
    page = door.browser.get("/").content.decode()
    assert hub.organization("nobody:").name not in page


def test_ended_access_ends_a_sign_in_through_a_provider_at_the_next_request(hub: Any, door: Door) -> None:
    from allauth.socialaccount.models import SocialAccount

    from crosswalk.hub.access.models import Membership

    worker = door.expect(amr=["mfa"])
    door.come()
    assert door.browser.get("/likely/").status_code == 200
    membership = Membership.objects.get(worker=worker)
    hub.visitor("supervisor").post(f"/colleagues/{membership.pk}/end", {"why": "left the job"})
    assert door.browser.get("/likely/")["Location"].startswith("/sign-in/")
    assert not SocialAccount.objects.filter(user=worker).exists()
    door.refused("Nobody has let you in")


def test_a_provider_taken_out_of_the_settings_opens_nothing_any_more(door: Door) -> None:
    from django.test import override_settings

    door.expect(amr=["mfa"])
    door.come()
    with override_settings(IDENTITY_PROVIDERS={}):
        assert door.browser.get("/likely/")["Location"].startswith("/sign-in/")


def test_a_code_works_once_and_only_in_the_browser_that_was_sent(door: Door) -> None:
    from django.test import Client

    door.expect(amr=["mfa"])
    back = door.there()
    stolen = Client().get(back)
    assert stolen.status_code == 403
    assert "begun elsewhere" in stolen.content.decode()
    assert door.browser.get(back).status_code == 302
    door.browser.post("/sign-out/")
    again = door.browser.get(back)
    assert again.status_code == 403
    other = door.there()
    code, state = (parse_qs(urlsplit(one).query)[name][0] for one, name in ((back, "code"), (other, "state")))
    replayed = door.browser.get(f"/sign-in/through/county/done?code={code}&state={state}")
    assert "could not be checked" in replayed.content.decode()
    assert door.browser.get("/likely/")["Location"].startswith("/sign-in/")


def test_a_state_of_another_provider_leads_nowhere(hub: Any, door: Door) -> None:
    from django.test import override_settings

    door.expect(amr=["mfa"])
    back = door.there()
    from django.conf import settings

    both = {**settings.IDENTITY_PROVIDERS}
    both["other"] = both["county"].model_copy(update={"key": "other"})
    with override_settings(IDENTITY_PROVIDERS=both):
        answer = door.browser.get(back.replace("/county/", "/other/"))
    assert "begun elsewhere" in answer.content.decode()


def test_whoever_stops_there_is_told_so(door: Door) -> None:
    door.expect()
    state = parse_qs(urlsplit(door.there()).query)["state"][0]
    page = door.browser.get(
        f"/sign-in/through/county/done?error=access_denied&error_description=Rosa&state={state}"
    )
    assert page.status_code == 403
    assert "You stopped signing in" in page.content.decode()
    assert "Rosa" not in page.content.decode()


def test_the_address_may_stand_outside_the_token_but_only_of_the_same_person(door: Door) -> None:
    worker = door.expect(amr=["mfa"])
    door.provider.userinfo.update(sub="somebody else", email=worker.email, email_verified=True)
    door.provider.claims.update(email=None, email_verified=None)
    door.refused("could not be checked")
    door.provider.userinfo["sub"] = door.provider.person["sub"]
    assert door.come().status_code == 302


def test_the_second_factor_is_shown_anew_at_the_provider_that_vouches_for_it(door: Door) -> None:
    from django.urls import reverse

    worker = door.expect("lead_care_manager", amr=["mfa"], auth_time=int(time.time()) - 3600)
    door.come()
    emergency = reverse("emergency", args=[door.hub.person()])
    sent = door.browser.get(emergency)["Location"]
    assert sent.startswith("/sign-in/through/county/?again=1&next=")
    answer = door.come("?" + sent.partition("?")[2])
    assert door.provider.asked[-1]["max_age"] == "0"
    assert answer.status_code == 403, "the provider did not ask again"
    assert "did not ask you for your second factor again" in answer.content.decode()
    door.provider.person["auth_time"] = int(time.time())
    answer = door.come("?" + sent.partition("?")[2])
    assert (answer.status_code, answer["Location"]) == (302, emergency)
    assert door.browser.get(emergency).status_code == 200
    assert entries("sign in")[0].worker_id == worker.pk


def test_a_second_factor_enrolled_here_does_not_stand_in_for_the_providers(door: Door) -> None:
    from django.urls import reverse

    door.expect("lead_care_manager", amr=["mfa"], auth_time=int(time.time()) - 3600)
    door.come()
    session = door.browser.session
    session["account_authentication_methods"] += [{"method": "mfa", "type": "totp", "at": time.time()}]
    session.save()
    sent = door.browser.get(reverse("emergency", args=[door.hub.person()]))
    assert sent["Location"].startswith("/sign-in/through/county/")


def test_an_organization_may_close_its_other_doors(hub: Any, door: Door) -> None:
    from django.test import Client

    worker = door.expect(amr=["mfa"])
    worker.set_password("four candles and a fork")
    worker.save()
    sent = {"login": worker.email, "password": "four candles and a fork"}
    inside = hub.visitor("coordinator")
    with set_up(hub, door.provider, only=True):
        assert inside.get("/likely/")["Location"].startswith("/sign-in/"), "also for who is in already"
        client = Client()
        answer = client.post("/sign-in/", sent)
        assert answer.status_code == 403
        assert (
            "Your organization signs its people in through County single sign-on" in answer.content.decode()
        )
        assert client.get("/likely/")["Location"].startswith("/sign-in/")
        assert door.come().status_code == 302
        assert door.browser.get("/likely/").status_code == 200


def test_who_must_come_through_the_provider_gets_no_link_to_a_password(hub: Any, door: Door) -> None:
    sent = {"name": "Wren Abara", "email": "wren.through@example.org", "role": "biller"}
    page = hub.visitor("site_administrator").post("/colleagues/new", sent).content.decode()
    assert "/password/" in page
    with set_up(hub, door.provider, only=True):
        administrator = door.expect("site_administrator", amr=["mfa"])
        door.come()
        sent["email"] = "wren.only@example.org"
        page = door.browser.post("/colleagues/new", sent).content.decode()
    assert administrator.pk
    assert "/password/" not in page
    assert "signs in through County single sign-on" in page
