"""Every route × every role × own, other and no organization: who gets in, and that all others are told nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pages.routes import EVERY, PUBLIC, ROUTES, SIGNED_IN, Route

pytestmark = pytest.mark.hub


def resolved() -> Iterator[tuple[str, Any]]:
    """Every named route that the resolver knows."""
    from django.urls import URLPattern, get_resolver

    def walk(patterns: list[Any]) -> Iterator[Any]:
        for one in patterns:
            if isinstance(one, URLPattern):
                yield one
            else:
                yield from walk(one.url_patterns)

    for one in walk(get_resolver().url_patterns):
        yield one.name, one


def address(name: str, hub: Any, worker: Any) -> str:
    """The address of a route with its arguments filled from this organization."""
    from django.urls import reverse

    from crosswalk.hub.access.models import Membership
    from crosswalk.hub.network.models import Service

    membership = Membership.objects.filter(worker=worker).first()
    colleague = Membership.objects.get(worker__name="Kenji Moreau")
    values = {
        "person_id": hub.person(),
        "program": "ecm.1a",
        "membership_id": colleague.pk,
        "membership": membership.pk if membership else 0,
        "session_id": 0,
        "answer_id": 0,
        "emergency_id": 0,
        "consent_id": 0,
        "delivery_id": hub.delivery().pk,
        "uidb36": "1",
        "key": "set-password",
        "pk": 0,
        "entry": 0,
        "view_id": 0,
        "token": "0" * 16,
        "provider": "county",
        "need": "cs.htns",
        "to_service": Service.objects.get(name="Housing Navigation").pk,
        "referral_id": 0,
        "notice_id": 0,
        "request_id": 0,
        "contract_id": 0,
        "licence_id": 0,
        "lead_id": 0,
        "asked_id": 0,
        "handoff_id": 0,
        "kind": "step",
        "figure": "referred",
        "which": "sent",
        "pile": "owed",
        "county": "54",
        "service_id": listed_service().pk,
        "organization_id": listed_service().organization_id,
        **asked_about(hub),
    }
    return reverse(name, kwargs={key: values[key] for key in ROUTES[name].takes})


def listed_service() -> Any:
    """A service that is in the network."""
    from crosswalk.hub.network.models import Service

    return Service.objects.order_by("pk").first()


def asked_about(hub: Any) -> dict[str, int]:
    """An open question who is who, and a record of a person who has several."""
    from django.db.models import Count

    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.people.grouping import open_everything
    from crosswalk.hub.people.models import Link, Person, Record

    open_everything()
    link = Link.objects.filter(decision="ask", answered="").order_by("pk").first()
    several = Person.objects.annotate(n=Count("records")).filter(n__gt=1).order_by("pk").first()
    record = Record.objects.filter(person=several).first()
    open_rows(worker_id=0, organization_id=0, role="", sees=())
    return {"link_id": link.pk, "record_id": record.pk}


def test_every_route_is_in_the_matrix(hub: Any) -> None:
    names = [name for name, _ in resolved()]
    assert None not in names, "every route has a name"
    assert sorted(names) == sorted(ROUTES), "add the new route to tests/pages/routes.py"


def test_every_page_of_ours_has_a_door_that_says_who_may(hub: Any) -> None:
    open_to_all = {name for name, route in ROUTES.items() if route.who == PUBLIC}
    bare = [
        name
        for name, one in resolved()
        if one.callback.__module__.startswith("crosswalk.") and name not in open_to_all
        if not hasattr(one.callback, "act")
    ]
    assert not bare


def asked(client: Any, name: str, hub: Any) -> Any:
    """Ask for a route as this person."""
    from crosswalk.hub.access.models import Membership

    route = ROUTES[name]
    own = Membership.objects.filter(worker=client.worker).values_list("pk", flat=True).first()
    sent = {key: str(own) if value == "own" else value for key, value in route.sent}
    where = address(name, hub, client.worker)
    return client.post(where, sent) if route.method == "post" else client.get(where)


def may(route: Route, role: str) -> bool:
    return route.who in (PUBLIC, SIGNED_IN) or role in route.who


@pytest.mark.parametrize("role", sorted(EVERY))
def test_in_the_own_organization(hub: Any, role: str) -> None:
    visitor = hub.visitor(role)
    wrong = {}
    for name, route in ROUTES.items():
        if name in ("account_logout", "end_session", "demo_sign_in"):
            continue  # these end or change the session; they have tests of their own
        status = asked(visitor, name, hub).status_code
        expected = route.answers if may(route, role) else (404,)
        if status not in expected:
            wrong[name] = (status, expected)
    assert not wrong


@pytest.mark.parametrize("role", sorted(EVERY))
def test_another_organizations_things_are_not_there(hub: Any, role: str) -> None:
    visitor = hub.visitor(role, "nobody:")
    foreign = [
        name
        for name, route in ROUTES.items()
        if {"person_id", "membership_id", "delivery_id"} & set(route.takes)
    ]
    assert {name: asked(visitor, name, hub).status_code for name in foreign} == dict.fromkeys(foreign, 404)


@pytest.mark.parametrize("role", sorted(EVERY))
def test_without_an_organization_nothing_opens(hub: Any, role: str) -> None:
    wrong = {}
    for name, route in ROUTES.items():
        # allauth's pages about one's own second factor ask for an account alone, and show nothing but that
        if route.who == PUBLIC or name.startswith(("mfa_", "account_")):
            continue
        visitor = hub.visitor(role, "")
        answer = asked(visitor, name, hub)
        if answer.status_code != 302 or not answer["Location"].startswith("/sign-in/"):
            wrong[name] = answer.status_code
    assert not wrong


def test_without_the_second_factor_only_ones_own_account_opens(hub: Any) -> None:
    visitor = hub.visitor("coordinator", strong=False)
    for name, route in ROUTES.items():
        if isinstance(route.who, frozenset) and "coordinator" in route.who and route.method == "get":
            answer = asked(visitor, name, hub)
            assert answer.status_code == 302, name
            assert "second-factor" in answer["Location"]


def test_nobody_signed_in_is_sent_to_the_sign_in_page(hub: Any) -> None:
    from django.test import Client

    stranger = Client()
    stranger.worker = None
    for name, route in ROUTES.items():
        if route.who == PUBLIC or name == "demo_sign_in":
            continue
        answer = asked(stranger, name, hub)
        assert answer.status_code == 302, name
        assert answer["Location"].startswith("/sign-in/"), name
