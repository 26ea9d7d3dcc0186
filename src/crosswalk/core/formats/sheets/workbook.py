"""A workbook looked at before a library opens it: is it one, is it safe to unpack, and what does it hide?

Reading libraries unpack whatever they are given: a 391 KB workbook with a 301 MB sheet was read without complaint
(reference/stack-security-reliability.md §5.2). So sizes are checked as declared and counted again while unpacking.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from crosswalk.core.basics import Refused

#: Unpacked bytes of all parts together, parts, and how many times a part larger than SMALL may grow.
UNPACKED, PARTS, RATIO, SMALL = 1_000_000_000, 200, 100, 10_000_000
#: The texts that say which sheets there are may not be larger.
DIRECTORY = 5_000_000

_ASK = "Save the workbook again as .xlsx, or send the sheet as CSV in UTF-8."
_REST = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HIDDEN_ROW = re.compile(
    rb'<row\b[^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"|<row\b[^>]*?\bhidden="(?:1|true)"'
)
_FORMULA = re.compile(rb"<f[\s>/]")
_MERGED = re.compile(rb"<mergeCell\b")
#: The longest tag that may lie across two pieces of a part.
_OVERLAP = 1_000


@dataclass
class Sheet:
    """What one sheet's text says about itself. Rows count from 1, as a spreadsheet shows them."""

    name: str
    is_hidden: bool
    hidden_rows: list[int] = field(default_factory=list)
    formulas: int = 0
    merged: int = 0


@dataclass
class Workbook:
    """The sheets in order, and whether bare day numbers count from 1904 instead of 1900."""

    sheets: list[Sheet]
    counts_from_1904: bool


def looked_at(path: Path, name: str) -> Workbook:
    """Check a workbook and list its sheets. `name` is what people know the file by.

    Raises Refused for what is no workbook, is damaged, protected, made to explode, or has no sheet.
    """
    _looks_like_workbook(path, name)
    try:
        with zipfile.ZipFile(path) as parts:
            _check(parts, path, name)
            return _read(parts, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ElementTree.ParseError, KeyError):
        raise Refused(
            "The workbook is damaged or was cut off.", fix=_ASK, place=name, code="sheet.damaged"
        ) from None


def _looks_like_workbook(path: Path, name: str) -> None:
    with path.open("rb") as handle:
        start = handle.read(8)
    if start.startswith(b"PK\x03\x04"):
        return
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            "The file is an old .xls workbook, or one protected with a password.",
            fix="Save it as .xlsx without a password.",
            place=name,
            code="sheet.protected",
        )
    raise Refused(
        "The file is not an .xlsx workbook.",
        fix="Send the workbook, or name a layout for CSV.",
        place=name,
        code="sheet.not_xlsx",
    )


def _check(parts: zipfile.ZipFile, path: Path, name: str) -> None:
    infos = parts.infolist()
    if "xl/workbook.xml" not in parts.namelist():
        raise Refused(
            "The file is a ZIP but not an .xlsx workbook.", fix=_ASK, place=name, code="sheet.not_xlsx"
        )
    if any(info.flag_bits & 0x1 for info in infos):
        raise Refused(
            "The workbook is protected with a password.",
            fix="Save it without one.",
            place=name,
            code="sheet.protected",
        )
    names = [info.filename for info in infos]
    exploding = (
        len(infos) > PARTS
        or sum(info.file_size for info in infos) > UNPACKED
        or sum(info.compress_size for info in infos) > path.stat().st_size
        or any(i.file_size > SMALL and i.file_size > RATIO * max(i.compress_size, 1) for i in infos)
    )
    if exploding:
        raise _bomb(name)
    if len(set(names)) != len(names) or any(".." in one.split("/") or one.startswith("/") for one in names):
        raise Refused(
            "The parts of the workbook are not what they should be.", fix=_ASK, place=name, code="sheet.parts"
        )


def _bomb(name: str) -> Refused:
    return Refused(
        "The workbook would unpack to far more than a list of people can be.",
        fix="Send the sheet as CSV in UTF-8.",
        place=name,
        code="sheet.bomb",
    )


def _read(parts: zipfile.ZipFile, name: str) -> Workbook:
    book = _tree(parts, "xl/workbook.xml", name)
    related = _tree(parts, "xl/_rels/workbook.xml.rels", name)
    targets = {one.get("Id"): one.get("Target", "") for one in related.iter() if one.get("Id")}
    sheets, seen = {}, 0
    for one in book.iter():
        if one.tag.endswith("}sheet") and (target := targets.get(one.get(f"{_REST}id"))):
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            sheets[part] = Sheet(one.get("name", ""), one.get("state", "visible") != "visible")
    for info in parts.infolist():
        seen += _scan(parts, info, sheets.get(info.filename))
        if seen > UNPACKED:
            raise _bomb(name)
    if not sheets:
        raise Refused("The workbook has no sheet.", fix=_ASK, place=name, code="sheet.none")
    from_1904 = any(
        one.tag.endswith("}workbookPr") and one.get("date1904") in ("1", "true") for one in book.iter()
    )
    return Workbook(list(sheets.values()), from_1904)


def _tree(parts: zipfile.ZipFile, part: str, name: str) -> ElementTree.Element:
    with parts.open(part) as packed:
        text = packed.read(DIRECTORY + 1)
    if len(text) > DIRECTORY or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise _bomb(name)
    return ElementTree.fromstring(text)


def _scan(parts: zipfile.ZipFile, info: zipfile.ZipInfo, sheet: Sheet | None) -> int:
    """Unpack one part in pieces, keeping nothing: its true size, and what the sheet hides."""
    size, tail = 0, b""
    with parts.open(info) as packed:
        while piece := packed.read(1 << 20):
            size += len(piece)
            if size > info.file_size:
                raise zipfile.BadZipFile("larger than declared")
            if sheet is not None:
                text = tail + piece
                # A tag that begins in the last bytes may go on in the next piece: look at it then.
                cut = len(text) if len(piece) < 1 << 20 else max(text.rfind(b"<", len(text) - _OVERLAP), 0)
                text, tail = text[:cut] if cut else text, text[cut:] if cut else b""
                sheet.hidden_rows += [int(found.group(1) or 0) for found in _HIDDEN_ROW.finditer(text)]
                sheet.formulas += len(_FORMULA.findall(text))
                sheet.merged += len(_MERGED.findall(text))
    return size
