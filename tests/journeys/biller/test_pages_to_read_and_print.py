"""A biller opens the pages made from files: an invoice to print and a remittance in words, wide and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from browser import PHONE, WIDE, barriers, browser, overflows

Run = Callable[..., Any]
EXCHANGE = Path(__file__).parents[2] / "exchange" / "x12"
REMITTANCE = Path("x12") / "samples" / "own-written" / "835_reversal_correction_denial_plb.edi"


def _invoice(crosswalk: Run, folder: Path) -> Path:
    out = folder / "invoice.html"
    said = crosswalk("x12", "write", "invoice", EXCHANGE / "services.json", "--out", out)
    assert said.code == 0, said.err
    return out


@pytest.mark.browser
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_an_invoice_reads_well_everywhere(crosswalk: Run, tmp_path: Path, size: tuple[int, int]) -> None:
    path = _invoice(crosswalk, tmp_path)
    with browser(size=size, scripts=True) as page:
        page.goto(path.as_uri())
        assert barriers(page) == []
        assert not overflows(page)
        assert page.get_by_role("heading", level=1).inner_text().endswith(": 3 claims")
        assert page.get_by_role("region", name="Services of claim PCN0002").is_visible()
        assert page.locator("section").nth(1).get_by_text("3332.00").count() == 2


@pytest.mark.browser
def test_an_invoice_prints_one_sheet_a_claim(crosswalk: Run, tmp_path: Path) -> None:
    path = _invoice(crosswalk, tmp_path)
    with browser() as page:
        page.goto(path.as_uri())
        page.emulate_media(media="print")
        assert not page.get_by_role("heading", level=1).is_visible()
        assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 3


@pytest.mark.browser
@pytest.mark.shared
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_a_remittance_reads_well_everywhere(
    crosswalk: Run, tmp_path: Path, shared: Path, size: tuple[int, int]
) -> None:
    out = tmp_path / "remittance.html"
    assert crosswalk("x12", "show", shared / REMITTANCE, "--out", out).code == 0
    with browser(size=size) as page:
        page.goto(out.as_uri())
        assert barriers(page) == []
        assert not overflows(page)
        assert page.get_by_role("heading", level=2).count() > 1
