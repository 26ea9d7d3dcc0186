"""All facts for a whole county: time and memory at n and 10 n and 50 n members, and one person in each.

Run with `python bench/facts.py [FOLDER] [MEMBERS …]`. Each size is made once, then measured in a fresh process.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ON = date(2026, 10, 31)
MAPS = Path(__file__).resolve().parents[1] / "policy" / "codes" / "maps"


def codes(name: str) -> list[dict[str, str]]:
    """One code map, read straight from the policy folder."""
    with (MAPS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def one(folder: Path) -> dict[str, float]:
    """Seconds to prepare, to measure every fact, to tell one person's facts; peak memory in GB."""
    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.facts import catalogue, prepare
    from crosswalk.core.facts.wide import measure
    from crosswalk.core.rules import FactUse

    uses = [FactUse(name) for name in catalogue()]
    with DuckEngine(scratch=folder / "scratch") as engine:
        began, worked = time.perf_counter(), time.process_time()
        prepare(engine, folder / "state", folder / "persons.parquet", ON, codes=codes, proofs=False)
        prepared = time.perf_counter()
        measure(engine, uses, ON)
        measured, processor = time.perf_counter(), time.process_time() - worked
        rows = engine.fetch("SELECT count(*) FROM fact_table")[0][0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {
        "people": rows,
        "facts": len(uses),
        "prepare": prepared - began,
        "measure": measured - prepared,
        "processor": processor,
        "peak": peak,
    }


def one_person(folder: Path) -> float:
    """Seconds from an empty engine to every fact of one person with its evidence."""
    import duckdb

    from crosswalk.core.engine import DuckEngine
    from crosswalk.core.facts import catalogue, evidence, prepare
    from crosswalk.core.rules import FactUse

    person = duckdb.sql(
        f"SELECT person_id FROM '{folder}/persons.parquet' WHERE source_id = 'C7'"
    ).fetchall()[0][0]
    began = time.perf_counter()
    with DuckEngine() as engine:
        prepare(engine, folder / "state", folder / "persons.parquet", ON, codes=codes, only=[person])
        key = engine.fetch("SELECT person_id FROM person_key WHERE person = :person", {"person": person})[0][
            0
        ]
        for name in catalogue():
            evidence(engine, FactUse(name), ON, [key])
    return time.perf_counter() - began


def main() -> None:
    """Make the counties, measure each in its own process, print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.gettempdir()) / "crosswalk-bench"
    sizes = [int(word) for word in sys.argv[2:]] or [100_000, 1_000_000, 5_000_000]
    heads = ("members", "people", "facts", "prepare s", "measure s", "together", "× before")
    heads = (*heads, "processor s", "× before", "peak GB", "one person s")
    print(" ".join(f"{head:>12}" for head in heads), flush=True)
    before, worked_before = 0.0, 0.0
    for members in sizes:
        home = folder / str(members)
        if not (home / "persons.parquet").exists():
            maker = Path(__file__).with_name("county_parquet.py")
            subprocess.run([sys.executable, maker, home, str(members), "20000"], check=True)
        told = json.loads(subprocess.check_output([sys.executable, __file__, "--one", str(home)]))
        alone = json.loads(subprocess.check_output([sys.executable, __file__, "--person", str(home)]))
        whole, worked = told["prepare"] + told["measure"], told["processor"]
        cells = [f"{members:,}", f"{told['people']:,}", str(told["facts"])]
        cells += [f"{told['prepare']:.1f}", f"{told['measure']:.1f}", f"{whole:.1f}"]
        cells += [f"{whole / before:.1f}" if before else "-", f"{worked:.1f}"]
        cells += [f"{worked / worked_before:.1f}" if before else "-", f"{told['peak']:.2f}", f"{alone:.2f}"]
        print(" ".join(f"{cell:>12}" for cell in cells), flush=True)
        before, worked_before = whole, worked


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(Path(sys.argv[2]))))
    elif sys.argv[1:2] == ["--person"]:
        print(json.dumps(one_person(Path(sys.argv[2]))))
    else:
        main()
