"""Workbooks (XLSX): looked at before they are opened, then read one sheet as rows of texts."""

from crosswalk.core.formats.sheets.sheet import SheetFile
from crosswalk.core.formats.sheets.workbook import Workbook, looked_at

__all__ = ["SheetFile", "Workbook", "looked_at"]
