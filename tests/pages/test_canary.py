"""Nothing that names a person leaves the pages: not in logs, metrics, addresses, jobs, error pages or titles."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

pytestmark = pytest.mark.hub

NAME, CIN, BORN, SSN = "Zebedee Quillfeather", "90000001A", "1961-07-19", "900-11-2233"


@pytest.fixture
def canary(hub: Any) -> str:
    """A person with names and numbers that occur nowhere else."""
    from crosswalk.hub.access.models import Organization
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.people.models import Person, Record

    everyone = list(Organization.objects.values_list("pk", flat=True))
    open_rows(worker_id=0, organization_id=0, role="run", sees=tuple(everyone))
    Person.objects.create(id="P00000000CANARY00", name=NAME, born=BORN, known_to=everyone)
    Record.objects.create(
        person_id="P00000000CANARY00",
        source="plan:sequoia",
        source_id=CIN,
        first_name="Zebedee",
        known_to=everyone,
    )
    return "P00000000CANARY00"


def test_logs_metrics_errors_and_titles_name_nobody(hub: Any, canary: str, monkeypatch: Any) -> None:
    from crosswalk.hub.home import views
    from crosswalk.hub.site import logs

    heard = io.StringIO()
    logs.configure(heard)
    visitor = hub.visitor("coordinator")
    visitor.raise_request_exception = False
    page = visitor.get(f"/people/{canary}/").content.decode()
    assert NAME in page
    assert CIN in page
    assert NAME not in re.search(r"<title>(.*?)</title>", page)[1]  # type: ignore[index]
    visitor.get(f"/people/{canary}/?name={NAME}&cin={CIN}")

    def fails(**_: Any) -> None:
        raise ValueError(f"could not read {NAME}, born {BORN}, CIN {CIN}, SSN {SSN}")

    monkeypatch.setattr(views.people, "moments", fails)
    broken = visitor.get(f"/people/{canary}/")
    assert broken.status_code == 500
    logs.log().info("request", error=f"{CIN} {BORN} {SSN} someone@example.org", name=NAME, person=canary)
    metrics = visitor.get("/metrics").content.decode()
    said = heard.getvalue()
    assert '"status": 500' in said
    for place in (said, metrics, broken.content.decode()):
        for secret in (NAME, "Zebedee", CIN, BORN, SSN, canary, "someone@example.org"):
            assert secret not in place


def test_no_address_of_a_page_holds_a_name_or_number(hub: Any, canary: str) -> None:
    pages = "".join(
        hub.visitor("coordinator").get(place).content.decode()
        for place in ("/", "/likely/", f"/people/{canary}/")
    )
    addresses = re.findall(r'(?:href|action)="([^"]*)"', pages)
    assert len(addresses) > 50
    assert not [one for one in addresses if re.search(r"(?<!\w)\d{8}[A-Z]\b|Zebedee|\d{4}-\d\d-\d\d", one)]


def test_a_search_leaves_no_name_in_logs_addresses_or_metrics(hub: Any, canary: str) -> None:
    from crosswalk.hub.site import logs

    heard = io.StringIO()
    logs.configure(heard)
    visitor = hub.visitor("coordinator")
    answer = visitor.post("/search/", {"sought": f"{NAME} {BORN} {CIN}"})
    page = visitor.get(answer["Location"]).content.decode()
    # What was typed stands in the box of the result page, and nowhere else.
    assert page.count(NAME) == 1
    assert NAME not in re.search(r"<title>(.*?)</title>", page)[1]  # type: ignore[index]
    for place in (heard.getvalue(), visitor.get("/metrics").content.decode(), answer["Location"]):
        for secret in (NAME, "Zebedee", "Quillfeather", CIN, BORN):
            assert secret not in place


def test_pages_are_kept_by_no_browser_and_run_no_foreign_script(hub: Any) -> None:
    answer = hub.visitor("coordinator").get("/likely/")
    assert "no-store" in answer["Cache-Control"]
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "<script>" not in answer.content.decode()
    assert " style=" not in answer.content.decode()


def test_what_people_typed_is_shown_as_text_and_never_as_markup(hub: Any, canary: str) -> None:
    from crosswalk.hub.access.models import Organization
    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.people.models import Person

    open_rows(
        worker_id=0,
        organization_id=0,
        role="run",
        sees=tuple(Organization.objects.values_list("pk", flat=True)),
    )
    Person.objects.filter(pk=canary).update(name="<script>alert(1)</script>")
    page = hub.visitor("coordinator").get(f"/people/{canary}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
