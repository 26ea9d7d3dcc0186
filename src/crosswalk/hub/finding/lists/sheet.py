"""A work list to take along, as a workbook or a plain table in which no cell can be a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from crosswalk.core.policy import Program
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.finding.lists.words import next_step
from crosswalk.hub.pages.words import moment, plan_words, years

#: A spreadsheet takes a cell that begins so for a formula; an apostrophe before it makes it a text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
#: Widths of the columns of the workbook, in signs.
_WIDTHS = (21, 26, 6, 12, 14, 16, 44, 30, 12, 12, 26, 48, 20)


def columns() -> list[str]:
    """The heads of the columns, in the language of the page."""
    return [
        _("Person id"), _("Person"), _("Age"), _("Language"), _("County"), _("Plan"), _("Likely eligible for"),
        _("One answer away"), _("On the list since"), _("Last seen"), _("Seen by"), _("Next step"), _("Taken on by"),
    ]  # fmt: skip


def cells(one: Any, programs: Mapping[str, Program], counties: Mapping[str, str], on: date) -> list[str]:
    """One line of the list, every cell a text."""

    def named(codes: Iterable[str]) -> str:
        return "; ".join(programs[code].words for code in codes if code in programs)

    age = years(one.person.born, on)
    return [
        one.person_id, one.person.name, "" if age is None else str(age), one.person.language,
        counties.get(one.county, one.county), plan_words(one.plan), named(one.met), named(one.open),
        one.since.isoformat(), one.person.seen_on.isoformat() if one.person.seen_on else "", one.person.seen_by,
        next_step(one, programs), one.worker_name or "",
    ]  # fmt: skip


def plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_csv(lines: Iterable[list[str]]) -> bytes:
    """UTF-8 with a mark at its beginning, so that Excel reads accents."""
    out = io.StringIO(newline="")
    into = csv.writer(out)
    into.writerow(columns())
    into.writerows([plain(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Iterable[list[str]], about: list[tuple[str, str]]) -> bytes:
    """A workbook that prints on Letter, its foot saying what it holds; a second page tells where it is from."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        page = book.add_worksheet(_("List"))
        for place, (head, width) in enumerate(zip(columns(), _WIDTHS, strict=True)):
            page.set_column(place, place, width, wrap)
            page.write_string(0, place, head, bold)
        for row, line in enumerate(lines, 1):
            for place, cell in enumerate(line):
                page.write_string(row, place, cell)
        page.freeze_panes(1, 2)
        page.repeat_rows(0)
        page.set_landscape()
        page.set_paper(1)
        page.fit_to_pages(1, 0)
        page.set_footer("&L" + _("Contains health information.") + "&R&P / &N")
        whence = book.add_worksheet(_("About"))
        whence.set_column(0, 1, 40, wrap)
        for row, (key, value) in enumerate(about):
            whence.write_string(row, 0, key, bold)
            whence.write_string(row, 1, value)
    return out.getvalue()


def about(viewer: Viewer, purpose: str, release: str, at: Any) -> list[tuple[str, str]]:
    """Who took it along, for whom, when, what for, and by which policy it was made."""
    return [
        (_("Taken along by"), viewer.name),
        (_("Organization"), viewer.organization_name),
        (_("When"), moment(at)),
        (_("What for"), purpose),
        (_("Policy release"), release),
        (_("What it holds"), _("Contains health information. Keep it as you would a medical record.")),
    ]
