"""A table to take along, as a workbook or a plain table in which no cell can be a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from xlsxwriter import Workbook

#: A spreadsheet takes a cell that begins so for a formula; an apostrophe before it makes it a text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_file(
    name: str,
    kind: str,
    heads: Sequence[str],
    widths: Sequence[int],
    lines: Iterable[Sequence[str]],
    about: Sequence[tuple[str, str]],
) -> HttpResponse:
    """The table as a file to keep, `kind` (csv or xlsx) its ending. What it is `about` only a workbook tells."""
    made = as_csv(heads, lines) if kind == "csv" else as_xlsx(heads, widths, lines, about)
    answer = HttpResponse(made, content_type=_TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_csv(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a mark at its beginning, so that Excel reads accents."""
    out = io.StringIO(newline="")
    into = csv.writer(out)
    into.writerow(heads)
    into.writerows([plain(cell) for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(
    heads: Sequence[str],
    widths: Sequence[int],
    lines: Iterable[Sequence[str]],
    about: Sequence[tuple[str, str]],
) -> bytes:
    """A workbook that prints on Letter, its foot saying what it holds; a second page tells where it is from.

    `widths` of the columns are in signs.
    """
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        page = book.add_worksheet(_("List"))
        for place, (head, width) in enumerate(zip(heads, widths, strict=True)):
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
