"""Access begins and ends: the second factor, the idle lock, sessions, and an end that takes effect at once."""

from __future__ import annotations

import time
from typing import Any

import pytest

pytestmark = pytest.mark.hub


def test_a_supervisor_ends_a_workers_access_and_the_next_request_is_refused(hub: Any) -> None:
    from crosswalk.hub.access.models import Membership

    worker = hub.visitor("housing_navigator", "Crossroads Housing Partnership")
    assert worker.get("/likely/").status_code == 200
    membership = Membership.objects.get(worker=worker.worker)
    supervisor = hub.visitor("supervisor", "Crossroads Housing Partnership")
    answer = supervisor.post(f"/colleagues/{membership.pk}/end", {"why": "left the job"})
    assert answer.status_code == 302
    refused = worker.get("/likely/")
    assert refused.status_code == 302
    assert refused["Location"].startswith("/sign-in/")
    worker.worker.refresh_from_db()
    assert not worker.worker.is_active


def test_ending_asks_why_and_keeps_what_was_typed(hub: Any) -> None:
    from crosswalk.hub.access.models import Membership

    colleague = hub.worker("biller")
    membership = Membership.objects.get(worker=colleague)
    answer = hub.visitor("supervisor").post(f"/colleagues/{membership.pk}/end", {"why": ""})
    assert answer.status_code == 422
    membership.refresh_from_db()
    assert membership.ended_at is None


def test_nobody_ends_their_own_access_or_one_elsewhere(hub: Any) -> None:
    from crosswalk.hub.access.models import Membership

    supervisor = hub.visitor("supervisor")
    own = Membership.objects.get(worker=supervisor.worker)
    elsewhere = Membership.objects.get(worker=hub.worker("biller", "plan:"))
    for one in (own, elsewhere):
        assert supervisor.post(f"/colleagues/{one.pk}/end", {"why": "because"}).status_code == 404


def test_somebody_let_in_gets_a_link_that_works_once(hub: Any) -> None:
    from django.test import Client

    from crosswalk.hub.access.models import Worker

    page = hub.visitor("site_administrator").post(
        "/colleagues/new", {"name": "Wren Abara", "email": "wren.abara@example.org", "role": "biller"}
    )
    assert page.status_code == 200
    link = page.content.decode().partition("http://testserver")[2].partition("<")[0]
    newcomer = Client()
    form = newcomer.get(link, follow=True)
    assert 'name="password1"' in form.content.decode()
    chosen = {"password1": "four candles and a fork", "password2": "four candles and a fork"}
    assert newcomer.post(form.request["PATH_INFO"], chosen).status_code == 302
    assert Worker.objects.get(email="wren.abara@example.org").check_password("four candles and a fork")
    assert 'name="password1"' not in Client().get(link, follow=True).content.decode()


def let_in(visitor: Any, email: str, role: str = "biller") -> str:
    """The page after letting somebody in."""
    page = visitor.post("/colleagues/new", {"name": "Wren Abara", "email": email, "role": role})
    assert page.status_code == 200
    return str(page.content.decode())


def test_a_supervisor_lets_nobody_in_to_oversee_others(hub: Any) -> None:
    from crosswalk.hub.access.models import Worker

    for role in ("site_administrator", "privacy_officer", "hmis_administrator"):
        sent = {"name": "Wren Abara", "email": "wren.oversees@example.org", "role": role}
        page = hub.visitor("supervisor").post("/colleagues/new", sent)
        assert page.status_code == 422
        assert f'value="{role}"' not in page.content.decode()
    assert not Worker.objects.filter(email="wren.oversees@example.org").exists()
    assert "/password/" in let_in(
        hub.visitor("site_administrator"), "wren.oversees@example.org", "privacy_officer"
    )


def test_another_organization_gets_no_link_to_an_account_that_waits_for_its_password(hub: Any) -> None:
    email = "wren.elsewhere@example.org"
    assert "/password/" in let_in(hub.visitor("site_administrator"), email)
    page = let_in(hub.visitor("site_administrator", "nobody:"), email)
    assert "/password/" not in page
    assert "can come in for Far Valley Clinic too" in page


def test_one_who_comes_back_gets_a_new_link_and_the_old_password_opens_nothing(hub: Any) -> None:
    from django.test import Client

    from crosswalk.hub.access.models import Membership

    worker = hub.worker("biller", "nobody:")
    worker.set_password("four candles and a fork")
    worker.save()
    former = Membership.objects.get(worker=worker)
    left = hub.visitor("supervisor", "nobody:").post(f"/colleagues/{former.pk}/end", {"why": "left the job"})
    assert left.status_code == 302
    assert "/password/" in let_in(hub.visitor("site_administrator"), worker.email)
    worker.refresh_from_db()
    assert worker.is_active
    assert not worker.has_usable_password()
    client = Client()
    client.post("/sign-in/", {"login": worker.email, "password": "four candles and a fork"})
    assert client.get("/account/").status_code == 302


def test_what_was_changed_about_access_is_kept_by_the_database(hub: Any) -> None:
    from crosswalk.hub.access.models import Membership

    worker = hub.worker("biller")
    Membership.objects.filter(worker=worker).update(role="coordinator")
    kept = Membership.objects.get(worker=worker).events.order_by("pgh_id").values_list("role", flat=True)
    assert list(kept) == ["biller", "coordinator"]


def test_after_the_idle_time_one_signs_in_again_and_comes_back(hub: Any) -> None:
    visitor = hub.visitor("coordinator")
    visitor.get("/")
    session = visitor.session
    session["seen"] = int(time.time()) - 16 * 60
    session.save()
    answer = visitor.get("/likely/?step=refer")
    assert answer.status_code == 302
    assert "next=/likely/%3Fstep%3Drefer" in answer["Location"]
    assert visitor.get("/").status_code == 302


def test_one_signs_another_device_out(hub: Any) -> None:
    from allauth.usersessions.models import UserSession

    here = hub.visitor("coordinator")
    there = hub.visitor("", worker=here.worker)
    for one in (here, there):
        UserSession.objects.create(
            user=here.worker, session_key=one.session.session_key, ip="127.0.0.1", user_agent="a browser"
        )
    other = UserSession.objects.get(session_key=there.session.session_key)
    assert "a browser" in here.get("/account/").content.decode()
    assert here.post(f"/account/sessions/{other.pk}/end").status_code == 302
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    somebody = hub.visitor("coordinator")
    own = UserSession.objects.get(session_key=here.session.session_key)
    assert somebody.post(f"/account/sessions/{own.pk}/end").status_code == 404


def test_password_and_one_time_code_open_the_hub_and_a_password_alone_does_not(hub: Any) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import (
        TOTP,
        generate_totp_secret,
        hotp_value,
        yield_hotp_counters_from_time,
    )
    from django.test import Client

    worker = hub.worker("coordinator")
    worker.set_password("four candles and a fork")
    worker.save()
    client = Client()
    sent = {"login": worker.email, "password": "four candles and a fork"}
    client.post("/sign-in/", sent)
    assert client.get("/likely/")["Location"].endswith("/account/second-factor/")
    secret = generate_totp_secret()
    TOTP.activate(worker, secret)
    codes = RecoveryCodes.activate(worker).get_unused_codes()
    assert len(codes) == 10
    client = Client()
    asked = client.post("/sign-in/", sent)
    assert asked["Location"].startswith("/account/second-factor/authenticate/")
    assert client.get("/likely/")["Location"].startswith("/sign-in/")
    code = hotp_value(secret, next(yield_hotp_counters_from_time()))
    client.post("/account/second-factor/authenticate/", {"code": f"{code:06}"})
    assert client.get("/likely/").status_code == 200


def test_one_click_sign_in_is_only_for_this_machine_and_invented_people(hub: Any) -> None:
    from django.test import Client

    from crosswalk.hub.access.models import Membership

    invented = Membership.objects.get(worker__name="Rosa Delgado")
    real = Membership.objects.get(worker=hub.worker("coordinator"))
    assert Client().post(f"/demo/{invented.pk}").status_code == 302
    assert Client().post(f"/demo/{real.pk}").status_code == 404
    assert Client(REMOTE_ADDR="192.0.2.7").post(f"/demo/{invented.pk}").status_code == 404
    assert Client(HTTP_X_FORWARDED_FOR="127.0.0.1").post(f"/demo/{invented.pk}").status_code == 404
    assert "Rosa Delgado" not in Client(REMOTE_ADDR="192.0.2.7").get("/sign-in/").content.decode()


@pytest.mark.parametrize("away", ["https://example.com/", "//example.com", "/\\example.com"])
def test_sign_in_leads_nowhere_else(hub: Any, away: str) -> None:
    from django.test import Client

    page = Client().post("/language", {"language": "es", "next": away})
    assert page["Location"] == "/"


def test_a_form_without_its_token_changes_nothing(hub: Any) -> None:
    from django.test import Client

    visitor = hub.visitor("coordinator")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = visitor.cookies
    assert strict.post("/account/act-for", {"membership": "1"}).status_code == 403
