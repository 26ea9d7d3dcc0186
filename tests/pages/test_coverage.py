"""Coverage: active, ended or unknown on any day; month by month; and what changed from file to file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plan_files_builder import members_csv

pytestmark = pytest.mark.hub


def span(starts: str, ends: str | None = None, **said: Any) -> Any:
    """One stretch as a plan's file tells it; not in any table."""
    from crosswalk.hub.coverage.models import Span

    day = date.fromisoformat
    told = {"sure": True, "told_on": day("2026-11-01"), "plan": "north", **said}
    return Span(starts=day(starts), ends=day(ends) if ends else None, **told)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2025-12-31", "unknown"),  # before anything was told
        ("2026-01-01", "active"),
        ("2026-03-31", "active"),
        ("2026-04-01", "ended"),  # the first day not covered
        ("2026-06-01", "active"),
        ("2026-11-01", "active"),  # the last file names the member
    ],
)
def test_on_any_day_coverage_is_active_ended_or_unknown(hub_site: Any, on: str, state: str) -> None:
    from crosswalk.hub.coverage.queries import covered

    spans = [span("2026-06-01"), span("2026-01-01", "2026-04-01")]
    assert covered(spans, date.fromisoformat(on)).state == state


def test_after_the_last_file_that_named_somebody_nobody_knows(hub_site: Any) -> None:
    from crosswalk.hub.coverage.queries import covered

    gone = [span("2026-01-01", sure=False, told_on=date(2026, 8, 1))]
    assert covered(gone, date(2026, 8, 1)).state == "active"
    assert covered(gone, date(2026, 8, 2)).state == "unknown"
    assert covered([], date(2026, 8, 2)).state == "unknown"


def test_month_by_month_says_plans_and_aid_codes_and_nothing_before_the_first(hub_site: Any) -> None:
    from crosswalk.hub.coverage.queries import months

    spans = [span("2026-06-01", aid_code="M1"), span("2026-03-01", "2026-04-01", plan="south")]
    told = {one.first.month: one for one in months(spans, date(2026, 7, 15))}
    assert sorted(told) == [3, 4, 5, 6, 7]
    assert (told[7].state, told[7].plans, told[7].aid_codes) == ("active", ("north",), ("M1",))
    assert (told[4].state, told[4].plans) == ("ended", ())
    assert told[3].plans == ("south",)
    assert months([], date(2026, 7, 15)) == []


def changed(data: Path) -> set[tuple[str, str, str, str]]:
    """What `change.sql` makes of the member files staged so far: person, kind, plan, other plan."""
    from crosswalk.cli.store import Store
    from crosswalk.core.engine import DuckEngine
    from crosswalk.hub.runs.bring import _TEXTS
    from crosswalk.hub.runs.told import register_told

    with DuckEngine(memory="200MB", threads=1, scratch=data / "scratch") as engine:
        register_told(engine, Store(data))
        engine.register("in_members", data / "current" / "members.parquet")
        engine.sql(
            "CREATE TABLE persons AS SELECT DISTINCT 'P' || left(cin, 8) AS person_id, source, cin AS source_id"
            " FROM in_members"
        )
        engine.sql(
            "CREATE TABLE known AS SELECT DISTINCT person_id, '{1}' AS known_to, NULL AS named FROM persons"
        )
        rows = engine.fetch((_TEXTS / "change.sql").read_text())
    return {(person, kind, plan, other) for person, _day, kind, plan, other, *_ in rows}


def test_who_came_who_left_and_who_changed_plans_shows_from_file_to_file(
    hub_site: Any, crosswalk: Callable[..., Any], tmp_path: Path
) -> None:
    data = tmp_path / "data"

    def stage(plan: str, day: str, *rows: dict[str, str]) -> None:
        file = members_csv(tmp_path / f"{plan}-{day}.csv", [{"plan": plan, **row} for row in rows])
        assert crosswalk("stage", "members", file, "--as-of", day, "--data", data, "--json").code == 0

    stays, ends, moves, goes, comes = (f"9100000{number}A" for number in range(1, 6))
    stage("north", "2026-10-01", *({"cin": cin} for cin in (stays, ends, moves, goes)))
    assert changed(data) == set(), "a first file changes nothing"
    stage("south", "2026-10-01", {"cin": "92000001A"})
    stage(
        "north", "2026-11-01", {"cin": stays}, {"cin": ends, "coverage_until": "2026-10-31"}, {"cin": comes},
    )  # fmt: skip
    stage("south", "2026-11-01", {"cin": "92000001A"}, {"cin": moves})
    assert changed(data) == {
        ("P91000002", "ended", "north", ""),
        ("P91000003", "unnamed", "north", "south"),
        ("P91000003", "came", "south", "north"),
        ("P91000004", "unnamed", "north", ""),
        ("P91000005", "came", "north", ""),
    }


def test_the_page_tells_months_changes_and_any_day_and_is_journaled(hub: Any) -> None:
    from crosswalk.hub.access.itself import as_the_hub
    from crosswalk.hub.coverage.models import Change, Span
    from crosswalk.hub.journal.models import Entry
    from crosswalk.hub.pages.words import plan_words

    coordinator = hub.visitor("coordinator")
    with as_the_hub():
        coc = hub.organization("hmis:")
        known = Span.objects.filter(person__known_to__contains=[coc.pk])
        span = known.order_by("person_id").select_related("person")[0]
        person, plan = span.person, span.plan
        Change.objects.create(
            person=person, day=date(2026, 11, 1), kind="unnamed", plan=plan, delivery="members-1",
            known_to=person.known_to,
        )  # fmt: skip
    page = coordinator.get(f"/people/{person.id}/coverage/?on=2026-10-15").content.decode()
    assert "Month by month" in page
    gone = f"No longer in the file of {plan_words(plan)}"
    assert gone in page
    assert "15 Oct 2026" in page
    assert coordinator.get(f"/people/{person.id}/coverage/?on=soon").status_code == 422
    listed = coordinator.get("/coverage/?kind=unnamed").content.decode()
    assert f"/people/{person.id}/coverage/" in listed
    assert hub.visitor("coordinator", "nobody:").get("/coverage/").content.decode().count("/people/") == 0
    coordinator.get("/")
    verbs = {one.verb for one in Entry.objects.filter(persons__contains=[person.id])}
    assert {"open coverage", "open coverage changes"} <= verbs
    entry = Entry.objects.filter(verb="open coverage changes", persons__contains=[person.id]).latest("seq")
    assert "disclosure rules" in entry.basis

    from crosswalk.hub.access.models import Agreement

    Agreement.objects.filter(receiver=coc).delete()
    shut = coordinator.get("/coverage/?kind=unnamed").content.decode()
    assert f"/people/{person.id}/coverage/" not in shut, "without an agreement a plan's coverage is not shown"
    assert "not shown here" in shut
    months = coordinator.get(f"/people/{person.id}/coverage/").content.decode()
    assert person.name in months, "who it is, the organization knows itself"
    assert gone not in months
    assert "Not shown:" in months
