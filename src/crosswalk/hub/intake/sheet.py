"""The sheet to send back: every problem of a delivery as a row of a workbook, for those who mend it at the source."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _

from crosswalk.cli.deliveries.looking import SHEET_ROWS, sheet
from crosswalk.cli.store import Store
from crosswalk.core.policy import shipped_folder
from crosswalk.hub.intake.models import Delivery

_WIDTHS = (18, 8, 20, 24, 24, 14, 60, 50)


def workbook(one: Delivery) -> Path | None:
    """The workbook as a file that its reader deletes; None where the delivery is kept no longer."""
    store = Store(settings.SITE.data)
    staged = store.delivery(one.staged) or store.waiting_delivery(one.staged)
    if staged is None:
        return None
    rows = sheet(store, staged, [shipped_folder()])
    with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as file:
        path = Path(file.name)
    _write(path, rows)
    return path


def _write(path: Path, rows: list[tuple[Any, ...]]) -> None:
    """Every cell is a text: no number loses its zeros, and nothing is taken for a formula."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet(_("Problems"))
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width, wrapped)
    page.freeze_panes(1, 0)
    heads = (
        _("File"), _("Row"), _("Record"), _("Column"), _("As sent"), _("What became of the row"),
        _("What is wrong"), _("How to mend it"),
    )  # fmt: skip
    for column, head in enumerate(heads):
        page.write_string(0, column, head, bold)
    became = {"error": _("left out"), "warning": _("kept")}
    for at, (file, row, record, column, value, severity, sentence, fix) in enumerate(rows, start=1):
        cells = (file, str(row or ""), record, column, value, became.get(severity, severity), sentence, fix)
        for place, cell in enumerate(cells):
            page.write_string(at, place, cell[:32_000])
    if len(rows) == SHEET_ROWS:
        more = _("There are more problems than these %(n)s; mend these first.") % {"n": SHEET_ROWS}
        page.write_string(len(rows) + 1, 0, more)
    book.close()
