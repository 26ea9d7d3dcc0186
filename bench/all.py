"""Run the measurements that need no county of their own, small by default, at the sizes of the goals with --full."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
MAKER = HERE.parents[1] / "shared" / "bench" / "make_linkage_data.py"


def run(script: Path, *words: object) -> int:
    """One script in its own process, its table straight to the screen."""
    print(f"\n== {script.name} {' '.join(map(str, words))}", flush=True)
    return subprocess.run([sys.executable, script, *map(str, words)], check=False).returncode


def linkage(full: bool, folder: Path) -> int:
    """Make the data with the shared generator, then measure; says so when the generator is not here."""
    if not MAKER.exists():
        print("\n== linkage.py: not measured, ../shared/bench is not here")
        return 0
    failed, asked = 0, []
    for hmis, members in ((20_000, 1_000_000), (100_000, 5_000_000)) if full else ((2_000, 100_000),):
        made = folder / f"{hmis}x{members}"
        failed |= run(MAKER, "--hmis", hmis, "--members", members, "--seed", 1, "--out", made)
        asked += ["--data", made]
    return failed | run(HERE / "linkage.py", *asked, "--train", *(["--delta"] if full else []))


def main() -> int:
    """0 when every script ran to its end."""
    full = "--full" in sys.argv
    sizes = (100_000, 1_000_000, 5_000_000) if full else (10_000, 100_000)
    with tempfile.TemporaryDirectory(prefix="crosswalk-bench-") as place:
        folder = Path(place)
        failed = run(HERE / "hmis_staging.py", "--people", 20_000 if full else 1_000)
        failed |= run(HERE / "plan_files.py", *(sizes[:2] if full else (10_000, 100_000)))
        failed |= run(HERE / "intake.py", *(sizes[:2] if full else (10_000,)))
        failed |= run(HERE / "facts.py", folder / "facts", *sizes)
        failed |= run(HERE / "finding.py", folder / "finding", *sizes)
        failed |= run(HERE / "receivers.py")
        failed |= run(HERE / "network.py", "--services", 2_000 if full else 200)
        failed |= linkage(full, folder)
    return failed


if __name__ == "__main__":
    sys.exit(main())
