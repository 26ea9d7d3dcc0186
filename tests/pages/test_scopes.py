"""A membership for some counties or programs shows those persons and findings alone, by the database itself."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pages.test_answers import CARE_AT, open_question, send

pytestmark = pytest.mark.hub


def narrowed(hub: Any, visitor: Any = None, **scope: list[str]) -> Any:
    """Somebody whose membership is for a part only."""
    from crosswalk.hub.access.models import Membership

    visitor = visitor or hub.visitor("coordinator")
    Membership.objects.filter(worker=visitor.worker).update(**scope)
    return visitor


def persons_on(page: str) -> set[str]:
    return set(re.findall(r'<th scope="row">[^\n]*?<a href="/people/(P\w+)/"', page))


def test_in_another_county_there_is_nobody(hub: Any) -> None:
    person = hub.person()
    assert hub.visitor("coordinator").get(f"/people/{person}/").status_code == 200
    elsewhere = narrowed(hub, counties=["01"])
    for place in ("", "why/ecm.1a/", "consents/", "emergency/"):
        assert elsewhere.get(f"/people/{person}/{place}").status_code == 404, place
    assert not persons_on(elsewhere.get("/likely/").content.decode())
    assert narrowed(hub, counties=["54"]).get(f"/people/{person}/").status_code == 200


def test_a_scope_of_programs_shows_their_lists_and_findings_alone(hub: Any) -> None:
    everybody = persons_on(hub.visitor("coordinator").get("/likely/").content.decode())
    some = narrowed(hub, populations=["ecm.3"])
    listed = persons_on(some.get("/likely/").content.decode())
    assert listed
    assert everybody
    assert listed != everybody
    page = some.get(f"/people/{sorted(listed)[0]}/").content.decode()
    cards = page.partition("Help this person may have")[2].partition("</ul>")[0]
    assert set(re.findall(r"/why/([\w.]+)/", cards)) == {"ecm.3"}


def test_an_answer_of_somebody_with_a_scope_leaves_the_rows_of_others_whole(hub: Any) -> None:
    from django.db import transaction

    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.finding.models import Finding

    carer = hub.visitor("lead_care_manager", CARE_AT)
    place, fact, value = open_question(carer)
    person, program = place.split("/")[2], place.split("/")[4]
    coc = hub.organization("hmis:").pk

    def kept() -> set[str]:
        with transaction.atomic():
            open_rows(worker_id=0, organization_id=coc, role="run", sees=(coc, hub.organization(CARE_AT).pk))
            return set(Finding.objects.filter(person_id=person).values_list("program", flat=True))

    assert send(carer, place, fact=fact, value=value).status_code == 302
    whole = kept()
    assert whole - {program}
    assert send(narrowed(hub, carer, populations=[program]), place, fact=fact, value=value).status_code == 302
    assert kept() == whole


def test_a_colleague_is_let_in_for_a_county_and_a_program(hub: Any) -> None:
    from crosswalk.hub.access.models import Membership

    sent = {"name": "Wren Abara", "email": "wren.scope@example.org", "role": "coordinator"}
    page = hub.visitor("site_administrator").post(
        "/colleagues/new", {**sent, "counties": ["54"], "populations": ["ecm.3"]}
    )
    assert page.status_code == 200
    one = Membership.objects.get(worker__email=sent["email"])
    assert (one.counties, one.populations) == (["54"], ["ecm.3"])
