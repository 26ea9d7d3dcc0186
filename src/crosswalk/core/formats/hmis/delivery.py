"""One HMIS export from ZIP to typed tables: checked, unpacked, read, laid side by side, counted.

    staged = stage(zip_path, folder, policy=…, delivery=…)

leaves in `folder` one Parquet file a table (canonical FY2026 columns and `row`) and problems.parquet, and returns
what a summary needs. Anything may be run again; nothing outside `folder` is touched.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from crosswalk.core.engine import DuckEngine
from crosswalk.core.formats.gate import CsvFile
from crosswalk.core.formats.hmis.archive import opened
from crosswalk.core.formats.hmis.checks import CrossCheck
from crosswalk.core.formats.hmis.export_row import ExportRow, export_ids, read_export
from crosswalk.core.formats.hmis.findings import Findings
from crosswalk.core.formats.hmis.layout import CANONICAL, Layout, read_layout
from crosswalk.core.formats.hmis.owners import ORDER, Owners
from crosswalk.core.formats.hmis.remarks import remark
from crosswalk.core.formats.hmis.table import Counts, Setting, TableRead, read_table, schema_of

#: Above this many bytes a second process pays for its start.
_TWO_PROCESSES = 60_000_000

#: What the column engine may hold of one export; beyond it spills to disk.
_ENGINE_MEMORY = "400MB"

_HASH = re.compile(r"[0-9A-Fa-f]{32,68}")
_SAYS_HASHED = ("2", "3", "4")


@dataclass
class Staged:
    """What became of one export. `tables` has all 24, `present` those whose file was in it."""

    export: ExportRow
    hashed: bool
    tables: dict[str, Counts]
    present: list[str]
    problems: Counter[tuple[str, str]]

    def summary(self, delivery: str) -> dict[str, object]:
        """The summary of `crosswalk stage hmis`, as in design/files.md."""
        by_severity: Counter[str] = Counter({"error": 0, "warning": 0})
        codes: Counter[str] = Counter()
        for (severity, code), n in self.problems.items():
            by_severity[severity] += n
            codes[code] += n
        return {
            "delivery": delivery,
            "version": f"FY{self.export.version}",
            "csv_version": self.export.version_text,
            "source": self.export.source,
            "hashed": self.hashed,
            "tables": {name: counts.as_dict() for name, counts in self.tables.items()},
            "problems": dict(by_severity),
            "codes": dict(sorted(codes.items())),
        }


def stage(
    path: Path,
    folder: Path,
    *,
    policy: Path,
    delivery: str,
    held: Path | None = None,
    processes: int = 2,
    tell: Callable[[str, int], None] = lambda _file, _rows: None,
) -> Staged:
    """Stage one export into `folder`. `held` is the current state's `hmis` folder, for exports of changes only.

    `tell` hears of each file that was read: its name, and how many rows of the export were read so far.
    Raises Refused when the export as a whole cannot be used.
    """
    files = frozenset(f"{name.lower()}.csv" for name in ORDER)
    unpacked = folder / "unpacked"
    unpacked.mkdir(parents=True)
    with opened(path, files, folder) as archive:
        sources = {_table_of(name): archive.unpack(name, unpacked) for name in archive.members}
        others, inner = archive.others, archive.folder
    used: Counter[str] = Counter()
    for name, source in sources.items():
        if name != "Export" and source.stat().st_size:
            used += export_ids(source)
    export = read_export(sources["Export"], used)
    layout = read_layout(policy, export.version)
    canonical = layout if layout.canonical else read_layout(policy, CANONICAL)
    with Findings(folder / "problems.parquet", delivery, always=True) as findings:
        _archive_findings(findings, inner, others, sources, export)
        sources = {name: source for name, source in sources.items() if source.stat().st_size}
        hashed = _is_hashed(sources, export, findings)
        ids = frozenset({export.export_id})
        setting = Setting(delivery, export.source, layout, export.day.date(), ids, hashed)
        read = _read_all(sources, layout, canonical, setting, folder, processes, tell)
        for name in ORDER:
            if name in read and read[name].findings.exists():
                findings.take_over(read[name].findings, read[name].remarks)
                read[name].findings.unlink()
        counts = {name: read[name].counts for name in ORDER if name in read}
        with DuckEngine(memory=_ENGINE_MEMORY, threads=2, scratch=folder / "spill") as engine:
            owners = Owners(
                engine=engine,
                read={name: one.path for name, one in read.items()},
                into=folder,
                export_id=export.export_id,
                source=export.source,
                findings=findings,
                held=_parents(held) if held and not export.is_full else {},
            )
            CrossCheck(layout, owners, export.day.date()).run(counts)
            _names_that_do_not_fit(read, engine, export, findings)
    for name, table in canonical.tables.items():
        if name not in read:
            pq.write_table(schema_of(table).empty_table(), folder / f"{name}.parquet")
    _write_rejected(read, folder)
    shutil.rmtree(unpacked)
    shutil.rmtree(folder / "spill", ignore_errors=True)
    tables = {name: counts.get(name, Counts()) for name in ORDER}
    for name, one in tables.items():
        if one.given != one.accepted + one.rejected + one.duplicate:
            raise AssertionError(f"{name}: rows in are not the sum of what became of them: {one}")
    return Staged(export, hashed, tables, list(counts), findings.counts)


def _write_rejected(read: Mapping[str, TableRead], folder: Path) -> None:
    """The keys of rejected rows: a full export still names what they stand for."""
    schema = pa.schema([("table", pa.string()), ("key", pa.string())])
    found = [pq.read_table(folder / "checked_rejected").cast(schema)]
    for name, one in read.items():
        keys = pa.array(one.rejected_keys, pa.string())
        found.append(pa.table({"table": pa.repeat(pa.scalar(name), len(keys)), "key": keys}, schema=schema))
    pq.write_table(pa.concat_tables(found), folder / "rejected.parquet")
    (folder / "checked_rejected").unlink()


def _table_of(file: str) -> str:
    """The table that a file of the export holds, whatever its upper and lower case."""
    return next(name for name in ORDER if file.lower() == f"{name.lower()}.csv")


def _archive_findings(
    findings: Findings, inner: str, others: list[str], sources: Mapping[str, Path], export: ExportRow
) -> None:
    if inner:
        findings.add("", [0], "", remark("folder"))
    for name in others:
        findings.add(name, [0], "", remark("file_unknown"))
    for name in ORDER:
        if name not in sources:
            findings.add(f"{name}.csv", [0], "", remark("file_missing"))
        elif not sources[name].stat().st_size:
            findings.add(f"{name}.csv", [0], "", remark("file_empty"))
    if export.rows > 1:
        findings.add("Export.csv", [0], "", remark("export_rows", n=export.rows))
    if not export.day_is_certain:
        findings.add("Export.csv", [0], "ExportDate", remark("export_date"))


def _is_hashed(sources: Mapping[str, Path], export: ExportRow, findings: Findings) -> bool:
    """Whether names are hashes, by what they look like; HashStatus alone has been seen to be wrong both ways."""
    if "Client" not in sources:
        return False
    file = CsvFile(sources["Client"], "Client.csv", cp1252=True)
    places = [i for i, name in enumerate(file.header) if name.lower() in ("firstname", "lastname")]
    chunk = next(file.chunks(200_000), None)
    texts = [row[place].strip() for row in (chunk.rows if chunk else []) for place in places]
    texts = [text for text in texts if text]
    hashes = sum(1 for text in texts if _HASH.fullmatch(text))
    hashed = bool(texts) and hashes > 0.9 * len(texts)
    if hashed:
        findings.add("Client.csv", [0], "", remark("hashed"))
    elif texts and export.hash_status in _SAYS_HASHED:
        findings.add("Export.csv", [0], "HashStatus", remark("not_hashed"))
    return hashed


def _names_that_do_not_fit(
    read: Mapping[str, TableRead], engine: DuckEngine, export: ExportRow, findings: Findings
) -> None:
    """Say, once a file, how many rows carry another ExportID, or a user that User.csv does not have."""
    users = {name for (name,) in engine.fetch('SELECT UserID FROM "User"')} if "User" in read else None
    for name in (one for one in ORDER if one in read):
        other = sum(n for named, n in read[name].exports.items() if named != export.export_id)
        if other:
            findings.add(f"{name}.csv", [0], "ExportID", remark("export_id", n=other))
        unknown = sum(n for named, n in read[name].users.items() if users is not None and named not in users)
        if unknown:
            findings.add(f"{name}.csv", [0], "UserID", remark("unknown_user", n=unknown))


def _read_all(
    sources: Mapping[str, Path],
    layout: Layout,
    canonical: Layout,
    setting: Setting,
    folder: Path,
    processes: int,
    tell: Callable[[str, int], None],
) -> dict[str, TableRead]:
    """Read every file, the largest first; in two processes when that is worth their start."""
    sizes = {name: source.stat().st_size for name, source in sources.items()}
    names = sorted(sources, key=lambda name: (-sizes[name], name))
    calls = {one: (sources[one], layout.tables[one], canonical.tables[one], setting, folder) for one in names}
    if processes < 2 or sum(sizes.values()) < _TWO_PROCESSES:
        return _told(((name, read_table(*call)) for name, call in calls.items()), tell)
    here, there = _halves(names, sizes)
    # A fresh interpreter, not a fork: the column library has threads of its own by now.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        waiting = {name: pool.submit(read_table, *calls[name]) for name in there}
        own = ((name, read_table(*calls[name])) for name in here)
        return _told(chain(own, ((name, one.result()) for name, one in waiting.items())), tell)


def _told(read: Iterable[tuple[str, TableRead]], tell: Callable[[str, int], None]) -> dict[str, TableRead]:
    """The tables as they are read one after the other, each told when it is done."""
    done: dict[str, TableRead] = {}
    rows = 0
    for name, one in read:
        done[name] = one
        rows += one.counts.given
        tell(f"{name}.csv", rows)
    return done


def _halves(names: list[str], sizes: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """Files for this process and for the second one, of about the same size together; largest first."""
    here: list[str] = []
    there: list[str] = []
    for name in names:
        lighter = min((here, there), key=lambda some: sum(sizes[one] for one in some))
        lighter.append(name)
    return here, there


def _parents(held: Path) -> dict[str, Path]:
    """Parquet files of earlier deliveries that may hold the owner of a changed row."""
    return {name: path for name in ORDER if (path := held / f"{name}.parquet").exists()}
