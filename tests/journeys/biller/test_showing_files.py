"""A biller reads what a payer answered: in words, with what stands between charge and payment, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crosswalk.core.billing.readable import Words, as_html, as_text, sheets
from crosswalk.core.formats.x12.reading import Reading
from crosswalk.core.policy import load, shipped_folder

Run = Callable[..., Any]
EXCHANGE = Path(__file__).parents[2] / "exchange" / "x12"


@pytest.mark.shared
def test_a_denied_claim_is_explained(crosswalk: Run, shared: Path) -> None:
    file = shared / "x12" / "samples" / "own-written" / "835_reversal_correction_denial_plb.edi"
    said = crosswalk("x12", "show", file, "--claim", "PCN91")
    assert said.code == 0, said.err
    assert "4 Denied" in said.out
    assert "ECM outreach attempt, in person" in said.out
    assert "$90.00 (CO 197): There was no authorization." in said.out
    assert "To do: Ask for one" in said.out
    assert "PCN01" not in said.out
    whole = crosswalk("x12", "show", file).out
    assert "Overpayment taken back" in whole
    assert "not explained" not in whole


@pytest.mark.shared
def test_an_answer_of_coverage_and_a_refusal(crosswalk: Run, shared: Path) -> None:
    own = shared / "x12" / "samples" / "own-written"
    assert "1 Active coverage" in crosswalk("x12", "show", own / "271_medi-cal_active_mcp.edi").out
    assert (
        "75 The member was not found."
        in crosswalk("x12", "show", own / "271_subscriber_not_found_AAA75.edi").out
    )
    assert "rejected" in crosswalk("x12", "show", own / "277CA_mixed.edi", "--claim", "PCN000000003").out


@pytest.mark.shared
def test_every_file_can_be_shown(shared: Path) -> None:
    words = Words(load(shipped_folder()))
    shown = 0
    for path in sorted((shared / "x12" / "samples").glob("*/*.*")):
        with path.open("rb") as file:
            found = list(sheets(Reading(file), words))
        assert as_html(found, "What the file says", "Made by Ann.").count("<section") == len(found)
        text = as_text(found)
        assert all(sheet.title in text for sheet in found[:5])
        shown += bool(found)
    assert shown > 70


def test_a_claim_that_we_wrote_as_a_page(crosswalk: Run, tmp_path: Path) -> None:
    claims, page = tmp_path / "claims.edi", tmp_path / "page.html"
    assert crosswalk("x12", "write", "837p", EXCHANGE / "services.json", "--out", claims).code == 0
    said = crosswalk("x12", "show", claims, "--claim", "PCN0002", "--out", page, "--json")
    assert said.summary == {"shown": 1, "more": False, "sheets": []}
    html = page.read_text(encoding="utf-8")
    assert '<h2 id="sheet-1">Claim PCN0002</h2>' in html
    assert "T2033 U6 Recuperative care" in html
    assert "<script" not in html
    sheet = crosswalk("x12", "show", claims, "--claim", "PCN0001", "--json").summary["sheets"][0]
    assert ["Charge", "$120.00"] in sheet["facts"]


def test_what_cannot_be_shown_is_refused_in_words(crosswalk: Run, tmp_path: Path) -> None:
    claims, other = tmp_path / "claims.edi", tmp_path / "notes.txt"
    assert crosswalk("x12", "write", "837p", EXCHANGE / "services.json", "--out", claims).code == 0
    other.write_text("no X12 at all", encoding="utf-8")
    for words, said in (
        ((claims, "--claim", "PCN9"), "No claim of this file has that number."),
        ((other,), "This is not an X12 file."),
        ((claims, "--out", tmp_path / "page.pdf"), "A page is an .html or a .txt file."),
        ((tmp_path / "none.edi",), "There is no such file."),
    ):
        answer = crosswalk("x12", "show", *words)
        assert answer.code == 2
        assert said in answer.err


def test_markup_in_a_file_stays_text(crosswalk: Run, tmp_path: Path) -> None:
    claims, page = tmp_path / "claims.edi", tmp_path / "page.html"
    assert crosswalk("x12", "write", "837p", EXCHANGE / "services.json", "--out", claims).code == 0
    claims.write_bytes(claims.read_bytes().replace(b"*REYES*", b"*<script>R*"))
    assert crosswalk("x12", "show", claims, "--out", page).code == 0
    assert "<script>" not in page.read_text(encoding="utf-8")
    assert "Made by " in page.read_text(encoding="utf-8")
