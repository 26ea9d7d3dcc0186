"""The journal: it grows with every look and act, nobody can rewrite it, and a change anywhere is found."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.hub


def newest(organization: Any) -> Any:
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.journal.models import Entry

    open_rows(worker_id=0, organization_id=organization.pk, role="privacy_officer", sees=(organization.pk,))
    return Entry.objects.order_by("-seq").first()


def test_each_look_at_a_person_is_written_with_fields_and_basis(hub: Any) -> None:
    visitor, one = hub.visitor("coordinator"), hub.person()
    visitor.get(f"/people/{one}/")
    entry = newest(hub.organization("hmis:"))
    assert (entry.kind, entry.verb, entry.persons) == ("read", "open person", [one])
    assert entry.worker_id == visitor.worker.pk
    assert "coverage" in entry.fields
    assert "agreement" in entry.basis


def test_a_list_is_written_with_everybody_on_it(hub: Any) -> None:
    visitor = hub.visitor("coordinator")
    page = visitor.get("/likely/").content.decode()
    entry = newest(hub.organization("hmis:"))
    assert len(entry.persons) == 50
    assert all(f"/people/{one}/" in page for one in entry.persons)


def test_a_page_that_is_refused_writes_nothing(hub: Any) -> None:
    before = newest(hub.organization("hmis:"))
    hub.visitor("biller").get("/likely/")
    hub.visitor("coordinator", "nobody:").get(f"/people/{hub.person()}/")
    after = newest(hub.organization("hmis:"))
    assert (before and before.seq) == (after and after.seq)


@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE journal_entry SET worker = 'Somebody else'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "INSERT INTO journal_entry SELECT * FROM journal_entry LIMIT 1",
        "UPDATE journal_head SET seq = 0",
    ],
)
def test_whoever_serves_pages_cannot_rewrite_it(hub: Any, attempt: str) -> None:
    from django.db import DatabaseError, connection, transaction

    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attempt)


def test_not_even_the_owner_changes_it_by_an_ordinary_statement(hub_site: Any) -> None:
    from django.db import DatabaseError, connections, transaction

    for attempt in (
        "UPDATE journal_entry SET worker = ''",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
    ):
        with (
            pytest.raises(DatabaseError, match="cannot be rewritten"),
            transaction.atomic(using="owner"),
            connections["owner"].cursor() as cursor,
        ):
            cursor.execute(attempt)


@pytest.mark.parametrize(
    ("tampering", "says"),
    [
        ("UPDATE journal_entry SET basis = 'none' WHERE seq = 2", "its basis was changed"),
        ("UPDATE journal_entry SET at = at + interval '1 day' WHERE seq = 2", "number or time"),
        ("UPDATE journal_entry SET said = said || ' ' WHERE seq = 2", "not made of what it says"),
        ("UPDATE journal_entry SET persons = ARRAY['P0'] WHERE seq = 2", "its persons was changed"),
        ("DELETE FROM journal_entry WHERE seq = 1", "entry 1 is missing"),
        (
            "DELETE FROM journal_entry WHERE seq = (SELECT max(seq) FROM journal_entry)",
            "last entries were taken out",
        ),
    ],
)
def test_whoever_breaks_in_and_changes_it_is_found(hub_site: Any, tampering: str, says: str) -> None:
    from django.db import connections, transaction

    from crosswalk.hub.journal.verify import verify

    assert verify().holds
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_stays")
            cursor.execute(tampering)
        verdict = verify()
        transaction.set_rollback(True, using="owner")
    assert not verdict.holds
    assert says in verdict.says
    assert verify().holds


def test_the_privacy_officer_prints_who_looked(hub: Any) -> None:
    one = hub.person()
    looker = hub.worker("lead_care_manager", "hmis:", name="Noor Lindqvist")
    hub.visitor("", worker=looker).get(f"/people/{one}/")
    page = hub.visitor("privacy_officer").get(f"/people/{one}/looks/").content.decode()
    assert "Noor Lindqvist" in page
    assert "opened the person’s page" in page


def test_the_command_verifies_the_chain(hub_site: Any) -> None:
    from command_line import crosswalk

    said = crosswalk("journal", "verify", "--data", hub_site.data, "--json")
    assert said.summary["holds"] is True
    assert said.summary["entries"] >= 2
