"""Workbooks: what a sheet hides is reported, and what is no honest workbook is refused in words."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from crosswalk.core.basics import Refused
from crosswalk.core.formats.sheets import SheetFile, looked_at


def workbook(path: Path, fill: Callable[[Any, Any], None], **options: object) -> Path:
    """Write a workbook; `fill` gets the book and its first sheet, Members."""
    with xlsxwriter.Workbook(str(path), options) as book:
        fill(book, book.add_worksheet("Members"))
    return path


def simple(book: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, ["CIN", "Born", "Zip", "Flag"])
    sheet.write_string(1, 0, "91000001A")
    sheet.write_datetime(1, 1, datetime(1980, 2, 3), book.add_format({"num_format": "mm/dd/yyyy"}))  # noqa: DTZ001
    sheet.write_number(1, 2, 95814)
    sheet.write_boolean(1, 3, True)
    sheet.write_number(3, 0, 9.1000002e7)


def rows_of(path: Path, **options: Any) -> list[tuple[int, list[str]]]:
    chunks = SheetFile(path, path.name, **options).chunks()
    return [pair for chunk in chunks for pair in zip(chunk.numbers, chunk.rows, strict=True)]


def codes_of(path: Path, **options: Any) -> set[str]:
    sheet = SheetFile(path, path.name, **options)
    list(sheet.chunks())
    return {fault.code for fault in sheet.faults}


def test_cells_become_the_texts_that_a_csv_export_would_hold(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", simple)
    assert SheetFile(path, "a.xlsx").header == ["CIN", "Born", "Zip", "Flag"]
    assert rows_of(path) == [(1, ["91000001A", "1980-02-03", "95814", "TRUE"]), (3, ["91000002", "", "", ""])]
    assert codes_of(path) == {"blank_lines"}


def test_dates_of_a_workbook_that_counts_from_1904_are_the_same_days(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", simple, date_1904=True)
    assert rows_of(path)[0][1][1] == "1980-02-03"
    assert "sheet.days_from_1904" in codes_of(path)
    assert not SheetFile(path, "a.xlsx").day_numbers


def test_what_a_reader_of_the_screen_would_not_see_is_reported(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        simple(book, sheet)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.write_formula(2, 2, "=1+1", None, 2)
        sheet.merge_range(5, 0, 5, 2, "together")
        book.add_worksheet("Notes").hide()

    path = workbook(tmp_path / "a.xlsx", fill)
    sheet = SheetFile(path, "a.xlsx")
    said = {fault.code: fault.sentence for fault in sheet.faults}
    assert set(said) == {"sheet.hidden_rows", "sheet.formulas", "sheet.merged", "sheet.others"}
    assert said["sheet.hidden_rows"].endswith("1.")
    assert [number for number, _ in rows_of(path)] == [1, 2, 3, 5]


def test_hidden_rows_of_a_large_sheet_are_counted_across_its_pieces(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["CIN"])
        for row in range(1, 60_001):
            sheet.write_string(row, 0, f"{row:08d}A")
            if row % 100 == 0:
                sheet.set_row(row, None, None, {"hidden": True})

    book = looked_at(workbook(tmp_path / "a.xlsx", fill), "a.xlsx")
    assert book.sheets[0].hidden_rows == list(range(101, 60_002, 100))


def test_the_sheet_and_the_header_row_are_those_of_the_layout(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.hide()
        other = book.add_worksheet("Roster")
        other.activate()
        other.write(0, 0, "North Valley Health Plan")
        other.write_row(2, 0, ["CIN"])
        other.write_row(3, 0, ["91000001A"])

    path = workbook(tmp_path / "a.xlsx", fill)
    assert rows_of(path, header_row=3) == [(1, ["91000001A"])]
    assert rows_of(path, sheet=" roster", header_row=3) == [(1, ["91000001A"])]
    with pytest.raises(Refused, match=r"no sheet “Members 2”.*Members, Roster"):
        SheetFile(path, "a.xlsx", sheet="Members 2")
    with pytest.raises(Refused, match="Row 2 of the sheet is empty"):
        SheetFile(path, "a.xlsx", sheet="Roster", header_row=2)


def test_a_million_empty_formatted_rows_below_are_no_gap(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["CIN"])
        sheet.write_row(1, 0, ["91000001A"])
        sheet.write_blank(50_000, 0, None, book.add_format({"bold": True}))

    path = workbook(tmp_path / "a.xlsx", fill)
    assert rows_of(path) == [(1, ["91000001A"])]
    assert codes_of(path) == set()


def test_a_column_named_twice_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda _, sheet: sheet.write_row(0, 0, ["CIN", "Name", "cin"]))
    with pytest.raises(Refused, match="columns twice: cin"):
        SheetFile(path, "a.xlsx")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "sheet.protected"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 600, "sheet.not_xlsx"),
        (b"PK\x03\x04" + b"\0" * 600, "sheet.damaged"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        looked_at(path, "a.xlsx")
    assert refused.value.code == code
    assert refused.value.fix


def rezipped(source: Path, target: Path, changed: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, changed.get(info.filename, old.read(info.filename)))
        for name in changed.keys() - set(old.namelist()):
            new.writestr(name, changed[name])
    return target


@pytest.mark.parametrize(
    ("part", "content", "code"),
    [
        ("xl/worksheets/sheet1.xml", b"<row/>" * 5_000_000, "sheet.bomb"),
        ("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "sheet.bomb"),
        ("xl/workbook.xml", b"<workbook", "sheet.damaged"),
        ("../../etc/evil", b"x", "sheet.parts"),
    ],
)
def test_a_workbook_made_to_do_harm_is_refused_before_it_is_opened(
    tmp_path: Path, part: str, content: bytes, code: str
) -> None:
    honest = workbook(tmp_path / "a.xlsx", simple)
    with pytest.raises(Refused) as refused:
        looked_at(rezipped(honest, tmp_path / "b.xlsx", {part: content}), "b.xlsx")
    assert refused.value.code == code


def test_a_workbook_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx", simple).read_bytes()
    path = tmp_path / "cut.xlsx"
    for end in range(1, len(whole), 97):
        path.write_bytes(whole[:end])
        with pytest.raises(Refused):
            SheetFile(path, "cut.xlsx")


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as other:
        other.writestr("Client.csv", "PersonalID\n1\n")
    with pytest.raises(Refused, match="a ZIP but not"):
        looked_at(path, "a.xlsx")
