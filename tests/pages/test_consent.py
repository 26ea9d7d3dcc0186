"""What is shown is decided at that moment: by the table, by what the person signed, and by nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

pytestmark = pytest.mark.hub

PART2_NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


def form(**changed: Any) -> dict[str, Any]:
    """A whole and valid form, as it would be typed."""
    from django.utils import timezone

    today = timezone.localdate()
    return {
        "answer": "given",
        "form": "ascmi_ab133",
        "version": "1",
        "language": "English",
        "categories": ["substance_use", "mental_health"],
        "holders": ["any"],
        "recipients": ["care_partners"],
        "purposes": ["care_coordination"],
        "signed_on": today.isoformat(),
        "expires_on": (today + timedelta(days=365)).isoformat(),
        "signer": "self",
        "method": "paper",
        "statements": ["revocation", "no_conditioning", "redisclosure"],
        "copy_given": "on",
        "document": "binder 4",
        **changed,
    }


def whole(visitor: Any, person: str) -> str:
    answer = visitor.get(f"/people/{person}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def record(visitor: Any, person: str, **changed: Any) -> Any:
    return visitor.post(f"/people/{person}/consents/new", form(**changed))


def newest(person: str) -> int:
    from crosswalk.hub.consent.models import Consent

    return int(Consent.objects.filter(person_id=person).order_by("-pk")[0].pk)


def somebody_with(hub: Any, kind: str, code: str) -> str:
    """A person known to the CoC of whom a plan told this."""
    from django.db import transaction

    from crosswalk.hub.access.viewer import open_rows
    from crosswalk.hub.people.models import Moment

    coc = hub.organization("hmis:").pk
    with transaction.atomic():
        open_rows(worker_id=0, organization_id=coc, role="run", sees=(coc,))
        found = Moment.objects.filter(kind=kind, code__startswith=code).order_by("pk").first()
        assert found is not None
        return str(found.person_id)


def test_substance_use_waits_for_a_consent_and_is_hidden_again_when_it_is_revoked(hub: Any) -> None:
    rosa, person = hub.visitor("coordinator"), hub.person()
    before = whole(rosa, person)
    assert "F11.20" not in before
    assert "about substance use, other sources" in before
    assert "No consent on file" in before
    assert record(rosa, person).status_code == 302
    shown = whole(rosa, person)
    assert "F11.20" in shown
    assert "Consent on file" in shown
    assert (
        rosa.post(f"/people/{person}/consents/{newest(person)}/revoke", {"how": "by telephone"}).status_code
        == 302
    )
    after = whole(rosa, person)
    assert "F11.20" not in after
    assert "Consent revoked" in after


def test_a_refusal_is_on_file_and_closes_nothing_that_law_allows(hub: Any) -> None:
    rosa, person = hub.visitor("coordinator"), hub.person()
    before = whole(rosa, person)
    assert record(rosa, person, answer="refused", expires_on="", statements=[]).status_code == 302
    after = whole(rosa, person)
    assert "Consent refused" in after
    assert before.count("Emergency visit") == after.count("Emergency visit") > 0
    assert "F11.20" not in after


def test_what_the_person_asked_not_to_share_is_hidden_though_the_law_would_allow_it(hub: Any) -> None:
    rosa, person = hub.visitor("coordinator"), hub.person()
    assert "Emergency visit" in whole(rosa, person)
    record(
        rosa,
        person,
        answer="restricted",
        categories=["health"],
        recipients=[str(hub.organization("hmis:").pk)],
    )
    page = whole(rosa, person)
    assert "Emergency visit" not in page
    assert "the person asked that this is not shared" in page


def somebody_of_the_continuum_alone(organization: Any) -> Any:
    """A person on an organization's list by agreement only: it keeps no record of them itself."""
    from crosswalk.hub.finding.models import Listed
    from crosswalk.hub.people import grouping

    grouping.open_everything()
    listed = Listed.objects.filter(organization=organization).exclude(
        person__known_to__contains=[organization.pk]
    )
    return listed.exclude(person__name="").select_related("person").order_by("place")[0].person


def test_who_asked_not_to_be_named_to_somebody_is_nowhere_there_until_that_is_lifted(hub: Any) -> None:
    provider = hub.organization("plan:")
    rosa, visitor = hub.visitor("coordinator"), hub.visitor("coordinator", "plan:")
    person = somebody_of_the_continuum_alone(provider)

    def there() -> tuple[int, bool, bool]:
        found = visitor.get(
            visitor.post("/search/", {"sought": f"{person.name} {person.born.year}"})["Location"]
        )
        listed = visitor.get(f"/likely/?county={person.county}").content.decode()
        return (
            visitor.get(f"/people/{person.pk}/").status_code,
            person.pk in found.content.decode(),
            person.pk in listed,
        )

    def counted() -> int:
        """How many the provider is told to be on its list, as a night counts it."""
        from django.utils import timezone

        from crosswalk.hub.finding.models import Tally
        from crosswalk.hub.people import grouping
        from crosswalk.hub.runs.tallies import count_queues

        grouping.open_everything()
        count_queues(timezone.localdate())
        return int(Tally.objects.get(organization=provider, queue="all").count)

    everybody = counted()
    assert there() == (200, True, True)
    wish = {"answer": "restricted", "expires_on": "", "categories": ["identity"]}
    assert record(rosa, person.pk, **wish, recipients=[str(provider.pk)]).status_code == 302
    assert there() == (404, False, False)
    assert counted() == everybody - 1, "nor in a count"
    for page in ("why/ecm.1a/", "consents/", "looks/"):
        assert visitor.get(f"/people/{person.pk}/{page}").status_code == 404, page
    assert person.name in whole(rosa, person.pk), "who keeps a record of the person still sees it"
    rosa.post(f"/people/{person.pk}/consents/{newest(person.pk)}/revoke", {"how": "by telephone"})
    assert there() == (200, True, True)
    assert counted() == everybody


def journal_open() -> None:
    from crosswalk.hub.access.itself import everyone
    from crosswalk.hub.access.viewer import open_rows

    open_rows(worker_id=0, organization_id=0, role="privacy_officer", sees=everyone())


def somebody_without_medi_cal(organization: Any) -> Any:
    """A person on an organization's list by agreement only, whom no plan is known to cover."""
    from crosswalk.hub.coverage.models import Span
    from crosswalk.hub.finding.models import Listed
    from crosswalk.hub.people import grouping

    grouping.open_everything()
    listed = Listed.objects.filter(organization=organization, plan="").exclude(
        person__known_to__contains=[organization.pk]
    )
    covered = Span.objects.values_list("person_id", flat=True)
    rows = listed.exclude(person__name="").exclude(person_id__in=covered).select_related("person")
    return rows.order_by("place")[0].person


def test_a_list_shows_nobody_whom_the_table_does_not_open_and_says_what_would(hub: Any) -> None:
    from crosswalk.hub.journal.models import Entry

    plan = hub.organization("plan:")
    rosa, visitor = hub.visitor("coordinator"), hub.visitor("coordinator", "plan:")
    person = somebody_without_medi_cal(plan)
    places = ("/", "/likely/", "/likely/?step=ask")

    def listed() -> str:
        page, shown = "/likely/", ""
        while page:
            told = visitor.get(page).content.decode()
            shown += told
            more = re.search(r'class="more" href="([^"]+)"', told)
            page = "/likely/" + more[1].replace("&amp;", "&") if more else ""
        return shown

    def searched() -> str:
        typed = {"sought": f"{person.name} {person.born.isoformat() if person.born else ''}"}
        return str(visitor.post("/search/", typed, follow=True).content.decode())

    before = listed()
    assert person.pk not in before
    assert person.pk not in searched()
    assert re.search(r"(person is|people are) not shown here.", before)
    assert "an HMIS release or ASCMI" in before, "what would open it stands there"
    assert "unverified" in before, "and how sure the rule is"
    for place in places:
        assert person.pk not in visitor.get(place).content.decode()
    told = visitor.get(f"/people/{person.pk}/why/ecm.1a/").content.decode()
    assert "What was found is not shown to you" in told
    page = visitor.get(f"/people/{person.pk}/").content.decode()
    assert "Name not shown" in page
    assert "Name not recorded" not in page, "what is withheld is not said to be missing"
    assert person.name not in told
    assert person.name in rosa.get(f"/people/{person.pk}/why/ecm.1a/").content.decode()
    assert visitor.get(f"/people/{person.pk}/refer/").status_code == 404, "nobody is referred without a name"

    release = {"form": "hmis_roi", "categories": ["identity", "contact", "housing"]}
    assert record(rosa, person.pk, **release).status_code == 302
    assert person.pk in listed()
    assert person.pk in searched()
    journal_open()
    entry = Entry.objects.filter(verb="open list", persons__contains=[person.pk]).order_by("-seq")[0]
    assert f"consents {newest(person.pk)}" in entry.basis, entry.basis
    assert "disclosure rules" in entry.basis
    rosa.post(f"/people/{person.pk}/consents/{newest(person.pk)}/revoke", {"how": "by telephone"})
    assert person.pk not in listed(), "from the next request on"


def test_a_part_of_a_line_that_is_not_open_says_so_on_the_page_in_the_sheet_and_in_the_journal(
    hub: Any,
) -> None:
    from crosswalk.hub.access.models import Agreement
    from crosswalk.hub.finding.models import Listed
    from crosswalk.hub.journal.models import Entry
    from crosswalk.hub.people import grouping

    grouping.open_everything()
    coc = hub.organization("hmis:")
    listed = Listed.objects.filter(organization=coc, person__known_to__contains=[coc.pk]).exclude(plan="")
    one = listed.select_related("person").order_by("place")[0]
    Agreement.objects.filter(receiver=coc).delete()
    rosa = hub.visitor("coordinator")
    page = rosa.get("/likely/").content.decode()
    row = next(part for part in page.split("<tr>") if one.person_id in part)
    assert "Not shown" in row
    assert one.plan not in row.lower()
    narrowed = rosa.get(f"/likely/?plan={one.plan}").content.decode()
    assert one.person_id not in narrowed, "to choose by what is not shown would show it"
    sheet = rosa.post("/likely/sheet/", {"purpose": "team meeting", "sheet": "csv"})
    assert sheet.status_code == 200
    line = next(part for part in sheet.content.decode().splitlines() if one.person_id in part)
    assert "Not shown" in line
    journal_open()
    entry = Entry.objects.filter(verb="open list", persons__contains=[one.person_id]).order_by("-seq")[0]
    assert one.person_id in entry.after["withheld"]["plan"]
    looks = hub.visitor("privacy_officer").get(f"/people/{one.person_id}/looks/").content.decode()
    opened = next(part for part in looks.split("<tr>") if "age, language" in part)
    assert "programs" in opened
    assert "plan," not in opened, "nobody is told that somebody saw what was not shown"


def test_a_contract_with_the_plan_opens_coverage_while_it_is_in_force(hub: Any) -> None:
    from django.utils import timezone

    from crosswalk.hub.finding.models import Listed
    from crosswalk.hub.network.models import Contract
    from crosswalk.hub.people import grouping

    grouping.open_everything()
    provider = hub.organization("Crossroads Housing Partnership")
    listed = Listed.objects.filter(organization=provider, person__known_to__contains=[provider.pk])
    one = listed.exclude(plan="").select_related("person").order_by("place")[0]
    Contract.objects.filter(organization=provider).delete()
    marcus = hub.visitor("supervisor", "Crossroads Housing Partnership")

    def row() -> str:
        page = marcus.get(f"/likely/?program={one.met[0]}").content.decode()
        return next(part for part in page.split("<tr>") if one.person_id in part)

    def coverage() -> str:
        return whole(marcus, one.person_id).partition('id="cover-title"')[2].partition("</section>")[0]

    today = timezone.localdate()
    contract = Contract.objects.create(
        organization=provider, plan=one.plan, program="ecm", county="54", starts=today - timedelta(days=30)
    )
    shown = row()
    assert coverage().lower().count(one.plan.lower()) >= 1
    contract.ends = today
    contract.save()
    assert row() != shown
    assert "Not shown" in row()
    assert one.plan.lower() not in coverage().lower(), "the page says the same"


@pytest.mark.parametrize(
    ("role", "where"),
    [
        ("coordinator", "hmis:"),
        ("coordinator", "plan:"),
        ("plan_analyst", "plan:"),
        ("biller", "Crossroads Housing Partnership"),
        ("supervisor", "Crossroads Housing Partnership"),
        ("community_health_worker", "Valley Lantern Outreach"),
    ],
)
def test_a_line_of_a_list_decides_as_the_page_of_the_person_does(hub: Any, role: str, where: str) -> None:
    from django.db.models import Q

    from crosswalk.hub.access.viewer import open_rows, viewer_of
    from crosswalk.hub.consent.lines import OfPersons
    from crosswalk.hub.consent.views import sharing_of
    from crosswalk.hub.people.models import Person

    client = hub.visitor(role, where)
    request: Any = client.get("/rules/").wsgi_request
    viewer = viewer_of(request)
    assert viewer is not None
    open_rows(
        worker_id=viewer.worker_id, organization_id=viewer.organization_id, role=viewer.role, sees=viewer.sees
    )
    rosa = hub.visitor("coordinator")
    some = Person.objects.filter(~Q(name="")).order_by("pk").first()
    assert some is not None
    record(rosa, some.pk, form="hmis_roi", categories=["identity", "contact", "housing"])
    open_rows(
        worker_id=viewer.worker_id, organization_id=viewer.organization_id, role=viewer.role, sees=viewer.sees
    )
    says = OfPersons()
    people = list(says.along(Person.objects.order_by("pk")[:80], viewer))
    lines = says.lines(viewer, people)
    assert people
    for person in people:
        sharing, line = sharing_of(viewer, person), lines[person.pk]
        assert line.who == sharing.who()
        assert line.found == sharing.found()
        assert line.seen == (sharing.seen() if person.seen_on else None)


def test_part_2_needs_a_consent_that_names_the_continuum_and_carries_its_notice(hub: Any) -> None:
    rosa, person = hub.visitor("coordinator"), somebody_with(hub, "program", "dmc")
    part2 = {
        "categories": ["part2"],
        "statements": ["revocation", "no_conditioning", "redisclosure", "part2"],
    }
    assert "about substance use treatment (part 2)" in whole(rosa, person)
    record(rosa, person, **part2)
    page = whole(rosa, person)
    assert "about substance use treatment (part 2)" in page, "a class of recipients is not enough here"
    assert PART2_NOTICE not in page
    record(rosa, person, **part2, recipients=[str(hub.organization("hmis:").pk)])
    page = whole(rosa, person)
    assert "about substance use treatment (part 2)" not in page
    assert PART2_NOTICE in page


def test_the_why_page_hides_the_answer_of_a_fact_with_its_rows_and_says_what_opens_it(hub: Any) -> None:
    rosa, person = hub.visitor("coordinator"), hub.person()
    place = f"/people/{person}/why/ecm.3/"
    hidden = rosa.get(place).content.decode()
    assert "F11" not in hidden
    assert "Not shown:" in hidden
    assert "a signed consent that covers this" in hidden
    record(rosa, person)
    assert "F11" in rosa.get(place).content.decode()


def test_every_page_says_in_the_journal_by_which_rule_and_consent_it_showed(hub: Any) -> None:
    from crosswalk.hub.journal.models import Entry

    rosa, person = hub.visitor("coordinator"), hub.person()
    record(rosa, person)
    whole(rosa, person)
    entry = Entry.objects.filter(verb="open person", persons=[person]).order_by("-seq")[0]
    assert "disclosure rules 10, 20, own" in entry.basis
    assert f"consents {newest(person)}" in entry.basis
    kept = Entry.objects.filter(verb="record consent").order_by("-seq")[0]
    assert kept.after["categories"] == ["substance_use", "mental_health"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"expires_on": ""}, "does not say when it ends"),
        ({"statements": ["revocation"]}, "A statement is missing"),
        ({"document": ""}, "where the signed form is"),
        ({"signer": "representative"}, "why this signer may sign"),
        ({"categories": []}, "This field is required"),
        ({"recipients": []}, "This field is required"),
        ({"method": "spoken"}, "valid only in writing"),
        ({"categories": ["part2"], "form": "hmis_roi"}, "A statement is missing"),
        (
            {
                "categories": ["part2"],
                "form": "hmis_roi",
                "statements": ["revocation", "no_conditioning", "redisclosure", "part2"],
            },
            "does not release Part 2",
        ),
        ({"signed_on": "2099-01-01"}, "lies ahead"),
    ],
)
def test_a_form_that_lacks_an_element_is_not_kept_and_what_was_typed_stays(
    hub: Any, changed: dict[str, Any], said: str
) -> None:
    rosa, person = hub.visitor("coordinator"), hub.person()
    answer = record(rosa, person, limits="not my sister", **changed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "not my sister" in page
    assert "Nothing is on file" in page


def test_a_renewal_keeps_what_the_form_before_said(hub: Any) -> None:
    from crosswalk.hub.consent.models import Consent

    rosa, person = hub.visitor("coordinator"), hub.person()
    record(rosa, person)
    first = newest(person)
    page = rosa.get(f"/people/{person}/consents/?renews={first}").content.decode()
    assert 'value="mental_health" id="id_categories_4" checked' in page
    record(rosa, person, renews=str(first), document="binder 5")
    assert Consent.objects.get(pk=newest(person)).renews_id == first


def test_another_organizations_person_has_no_consents_here(hub: Any) -> None:
    stranger = hub.visitor("coordinator", "nobody:")
    assert record(stranger, hub.person()).status_code == 404


def test_no_part_of_the_rule_tells_what_a_part_below_it_may_not_and_poisoning_is_not_shown_either(
    hub: Any,
) -> None:
    rosa, person = hub.visitor("coordinator"), hub.person()
    why = rosa.get(f"/people/{person}/why/ecm.3/").content.decode()
    for said in (
        "Can use, or uses, Drug Medi-Cal services",
        "Had 2 or more emergency visits because of mental",
    ):
        before = why[: why.index(said)]
        assert before[before.rindex("<li>") :].count("Not shown:") == 1, said
    assert "T40" not in whole(rosa, person)
    record(rosa, person)
    shown = rosa.get(f"/people/{person}/why/ecm.3/").content.decode()
    assert "Not shown:" not in shown
    assert "T40" in whole(rosa, person)
