"""A coordinator takes in the files, links, finds, reads the list, asks why, and compares with the month after."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from crosswalk.cli.app import application

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
DAY = "2026-11-01"


def said(*words: object) -> str:
    """What a command prints."""
    out = io.StringIO()
    with redirect_stdout(out):
        application()([str(word) for word in words], standalone_mode=False)
    return out.getvalue()


@dataclass(frozen=True)
class County:
    """A county that went through the coordinator's morning."""

    files: Path
    data: Path
    page: Path
    found: dict[str, Any]
    later: dict[str, Any]

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows over `findings` of the first run and `persons`."""
        with duckdb.connect() as engine:
            first = self.data / "runs" / self.found["run"] / "findings.parquet"
            engine.execute(f"CREATE VIEW findings AS FROM '{first}'")
            engine.execute(f"CREATE VIEW persons AS FROM '{self.data / 'latest' / 'persons.parquet'}'")
            return engine.execute(sql).fetchall()


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """Given a county's HMIS export and two plans' files, staged, linked and searched on two days."""
    folder = tmp_path_factory.mktemp("county")
    files, data = folder / "files", folder / "data"
    said("simulate", "county", "--people", 150, "--members", 500, "--seed", 5, "--out", files, "--json")
    said("stage", "hmis", files / "hmis.zip", "--data", data, "--json")
    for plan in ("sequoia", "valley_oak"):
        for family in ("members", "events"):
            said(
                "stage",
                family,
                files / f"{family}_{plan}.csv",
                "--layout",
                "canonical",
                "--data",
                data,
                "--json",
            )
    said("link", "--data", data, "--on", DAY, "--json")
    found = json.loads(
        said("find", "--on", DAY, "--html", folder / "list.html", "--first", 40, "--data", data, "--json")
    )
    later = json.loads(said("find", "--on", "2026-12-15", "--data", data, "--json"))
    return County(files, data, folder / "list.html", found, later)


def test_the_summary_counts_every_person_in_every_program(county: County) -> None:
    assert county.found["persons"] == len(county.ask("SELECT DISTINCT person_id FROM persons"))
    for counts in county.found["programs"].values():
        assert counts["met"] + counts["unknown"] + counts["not_met"] == county.found["persons"]


def test_the_run_names_its_inputs_by_hash_its_policy_and_its_code(county: County) -> None:
    run = json.loads((county.data / "runs" / county.found["run"] / "run.json").read_text())
    assert len(run["inputs"]["deliveries"]) == 5
    assert all(len(digest) == 64 for digest in run["inputs"]["deliveries"].values())
    assert run["inputs"]["linkage"] == "link-1"
    assert run["policy"]["release"]
    assert run["policy"]["digest"]
    assert run["code_version"]


def test_reach_is_always_an_interval(county: County) -> None:
    for reach in county.found["reach"]:
        assert reach["method"]
        if reach["low"] is not None and reach["high"] is not None:
            assert 0 <= reach["low"] <= reach["high"] <= 1


def test_why_tells_who_the_person_is_and_what_speaks_for_each_program(county: County) -> None:
    ((person, hmis_id),) = county.ask("""
        SELECT p.person_id, p.source_id FROM persons AS p
        JOIN persons AS m ON m.person_id = p.person_id AND m.source LIKE 'plan:%'
        JOIN findings AS f ON f.person_id = p.person_id AND f.answer = 'met' AND f.program LIKE 'ecm.%'
        WHERE p.source LIKE 'hmis:%' ORDER BY f.rank LIMIT 1""")
    text = said("why", hmis_id, "--on", DAY, "--data", county.data)
    assert text.startswith(f"Person {person} on 1 November 2026")
    assert "are the same person: +" in text
    assert "LIKELY ELIGIBLE" in text
    assert "Still to ask, the most decisive first:" in text
    assert re.search(r"\(\w+\.csv row \d+ of hmis-[0-9a-f]{12}\)", text)


def test_why_and_find_give_the_same_answers(county: County) -> None:
    people = county.ask(
        "SELECT DISTINCT person_id FROM findings WHERE answer = 'met' ORDER BY person_id LIMIT 3"
    )
    for (person,) in people:
        found = dict(county.ask(f"SELECT program, answer FROM findings WHERE person_id = '{person}'"))
        told = json.loads(said("why", person, "--on", DAY, "--data", county.data, "--json"))
        assert {one["program"]: one["answer"] for one in told["programs"]} == found


def test_why_of_one_program_lays_out_the_whole_rule(county: County) -> None:
    ((person,),) = county.ask(
        "SELECT person_id FROM findings WHERE program = 'ecm.1a' AND answer = 'unknown' LIMIT 1"
    )
    text = said("why", person, "--program", "ecm.1a", "--on", DAY, "--data", county.data)
    assert "Adults experiencing homelessness (ecm.1a)" in text
    assert "One of these:" in text
    assert "CalAIM ECM Policy Guide" in text
    assert "cs.htns" not in text


def test_why_for_a_day_without_a_run_measures_afresh(county: County) -> None:
    ((cin,),) = county.ask("SELECT source_id FROM persons WHERE source LIKE 'plan:%' LIMIT 1")
    assert "on 3 October 2026" in said("why", cin, "--on", "2026-10-03", "--data", county.data)


def test_an_id_that_nobody_has_is_refused_in_words(county: County, crosswalk: Any) -> None:
    told = crosswalk("why", "99999999Z", "--on", DAY, "--data", county.data)
    assert (told.code, told.out) == (2, "")
    assert "Nobody here has this id" in told.err


def test_six_weeks_later_some_are_lost_because_the_day_moved_on(county: County) -> None:
    told = json.loads(
        said("compare", county.found["run"], county.later["run"], "--data", county.data, "--json")
    )
    assert told["on"] == [DAY, "2026-12-15"]
    assert told["deliveries_added"] == []
    assert told["rules_changed"] == []
    assert told["lost"] > 0
    lost = next(one for one in told["first"] if one["change"] == "lost")
    assert any(cause.startswith("fact:") for cause in lost["because"])
    assert "time" in lost["because"]
    words = said("compare", county.found["run"], county.later["run"], "--data", county.data)
    assert "because of the day alone" in words


def test_runs_that_are_not_there_or_not_of_find_are_refused(county: County, crosswalk: Any) -> None:
    told = crosswalk("compare", "find-1", "find-99", "--data", county.data)
    assert told.code == 2
    assert "find-99" in told.err
    assert crosswalk("compare", "link-1", "find-1", "--data", county.data).code == 2


def test_the_page_holds_no_number_or_birth_date_and_a_title_without_a_person(county: County) -> None:
    page = re.sub(r"base64,[^)]*", "", county.page.read_text())
    with duckdb.connect() as engine:
        secrets = engine.execute(
            f"SELECT ssn, dob FROM read_csv('{county.files}/members_*.csv', all_varchar = true) WHERE dob < '2015'"
        ).fetchall()
    assert len(secrets) > 200
    for ssn, dob in secrets:
        assert dob not in page
        assert not ssn or ssn not in page
    assert re.search(r"<title>([^<]*)</title>", page).group(1) == f"Crosswalk: likely eligible on {DAY}"  # type: ignore[union-attr]
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", page) == []


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    if not CHROMIUM.exists():
        pytest.skip(f"needs {CHROMIUM}; install it with: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any, county: County, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The list, opened as wide as the test asks."""
    width = getattr(request, "param", 1280)
    opened = browser.new_page(viewport={"width": width, "height": 900})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.goto(county.page.as_uri())
    yield opened
    assert errors == []
    opened.close()


def violations(page: Any) -> list[str]:
    """What axe finds wrong, in short."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def visible(page: Any) -> int:
    """How many people the list shows."""
    return int(page.locator(".people > li:not([hidden])").count())


@pytest.mark.browser
@pytest.mark.parametrize("page", [1280, 360], indirect=True)
def test_the_list_is_accessible_closed_and_open(page: Any) -> None:
    assert violations(page) == []
    for at in range(3):
        page.locator(".people summary").nth(at).click()
    assert violations(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("page", [1280, 320], indirect=True)
def test_nothing_runs_off_the_side(page: Any) -> None:
    page.locator(".people summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.browser
def test_filters_narrow_the_list_and_live_in_the_address(page: Any, county: County) -> None:
    everybody = visible(page)
    page.select_option("[name=program]", "cs.htns")
    page.select_option("[name=answer]", "met")
    some = visible(page)
    assert 0 < some < everybody
    assert "program=cs.htns&answer=met" in page.url
    assert page.locator("#shown").inner_text() == f"{some} of {everybody} people"
    page.goto("about:blank")
    page.goto(f"{county.page.as_uri()}#program=cs.htns&answer=met")
    assert visible(page) == some
    page.click("#clear")
    assert visible(page) == everybody
    assert "#" not in page.url


@pytest.mark.browser
def test_a_search_without_a_hit_says_what_to_do(page: Any) -> None:
    page.keyboard.press("/")
    page.keyboard.type("nobody has this name")
    assert visible(page) == 0
    assert page.locator("#nobody").is_visible()
    assert violations(page) == []


@pytest.mark.browser
def test_the_keyboard_walks_the_list_and_can_be_switched_off(page: Any) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    assert page.locator(".people > li").nth(1).locator("details").get_attribute("open") is not None
    page.locator(".keys summary").click()
    page.locator("#keys").uncheck(force=True)
    page.locator("#open-all").focus()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") == "open-all"


@pytest.mark.browser
def test_a_link_to_one_person_opens_that_person(page: Any, county: County) -> None:
    person = page.locator(".people > li").nth(4).get_attribute("id")
    page.goto("about:blank")
    page.goto(f"{county.page.as_uri()}#{person}")
    assert page.locator(f"#{person} details").get_attribute("open") is not None


@pytest.mark.browser
def test_paper_shows_the_list_without_its_tools(page: Any) -> None:
    page.emulate_media(media="print")
    assert page.locator(".people summary").first.is_visible()
    assert not page.locator("#filters").is_visible()
    assert page.locator(".by-hand").is_visible()
    assert page.pdf(prefer_css_page_size=True)[:4] == b"%PDF"


@pytest.mark.browser
def test_without_script_everybody_is_there(browser: Any, county: County) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(county.page.as_uri())
    assert opened.locator(".people > li").count() == 40
    assert not opened.locator("#filters").is_visible()
    context.close()


@pytest.mark.browser
def test_an_empty_county_is_told_what_will_appear_and_how(browser: Any, tmp_path: Path) -> None:
    members = tmp_path / "members.csv"
    members.write_text(
        "plan,cin,last_name,first_name,dob,coverage_from,coverage_until\n"
        "north,90000001A,Doe,Ann,1980-01-01,2020-01-01,2020-12-31\n"
    )
    data = tmp_path / "data"
    said("stage", "members", members, "--layout", "canonical", "--data", data, "--json")
    said("find", "--on", DAY, "--data", data, "--html", tmp_path / "empty.html", "--json")
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.goto((tmp_path / "empty.html").as_uri())
    assert opened.locator("h1").inner_text() == "Likely eligible: 0 people"
    assert "No one is on the list yet" in opened.locator("#list").inner_text()
    assert "crosswalk stage hmis" in opened.locator("#list").inner_text()
    assert violations(opened) == []
    opened.close()
