"""Measure the X12 engine beside plain `split`, pyx12 and oxedi: seconds of the processor, ratios, memory, growth.

    python bench/x12.py [MB] [--pyx12 MB] [--members N]    (5, 0.25 and 20,000; the goals: 50, 5, 1,000,000)

Every row is a process of its own, run three times (the fastest counts); growth is against a file ten times as large.
Files come from ../shared/x12/bench/gen_x12.py, the 834 from here. *touched* also asks every member for a name, which is
otherwise read when somebody first asks.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

HERE = Path(__file__).resolve()
MAKER = HERE.parents[2] / "shared" / "x12" / "bench" / "gen_x12.py"
RUNS = 3
#: Compiled modules are kept, as on any machine where the programme has been started before.
KEEPING = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
    "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "crosswalk-bench-compiled")
}


def split(path: Path) -> int:
    """Every segment and element in plain Python, in pieces of a mebibyte: what nothing in Python can be faster than."""
    count, rest = 0, ""
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            parts = (rest + piece.decode("latin-1")).split("~")
            rest = parts.pop()
            for segment in parts:
                count += len(segment.split("*"))
    return count


def read(path: Path, touch: bool = False) -> str:
    """Claims with lines and exact money, envelope counted."""
    from crosswalk.core.formats.x12.reading import Reading
    from crosswalk.core.formats.x12.records import Claim, PaidClaim

    with path.open("rb") as file:
        reading = Reading(file)
        claims, total = 0, 0
        for record in reading:
            kind = type(record)
            if kind is Claim:
                claims += 1
                total += record.charge
                if touch and record.subscriber is not None:
                    assert record.subscriber.person is not None
            elif kind is PaidClaim:
                claims += 1
                total += record.paid
        assert reading.uneven == []
    return f"{claims} {total}"


def touched(path: Path) -> str:
    """The same, and the name of every member."""
    return read(path, touch=True)


def validate(path: Path) -> str:
    """Everything `crosswalk x12 check` looks at."""
    from crosswalk.core.formats.x12.checking import check

    with path.open("rb") as file:
        found = check(file)
    return f"{found.claims} {found.verdict}"


def pyx12(path: Path) -> str:
    """pyx12's validation with its acknowledgement."""
    import io
    import logging

    import pyx12.params
    import pyx12.x12n_document

    logging.disable(logging.CRITICAL)
    with path.open() as file:
        right = pyx12.x12n_document.x12n_document(
            param=pyx12.params.params(), src_file=file, fd_997=io.StringIO(), fd_html=None, fd_xmldoc=None
        )
    return str(bool(right))


def oxedi(path: Path) -> str:
    """oxedi's whole-file reading with diagnostics (835 only, written in Rust)."""
    import oxedi as rust

    told = rust.parse_file(str(path))
    return f"{told.count_claims()} {len(list(told.diagnostics))}"


def written(path: Path) -> tuple[float, str]:
    """The writer alone: records stand read, 5,000 at a time, and only the time of turning them into bytes counts."""
    from crosswalk.core.formats.x12.reading import Reading
    from crosswalk.core.formats.x12.writing.stream import Writing

    seconds, size = 0.0, 0
    writing = Writing()
    with path.open("rb") as file:
        records = iter(Reading(file))
        while portion := list(islice(records, 5000)):
            began = time.process_time()
            size += len("".join(map(writing.text, portion)).encode("latin-1"))
            seconds += time.process_time() - began
    return seconds, f"{size} bytes, {size - path.stat().st_size} more than were read"


def tables(path: Path) -> str:
    """`crosswalk x12 read`: rows in Parquet."""
    from crosswalk.core.formats.x12.tables import write_tables

    with tempfile.TemporaryDirectory() as folder, path.open("rb") as file:
        counts, _ = write_tables(file, Path(folder))
    return json.dumps(counts)


MEASURES: dict[str, Callable[[Path], object]] = {
    "split": split, "read": read, "touched": touched, "validate": validate, "pyx12": pyx12, "oxedi": oxedi,
    "tables": tables, "written": written,
}  # fmt: skip


def one(name: str, path: Path) -> None:
    """In the process of its own: measure and print."""
    started = time.process_time()
    told = MEASURES[name](path)
    seconds = time.process_time() - started
    if isinstance(told, tuple):
        seconds, told = told
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, str(told)]))


def measured(name: str, path: Path, runs: int = RUNS) -> tuple[float, int, str] | None:
    """The fastest of a few runs; None where the measure cannot run here."""
    best: tuple[float, int, str] | None = None
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, HERE, "--one", name, path],
            capture_output=True,
            text=True,
            check=False,
            env=KEEPING,
        )
        if done.returncode:
            return None
        seconds, memory, said = json.loads(done.stdout.splitlines()[-1])
        if best is None or seconds < best[0]:
            best = (seconds, memory, said)
    return best


def enrolment(path: Path, members: int) -> None:
    """An invented 834 with one coverage a member."""
    with path.open("w", encoding="ascii") as file:
        file.write(
            "ISA*00*          *00*          *ZZ*STATE          *ZZ*PLAN           *261105*0915*^*00501*000000061*0*T*:~"
            "GS*BE*STATE*PLAN*20261105*0915*61*X*005010X220A1~ST*834*0001*005010X220A1~BGN*00*1*20261101*0300****4~"
            "REF*38*0012345~N1*P5*STATE*FI*680317191~N1*IN*PLAN*FI*123456789~"
        )
        for n in range(members):
            born = f"{1940 + n % 80}{1 + n % 12:02d}{1 + n % 28:02d}"
            file.write(
                f"INS*Y*18*030*XN*A***FT~REF*0F*{90000000 + n % 9999999}A~REF*1L*0012345~DTP*356*D8*20260101~"
                f"NM1*IL*1*LAST{n % 997}*FIRST{n % 89}****ZZ*{n}~N3*{n} MAIN ST~N4*VISALIA*CA*93277~DMG*D8*{born}*F~"
                f"HD*030**HMO*12{n % 7};01~DTP*348*D8*20260101~"
            )
        file.write(f"SE*{6 + 10 * members}*0001~GE*1*61~IEA*1*000000061~")


def row(name: str, path: Path, base: float, first: float | None = None, runs: int = RUNS) -> float:
    """Print one line; returns the seconds for each megabyte."""
    size = path.stat().st_size / 1e6
    found = measured(name, path, runs)
    if found is None:
        print(f"{path.name:14} {name:10} not measured here")
        return 0.0
    seconds, memory, said = found
    growth = f"{seconds / first:6.2f}×" if first else ""
    print(
        f"{path.name:14} {name:10} {size:8.1f} {seconds:8.2f} s {size / seconds:8.2f} MB/s "
        f"{(base / (seconds / size)) if base else 1:6.2f} of split {memory:6d} MB {growth} {said}",
        flush=True,
    )
    return seconds / size


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("mb", nargs="?", type=float, default=5.0)
    words.add_argument("--pyx12", type=float, default=0.25)
    words.add_argument("--members", type=int, default=20_000)
    words.add_argument("--one", nargs=2)
    told = words.parse_args()
    if told.one:
        one(told.one[0], Path(told.one[1]))
        return
    if not MAKER.exists():
        print("not measured: ../shared/x12/bench is not here")
        return
    with tempfile.TemporaryDirectory(prefix="crosswalk-x12-") as place:
        for kind, claim_bytes in (("837p", 386), ("835", 327)):
            paths = []
            for part, mb in (("small", told.pyx12), ("tenth", told.mb / 10), ("whole", told.mb)):
                paths.append(Path(place) / f"{part}.{kind}")
                subprocess.run(
                    [sys.executable, MAKER, kind, str(int(mb * 1e6 / claim_bytes)), paths[-1]], check=True
                )
            small, tenth, whole = paths
            base = row("split", whole, 0)
            for name in (
                ("read", "touched", "written", "validate")
                if kind == "837p"
                else ("read", "written", "validate")
            ):
                slow = row(name, tenth, base) * tenth.stat().st_size / 1e6
                row(name, whole, base, slow)
            row("pyx12", small, base, runs=1)
            if kind == "835":
                row("oxedi", whole, base)
        path = Path(place) / "members.834"
        enrolment(path, told.members // 10)
        few = row("tables", path, 0) * path.stat().st_size / 1e6
        enrolment(path, told.members)
        row("tables", path, 0, few)


if __name__ == "__main__":
    main()
