"""One sheet of a workbook as rows of texts, numbered like a CSV file, with what was hidden or computed reported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from crosswalk.core.basics import Refused
from crosswalk.core.formats.gate import Chunk, Fault
from crosswalk.core.formats.sheets.workbook import Sheet, Workbook, looked_at

#: Rows turned into texts at a time.
CHUNK = 20_000


class SheetFile:
    """One sheet; `header` and `chunks()` as of a CSV file behind the gate.

    `sheet` is its name (None: the first that is not hidden), `header_row` counts from 1 as the spreadsheet shows it.
    Data rows count from 1 below the header; blank rows are skipped but counted. Raises Refused for what
    `looked_at` refuses, a sheet that is not there, no header in that row, or a column named twice.
    """

    def __init__(self, path: Path, name: str, *, sheet: str | None = None, header_row: int = 1) -> None:
        self.name, self.header_row = name, header_row
        workbook = looked_at(path, name)
        about = self._chosen(workbook, sheet)
        self._sheet = self._opened(path, about.name)
        self.day_numbers = not workbook.counts_from_1904
        self.faults = self._reported(workbook, about)
        self.header = self._one_header()

    def _chosen(self, workbook: Workbook, wanted: str | None) -> Sheet:
        visible = [sheet for sheet in workbook.sheets if not sheet.is_hidden]
        if wanted is None:
            return (visible or workbook.sheets)[0]
        for sheet in workbook.sheets:
            if sheet.name.strip().casefold() == wanted.strip().casefold():
                return sheet
        raise Refused(
            f"The workbook has no sheet “{wanted}”.",
            fix="It has: "
            + ", ".join(sheet.name for sheet in workbook.sheets)
            + ". Name one of them in the layout.",
            place=self.name,
            code="sheet.missing",
        )

    def _opened(self, path: Path, sheet: str) -> CalamineSheet:
        try:
            return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet)
        except (CalamineError, OSError):
            raise Refused(
                "The workbook cannot be read.",
                fix="Save it again as .xlsx, or send the sheet as CSV in UTF-8.",
                place=self.name,
                code="sheet.damaged",
            ) from None

    def _reported(self, workbook: Workbook, about: Sheet) -> list[Fault]:
        """What a person who looks at the sheet would not see."""
        faults = []

        def warn(code: str, sentence: str, fix: str) -> None:
            faults.append(Fault(0, "", code, "warning", sentence, fix))

        if about.is_hidden:
            warn(
                "sheet.hidden",
                f"The sheet “{about.name}” is hidden; it was read.",
                "Check that it is the one meant.",
            )
        others = [sheet.name for sheet in workbook.sheets if sheet is not about]
        if others:
            warn(
                "sheet.others",
                f"Only the sheet “{about.name}” was read; {len(others)} more: {', '.join(others[:5])}.",
                "Name another sheet in the layout if that one is meant.",
            )
        hidden = [row - self.header_row for row in about.hidden_rows if row > self.header_row]
        if hidden:
            shown = ", ".join(map(str, hidden[:10])) + (" …" if len(hidden) > 10 else "")
            warn(
                "sheet.hidden_rows",
                f"{len(hidden)} rows are hidden and were read like the others: {shown}.",
                "Remove hidden rows before sending, if they are not meant.",
            )
        if about.formulas:
            warn(
                "sheet.formulas",
                f"{about.formulas} cells hold formulas; the results stored with them were read.",
                "Send values instead of formulas.",
            )
        if about.merged:
            warn(
                "sheet.merged",
                f"{about.merged} groups of cells are merged; only the first cell of each has a value.",
                "Unmerge the cells before sending.",
            )
        if workbook.counts_from_1904:
            warn(
                "sheet.days_from_1904",
                "The workbook counts days from 1904; a bare day number in a date column is kept as unknown.",
                "Format date columns as dates.",
            )
        return faults

    def _one_header(self) -> list[str]:
        rows: Iterator[list[object]] = self._sheet.iter_rows()
        row = next(islice(rows, self.header_row - 1, None), [])
        names = [text(cell).strip() for cell in row]
        if not any(names):
            raise Refused(
                f"Row {self.header_row} of the sheet is empty, where the layout expects the header.",
                fix="Write the header's row into the layout (file: header_row).",
                place=self.name,
                code="no_header",
            )
        twice = sorted(one for one, n in Counter(map(str.casefold, filter(None, names))).items() if n > 1)
        if twice:
            raise Refused(
                f"The header names these columns twice: {', '.join(twice)}.",
                fix="Each column may appear once: ask the sender which of the two counts.",
                place=self.name,
                code="header_twice",
            )
        return names

    def chunks(self) -> Iterator[Chunk]:
        """The rows below the header, in order; every row is as wide as the header."""
        rows = islice(self._sheet.iter_rows(), self.header_row, None)
        first, blank, read = 1, 0, 0
        while piece := list(islice(rows, CHUNK)):
            kept = [
                (number, row) for number, row in enumerate(piece, first) if any(cell != "" for cell in row)
            ]
            first += len(piece)
            if kept:
                # Blank rows below the last row are formatting, not gaps.
                blank += kept[-1][0] - read - len(kept)
                read = kept[-1][0]
                yield Chunk([[text(cell) for cell in row] for _, row in kept], [number for number, _ in kept])
        if blank:
            self.faults.append(
                Fault(
                    0,
                    "",
                    "blank_lines",
                    "warning",
                    f"{blank} blank rows were skipped.",
                    "Nothing needs to be done.",
                )
            )


def text(cell: object) -> str:
    """A cell as the text a CSV export would hold: whole numbers without a point, days as YYYY-MM-DD."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
