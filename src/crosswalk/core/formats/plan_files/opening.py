"""A plan's file opened: a workbook by its first bytes, otherwise CSV behind the strict gate."""

from __future__ import annotations

from pathlib import Path

from crosswalk.core.basics import Refused
from crosswalk.core.formats.gate import CsvFile
from crosswalk.core.formats.plan_files.layout import Layout
from crosswalk.core.formats.plan_files.rows import Grid
from crosswalk.core.formats.sheets import SheetFile

#: A ZIP (as .xlsx is), and an old or protected Office document.
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")


def open_grid(path: Path, layout: Layout) -> Grid:
    """The file's header and rows; the same layout reads a workbook and the CSV saved from it.

    Raises Refused for a file that is not there, is empty, or cannot be read with certainty.
    """
    if not path.is_file():
        raise Refused("There is no such file.", fix="Check the path.", place=str(path), code="file.missing")
    with path.open("rb") as handle:
        start = handle.read(4)
    if not start:
        raise Refused(
            "The file is empty (0 bytes).", fix="Export it again.", place=path.name, code="file.empty"
        )
    if start.startswith(_WORKBOOKS):
        return SheetFile(path, path.name, sheet=layout.sheet, header_row=layout.header_row)
    try:
        return CsvFile(
            path,
            path.name,
            cp1252=layout.encoding == "cp1252",
            separator=layout.delimiter,
            header_row=layout.header_row,
        )
    except Refused as refused:
        if refused.code != "separator":
            raise
        raise Refused(
            refused.sentence,
            fix=f"{refused.fix} Or name the separator in the layout (file: delimiter).",
            place=refused.place,
            code=refused.code,
        ) from None
