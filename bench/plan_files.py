"""How fast and how big: staging a plan's member file, beside stdlib csv.reader alone on the same bytes.

    .venv/bin/python bench/plan_files.py [ROWS …]        (default 100000 1000000)

Each staging runs in its own process; memory is its highest resident set. Processor seconds (all cores together) are
the number to trust on a machine that does other things too; the clock shows what a person waits.
The file has every column of the neutral layout, 1 % dirty rows and 0.5 % repeated rows. Also measured: the same
file again (nothing changes), a second, newer file of the same plan (a merge), and as many events.
"""

from __future__ import annotations

import csv
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SCRATCH = Path(tempfile.gettempdir()) / "crosswalk-bench" / "plan_files"
CROSSWALK = Path(sys.executable).with_name("crosswalk")
MEMBERS = (
    "plan,cin,member_id,last_name,first_name,middle_name,suffix,preferred_name,dob,sex,ssn,language,race_ethnicity,"
    "address,city,state,zip,county,phone,email,coverage_from,coverage_until,aid_code,share_of_cost,medicare,"
    "renewal_month,homeless_indicator,pcp_name,pcp_npi,guardian_name,guardian_phone\n"
)
EVENTS = "plan,cin,event_id,kind,code,from,until,value,by,note\n"


def members_file(path: Path, rows: int, seed: int) -> Path:
    """Write an invented member file of about 190 bytes a row."""
    dice = random.Random(seed)
    with path.open("w") as out:
        out.write(MEMBERS)
        for number in range(rows):
            year, month, day, slip = (
                dice.randrange(1930, 2024),
                dice.randrange(1, 13),
                dice.randrange(1, 29),
                dice.random(),
            )
            cin, born = _cin(number), f"{year}-{month:02d}-{day:02d}"
            if slip < 0.005:
                cin = f"{number:.7E}"
            elif slip < 0.01:
                born = f"{month}/{day}/{year}"
            line = (
                f"north,{cin},M{number:09d},Lastname{number % 9973},First{number % 4999},,,,{born},{'FM'[number % 2]},"
                f"9{number % 100_000_000:08d},Spanish,Hispanic,{number % 9999} Main St,Springfield,CA,"
                f"95{number % 1000:03d},{number % 58 + 1:02d},916555{number % 10_000:04d},,2025-{month:02d}-01,,M1,"
                "none,none,2026-11,no,,,,\n"
            )
            out.write(line * 2 if slip > 0.995 else line)
    return path


def events_file(path: Path, rows: int, seed: int) -> Path:
    """Write as many invented events, a third of them diagnoses."""
    dice = random.Random(seed)
    kinds = (
        "ed_visit,H1",
        "diagnosis,F11.20",
        "diagnosis,E11.9",
        "inpatient_stay,H2",
        "program,ccm",
        "authorization,ecm",
    )
    with path.open("w") as out:
        out.write(EVENTS)
        for number in range(rows):
            day = f"2026-{dice.randrange(1, 11):02d}-{dice.randrange(1, 29):02d}"
            out.write(f"north,{_cin(number)},E{number},{kinds[number % 6]},{day},,,clinic,\n")
    return path


def _cin(number: int) -> str:
    return f"{90_000_000 + number * 7 % 9_999_991:08d}{'ABCDEFGHJK'[number % 10]}"


def plain_read(path: Path) -> float:
    """Processor seconds that csv.reader alone needs for the file."""
    start = time.process_time()
    with path.open(newline="") as handle:
        for _ in csv.reader(handle):
            pass
    return time.process_time() - start


def staged(kind: str, path: Path, data: Path, as_of: str) -> tuple[float, float, float]:
    """Processor seconds, seconds on the clock and megabytes of one staging in its own process."""
    start = time.perf_counter()
    child = subprocess.Popen(
        [CROSSWALK, "stage", kind, path, "--data", data, "--as-of", as_of, "--json"],
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"staging {path} ended with status {status}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss / 1024


def main(sizes: list[int]) -> None:
    """Print the table."""
    print(
        f"{'what':30} {'rows':>10} {'MB':>6} {'reader cpu':>10} {'cpu':>8} {'× reader':>8} {'clock':>8} {'peak MB':>7}"
        f" {'growth':>6}"
    )
    before: dict[str, float] = {}
    for rows in sizes:
        folder = SCRATCH / str(rows)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        first, second = (members_file(folder / f"members{seed}.csv", rows, seed) for seed in (1, 2))
        happened = events_file(folder / "events.csv", rows, 3)
        for what, kind, path, day in (
            ("members, first delivery", "members", first, "2026-10-01"),
            ("members, the same file again", "members", first, "2026-10-01"),
            ("members, next file merged", "members", second, "2026-11-01"),
            ("events, first delivery", "events", happened, "2026-11-01"),
        ):
            alone = plain_read(path)
            used, clock, peak = staged(kind, path, folder / "data", day)
            growth = f"{used / before[what]:5.1f}×" if what in before else ""
            before[what] = used
            print(
                f"{what:30} {rows:10,} {path.stat().st_size / 1e6:6.0f} {alone:9.2f}s {used:7.1f}s {used / alone:7.1f}×"
                f" {clock:7.1f}s {peak:7.0f} {growth:>6}",
                flush=True,
            )
        shutil.rmtree(folder)


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [100_000, 1_000_000])
