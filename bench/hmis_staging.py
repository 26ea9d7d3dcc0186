"""How fast HMIS staging is against stdlib csv.reader alone on the same bytes, and how memory grows from n to 10 n.

    .venv/bin/python bench/hmis_staging.py [--people 20000] [--text FILE]

Makes two invented exports (n and 10 n people), reads their CSV bytes with nothing but csv.reader, then stages each in
a process of its own, and prints a table. Goals: at least a quarter of csv.reader's speed; at most 1 GB.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

_STAMPS = ("2025-03-04 09:15:00", "2025-11-20 16:40:12")
_FIRST = ("Ana", "Bao", "Carla", "Dee", "Eduardo", "Fatima", "George", "Hoa", "Ines", "José")
_LAST = (
    "García",
    "Nguyen",
    "Smith",
    "Peña López",
    "O'Neill",
    "Hernández",
    "Lee",
    "Xiong",
    "Jones",
    "Martínez",
)

#: An installed program keeps its compiled modules; a workshop may have switched that off.
_AS_INSTALLED = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONPYCACHEPREFIX": tempfile.mkdtemp(prefix="compiled-"),
}
_RACES = ("AmIndAKNative", "Asian", "BlackAfAmerican", "MidEastNAfrican", "NativeHIPacific", "White")

#: Rows a person in each file, near what the published sample exports have.
SHAPE = {
    "Client": 1,
    "Enrollment": 1,
    "Exit": 1,
    "IncomeBenefits": 2,
    "HealthAndDV": 2,
    "EmploymentEducation": 2,
    "Disabilities": 6,
    "Services": 8,
    "CurrentLivingSituation": 1,
    "Event": 1,
}


def make(path: Path, people: int, seed: int = 7) -> None:
    """Write an invented export of so many people."""
    from crosswalk.core.formats.hmis.layout import read_layout
    from hmis_export import POLICY, files

    chance = random.Random(seed)
    layout = read_layout(POLICY, 2026)
    small = files()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in small.items():
            if name.removesuffix(".csv") not in SHAPE:
                archive.writestr(name, text)
        for table, per_person in SHAPE.items():
            columns = [column.name for column in layout.tables[table].columns]
            with archive.open(f"{table}.csv", "w", force_zip64=True) as raw:
                out = io.TextIOWrapper(raw, "utf-8", newline="")
                writer = csv.writer(out, lineterminator="\r\n")
                writer.writerow(columns)
                writer.writerows(_rows(table, columns, people, per_person, chance))
                out.flush()
                out.detach()


def _rows(
    table: str, columns: list[str], people: int, each: int, chance: random.Random
) -> Iterator[list[str]]:
    yes_no = {"IncomeBenefits": columns[4:-6]}.get(table, [])
    for n in range(people):
        entry = date(2023, 7, 1) + timedelta(days=chance.randrange(900))
        for k in range(each):
            row = dict.fromkeys(columns, "")
            row |= {
                name: ("" if "Amount" in name or "Reason" in name or "Identify" in name else "0")
                for name in yes_no
            }
            row |= {"TotalMonthlyIncome": "1083.20"} if table == "IncomeBenefits" else {}
            row |= {
                columns[0]: f"{table[:3]}{n * each + k}",
                "EnrollmentID": f"E{n}",
                "PersonalID": f"{n:032x}",
            }
            row |= _said(table, n, k, entry, chance)
            row |= {"DateCreated": _STAMPS[0], "DateUpdated": f"2025-11-{n % 28 + 1:02d} 16:40:{n % 60:02d}"}
            row |= {"UserID": "U1", "ExportID": "X1"}
            yield [row[name] for name in columns]


def _said(table: str, n: int, k: int, entry: date, chance: random.Random) -> dict[str, str]:
    day = str(entry + timedelta(days=k * 3))
    if table == "Client":
        races = dict.fromkeys(_RACES, "0")
        return {
            **races,
            "PersonalID": f"{n:032x}",
            "FirstName": chance.choice(_FIRST),
            "LastName": chance.choice(_LAST),
            "SSN": f"xxxxx{chance.randrange(1, 10000):04d}",
            "DOB": str(date(1950, 1, 1) + timedelta(days=chance.randrange(20000))),
            **dict.fromkeys(("NameDataQuality", "DOBDataQuality", "HispanicLatinao"), "1"),
            "SSNDataQuality": "2",
            "VeteranStatus": "0",
        }
    if table == "Enrollment":
        return {
            "EnrollmentID": f"E{n}",
            "ProjectID": "P1",
            "EntryDate": str(entry),
            "HouseholdID": f"H{n}",
            "RelationshipToHoH": "1",
            "EnrollmentCoC": "CA-500",
            "LivingSituation": "116",
            "LengthOfStay": "4",
            "DateToStreetESSH": str(entry - timedelta(days=200)),
            "TimesHomelessPastThreeYears": "4",
            "MonthsHomelessPastThreeYears": "112",
            "DisablingCondition": "1",
        }
    if table == "Exit":
        return {"ExitDate": str(entry + timedelta(days=60)), "Destination": "116"}
    if table == "Disabilities":
        kind = str(5 + k)
        return {
            "InformationDate": day,
            "DisabilityType": kind,
            "DisabilityResponse": "0",
            "DataCollectionStage": "1",
        }
    if table == "Services":
        return {"DateProvided": day, "RecordType": "200", "TypeProvided": "200"}
    if table == "CurrentLivingSituation":
        return {
            "InformationDate": day,
            "CurrentLivingSituation": "116",
            "LocationDetails": "Under the bridge, west",
        }
    if table == "Event":
        return {"EventDate": day, "Event": "14"}
    return {"InformationDate": day, "DataCollectionStage": "1"}


def csv_alone(path: Path) -> tuple[int, int, float, float]:
    """Bytes, rows, seconds and processor seconds of csv.reader alone over every file, already unpacked."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
        sizes = sum(one.stat().st_size for one in Path(folder).iterdir())
        rows = 0
        begun, worked = time.perf_counter(), time.process_time()
        for one in Path(folder).iterdir():
            with one.open(encoding="utf-8-sig", newline="") as handle:
                rows += sum(1 for _ in csv.reader(handle))
        return sizes, rows, time.perf_counter() - begun, time.process_time() - worked


def staged(path: Path) -> tuple[float, float, float]:
    """Seconds, processor seconds of all its processes, and their peak memory in MB, of `crosswalk stage hmis`."""
    with tempfile.TemporaryDirectory() as data:
        words = [
            str(Path(sys.executable).parent / "crosswalk"),
            "stage",
            "hmis",
            str(path),
            "--data",
            data,
            "--json",
        ]
        begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        child = subprocess.Popen(words, stdout=subprocess.DEVNULL, env=_AS_INSTALLED)
        peak = 0.0
        while child.poll() is None:
            peak = max(peak, _memory(child.pid))
            time.sleep(0.05)
        if child.returncode:
            raise SystemExit(f"staging ended with {child.returncode}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return time.perf_counter() - begun, worked, peak


def _memory(pid: int) -> float:
    """Megabytes that a process and its children hold, shared pages counted once (proportional set size)."""
    total = 0
    for one in [pid, *_children(pid)]:
        try:
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            continue
    return total / 1024


def _children(pid: int) -> list[int]:
    try:
        named = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [one for child in map(int, named) for one in (child, *_children(child))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--text", type=Path, help="also write the table here")
    given = parser.parse_args()
    lines = [
        f"{'people':>9}{'rows':>11}{'MB':>6} | {'csv.reader s':>12}{'(cpu)':>8} | {'stage s':>9}{'(cpu)':>8}"
        f" | {'ratio':>6}{'(cpu)':>7} | {'MB/s':>6}{'peak MB':>9}"
    ]
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder) / "warm.zip", 3000)
        staged(Path(folder) / "warm.zip")
        for people in (given.people, 10 * given.people):
            path = Path(folder) / f"{people}.zip"
            make(path, people)
            size, rows, alone, alone_cpu = csv_alone(path)
            seconds, cpu, peak = staged(path)
            _, _, again, again_cpu = csv_alone(path)
            alone, alone_cpu = (alone + again) / 2, (alone_cpu + again_cpu) / 2
            lines.append(
                f"{people:>9,}{rows:>11,}{size / 1e6:>6.0f} | {alone:>12.2f}{alone_cpu:>8.2f} |"
                f" {seconds:>9.2f}{cpu:>8.2f} | {alone / seconds:>6.2f}{alone_cpu / cpu:>7.2f} |"
                f" {size / 1e6 / seconds:>6.1f}{peak:>9.0f}"
            )
            path.unlink()
    text = "\n".join(lines)
    print(text)
    if given.text:
        given.text.write_text(
            f"# HMIS staging against csv.reader alone\n\nMade by `bench/hmis_staging.py` on {os.cpu_count()} cores. "
            "`stage` is the whole command: unpacking, checksum, reading, checking across files, merging into the "
            "current state. `ratio` is csv.reader's time over it (goal: 0.25), by the clock and, as the machine "
            "was shared, by the processor time of all processes; `peak` counts all its processes "
            f"(goal: 1,000 MB or less at any size).\n\n```\n{text}\n```\n"
        )


if __name__ == "__main__":
    main()
