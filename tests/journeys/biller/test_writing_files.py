"""A biller writes what was done, and gets claims, an invoice, questions of coverage and a request that plans take."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from crosswalk.core.formats.x12.reading import Reading
from crosswalk.core.formats.x12.records import Claim, Inquiry, SetStart

EXCHANGE = Path(__file__).parents[2] / "exchange" / "x12"
Run = Callable[..., Any]


def _records(path: Path) -> list[Any]:
    reading = Reading(io.BytesIO(path.read_bytes()))
    found = list(reading)
    assert not reading.uneven
    return found


def _changed(tmp_path: Path, change: Callable[[dict[str, Any]], object], name: str = "services") -> Path:
    """A copy of the example in which something is wrong."""
    value = json.loads((EXCHANGE / f"{name}.json").read_text(encoding="utf-8"))
    change(value)
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def test_services_become_claims_that_our_check_and_pyx12_accept(crosswalk: Run, tmp_path: Path) -> None:
    out = tmp_path / "claims.edi"
    said = crosswalk("x12", "write", "837p", EXCHANGE / "services.json", "--out", out, "--json")
    assert said.code == 0, said.err
    assert said.summary["transactions"] == 1
    assert crosswalk("x12", "check", out, "--json").summary["verdict"] == "accept"
    claims = [one for one in _records(out) if isinstance(one, Claim)]
    assert [
        (one.id, f"{one.charge:f}", one.frequency, one.payer_claim, one.authorization) for one in claims
    ] == [
        ("PCN0001", "120", "1", "", "AUTH0001"),
        ("PCN0002", "3332", "1", "", "AUTH0002"),
        ("PCN0003", "1500", "7", "2026280000123", "AUTH0003"),
    ]
    codes = [(line.procedure.code, line.procedure.modifiers) for one in claims for line in one.lines]
    assert codes == [("G9012", ("U2",)), ("G9012", ("U2", "GQ")), ("T2033", ("U6",)), ("H0044", ("U2",))]
    assert claims[0].subscriber.person.last == "PENA"
    assert _pyx12_accepts(out)


def _pyx12_accepts(path: Path) -> bool:
    pyx12 = pytest.importorskip("pyx12", reason="the other reader is not installed")
    from pyx12.params import ParamsBase
    from pyx12.x12n_document import x12n_document

    assert pyx12
    with path.open(encoding="ascii") as source:
        return bool(x12n_document(ParamsBase(), source, None, None))


def test_the_same_services_become_an_invoice(crosswalk: Run, tmp_path: Path) -> None:
    for form in ("csv", "xlsx", "html"):
        said = crosswalk(
            "x12", "write", "invoice", EXCHANGE / "services.json", "--out", tmp_path / f"i.{form}", "--json"
        )
        assert said.code == 0, said.err
    rows = list(csv.DictReader((tmp_path / "i.csv").open(encoding="utf-8", newline="")))
    assert [row["Line charge"] for row in rows] == ["60.00", "60.00", "3332.00", "1500.00"]
    assert rows[0]["Medi-Cal CIN"] == "90000001A"
    assert rows[0]["Homeless"] == "yes"
    assert (rows[2]["First day of service"], rows[2]["Last day of service"], rows[2]["Units"]) == (
        "2026-10-01",
        "2026-10-14",
        "14",
    )
    sheet = python_calamine.load_workbook(str(tmp_path / "i.xlsx")).get_sheet_by_index(0).to_python()
    assert [dict(zip(sheet[0], row, strict=True)) for row in sheet[1:]] == rows
    page = (tmp_path / "i.html").read_text(encoding="utf-8")
    assert page.count("<section") == 3
    assert "Replacement of a claim PCN0003" in page
    assert "http" not in page
    assert len(re.findall(r"Made by \S+ on \d{4}-\d\d-\d\d at \d\d:\d\d\.", page)) == 3


def test_questions_of_coverage_go_in_batches_the_plan_takes(crosswalk: Run, tmp_path: Path) -> None:
    out = tmp_path / "270.edi"
    assert crosswalk("x12", "write", "270", EXCHANGE / "questions.json", "--out", out).code == 0
    records = _records(out)
    assert sum(isinstance(one, Inquiry) and one.kind == "22" for one in records) == 3
    assert sum(type(one).__name__ == "EligibilityBatch" for one in records) == 2
    assert not any(isinstance(one, SetStart) for one in records)
    assert crosswalk("x12", "check", out, "--json").summary["verdict"] == "accept"


def test_a_request_for_authorization(crosswalk: Run, tmp_path: Path) -> None:
    out = tmp_path / "278.edi"
    assert crosswalk("x12", "write", "278", EXCHANGE / "wishes.json", "--out", out).code == 0
    text = out.read_text(encoding="ascii")
    assert "UM*HS*I**12:B**03~" in text
    assert "SV1*HC:H0043:U6**UN*6~" in text
    assert crosswalk("x12", "check", out, "--json").summary["verdict"] in ("accept", "accept-with-warning")


def _too_early(value: dict[str, Any]) -> None:
    """Nutrition education has a code from 2026 on."""
    value["services"][2].update(
        code="S9452", modifiers=["U5"], day="2025-12-31", until=None, program="cs.mtm"
    )


WRONG: list[tuple[str, Callable[[dict[str, Any]], object], str]] = [
    ("a CIN that is an SSN", lambda v: v["services"][0]["member"].update(cin="123456789"), "Client Index"),
    ("an NPI with a wrong digit", lambda v: v["provider"].update(npi="1234567890"), "check digit"),
    ("a code without its modifier", lambda v: v["services"][3].update(code="H0044"), "no service that we know"),
    ("two codes that fit", lambda v: v["services"][2].update(program="cs.htss"), "Name one: T2040 U6, T2041 U6"),
    ("a code before its day", _too_early, "on that day"),
    ("a replacement without the payer's number", lambda v: v["services"][3].update(payer_claim=""), "payer's number"),
    ("no place of service", lambda v: v["services"][2].update(place=""), "place of service"),
    ("no diagnosis", lambda v: v["services"][2].update(diagnoses=[]), "diagnoses"),
    ("days the wrong way round", lambda v: v["services"][2].update(until="2026-09-01"), "before the first"),
    ("one claim number for two people", lambda v: v["services"][2].update(claim="PCN0001"), "claim number"),
    ("a name spelt wrong", lambda v: v["services"][2].update(unit="3"), "Did you mean “units”?"),
    ("an amount that is none", lambda v: v["services"][2].update(charge="twelve"), "not an amount"),
    ("no control number", lambda v: v["interchange"].pop("control"), "interchange.control"),
    ("a sign in the authorization number", lambda v: v["services"][2].update(authorization="A*1"), "holds “*”"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "change", "words"), WRONG, ids=[what for what, _, _ in WRONG])
def test_wrong_input_is_refused_in_words_and_nothing_is_written(
    crosswalk: Run, tmp_path: Path, what: str, change: Callable[[dict[str, Any]], object], words: str
) -> None:
    out = tmp_path / "claims.edi"
    said = crosswalk("x12", "write", "837p", _changed(tmp_path, change), "--out", out)
    assert said.code == 2, what
    assert words in said.err
    assert "Peña" not in said.err
    assert not out.exists()


def test_records_of_any_transaction_are_written_from_their_fields(crosswalk: Run, tmp_path: Path) -> None:
    value = {
        "interchange": {"sender": "PLAN", "receiver": "HUB", "control": "9", "delimiters": {"element": "|"}},
        "sets": [{
            "head": {"total": "80.00", "trace": ["1", "EFT1", "1512345678"], "paid_on": "2026-11-01"},
            "claims": [{
                "id": "PCN0001", "status": "1", "charge": 100, "paid": "80.00", "payer_claim": "2026",
                "adjustments": [{"group": "CO", "reason": "45", "amount": "20.00"}],
            }],
        }],
    }  # fmt: skip
    source, out = tmp_path / "835.json", tmp_path / "835.edi"
    source.write_text(json.dumps(value), encoding="utf-8")
    assert crosswalk("x12", "write", "835", source, "--out", out).code == 0
    assert "CLP|PCN0001|1|100|80.00|||2026~CAS|CO|45|20.00~SE|6|0001~" in out.read_text(encoding="ascii")
