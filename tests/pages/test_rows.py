"""The second wall: row-level security shows nothing to whoever has not said for whom they look."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.hub

#: Tables that hold nothing about people: sign-in, settings, texts shared by everybody, counts, the machinery;
#: and old ids with the ids they lead to (`people_alias`), which open nothing without the walled row behind them.
#: The network is a directory that everybody who works with the hub reads; it knows nobody who seeks help.
OPEN = {
    "people_alias", "people_deck", "network_listing", "network_site", "network_contact", "network_service",
    "network_service_sites", "network_reach", "network_contract", "network_licence", "network_statement",
    "network_caseload", "network_asked",
    "access_organization", "access_worker", "access_membership", "access_agreement", "access_organizationevent",
    "access_workerevent", "access_membershipevent", "access_agreementevent", "pghistory_context", "finding_run",
    "finding_said", "finding_tally", "account_emailaddress", "account_emailconfirmation", "auth_group",
    "auth_group_permissions", "auth_permission", "django_content_type", "django_migrations", "django_session",
    "mfa_authenticator", "socialaccount_socialaccount", "socialaccount_socialapp", "socialaccount_socialtoken",
    "usersessions_usersession", "journal_head", "procrastinate_jobs",
    "jobs_failure", "procrastinate_periodic_defers", "procrastinate_events", "procrastinate_workers",
}  # fmt: skip


def every_table() -> dict[str, tuple[bool, bool]]:
    """Table → is the wall up, and for the owner too."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class AS c JOIN pg_namespace AS n"
            " ON n.oid = c.relnamespace WHERE nspname = 'public' AND relkind IN ('r', 'p')"
        )
        return {name: (up, forced) for name, up, forced in cursor.fetchall()}


def count(table: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return int(cursor.fetchone()[0])


def test_every_table_about_people_has_the_wall_for_the_owner_too(hub: Any) -> None:
    without = {name for name, walled in every_table().items() if walled != (True, True)}
    assert without == OPEN, "a new table gets a wall in its migration, or a reason in OPEN"


def test_the_role_that_serves_pages_owns_nothing_and_passes_by_nothing(hub: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)


def test_without_saying_for_whom_nothing_is_there(hub: Any) -> None:
    walled = [name for name, (up, _) in every_table().items() if up]
    assert len(walled) >= 7
    assert {name: count(name) for name in walled} == dict.fromkeys(walled, 0)


def test_after_a_request_the_rows_are_closed_again(hub_site: Any) -> None:
    from django.db import transaction

    from crosswalk.hub.access.viewer import open_rows

    with transaction.atomic():
        everyone = tuple(range(1, 50))
        open_rows(worker_id=0, organization_id=0, role="run", sees=everyone)
        assert count("people_person") > 0
    assert count("people_person") == 0


def test_the_owner_of_the_tables_is_held_too(hub: Any) -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person")
        assert cursor.fetchone() == (0,)


def test_a_restricted_person_is_there_only_for_those_named(hub: Any) -> None:
    from django.db import connection

    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.people.models import Person

    one, named, other = hub.person(), hub.worker("coordinator"), hub.worker("coordinator")
    everyone = tuple(range(1, 50))

    def look(worker: Any) -> bool:
        open_rows(worker_id=worker.pk, organization_id=1, role="coordinator", sees=everyone)
        return bool(Person.objects.filter(pk=one).exists())

    open_rows(worker_id=named.pk, organization_id=1, role="coordinator", sees=everyone)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET named = %s WHERE id = %s", [[named.pk], one])
    assert look(named)
    assert not look(other)


def test_an_ended_agreement_closes_the_giver_s_rows_at_the_next_request(hub: Any) -> None:
    from django.utils import timezone

    from crosswalk.hub.access.models import Agreement

    analyst = hub.visitor("plan_analyst", "plan:")
    coordinator = hub.visitor("coordinator")
    plan_only = _only_known_to_plans()
    assert coordinator.get(f"/people/{plan_only}/").status_code == 200
    Agreement.objects.filter(receiver=hub.organization("hmis:")).update(ends=timezone.localdate())
    assert coordinator.get(f"/people/{plan_only}/").status_code == 404
    assert analyst.get("/").status_code == 200


def _only_known_to_plans() -> str:
    from crosswalk.hub.access.models import Organization
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.people.models import Person

    plans = list(Organization.objects.filter(source__startswith="plan:").values_list("pk", flat=True))
    open_rows(worker_id=0, organization_id=0, role="run", sees=tuple(plans))
    return str(Person.objects.filter(known_to__contained_by=plans).first().pk)
