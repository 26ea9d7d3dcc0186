"""The coordinator's numbers: the story of 220 and 433, what stands behind each figure, and where referrals stopped."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest

from pages.test_budget import statements

pytestmark = pytest.mark.hub
HOMES = "Crossroads Housing Partnership"


@pytest.fixture
def story(hub: Any) -> Iterator[Any]:
    """The hub with the invented county's referrals."""
    from django.utils import timezone

    from crosswalk.hub.care.invented import story_of_the_demo

    story_of_the_demo(truth=hub.data / "county" / "truth.csv", at=timezone.now(), on=timezone.localdate())
    _nobody()
    return hub


def _nobody() -> None:
    from crosswalk.hub.access.viewer import open_rows

    open_rows(worker_id=0, organization_id=0, role="", sees=())


def everything(model: str) -> Any:
    """All rows of a table of the room, as the hub itself sees them."""
    from django.apps import apps

    from crosswalk.hub.access.itself import everyone
    from crosswalk.hub.access.viewer import open_rows

    open_rows(worker_id=0, organization_id=0, role="run", sees=everyone())
    return apps.get_model("referrals", model).objects.all()


def first_of_the_story() -> Any:
    from django.utils import timezone

    from crosswalk.hub.referrals.reach import MONTHS, months_before

    return months_before(timezone.localdate(), MONTHS)


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_chart_tells_the_story_of_220_and_433(story: Any) -> None:
    page = words(story.visitor("coordinator").get("/referrals/numbers/"))
    assert re.search(r"220 1 \w+ \d{4} → 433 1 \w+ \d{4} ?: 213 more \(\+97 %\)", page), page


def test_every_bar_opens_as_many_referrals_as_it_says(story: Any) -> None:
    desk = story.visitor("coordinator")
    page = desk.get("/referrals/numbers/").content.decode()
    bars = re.findall(
        r'<a href="(/referrals/numbers/calaim/\w+/\?[^"]*)"[^>]*>\s*(?:<rect[^>]*>\s*<text[^>]*>)?([\d,]+)',
        page,
    )
    assert len(bars) >= 9 * 3 - 1
    for place, told in bars[:3] + bars[9:15]:
        behind = words(desk.get(place.replace("&amp;", "&")))
        assert re.search(rf"\b{told} referrals?\b", behind), (place, told)


def test_the_numbers_are_those_that_the_rows_say(story: Any) -> None:
    from crosswalk.hub.referrals.reach import midnight

    desk = story.visitor("coordinator")
    page = desk.get("/referrals/numbers/").content.decode()
    begin = midnight(first_of_the_story())
    rows = [one for one in everything("referral") if one.at >= begin]
    verbs: dict[int, set[str]] = {}
    for edge in everything("edge"):
        verbs.setdefault(edge.referral_id, set()).add(edge.verb)
    said = dict(re.findall(r'/referrals/numbers/step/(\w+)/\?[^"]*">([\d,]+)<', page))
    assert said == {
        "referred": str(len(rows)),
        "authorized": str(sum("authorize" in verbs[one.pk] for one in rows)),
        "offered": str(sum("offer" in verbs[one.pk] for one in rows)),
        "accepted": str(sum("accept" in verbs[one.pk] for one in rows)),
        "started": str(sum("start" in verbs[one.pk] for one in rows)),
        "received": str(sum(one.outcome == "services_received" for one in rows)),
    }


def test_whether_a_clock_was_kept_is_what_the_clock_itself_says(story: Any) -> None:
    """The statement adds the same days to a moment as the clocks of core do, weekends and all."""
    from django.utils import timezone

    from crosswalk.core.journeys.clocks import due
    from crosswalk.core.journeys.table import table
    from crosswalk.hub.pages.policy import edition
    from crosswalk.hub.referrals.reach import midnight

    states = table(edition(timezone.localdate()))
    begin = midnight(first_of_the_story())
    walks: dict[int, list[Any]] = {}
    referrals = {one.pk: one for one in everything("referral") if one.at >= begin}
    for edge in everything("edge").order_by("id"):
        if edge.referral_id in referrals and not (edge.verb == "authorize" and edge.before == edge.after):
            walks.setdefault(edge.referral_id, []).append(edge)
    kept: dict[str, list[bool]] = {}
    for number, edges in walks.items():
        one = referrals[number]
        for here, there in itertools.pairwise(edges):
            key = states.states[here.after].clock(one.service, expedited=one.expedited)
            kept.setdefault(here.after, []).append(bool(key) and there.at <= due(states.clocks[key], here.at))
    page = words(story.visitor("coordinator").get("/referrals/numbers/"))
    for state, all_of_them in kept.items():
        assert f"{sum(all_of_them)} of {len(all_of_them)}" in page, state


def test_nobody_is_counted_whom_the_viewer_may_not_see(story: Any) -> None:
    outside = words(story.visitor("coordinator", "nobody:").get("/referrals/numbers/"))
    assert "220" not in outside
    assert "Nothing in these days" in outside
    carer = story.visitor("lead_care_manager", HOMES)
    own = everything("referral").filter(parties__contains=[story.organization(HOMES).pk])
    standing = own.filter(service__startswith="cs.").count() + own.filter(service="ecm").count()
    _nobody()
    assert f": {standing}." in words(carer.get("/referrals/numbers/"))


def test_narrowed_to_one_help_and_one_provider_everything_is_theirs(story: Any) -> None:
    desk = story.visitor("coordinator")
    homes = story.organization(HOMES).pk
    many = everything("referral").filter(service="cs.htns", receiver_id=homes).count()
    _nobody()
    page = desk.get("/referrals/numbers/", {"service": "cs.htns", "provider": homes})
    assert f": {many}." in words(page)
    assert f"service=cs.htns&amp;provider={homes}" in page.content.decode()


def test_each_referral_that_ended_in_no_service_is_in_the_audit_where_it_stopped(story: Any) -> None:
    from crosswalk.hub.referrals.reach import midnight

    desk = story.visitor("coordinator")
    page = desk.get("/referrals/audit/")
    begin = midnight(first_of_the_story())
    ended = [
        one for one in everything("referral").filter(state="closed").exclude(outcome="services_received")
        if one.at >= begin
    ]  # fmt: skip
    last = {one.referral_id: one.before for one in everything("edge").filter(after="closed")}
    _nobody()
    assert f"{len(ended)} referrals ended in no service" in words(page)
    for stopped in {last[one.pk] for one in ended}:
        place = re.search(rf'href="(/referrals/audit/[^"]*stopped={stopped}[^"#]*)', page.content.decode())
        assert place, stopped
        here = desk.get(place[1].replace("&amp;", "&")).content.decode()
        shown = {int(number) for number in re.findall(r'<a href="/referrals/(\d+)/"', here)}
        assert shown == {one.pk for one in ended if last[one.pk] == stopped}


def test_the_late_ones_are_open_and_their_clock_has_run_out(story: Any) -> None:
    from django.utils import timezone

    page = story.visitor("coordinator").get("/referrals/audit/?which=late").content.decode()
    shown = {int(number) for number in re.findall(r'<a href="/referrals/(\d+)/"', page)}
    late = everything("referral").exclude(state="closed").filter(due__lt=timezone.now())
    from crosswalk.hub.referrals.reach import midnight

    assert shown == set(late.filter(at__gte=midnight(first_of_the_story())).values_list("pk", flat=True))


def test_the_audit_goes_along_as_a_sheet_in_which_no_cell_is_a_formula(story: Any) -> None:
    from crosswalk.hub.journal.models import Entry

    one = everything("referral").filter(outcome="unable_to_reach").order_by("-at")[0]
    from crosswalk.hub.people.models import Person

    Person.objects.filter(pk=one.person_id).update(name='=HYPERLINK("x")')
    _nobody()
    desk = story.visitor("coordinator")
    assert desk.post("/referrals/audit/sheet", {"sheet": "csv"}).status_code == 422
    answer = desk.post(
        "/referrals/audit/sheet?from=2020-01-01&to=2099-01-01", {"sheet": "csv", "purpose": "Monthly audit"}
    )
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    mine = next(row for row in rows if row["No."] == str(one.pk))
    assert mine["Person"] == '\'=HYPERLINK("x")'
    assert mine["Why"] == "Unable to reach the member"
    own = desk.worker.memberships.get().organization_id
    from crosswalk.hub.access.viewer import open_rows

    open_rows(worker_id=desk.worker.pk, organization_id=own, role="privacy_officer", sees=(own,))
    told = Entry.objects.filter(kind="read", verb="take audit along").order_by("-seq").first()
    assert told is not None
    assert told.why == "Monthly audit"
    assert one.person_id in told.persons


def test_the_pages_cost_few_statements(story: Any) -> None:
    desk = story.visitor("coordinator")
    for place in (
        "/referrals/numbers/",
        "/referrals/numbers/step/accepted/",
        "/referrals/audit/",
        "/referrals/audit/?which=late",
    ):
        heard = statements(desk, place)
        assert len(heard) <= 8, heard


def test_an_address_that_cannot_be_read_is_the_default(story: Any) -> None:
    desk = story.visitor("coordinator")
    for place in (
        "?from=tomorrow",
        "?provider=99999999999999",
        "?provider=x&service='--",
        "?from=1901-01-01&to=2999-01-01",
    ):
        assert desk.get(f"/referrals/numbers/{place}").status_code == 200
        assert desk.get(f"/referrals/audit/{place}").status_code == 200


def test_the_same_county_has_the_same_referrals(story: Any) -> None:
    from django.utils import timezone

    from crosswalk.hub.care.invented import story_of_the_demo

    before = everything("referral").count()
    story_of_the_demo(truth=story.data / "county" / "truth.csv", at=timezone.now(), on=timezone.localdate())
    assert everything("referral").count() == before
    for one in everything("referral")[:50]:
        assert (one.state == "closed") == bool(one.outcome)
        last = one.edges.order_by("-id").first()
        assert last.after == one.state
        assert last.at >= one.since
