"""The whole find of a county: facts, every program, reasons and rank, written; and `crosswalk why` in that county.

Run with `python bench/finding.py [FOLDER] [MEMBERS …]`. Each size is made once by county_parquet.py, then
measured in a fresh process; `why` is the whole command, with Python's start.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ON = date(2026, 10, 31)
HERE = Path(__file__).resolve().parent


def one(folder: Path) -> dict[str, float]:
    """Seconds of the facts alone and of the whole find, rows and patterns; peak memory in GB."""
    from crosswalk.cli.shared import half_the_memory
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.facts.wide import measure
    from crosswalk.core.finding.programs import decisions
    from crosswalk.core.finding.ranking import ranking
    from crosswalk.core.finding.run import SHOWN, find, set_table
    from crosswalk.core.finding.sweep import uses_of
    from crosswalk.core.policy import load, shipped_folder

    edition = load(shipped_folder()).as_of(ON)
    with DuckEngine(memory=half_the_memory(), scratch=folder / "scratch") as engine:
        began = time.perf_counter()
        found = find(
            engine,
            edition,
            state=folder / "state",
            persons=folder / "persons.parquet",
            links=None,
            out=folder / "found",
        )
        whole = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    with DuckEngine(memory=half_the_memory(), scratch=folder / "scratch") as engine:
        began = time.perf_counter()
        set_table(engine, edition, state=folder / "state", persons=folder / "persons.parquet")
        measure(engine, uses_of(decisions(edition), ranking(edition)).union(SHOWN), ON)
        facts = time.perf_counter() - began
    return {
        "people": found.swept.people,
        "findings": found.swept.rows,
        "patterns": found.swept.patterns,
        "facts": facts,
        "whole": whole,
        "peak": peak,
        "bytes": (folder / "found" / "findings.parquet").stat().st_size,
    }


def why(folder: Path) -> float:
    """Seconds of `crosswalk why` for one person, the best of three.

    Over a data folder laid around the county; the whole command, with Python's start.
    """
    data = folder / "data"
    (data / "latest").mkdir(parents=True, exist_ok=True)
    for link, target in (
        (data / "current", folder / "state"),
        (data / "latest" / "persons.parquet", folder / "persons.parquet"),
    ):
        if not link.exists():
            link.symlink_to(target)
    program = HERE.parent / ".venv" / "bin" / "crosswalk"
    return _best_of_three([program, "why", "C7", "--on", ON.isoformat(), "--data", data])


#: An installed program keeps its compiled modules; a workshop may have switched that off.
_AS_INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _best_of_three(command: list[object]) -> float:
    seconds = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=_AS_INSTALLED)
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def main() -> None:
    """Make the counties, measure each in its own process, print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.gettempdir()) / "crosswalk-bench"
    sizes = [int(word) for word in sys.argv[2:]] or [100_000, 1_000_000, 5_000_000]
    print(
        f"{'members':>10} {'people':>10} {'findings':>12} {'patterns':>9} {'facts s':>8} {'whole s':>8}",
        end="",
    )
    print(f" {'× before':>9} {'peak GB':>8} {'file MB':>8} {'why s':>6}")
    before = 0.0
    for members in sizes:
        home = folder / str(members)
        if not (home / "persons.parquet").exists():
            maker = HERE / "county_parquet.py"
            subprocess.run([sys.executable, maker, home, str(members), "20000"], check=True)
        told = json.loads(subprocess.check_output([sys.executable, __file__, "--one", str(home)]))
        grown = f"{told['whole'] / before:.1f}" if before else "-"
        print(f"{members:>10,} {told['people']:>10,} {told['findings']:>12,} {told['patterns']:>9,}", end="")
        print(f" {told['facts']:>8.1f} {told['whole']:>8.1f} {grown:>9} {told['peak']:>8.2f}", end="")
        print(f" {told['bytes'] / 1e6:>8.0f} {why(home):>6.2f}", flush=True)
        before = told["whole"]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(Path(sys.argv[2]))))
    else:
        main()
