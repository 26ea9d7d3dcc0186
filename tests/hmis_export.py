"""Tiny invented HMIS exports for tests: say only what matters, everything else is filled validly.

    from hmis_export import export
    path = export(tmp_path, clients=[{"FirstName": "Ana"}, {}], enrollments=[{"EntryDate": "2026-03-01"}])

Rows are dicts of column: text. Keys are numbered (C1, C2 … for clients, E1 … for enrollments) and rows refer to one
another by position: the first enrollment is the first client's. Any table can be given by its HUD name
(`Disabilities=[{…}]`); a row of such a table belongs to the first enrollment unless it says otherwise. What the
export as a whole says (ExportDirective, ExportDate …) goes in `about`. `files()` gives the CSV bytes by name for tests
that damage them, `packed()` zips such a dict, `text_of()` writes rows as CSV.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from crosswalk.core.formats.hmis.layout import Column, Layout, Table, read_layout

POLICY = Path(__file__).resolve().parents[1] / "policy"

Row = Mapping[str, object]

ABOUT = {
    "ExportID": "X1",
    "SourceType": "1",
    "SourceID": "CA-500",
    "SourceName": "Riverbend",
    "ExportDate": "2026-06-30 08:00:00",
    "ExportStartDate": "2023-07-01",
    "ExportEndDate": "2026-06-30",
    "SoftwareName": "Invented",
    "ExportPeriodType": "3",
    "ExportDirective": "2",
    "HashStatus": "1",
    "ImplementationID": "riverbend",
}
_DAYS = {"OperatingStartDate": "2015-01-01", "DOB": "1980-05-17", "EntryDate": "2026-01-15"}
_PREFIX = {"Client": "C", "Enrollment": "E", "Project": "P", "Organization": "O", "User": "U", "Exit": "EX"}


def export(
    folder: Path, *, name: str = "export.zip", inside: str = "", version: int = 2026, **given: object
) -> Path:
    """Write one export as a ZIP into `folder` and return its path. See `files` for what can be given."""
    return packed(files(version=version, **given), folder / name, inside=inside)  # type: ignore[arg-type]


def packed(contents: Mapping[str, bytes], path: Path, *, inside: str = "") -> Path:
    """Zip files by name, within the folder `inside` if one is named."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(f"{inside}/{name}" if inside else name, content)
    return path


def files(
    *,
    version: int = 2026,
    about: Row | None = None,
    clients: Sequence[Row] = ({},),
    enrollments: Sequence[Row] = ({},),
    exits: Sequence[Row] = (),
    projects: Sequence[Row] = ({},),
    end: str = "\n",
    encoding: str = "utf-8",
    **tables: Sequence[Row],
) -> dict[str, bytes]:
    """All 24 CSV files of an export as bytes by file name."""
    layout = read_layout(POLICY, version)
    rows: dict[str, Sequence[Row]] = {
        "Export": [{**ABOUT, "CSVVersion": f"{version} v1.0", **(about or {})}],
        "Organization": [{}],
        "User": [{}],
        "Project": projects,
        "Client": clients,
        "Enrollment": enrollments,
        "Exit": exits,
        **tables,
    }
    return {
        table.file: text_of(table, _filled(layout, table, rows.get(table.name, ())), end).encode(encoding)
        for table in layout.tables.values()
    }


def text_of(table: Table, rows: Iterable[Row], end: str = "\n") -> str:
    """Rows as CSV text with the header of the table."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [column.name for column in table.columns], lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _filled(layout: Layout, table: Table, rows: Sequence[Row]) -> list[dict[str, object]]:
    filled = []
    for number, row in enumerate(rows, start=1):
        values = {column.name: _default(layout, table, column, number) for column in table.columns}
        values.update(row)
        if table.name == "Enrollment" and "HouseholdID" not in row:
            values["HouseholdID"] = f"H{number}"
        filled.append(values)
    return filled


def _default(layout: Layout, table: Table, column: Column, number: int) -> str:
    if table.name == "Export":
        return ""
    if column.key:
        return f"{_PREFIX.get(table.name, table.name[:2].upper() + '-')}{number}"
    if column.foreign_key:
        parent = column.foreign_key[0]
        same = (
            number
            if (table.name, parent) in (("Enrollment", "Client"), ("Exit", "Enrollment"), ("Exit", "Client"))
            else 1
        )
        return (
            ABOUT["ExportID"]
            if parent == "Export"
            else f"{_PREFIX.get(parent, parent[:2].upper() + '-')}{same}"
        )
    if column.nullable and column.name not in _DAYS:
        return ""
    if column.type == "D":
        return _DAYS.get(column.name, "2026-02-01")
    if column.type == "T":
        return "2026-02-01 09:30:00"
    if column.list == "CoC":
        return "CA-500"
    if column.list or column.list_by:
        codes = layout.lists[column.list or next(name for by, name in column.list_by.items() if by)]
        allowed = sorted(
            (code for code in codes if code not in column.not_in), key=lambda code: (len(code), code)
        )
        if table.name == "Enrollment" and column.name == "RelationshipToHoH":
            return "1"
        return "99" if "99" in allowed else allowed[0]
    return "0" if column.type in ("I", "M", "M+") else column.name[: column.width]
