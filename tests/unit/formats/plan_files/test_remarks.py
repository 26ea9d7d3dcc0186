"""Every remark about a plan's file is documented, fits its row, and is one that a check can make."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from crosswalk.core.formats.plan_files import read_codes, read_layout
from crosswalk.core.formats.plan_files.headings import match
from crosswalk.core.formats.plan_files.judging import judgement
from crosswalk.core.formats.plan_files.remarks import REMARKS
from crosswalk.core.policy import shipped_folder

PAGE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "plan-files.md"


def test_every_remark_is_made_by_a_check_and_every_check_has_its_sentence() -> None:
    made: dict[str, set[bool]] = {}
    for family in ("members", "events"):
        layout = read_layout("canonical", family, [shipped_folder()])
        headings = match([column.name for column in layout.canonical], layout, "file")
        judged = judgement(layout, headings, date(2026, 11, 1), read_codes([shipped_folder()]), True)
        for check in judged.checks:
            made.setdefault(check.code, set()).add(check.rejects)
            assert f"“{check.header}”" in check.sentence
    assert made.keys() == REMARKS.keys()
    assert all(len(severities) == 1 for severities in made.values())


def test_the_reference_page_names_every_remark() -> None:
    named = set(re.findall(r"`([a-z_0-9.]+)`", PAGE.read_text(encoding="utf-8")))
    assert REMARKS.keys() <= named
