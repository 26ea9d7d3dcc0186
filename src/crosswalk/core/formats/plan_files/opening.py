"""A plan's file opened as its layout says: CSV behind the strict gate, or one sheet of a workbook."""

from __future__ import annotations

from pathlib import Path

from crosswalk.core.formats.gate import CsvFile
from crosswalk.core.formats.plan_files.layout import Layout
from crosswalk.core.formats.plan_files.rows import Grid


def open_grid(path: Path, layout: Layout) -> Grid:
    """The file's header and rows. Raises Refused for a file that is not what the layout says or cannot be read."""
    return CsvFile(path, path.name, cp1252=layout.encoding == "cp1252")
