"""Export.csv: which export this is, from whom, in which version, for which days, and whether it replaces or adds.

`reference/hmis.md` §1.5. The version is never guessed: a guessed one has corrupted rows elsewhere.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from crosswalk.core.basics import Refused
from crosswalk.core.formats.gate import CsvFile
from crosswalk.core.formats.hmis.dates import DayReader

_AGAIN = "Ask the HMIS administrator for a new export; Export.csv must have exactly one row."
_FULL, _UPDATED = "2", "1"

#: Two-digit years in Export.csv itself are of this century.
_FAR = date(2040, 1, 1)


@dataclass(frozen=True)
class ExportRow:
    """What Export.csv says. `is_full`: the export replaces what is held for its projects and days."""

    export_id: str
    source: str
    version: int
    version_text: str
    day: datetime
    day_is_certain: bool
    start: date | None
    end: date | None
    is_full: bool
    hash_status: str
    rows: int


def read_export(path: Path, used: Mapping[str, int]) -> ExportRow:
    """The row of Export.csv that the other files belong to. `used` counts the ExportIDs seen in them.

    Raises Refused: no row, several rows of which none is named, no version, no source.
    """
    rows = _rows(path)
    chosen = _chosen(rows, used)
    version = _version(chosen)
    source = chosen.get("implementationid") or chosen.get("sourceid") or chosen.get("sourcename")
    if not source:
        raise Refused(
            "Neither ImplementationID nor SourceID says which HMIS the export comes from.",
            fix="Ask the vendor to fill ImplementationID.",
            place="Export.csv",
            code="no_source",
        )
    start, end = _day(chosen, "exportstartdate"), _day(chosen, "exportenddate")
    day, certain = _export_day(chosen, end)
    return ExportRow(
        export_id=chosen.get("exportid", ""),
        source=f"hmis:{source}",
        version=version,
        version_text=chosen["csvversion"],
        day=day,
        day_is_certain=certain,
        start=start,
        end=end,
        is_full=chosen.get("exportdirective") == _FULL and chosen.get("exportperiodtype") != _UPDATED,
        hash_status=chosen.get("hashstatus", ""),
        rows=len(rows),
    )


def export_ids(path: Path) -> Counter[str]:
    """The ExportID of the first rows of a file; empty where it cannot be read."""
    try:
        file = CsvFile(path, path.name, cp1252=True)
        place = [name.lower() for name in file.header].index("exportid")
        with path.open(encoding=file.encoding, errors="replace", newline="") as handle:
            reader = csv.reader(handle)
            next(reader)
            firsts = [row for row, _ in zip(reader, range(50), strict=False)]
    except (Refused, ValueError, csv.Error, StopIteration):
        return Counter()
    return Counter(row[place].strip() for row in firsts if len(row) > place and row[place].strip())


def _rows(path: Path) -> list[dict[str, str]]:
    file = CsvFile(path, "Export.csv", cp1252=True)
    names = [name.lower() for name in file.header]
    rows = [
        dict(zip(names, (text.strip() for text in row), strict=True))
        for chunk in file.chunks()
        for row in chunk.rows
    ]
    if not rows:
        raise Refused(
            "Export.csv has no row that can be read.", fix=_AGAIN, place="Export.csv", code="export_rows"
        )
    return rows


def _chosen(rows: list[dict[str, str]], used: Mapping[str, int]) -> dict[str, str]:
    if len(rows) == 1:
        return rows[0]
    named = [row for row in rows if row.get("exportid") in used] or rows
    alike = {(row.get("csvversion"), row.get("implementationid"), row.get("sourceid")) for row in named}
    if len({row.get("exportid") for row in named}) > 1 and used:
        most = max(used.values())
        top = {name for name, n in used.items() if n == most}
        named = [row for row in named if row.get("exportid") in top] or named
    if len({row.get("exportid") for row in named}) > 1 and len(alike) > 1:
        raise Refused(
            f"Export.csv has {len(rows)} rows, and the other files do not say which one is theirs.",
            fix=_AGAIN,
            place="Export.csv",
            code="export_rows",
        )
    return max(named, key=lambda row: row.get("exportdate", ""))


def _version(row: Mapping[str, str]) -> int:
    found = re.search(r"(?<!\d)20\d\d(?!\d)", row.get("csvversion", ""))
    if not found:
        raise Refused(
            "CSVVersion does not say which version of HMIS CSV the export is in, and it is not guessed.",
            fix="Ask the vendor to fill CSVVersion (for example “2026 v1.0”).",
            place="Export.csv",
            code="version",
        )
    return int(found.group())


def _day(row: Mapping[str, str], name: str) -> date | None:
    moment, _ = DayReader(_FAR).read(row.get(name, ""))
    return moment.date() if moment else None


def _export_day(row: Mapping[str, str], end: date | None) -> tuple[datetime, bool]:
    text = row.get("exportdate", "")
    moment, code = DayReader(_FAR).read(text)
    if moment:
        return moment, True
    if code == "two_readings":
        readings = [
            DayReader(_FAR, order={"-": way, "/": way, ".": way}).read(text)[0] for way in ("md", "dm")
        ]
        return min(reading for reading in readings if reading), False
    if end:
        return datetime(end.year, end.month, end.day), False  # noqa: DTZ001 HMIS times are local
    raise Refused(
        "Neither ExportDate nor ExportEndDate is a date, so deliveries cannot be put in order.",
        fix=_AGAIN,
        place="Export.csv",
        code="export_date",
    )
