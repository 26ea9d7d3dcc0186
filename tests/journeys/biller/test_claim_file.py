"""A biller checks a batch before sending it, gets the answers a plan would give, and reads it as tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from crosswalk.core.formats.x12.checking import check
from crosswalk.core.formats.x12.reading import Reading
from crosswalk.core.formats.x12.records import GroupAnswer, StatusLevel

BATCH = """\
ISA*00*          *00*          *ZZ*HUBSENDER      *ZZ*MCPRECEIVER    *261102*1200*^*00501*000000101*1*T*:~
GS*HC*HUBSENDER*MCPRECEIVER*20261102*1200*101*X*005010X222A1~
ST*837*0001*005010X222A1~
BHT*0019*00*BATCH01*20261102*1200*CH~
NM1*41*2*STREET TEAM*****46*HUBSENDER~
PER*IC*BILLING DESK*TE*5595550100~
NM1*40*2*EXAMPLE PLAN*****46*MCPRECEIVER~
HL*1**20*1~
NM1*85*2*STREET TEAM*****XX*1234567893~
N3*100 MAIN ST~
N4*VISALIA*CA*932910000~
REF*EI*123456789~
HL*2*1*22*0~
SBR*P*18*******MC~
NM1*IL*1*FOUR YEARS*ON THE STREET****MI*90000000A~
N3*100 MAIN ST~
N4*VISALIA*CA*932910000~
DMG*D8*19800101*M~
NM1*PR*2*EXAMPLE PLAN*****PI*MCP01~
CLM*GOOD*120***27:B:1*Y*A*Y*Y~
REF*G1*AUTH0001~
HI*ABK:Z5902*ABF:F1120~
LX*1~
SV1*HC:G9012:U2*60*UN*1***1:2~
DTP*472*D8*20261005~
REF*6R*L1~
LX*2~
SV1*HC:G9012:U2:GQ*60*UN*1*02**1:2~
DTP*472*D8*20261019~
REF*6R*L2~
CLM*BAD*100***27:B:7*Y*A*Y*Y~
HI*ABK:Z5902~
LX*1~
SV1*HC:G9012:U2*60*UN*1***3~
DTP*472*D8*20261005~
REF*6R*L3~
SE*35*0001~
GE*1*101~
IEA*1*000000101~
"""


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    path = tmp_path / "batch.edi"
    path.write_text(BATCH, encoding="ascii")
    return path


def test_the_check_says_which_claim_is_wrong_and_how_to_mend_it(crosswalk: Callable, batch: Path) -> None:
    said = crosswalk("x12", "check", batch, "--json")
    assert said.code == 0
    told = said.summary
    assert told["verdict"] == "business-error"
    assert (told["transactions"], told["claims"], told["service_lines"]) == (1, 2, 3)
    assert (told["charge_total"], told["paid_total"]) == ("220.00", "0.00")
    wrong = {finding["code"]: finding for finding in told["findings"]}
    assert set(wrong) == {"claim_total", "replaced_claim_missing", "pointer_without_diagnosis"}
    assert {finding["claim"] for finding in told["findings"]} == {"BAD"}
    assert wrong["claim_total"]["where"].startswith("2300 CLM02, segment 29 of set 0001, byte ")
    assert BATCH.encode()[wrong["claim_total"]["byte"] :].startswith(b"CLM*BAD")
    assert "payer's claim number" in wrong["replaced_claim_missing"]["fix"]


def test_the_words_fit_a_terminal(crosswalk: Callable, batch: Path) -> None:
    said = crosswalk("x12", "check", batch)
    assert said.out.startswith(
        "business-error: 1 transactions, 39 segments, 2 claims, 3 lines, charged 220.00"
    )
    assert "FOUR YEARS" not in said.out


def test_the_answers_accept_the_batch_and_return_the_claim(
    crosswalk: Callable, batch: Path, tmp_path: Path
) -> None:
    told = crosswalk("x12", "check", batch, "--ack", tmp_path / "answers", "--json").summary
    assert told["answers"] == ["277ca-1.edi", "999-1.edi", "ta1-1.edi"]
    with (tmp_path / "answers" / "999-1.edi").open("rb") as file:
        (group,) = [record for record in Reading(file) if isinstance(record, GroupAnswer)]
    assert (group.verdict, group.accepted, group.sets[0].verdict) == ("A", "1", "A")
    with (tmp_path / "answers" / "277ca-1.edi").open("rb") as file:
        levels = [
            record for record in Reading(file) if isinstance(record, StatusLevel) and record.kind == "PT"
        ]
    assert [(level.trace[1], level.statuses[0].action) for level in levels] == [("GOOD", "WQ"), ("BAD", "U")]
    for name in told["answers"]:
        with (tmp_path / "answers" / name).open("rb") as file:
            assert check(file).verdict == "accept", name


def test_a_batch_becomes_tables_with_exact_money(crosswalk: Callable, batch: Path, tmp_path: Path) -> None:
    told = crosswalk("x12", "read", batch, "--out", tmp_path / "tables", "--json").summary
    assert told == {"rows": {"claims": 2, "claim_lines": 3}, "cut": False, "uneven": [], "remarks": []}
    claims = pq.read_table(tmp_path / "tables" / "claims.parquet").to_pylist()
    assert [(row["claim_id"], str(row["charge"]), row["member"]) for row in claims] == [
        ("GOOD", "120.00", "90000000A"),
        ("BAD", "100.00", "90000000A"),
    ]
    lines = pq.read_table(tmp_path / "tables" / "claim_lines.parquet").to_pylist()
    assert [(row["code"], row["modifiers"], str(row["first_day"])) for row in lines[:2]] == [
        ("G9012", ["U2"], "2026-10-05"),
        ("G9012", ["U2", "GQ"], "2026-10-19"),
    ]


def test_two_files_that_say_the_same_have_no_difference(
    crosswalk: Callable, batch: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.edi"
    other.write_text(
        BATCH.replace("\n", "").replace("*", "|").replace("CLM|GOOD|120", "CLM|GOOD|120.00"), "ascii"
    )
    assert crosswalk("x12", "diff", batch, other, "--json").summary == {"equal": True, "differences": []}
    other.write_text(BATCH.replace("CLM*GOOD*120", "CLM*GOOD*119"), "ascii")
    (told,) = crosswalk("x12", "diff", batch, other, "--json").summary["differences"]
    assert told == {"record": "Claim 1 (GOOD)", "field": "charge", "left": "120", "right": "119"}


def test_a_plan_asks_for_more(crosswalk: Callable, batch: Path, tmp_path: Path) -> None:
    rules = tmp_path / "plan.yaml"
    rules.write_text(
        "plan: Example Plan\nneeds: [authorization]\nplaces: ['12']\nclaims_at_most: 1\n", "utf-8"
    )
    told = crosswalk("x12", "check", batch, "--plan", rules, "--json").summary
    assert told["verdict"] == "reject-transaction"
    codes = [finding["code"] for finding in told["findings"] if finding["level"] == "plan"]
    assert sorted(codes) == ["needs_authorization", "place_not_taken", "place_not_taken", "too_many_claims"]
    rules.write_text("plan: Example Plan\nneeds: [a stamp]\n", "utf-8")
    refused = crosswalk("x12", "check", batch, "--plan", rules)
    assert (refused.code, refused.out) == (2, "")
    assert "a stamp" in refused.err
