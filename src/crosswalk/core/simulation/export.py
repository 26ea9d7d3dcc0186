"""Writes an HMIS CSV export: 24 files in one ZIP, the same bytes for the same rows."""

from __future__ import annotations

import csv
import shutil
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from crosswalk.core.simulation.defects import Defects

_USERS = ("12", "15", "21", "34")
#: Columns whose day says when a row was typed in.
_TOLD_ON = ("EntryDate", "ExitDate", "InformationDate", "DateProvided", "AssessmentDate", "EventDate")


class HmisExport:
    """Collects rows table by table under a scratch folder, then packs them; nothing is held in memory."""

    def __init__(
        self, scratch: Path, layout: Path, *, seed: int, on: date, defects: Defects | None = None
    ) -> None:
        self.scratch, self.on, self.defects = scratch, on, defects
        self.implementation = f"SIM-{seed}"
        self.export_id = f"E{on:%Y%m%d}{seed}"
        self.columns = columns_of(layout)
        self.rows: dict[str, int] = dict.fromkeys(self.columns, 0)
        scratch.mkdir(parents=True, exist_ok=True)
        self._files: dict[str, TextIO] = {}
        self._pens: dict[str, Any] = {}
        for table, columns in self.columns.items():
            self._files[table] = (scratch / f"{table}.csv").open("w", encoding="utf-8", newline="")
            self._pens[table] = csv.writer(self._files[table], lineterminator="\r\n")
            self._pens[table].writerow(columns)

    def __enter__(self) -> HmisExport:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for handle in self._files.values():
            handle.close()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def add(self, rows: Iterable[tuple[str, dict[str, object]]]) -> None:
        """Write rows; the five housekeeping columns are filled in from the row's own day."""
        for table, row in rows:
            self.rows[table] += 1
            if self.defects:
                row = self.defects.spoil(table, self.rows[table], row)
            typed = next(
                (day for name in _TOLD_ON if isinstance(day := row.get(name), date)), date(2019, 7, 1)
            )
            number = self.rows[table]
            stamp = f"{min(typed, self.on)} {8 + number % 9:02d}:{number % 60:02d}:00"
            row["DateCreated"] = row["DateUpdated"] = stamp
            row.setdefault("UserID", _USERS[number % len(_USERS)])
            row["ExportID"] = self.export_id
            self._pens[table].writerow(map(row.get, self.columns[table]))

    def pack(self, path: Path) -> None:
        """Write the ZIP: UTF-8, CRLF, top level, no folder; times inside it are fixed."""
        self._cover()
        for handle in self._files.values():
            handle.close()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed:
            for table in self.columns:
                entry = zipfile.ZipInfo(
                    f"{table}.csv", date_time=(self.on.year, self.on.month, self.on.day, 6, 0, 0)
                )
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                with (self.scratch / f"{table}.csv").open("rb") as source, packed.open(entry, "w") as target:
                    shutil.copyfileobj(source, target, 1 << 20)

    def _cover(self) -> None:
        exported = datetime.combine(self.on, time(6, 0, 0))
        self.add(
            (
                "User",
                {
                    "UserID": key, "UserFirstName": first, "UserLastName": "Desk",
                    "UserPhone": f"559555010{n}", "UserEmail": f"desk{n}@example.org",
                },
            )
            for n, (key, first) in enumerate(zip(_USERS, ("North", "South", "Night", "Youth"), strict=True))
        )  # fmt: skip
        self.add(
            [
                (
                    "Export",
                    {
                        "ExportID": self.export_id,
                        "SourceType": 1,
                        "SourceID": "CA-513",
                        "SourceName": "Invented county (Crosswalk simulation)",
                        "SourceContactFirst": "Casey",
                        "SourceContactLast": "Desk",
                        "SourceContactPhone": "5595550100",
                        "SourceContactEmail": "hmis@example.org",
                        "ExportDate": exported.isoformat(sep=" "),
                        "ExportStartDate": self.on - timedelta(days=7 * 365 + 30),
                        "ExportEndDate": self.on,
                        "SoftwareName": "Crosswalk simulation",
                        "SoftwareVersion": "1",
                        "CSVVersion": "2026 v1",
                        "ExportPeriodType": 3,
                        "ExportDirective": 2,
                        "HashStatus": 1,
                        "ImplementationID": self.implementation,
                    },
                )
            ]
        )


def columns_of(layout: Path) -> dict[str, list[str]]:
    """The tables of an HMIS layout with their columns, both in file order."""
    found: dict[str, list[str]] = {}
    with layout.open(encoding="utf-8", newline="") as handle:
        for line in csv.DictReader(handle):
            found.setdefault(line["table"], []).append(line["column"])
    return found
