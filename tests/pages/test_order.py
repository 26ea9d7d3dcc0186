"""What the lists say first: the order of a person's programs is the policy's, in the hub as in the report."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.hub


def test_the_first_program_of_a_line_is_the_one_that_policy_begins_with(hub: Any) -> None:
    from django.db import transaction

    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.finding.models import Finding, Listed, Run
    from crosswalk.hub.finding.programs import programs, weights

    everyone = tuple(hub.organization(where).pk for where in ("hmis:", "plan:"))
    with transaction.atomic():
        open_rows(worker_id=0, organization_id=everyone[0], role="run", sees=everyone)
        on = Run.objects.get().on
        known, order = programs(on), weights(on).order
        ranks = {(one.person_id, one.program): one.rank or 0 for one in Finding.objects.all()}
        begun_by_turn = 0
        for line in Listed.objects.filter(organization_id=everyone[0]):
            for listed in (line.met, line.open):
                right = sorted(listed, key=lambda code: order(known[code], ranks[line.person_id, code]))
                assert listed == right
                begun_by_turn += listed != sorted(listed)
        assert begun_by_turn, "the county has somebody whose first program is not the first of the alphabet"


def test_the_persons_page_keeps_the_same_order(hub: Any) -> None:
    page = hub.visitor("coordinator").get(f"/people/{hub.person()}/").content.decode()
    cards = page.partition("Help this person may have")[2].partition("</ul>")[0]
    assert 0 < cards.index("/why/cs.htns/") < cards.index("/why/cs.dayhab/")
    assert cards.index("/why/ecm.1a/") < cards.index("/why/cs.htns/")
