"""A coordinator tries Crosswalk on an invented county: every planted person comes out as planted."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from crosswalk.cli.app import application
from crosswalk.core.facts import catalogue
from crosswalk.core.policy import load, shipped_folder

ON = date(2026, 11, 1)


@dataclass(frozen=True)
class Demo:
    """A county of 600 people that went through simulate, stage, link and find."""

    data: Path
    summary: dict[str, Any]

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows over the views truth (who is who), eligibility, persons, findings, links and problems."""
        with duckdb.connect() as engine:
            for name, file in (
                ("truth", "truth"),
                ("eligibility", "truth_eligibility"),
                ("planted_facts", "truth_facts"),
            ):
                path = self.data / "county" / f"{file}.csv"
                engine.execute(
                    f"CREATE VIEW {name} AS FROM read_csv('{path}', header = true, all_varchar = true)"
                )
            for name in ("persons", "findings", "links", "problems"):
                engine.execute(f"CREATE VIEW {name} AS FROM '{self.data / 'latest' / name}.parquet'")
            return engine.execute(sql).fetchall()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo, run once through the command line."""
    data = tmp_path_factory.mktemp("invented") / "demo"
    said = io.StringIO()
    with redirect_stdout(said):
        application()(
            ["demo", "--people", "600", "--seed", "11", "--data", str(data), "--no-open", "--json"],
            standalone_mode=False,
        )
    return Demo(data, json.loads(said.getvalue()))


PLANTED = """
    SELECT e."case", e.person_key, e.program, e.answer, f.answer, e.asks, f.questions
    FROM eligibility AS e
    LEFT JOIN (SELECT DISTINCT person_key, person_id FROM truth JOIN persons USING (source, source_id)) AS p
      USING (person_key)
    LEFT JOIN findings AS f ON f.person_id = p.person_id AND f.program = e.program
"""


def test_the_whole_export_is_taken_in_without_a_problem(demo: Demo) -> None:
    staged = demo.summary["staged"][0]
    assert staged["problems"] == {"error": 0, "warning": 0}
    assert all(rows["accepted"] == rows["in"] for rows in staged["tables"].values())


def test_every_member_and_event_row_is_taken_in(demo: Demo) -> None:
    for staged in demo.summary["staged"][1:]:
        assert staged["rows"]["accepted"] == staged["rows"]["in"]
        assert staged["problems"] == {"error": 0, "warning": 0}


def test_the_records_of_planted_people_are_linked_and_nobody_else_s_with_them(demo: Demo) -> None:
    parted = demo.ask(
        """
        SELECT "case", person_key, count(DISTINCT person_id) FROM truth JOIN persons USING (source, source_id)
        WHERE "case" IS NOT NULL GROUP BY ALL HAVING count(DISTINCT person_id) > 1
        """
    )
    mixed = demo.ask(
        """
        SELECT person_id, list(DISTINCT "case") FROM truth JOIN persons USING (source, source_id)
        GROUP BY person_id HAVING count(DISTINCT person_key) > 1 AND count("case") > 0
        """
    )
    assert (parted, mixed) == ([], [])


def test_everyone_planted_as_eligible_from_recorded_data_is_found(demo: Demo) -> None:
    planted = demo.ask(f"{PLANTED} WHERE e.answer = 'met'")
    assert len(planted) > 45
    assert [row[:5] for row in planted if row[4] != "met"] == []


def test_nobody_planted_as_ineligible_is_met(demo: Demo) -> None:
    planted = demo.ask(f"{PLANTED} WHERE e.answer = 'not_met'")
    assert len(planted) > 100
    assert [row[:5] for row in planted if row[4] != "not_met"] == []


def test_all_planted_unknowns_ask_the_planted_question(demo: Demo) -> None:
    facts, programs = catalogue(), {one.code: one for one in load(shipped_folder()).as_of(ON).programs}
    planted = demo.ask(f"{PLANTED} WHERE e.answer = 'unknown'")
    assert len(planted) > 25
    silent = [
        row[:6]
        for row in planted
        if row[4] != "unknown" or (programs[row[2]].ask.get(row[5]) or facts[row[5]].question) not in row[6]
    ]
    assert silent == []


def test_the_man_with_seven_visits_in_two_years_qualifies_but_not_by_visits(demo: Demo) -> None:
    answers = {
        program: answer
        for _, _, program, _, answer, *_ in demo.ask(
            f"""{PLANTED} WHERE e."case" = 'four_years_on_the_street'"""
        )
    }
    assert answers == {"ecm.1a": "met", "ecm.3": "met", "ecm.2": "not_met", "cs.htns": "met"}


def test_whoever_turns_21_in_ecm_is_shown_as_served_and_not_lost(demo: Demo) -> None:
    held = demo.ask(
        """
        SELECT DISTINCT held, held_by FROM truth JOIN persons USING (source, source_id) JOIN findings USING (person_id)
        WHERE "case" = 'turned_21_in_ecm' AND program IN ('ecm.1a', 'ecm.1b')
        """
    )
    assert held == [("served", "Valley Lantern Outreach")]


def test_linking_finds_most_clients_among_the_members_and_confuses_nobody(demo: Demo) -> None:
    ((wrong, same),) = demo.ask(
        """
        SELECT count(*) FILTER (l.person_key <> r.person_key), count(*)
        FROM links
        JOIN truth AS l ON l.source = left_source AND l.source_id = left_id
        JOIN truth AS r ON r.source = right_source AND r.source_id = right_id
        WHERE decision = 'same'
        """
    )
    ((found, to_find),) = demo.ask(
        """
        WITH known AS (SELECT person_key, person_id, source FROM truth JOIN persons USING (source, source_id))
        SELECT count(*) FILTER (client.person_id = member.person_id), count(*)
        FROM known AS client JOIN known AS member USING (person_key)
        WHERE client.source LIKE 'hmis:%' AND member.source LIKE 'plan:%'
        """
    )
    assert wrong == 0
    assert same > 400
    assert found / to_find > 0.93


def test_the_demo_shows_where_the_report_is_and_what_to_try_next(demo: Demo) -> None:
    report = Path(demo.summary["report"])
    assert report.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html")
    assert len(demo.summary["next"]) == 3
    assert demo.summary["person"] in demo.summary["next"][0]
    the_man = """SELECT DISTINCT person_id FROM truth JOIN persons USING (source, source_id)
        WHERE "case" = 'four_years_on_the_street'"""
    assert demo.ask(the_man) == [(demo.summary["person"],)]
