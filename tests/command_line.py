"""The command line as its users meet it: a process of its own, with both of its streams and its exit code.

    from command_line import crosswalk, county, listing, contents
    said = crosswalk("stage", "hmis", path, "--data", data, "--json")
    said.summary["tables"]["Client"]

`crosswalk` starts a new process. `quickly` says the same in this process, several times faster, for fixtures that
live longer than one test; both read the streams where the operating system does, so nothing can slip past them.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[1]
COMMAND = (sys.executable, "-c", "from crosswalk.cli import main; main()")
ON = "2026-11-01"


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def summary(self) -> dict[str, Any]:
        """Its one JSON object; fails where standard output holds anything else."""
        assert self.code == 0, self.err
        told = json.loads(self.out)
        assert isinstance(told, dict)
        return told


def crosswalk(*words: object, **environment: str) -> Said:
    """Run `crosswalk …` as a process."""
    done = subprocess.run(
        [*COMMAND, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    return Said(done.returncode, done.stdout, done.stderr)


def quickly(*words: object) -> Said:
    """Run `crosswalk …` within this process."""
    from crosswalk.cli import main

    before = sys.argv
    sys.argv = ["crosswalk", *map(str, words)]
    try:
        with _streams() as read:
            try:
                main()
                code = 0
            except SystemExit as ended:
                code = int(ended.code or 0)
        return Said(code, *read())
    finally:
        sys.argv = before


@contextmanager
def _streams() -> Iterator[Callable[[], tuple[str, str]]]:
    """Both streams into files, at the level of the operating system."""
    kept, shown = [os.dup(1), os.dup(2)], (sys.stdout, sys.stderr)
    files = [tempfile.TemporaryFile("w+b") for _ in (1, 2)]  # noqa: SIM115  (read after the block)

    def read() -> tuple[str, str]:
        for file in files:
            file.seek(0)
        return files[0].read().decode(), files[1].read().decode()

    for stream in shown:
        stream.flush()
    for number, file in enumerate(files, start=1):
        os.dup2(file.fileno(), number)
    sys.stdout, sys.stderr = (os.fdopen(os.dup(n), "w", encoding="utf-8") for n in (1, 2))
    try:
        yield read
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.close()
        sys.stdout, sys.stderr = shown
        for number, copy in enumerate(kept, start=1):
            os.dup2(copy, number)
            os.close(copy)


def ask(sql: str, **files: Path) -> list[tuple[Any, ...]]:
    """Rows of a query over Parquet files, each under the name it is given here."""
    engine = _engine()
    for name, path in files.items():
        engine.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS FROM '{path}'")
    return engine.execute(sql).fetchall()


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """One for all questions: opening it costs more than most of them."""
    engine = duckdb.connect()
    engine.execute("SET threads = 1")
    return engine


def columns(path: Path) -> list[tuple[str, str]]:
    """Name and type of each column of a Parquet file."""
    return [row[:2] for row in _engine().execute(f"DESCRIBE FROM '{path}'").fetchall()]


def listing(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file below a folder with its size and time of change; the lock file is not an output."""
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def contents(folder: Path) -> dict[str, list[str]]:
    """The rows of every Parquet file below a folder, in an order of their own."""
    return {
        str(path.relative_to(folder)): sorted(map(repr, pq.read_table(path).to_pylist()))
        for path in sorted(folder.rglob("*.parquet"))
    }


def rows(path: Path, member: str = "") -> list[dict[str, str]]:
    """The rows of a CSV file, or of one in a ZIP."""
    if member:
        with zipfile.ZipFile(path) as archive:
            text = archive.read(member).decode("utf-8-sig")
    else:
        text = path.read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def text(made: list[dict[str, str]]) -> str:
    """Rows as CSV."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(made[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(made)
    return out.getvalue()


def altered(path: Path, out: Path, changes: Mapping[str, Callable[[list[dict[str, str]]], Any]]) -> Path:
    """A copy of an HMIS export in which some CSV files were changed in place, row by row."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in changes:
                held = rows(path, name)
                changes[name](held)
                content = text(held).encode()
            new.writestr(name, content)
    return out
