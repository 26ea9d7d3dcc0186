"""The command contract that others rely on: what each command prints, how it ends, and what it writes.

One county of 60 people goes through every command, the great ones as processes; the tests read what is left.
"""

from __future__ import annotations

import csv
import hashlib
import json
import math
import shutil
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from command_line import ON, ROOT, Said, altered, ask, columns, contents, crosswalk, quickly, rows

EVIDENCE = 'STRUCT(field VARCHAR, "level" VARCHAR, weight DOUBLE)[]'
ROWS = 'STRUCT(delivery VARCHAR, file VARCHAR, "row" INTEGER, "day" DATE, says VARCHAR)[]'
OUTPUTS = {
    "links": [
        *((name, "VARCHAR") for name in ("left_source", "left_id", "right_source", "right_id")),
        ("probability", "DOUBLE"),
        ("decision", "VARCHAR"),
        ("decided_by", "VARCHAR"),
        ("evidence", EVIDENCE),
    ],
    "persons": [(name, "VARCHAR") for name in ("person_id", "source", "source_id")],
    "problems": [
        ("delivery", "VARCHAR"),
        ("file", "VARCHAR"),
        ("row", "INTEGER"),
        *((name, "VARCHAR") for name in ("column", "code", "severity", "sentence", "fix")),
    ],
}
FINDINGS = [
    *((name, "VARCHAR") for name in ("person_id", "program", "answer", "reasons")),
    ("questions", "VARCHAR[]"),
    ("held_by", "VARCHAR"),
    ("rank", "BIGINT"),
    ("policy_release", "VARCHAR"),
    ("on", "DATE"),
]
POPULATIONS = {f"ecm.{one}" for one in ("1a", "1b", 2, 3, 4, 5, 6, 7, 8, 9)}
SERVICES = {
    f"cs.{key}"
    for key in (
        "htns",
        "hd",
        "htss",
        "dayhab",
        "recup",
        "stphh",
        "trent",
        "respite",
        "alf",
        "cht",
        "pchs",
        "eaa",
        "mtm",
        "sober",
        "asthma",
    )
}
HELD = {
    "hospice", "pace", "fide", "dsnp", "waiver_mssp", "waiver_alw", "waiver_hcba", "waiver_mcwp", "waiver_hcbs_dd",
    "waiver_sdp", "ccm", "cct", "family_mosaic", "tcm", "icf", "ccs", "ccs_wcm", "smhs", "dmc", "dmc_ods", "fsp",
    "regional_center", "ihss", "cbas",
}  # fmt: skip
ATTESTABLE = {
    "complex_need", "cannot_self_manage", "coordination_would_help", "loses_housing_within_30_days",
    "shares_housing_after_loss", "fleeing_violence", "food_insecure", "primary_care_is_emergency",
    "high_risk_overdose_or_suicide", "wants_to_leave_facility", "can_live_in_community_with_support",
    "needs_skilled_nursing_level", "housing_support_plan",
}  # fmt: skip


@dataclass(frozen=True)
class County:
    """A county that went through the commands: its files, its data folder, and what each command said."""

    files: Path
    data: Path
    said: dict[str, Said]

    def latest(self, name: str) -> Path:
        """The newest output of a kind."""
        return self.data / "latest" / f"{name}.parquet"

    def copied(self, to: Path) -> County:
        """The same with a data folder of its own, to change."""
        return County(self.files, shutil.copytree(self.data, to / "data", symlinks=True), self.said)

    def current(self, name: str) -> Path:
        """One table of what holds now."""
        return self.data / "current" / f"{name}.parquet"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """Every command once, in the order of a day's work."""
    home = tmp_path_factory.mktemp("contract")
    files, data = home / "county", home / "data"
    said = {
        "simulate": crosswalk("simulate", "county", "--people", 60, "--seed", 11, "--out", files, "--json")
    }
    steps: dict[str, tuple[object, ...]] = {"hmis": ("stage", "hmis", files / "hmis.zip")}
    for plan in ("sequoia", "valley_oak"):
        for family in ("members", "events"):
            path = files / f"{family}_{plan}.csv"
            steps[path.stem] = ("stage", family, path, "--layout", "canonical")
    steps["link"] = ("link", "--on", ON)
    steps["find"] = ("find", "--on", ON, "--html", home / "list.html")
    steps["facts"] = ("facts", "--on", ON)
    for name, words in steps.items():
        run = crosswalk if name in ("hmis", "link", "find") else quickly
        said[name] = run(*words, "--data", data, "--json")
        assert said[name].code == 0, said[name].err
    return County(files, data, said)


# --- what the commands say ---------------------------------------------------------------------------


def test_every_command_prints_one_json_object_and_nothing_else(county: County) -> None:
    cin = ask("SELECT min(source_id) FROM p WHERE source LIKE 'plan:%'", p=county.latest("persons"))[0][0]
    data = ("--data", county.data)
    more = {
        "why": ("why", cin, "--on", ON, *data),
        "facts --list": ("facts", "--list"),
        "policy check": ("policy", "check"),
        "policy list": ("policy", "list", "--on", ON),
        "policy show": ("policy", "show", "ecm.1a", "--on", ON),
        "policy diff": ("policy", "diff", "2025-12-31", "2026-01-01"),
    }
    for name, said in {
        **county.said,
        **{name: quickly(*words, "--json") for name, words in more.items()},
    }.items():
        assert said.code == 0, (name, said.err)
        assert said.out.count("\n") == 1, name
        assert isinstance(json.loads(said.out), dict), name
        assert "{" not in said.err, name
        assert "Traceback" not in said.err, name


def test_progress_is_told_on_standard_error_only(tmp_path: Path) -> None:
    said = quickly("demo", "--people", 5, "--seed", 3, "--data", tmp_path / "demo", "--no-open", "--json")
    assert {"county", "staged", "link", "find", "report"} <= set(said.summary)
    assert "Linking people" in said.err
    assert Path(said.summary["report"]).is_file()


def test_the_summary_of_an_hmis_export_adds_up_table_by_table(county: County) -> None:
    summary = county.said["hmis"].summary
    assert {"delivery", "version", "tables", "problems"} <= set(summary)
    assert summary["version"] == "FY2026"
    assert set(summary["problems"]) == {"error", "warning"}
    assert len(summary["tables"]) == 24
    for name, told in summary["tables"].items():
        assert list(told) == ["in", "accepted", "rejected", "duplicate"]
        assert told["in"] == told["accepted"] + told["rejected"] + told["duplicate"], name
        assert told["in"] == len(rows(county.files / "hmis.zip", f"{name}.csv")), name


# --- what the commands write -------------------------------------------------------------------------


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_has_exactly_the_columns_and_types_of_the_contract(county: County, name: str) -> None:
    assert columns(county.latest(name)) == OUTPUTS[name]


def test_findings_begin_with_the_columns_of_the_contract(county: County) -> None:
    assert columns(county.latest("findings"))[: len(FINDINGS)] == FINDINGS


def test_links_hold_only_the_words_of_the_contract_and_weights_that_add_up_to_the_probability(
    county: County,
) -> None:
    links = ask("SELECT probability, decision, decided_by, evidence FROM l", l=county.latest("links"))
    assert len(links) > 50
    for probability, decision, decided_by, evidence in links:
        assert decision in ("same", "ask", "different")
        assert decided_by in ("model", "rule", "person")
        assert 0 <= probability <= 1
        total = sum(piece["weight"] for piece in evidence)
        assert 1 / (1 + math.exp(-total * math.log(2))) == pytest.approx(probability, abs=1e-3)


def test_every_record_is_exactly_one_person(county: County) -> None:
    persons = ask("SELECT source, source_id FROM p", p=county.latest("persons"))
    clients = {("hmis:SIM-11", row["PersonalID"]) for row in rows(county.files / "hmis.zip", "Client.csv")}
    members = {
        (f"plan:{row['plan']}", row["cin"])
        for plan in ("sequoia", "valley_oak")
        for row in rows(county.files / f"members_{plan}.csv")
    }
    assert len(persons) == len(set(persons))
    assert set(persons) == clients | members


def test_every_person_has_an_answer_for_every_program_with_reasons_and_questions(county: County) -> None:
    files = {"f": county.latest("findings"), "p": county.latest("persons")}
    programs = POPULATIONS | SERVICES | {"chw"}
    assert {row[0] for row in ask("SELECT DISTINCT program FROM f", **files)} == programs
    ((people, answers, pairs),) = ask(
        """SELECT (SELECT count(DISTINCT person_id) FROM p), count(*), count(DISTINCT (person_id, program)) FROM f""",
        **files,
    )
    assert answers == pairs == people * len(programs)
    for answer, reasons, questions, release, on in ask(
        'SELECT DISTINCT answer, reasons, questions, policy_release, "on" FROM f', **files
    ):
        assert answer in ("met", "unknown", "not_met")
        assert {"say", "answer", "fact", "confidence", "source"} <= set(json.loads(reasons)[0])
        assert bool(questions) == (answer == "unknown")
        assert release == (ROOT / "policy" / "RELEASE").read_text().strip()
        assert str(on) == ON


def test_every_fact_is_written_one_row_a_person_with_evidence(county: County) -> None:
    catalogue = quickly("facts", "--list", "--json").summary["facts"]
    assert len(catalogue) > 90
    persons = {row[0] for row in ask("SELECT person_id FROM p", p=county.latest("persons"))}
    for fact in catalogue:
        path = county.latest(f"facts/{fact['name']}")
        held = columns(path)
        assert held[0] == ("person_id", "VARCHAR")
        assert held[-1] == ("evidence", ROWS), fact["name"]
        assert "value" in dict(held)
        documented = {one["name"] for one in fact["extra"]} | {"person_id", "value", "day", "evidence"}
        assert set(dict(held)) == documented, fact["name"]
        people = pq.read_table(path, columns=["person_id"])["person_id"].to_pylist()
        assert set(people) <= persons
        if fact["name"] != "chronic_history":
            assert len(people) == len(set(people)), fact["name"]


def test_chronic_history_has_its_columns_and_codes_and_follows_its_report_period(
    county: County, tmp_path: Path
) -> None:
    own = county.copied(tmp_path)
    words = ("facts", "chronic_history", "--data", own.data, "--json")
    assert quickly(*words, "--report-start", "2025-10-01", "--on", "2026-09-30").code == 0
    path = own.latest("facts/chronic_history")
    held = dict(columns(path))
    wanted = "person_id source_id ch_start last_active ch_time ch_time_status disability_status chronic"
    assert set(wanted.split()) <= set(held)
    assert (held["ch_start"], held["last_active"]) == ("DATE", "DATE")
    answers = ask(f"SELECT {', '.join(wanted.split())} FROM f", f=path)
    assert answers
    for _, _, start, last, time, status, disability, chronic in answers:
        assert str(start) < str(last) <= "2026-09-30"
        assert time in (365, 270, 400, 0, -1)
        assert status in (1, 2, 3, 99, -1)
        assert disability in (1, 0, 98, 99, -1)
        assert chronic in ("yes", "no", "unknown")
    assert quickly(*words, "--report-start", "2026-10-02", "--on", "2026-10-01").code == 2
    quickly(*words, "--report-start", "2024-10-01", "--on", "2025-09-30")
    assert max(str(row[0]) for row in ask("SELECT last_active FROM f", f=path)) <= "2025-09-30"


def test_the_report_is_one_file_that_names_nobody_in_its_title(county: County) -> None:
    page = (county.data.parent / "list.html").read_text(encoding="utf-8")
    title = page.split("<title>")[1].split("</title>")[0]
    names = {row["LastName"] for row in rows(county.files / "hmis.zip", "Client.csv")}
    assert not [name for name in names if name and name in title]
    assert 'src="http' not in page
    assert 'href="http' not in page


# --- the fixed names ---------------------------------------------------------------------------------


def test_the_names_that_others_rely_on_are_fixed() -> None:
    listed = quickly("facts", "--list", "--json").summary["facts"]
    assert {fact["name"] for fact in listed if fact["attestable"]} >= ATTESTABLE
    programs = quickly("policy", "list", "--on", ON, "--json").summary["programs"]
    assert {row["code"] for row in programs} == POPULATIONS | SERVICES | {"chw"}
    with (ROOT / "policy" / "codes" / "event_codes.csv").open(encoding="utf-8", newline="") as handle:
        codes: dict[str, set[str]] = {}
        for row in csv.DictReader(handle):
            codes.setdefault(row["kind"], set()).add(row["code"])
    assert codes["authorization"] == codes["enrollment"] == SERVICES | {"ecm", "chw"}
    assert codes["custody_release"] == {"jail", "prison", "youth"}
    assert codes["foster_care"] == {"placement", "aged_out", "adoption_assistance", "family_maintenance"}
    assert codes["level_of_care"] == {"snf", "lower_acuity", "nf_resident"}
    assert codes["program"] == HELD


# --- again, later, out of order ----------------------------------------------------------------------


def test_the_same_files_again_change_nothing(county: County, tmp_path: Path) -> None:
    own = county.copied(tmp_path)
    before = contents(own.data / "current"), contents(own.data / "latest"), len(list(own.data.glob("raw/*")))
    for name in ("hmis.zip", "members_sequoia.csv", "events_valley_oak.csv"):
        renamed = shutil.copy(own.files / name, tmp_path / f"renamed_{name}")
        said = quickly(
            "stage", name.split("_")[0].removesuffix(".zip"), renamed, "--data", own.data, "--json"
        )
        assert said.summary["repeated"] is True
    assert before == (
        contents(own.data / "current"),
        contents(own.data / "latest"),
        len(list(own.data.glob("raw/*"))),
    )


def test_an_older_export_after_a_newer_one_changes_nothing_that_is_newer(
    county: County, tmp_path: Path
) -> None:
    own = county.copied(tmp_path)
    before = contents(own.data / "current" / "hmis")

    def dated(held: list[dict[str, str]]) -> None:
        held[0] |= {"ExportID": "OLD", "ExportDate": "2026-05-01 08:00:00", "ExportEndDate": "2026-05-01"}

    def renamed(held: list[dict[str, str]]) -> None:
        for row in held:
            row |= {"FirstName": "Formerly", "ExportID": "OLD"}

    old = altered(own.files / "hmis.zip", tmp_path / "old.zip", {"Export.csv": dated, "Client.csv": renamed})
    assert quickly("stage", "hmis", old, "--data", own.data, "--json").code == 0
    after = contents(own.data / "current" / "hmis")
    assert after["Client.parquet"] == before["Client.parquet"]
    assert after["Enrollment.parquet"] == before["Enrollment.parquet"]


def test_nobody_s_person_id_changes_by_a_second_run_or_a_second_delivery(
    county: County, tmp_path: Path
) -> None:
    own = county.copied(tmp_path)
    before = set(ask("FROM p", p=own.latest("persons")))
    assert quickly("link", "--on", ON, "--data", own.data, "--json").code == 0
    assert set(ask("FROM p", p=own.latest("persons"))) == before

    def dated(held: list[dict[str, str]]) -> None:
        held[0] |= {"ExportID": "NEW", "ExportDate": "2026-11-08 08:00:00", "ExportEndDate": "2026-11-08"}

    def one_more(held: list[dict[str, str]]) -> None:
        held.append({**held[0], "PersonalID": "NEWCOMER", "FirstName": "Wren", "LastName": "Quillfeather",
                     "DOB": "1971-03-09", "SSN": "", "SSNDataQuality": "99"})  # fmt: skip

    newer = altered(
        own.files / "hmis.zip", tmp_path / "new.zip", {"Export.csv": dated, "Client.csv": one_more}
    )
    assert quickly("stage", "hmis", newer, "--data", own.data, "--json").code == 0
    assert quickly("link", "--on", "2026-11-08", "--data", own.data, "--json").code == 0
    after = set(ask("FROM p", p=own.latest("persons")))
    assert before <= after
    assert [(source, one) for _, source, one in after - before] == [("hmis:SIM-11", "NEWCOMER")]


def test_a_person_s_decision_wins_in_every_later_run_until_it_is_withdrawn(
    county: County, tmp_path: Path
) -> None:
    own = county.copied(tmp_path)
    link = ("link", "--on", ON, "--data", own.data, "--json")
    ((source, client, plan, cin),) = ask(
        """SELECT left_source, left_id, right_source, right_id FROM l
        WHERE decision = 'same' AND decided_by = 'model' AND right_source LIKE 'plan:%'
        AND left_id NOT IN (SELECT left_id FROM l WHERE right_source LIKE 'hmis:%')
        ORDER BY probability DESC, left_id LIMIT 1""",
        l=own.latest("links"),
    )
    by = ("--by", "Ana Ruiz", "--because", "I know both", "--data", own.data, "--json")

    def persons() -> set[str]:
        held = f"(source, source_id) IN (('{source}', '{client}'), ('{plan}', '{cin}'))"
        return {row[0] for row in ask(f"SELECT person_id FROM p WHERE {held}", p=own.latest("persons"))}

    def decision(left: str, right: str) -> set[tuple[str, str]]:
        pair = f"(left_id, right_id) IN (('{left}', '{right}'), ('{right}', '{left}'))"
        return set(ask(f"SELECT decision, decided_by FROM l WHERE {pair}", l=own.latest("links")))

    assert len(persons()) == 1
    assert quickly("decide", client, cin, "different", *by).summary["answer"] == "different"
    for _ in range(2):
        assert quickly(*link).code == 0
        assert len(persons()) == 2
        assert decision(client, cin) == {("different", "person")}
    assert quickly("decide", cin, client, "--undo", *by).code == 0
    assert quickly(*link).code == 0
    assert len(persons()) == 1
    assert decision(client, cin) == {("same", "model")}

    (stranger,) = ask(
        f"SELECT min(source_id) FROM p WHERE source LIKE 'plan:%' AND source_id <> '{cin}'"
        " AND person_id NOT IN (SELECT person_id FROM p WHERE source LIKE 'hmis:%')",
        p=own.latest("persons"),
    )[0]
    assert quickly("decide", f"{source}/{client}", stranger, "same", *by).code == 0
    assert quickly(*link).code == 0
    assert decision(client, stranger) == {("same", "person")}
    ((people,),) = ask(
        f"SELECT count(DISTINCT person_id) FROM p WHERE source_id IN ('{client}', '{stranger}')",
        p=own.latest("persons"),
    )
    assert people == 1


def test_why_knows_a_person_by_every_id_and_answers_alike(county: County) -> None:
    ((person, client, cin),) = ask(
        """SELECT c.person_id, min(c.source_id), min(m.source_id) FROM p AS c JOIN p AS m USING (person_id)
        WHERE c.source LIKE 'hmis:%' AND m.source LIKE 'plan:%' GROUP BY 1 ORDER BY 1 LIMIT 1""",
        p=county.latest("persons"),
    )
    told = {
        who: quickly("why", who, "--on", ON, "--data", county.data, "--json").summary
        for who in (person, client, cin, cin.lower())
    }
    assert all(one == told[person] for one in told.values())
    assert told[person]["person_id"] == person
    found = dict(
        ask(f"SELECT program, answer FROM f WHERE person_id = '{person}'", f=county.latest("findings"))
    )
    assert {one["program"]: one["answer"] for one in told[person]["programs"]} == found
    only = quickly("why", cin, "--program", "cs.htns", "--on", ON, "--data", county.data, "--json").summary
    assert [one["program"] for one in only["programs"]] == ["cs.htns"]
    words = quickly("why", cin, "--program", "cs.htns", "--on", ON, "--data", county.data)
    assert "cs.htns" in words.out
    assert words.out.count("cs.htss") == 0


def test_compare_tells_what_is_new_lost_and_changed_and_because_of_what(
    county: County, tmp_path: Path
) -> None:
    own = county.copied(tmp_path)
    ((cin, plan, person),) = ask(
        """SELECT source_id, replace(source, 'plan:', ''), person_id FROM p JOIN f USING (person_id)
        WHERE program = 'cs.mtm' AND answer = 'unknown' AND source LIKE 'plan:%' AND person_id IN
        (SELECT person_id FROM f WHERE program = 'ecm.2' AND answer = 'not_met'
         AND reasons NOT LIKE '%Can have Enhanced Care Management at all", "answer": "no"%')
        ORDER BY source_id LIMIT 1""",
        p=own.latest("persons"),
        f=own.latest("findings"),
    )
    events = tmp_path / "more.csv"
    days = ["2026-10-01", "2026-10-05", "2026-10-09", "2026-10-13", "2026-10-17", "2026-10-21"]
    events.write_text(
        "plan,cin,event_id,kind,from,value\n"
        + "".join(f"{plan},{cin},NEW-{day},ed_visit,{day},avoidable\n" for day in days)
    )
    staged = quickly("stage", "events", events, "--data", own.data, "--json").summary
    assert quickly("find", "--on", ON, "--data", own.data, "--json").summary["run"] == "find-2"
    told = quickly("compare", "find-1", "find-2", "--data", own.data, "--json").summary
    assert staged["delivery"] in told["deliveries_added"]
    found = [one for one in told["first"] if one["program"] == "ecm.2"]
    assert [(one["person_id"], one["change"]) for one in found] == [(person, "new")]
    assert any("ed_visits" in cause for cause in found[0]["because"])
    assert {row["delivery"] for fact in found[0]["facts"] for row in fact["rows"]} == {staged["delivery"]}
    back = quickly("compare", "find-2", "find-1", "--data", own.data, "--json").summary
    assert (back["lost"], back["new"]) == (told["new"], told["lost"])
    words = quickly("compare", "find-1", "find-2", "--data", own.data).out
    assert "ed visits" in words
    assert person in words


def test_the_same_seed_gives_the_same_bytes_and_another_seed_another_county(
    county: County, tmp_path: Path
) -> None:
    def digests(folder: Path) -> dict[str, str]:
        return {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.iterdir()
            if path.is_file()
        }

    for seed, out in ((11, "again"), (12, "other")):
        quickly("simulate", "county", "--people", 60, "--seed", seed, "--out", tmp_path / out, "--json")
    assert digests(tmp_path / "again") == digests(county.files)
    assert digests(tmp_path / "other")["hmis.zip"] != digests(county.files)["hmis.zip"]


@pytest.mark.shared
def test_link_takes_two_files_in_the_columns_of_the_generator(shared: Path, tmp_path: Path) -> None:
    import subprocess
    import sys

    made = [
        sys.executable,
        str(shared / "bench" / "make_linkage_data.py"),
        "--members",
        "20000",
        "--hmis",
        "2000",
    ]
    subprocess.run([*made, "--seed", "47", "--out", str(tmp_path)], check=True, capture_output=True)
    data = tmp_path / "data"
    files = ("--left", tmp_path / "hmis.parquet", "--right", tmp_path / "members.parquet")
    assert crosswalk("link", *files, "--data", data, "--json").summary["left_records"] == 2000
    links = data / "latest" / "links.parquet"
    assert columns(links) == OUTPUTS["links"]
    ((wrong, same, found, there),) = ask(
        """
        WITH best AS (
          SELECT left_id, right_id FROM links WHERE decision = 'same'
          QUALIFY row_number() OVER (PARTITION BY left_id ORDER BY probability DESC, right_id) = 1
        )
        SELECT
          count(*) FILTER (m.person_id <> h.person_id), count(*),
          count(*) FILTER (m.person_id = h.person_id),
          (SELECT count(*) FROM hmis WHERE in_file)
        FROM best JOIN hmis AS h ON h.personal_id = left_id JOIN members AS m ON m.member_id = right_id
        """,
        links=links,
        hmis=tmp_path / "truth_hmis.parquet",
        members=tmp_path / "truth_members.parquet",
    )
    assert wrong <= 1
    assert same > 1000
    assert found / there > 0.9
