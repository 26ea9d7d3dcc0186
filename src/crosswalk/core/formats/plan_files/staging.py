"""A plan's file becomes typed rows and problems: rows in = accepted + rejected + duplicate, always."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from crosswalk.core.basics import Refused
from crosswalk.core.engine import DuckEngine, literal
from crosswalk.core.formats.plan_files.cells import quoted
from crosswalk.core.formats.plan_files.codes import Codes
from crosswalk.core.formats.plan_files.headings import Headings, match, plain
from crosswalk.core.formats.plan_files.judging import Check, judgement
from crosswalk.core.formats.plan_files.layout import Layout
from crosswalk.core.formats.plan_files.remarks import REMARKS
from crosswalk.core.formats.plan_files.repeats import Repeats, event_repeats, member_repeats
from crosswalk.core.formats.plan_files.rows import Count, Grid, write_raw
from crosswalk.core.formats.sheets import SheetFile
from crosswalk.core.records import CURRENT_EVENTS, CURRENT_MEMBERS

CURRENT = {"members": CURRENT_MEMBERS, "events": CURRENT_EVENTS}
SORTED = {"members": "plan, cin, coverage_from", "events": "plan, cin, from_day, event_id"}


@dataclass(frozen=True)
class Call:
    """What one staging works on: the delivery's id, the file's name for people, the folder to build in, the day.

    `tell` hears the name of the file and how many of its rows were read so far.
    """

    delivery: str
    file: str
    folder: Path
    on: date
    tell: Callable[[str, int], None] = lambda _file, _rows: None


@dataclass(frozen=True)
class Staged:
    """What staging gives: the summary for people, and the day the file speaks for, if it says so."""

    summary: dict[str, Any]
    as_of: date | None


def stage(
    grid: Grid, layout: Layout, call: Call, *, codes: Codes, engine: DuckEngine, members: Path | None = None
) -> Staged:
    """Stage one member or event file: writes <family>.parquet, sorted, and problems.parquet into the call's folder.

    `members` are the current members that events are checked against (None: none are known yet). Raises Refused;
    what was written by then is of no use.
    """
    headings = match(grid.header, layout, call.file)
    scratch = [call.folder / name for name in ("raw.parquet", "faults.parquet", "judged.parquet")]
    raw, faults, judged = scratch
    count = write_raw(grid, raw, faults, lambda rows: call.tell(call.file, rows))
    if count.rows == 0:
        raise Refused(
            "The file has a header and no rows.", fix="Export it again.", place=call.file, code="file.empty"
        )
    engine.register("raw", raw)
    engine.register("faults", faults)
    numbers_are_days = not isinstance(grid, SheetFile) or grid.day_numbers
    judging = judgement(layout, headings, call.on, codes, numbers_are_days)
    engine.write_parquet(judging.sql, judged)
    engine.register("judged", judged)
    engine.sql("CREATE OR REPLACE VIEW usable AS SELECT * FROM judged WHERE NOT contains(remarks, '!')")
    repeats = member_repeats() if layout.family == "members" else event_repeats()
    rows = _write_kept(engine, layout, call, repeats, count)
    _write_problems(engine, call, judging.checks, repeats, _strangers(engine, layout, members))
    summary = _summary(engine, layout, call, headings, rows)
    as_of = _as_of(engine, layout, grid.header, call.file)
    for path in scratch:
        path.unlink()
    return Staged(summary, as_of)


def _write_kept(
    engine: DuckEngine, layout: Layout, call: Call, repeats: Repeats, count: Count
) -> dict[str, int]:
    """Write the accepted rows in the columns of the current state; the row counts, which must add up."""
    for statement in repeats.prepare:
        engine.sql(statement)
    known = {
        "source": "'plan:' || plan",
        "in_newest": "true",
        "delivery": literal(call.delivery),
        "file": literal(call.file),
    }
    columns = ", ".join(
        f"CAST({known.get(name, quoted(name))} AS {sql_type}) AS {quoted(name)}"
        for name, sql_type in CURRENT[layout.family]
    )
    accepted = engine.write_parquet(
        f"SELECT {columns} FROM ({repeats.kept}) ORDER BY {SORTED[layout.family]}",
        call.folder / f"{layout.family}.parquet",
    )
    ((unusable,),) = engine.fetch("SELECT count(*) FROM judged WHERE contains(remarks, '!')")
    ((dropped,),) = engine.fetch(repeats.dropped)
    rows = {
        "in": count.rows,
        "accepted": accepted,
        "rejected": count.rejected + int(unusable),
        "duplicate": int(dropped),
    }
    if rows["in"] != rows["accepted"] + rows["rejected"] + rows["duplicate"]:
        raise AssertionError(f"rows do not add up: {rows}")
    return rows


def _write_problems(
    engine: DuckEngine, call: Call, checks: Sequence[Check], repeats: Repeats, strangers: str | None
) -> None:
    """Write problems.parquet in the columns that every delivery has, in the order of the file's rows."""
    table = pa.table(
        {
            "token": [check.token for check in checks],
            "column_name": [check.header for check in checks],
            "code": [check.code for check in checks],
            "severity": ["error" if check.rejects else "warning" for check in checks],
            "sentence": [check.sentence for check in checks],
            "fix": [REMARKS[check.code].fix for check in checks],
        }
    )
    engine.register("checks", table)
    parts = [
        'SELECT row, "column" AS column_name, code, severity, sentence, fix FROM faults',
        "SELECT row, column_name, code, severity, sentence, fix FROM (SELECT row, unnest(string_split(remarks, ' '))"
        " AS token FROM judged WHERE remarks <> '') JOIN checks USING (token)",
        repeats.problems,
        *([strangers] if strangers else []),
    ]
    engine.write_parquet(
        f"SELECT {literal(call.delivery)} AS delivery, {literal(call.file)} AS file, CAST(row AS INTEGER) AS row,"
        ' column_name AS "column", code, severity, sentence, fix FROM ('
        + " UNION ALL ".join(f"({part})" for part in parts)
        + ") ORDER BY row, code",
        call.folder / "problems.parquet",
    )


def _strangers(engine: DuckEngine, layout: Layout, members: Path | None) -> str | None:
    """Events of people whom no member file of that plan has named so far: kept, and reported."""
    if layout.family != "events":
        return None
    sentence = "'No member file of this plan that is staged so far names this CIN; the event is kept.'"
    fix = "'Stage the plan''s member file, or correct the CIN.'"
    rest = f"'events.unknown_member' AS code, 'warning' AS severity, {sentence} AS sentence, {fix} AS fix"
    if members is None:
        return (
            "SELECT 0 AS row, 'cin' AS column_name, 'events.no_members' AS code, 'warning' AS severity,"
            " 'No member file is staged so far, so none of the events belongs to a known member yet.' AS sentence,"
            " 'Stage the plan''s member file; the events are kept.' AS fix"
        )
    engine.register("known_members", members)
    return (
        f"SELECT row, 'cin' AS column_name, {rest} FROM usable"
        " ANTI JOIN (SELECT DISTINCT plan, cin FROM known_members) USING (plan, cin)"
    )


def _summary(
    engine: DuckEngine, layout: Layout, call: Call, headings: Headings, rows: dict[str, int]
) -> dict[str, Any]:
    path = literal(str(call.folder / "problems.parquet"))
    problems = engine.fetch(f"SELECT code, severity, count(*) FROM {path} GROUP BY ALL ORDER BY ALL")
    kept = literal(str(call.folder / f"{layout.family}.parquet"))
    plans = engine.fetch(f"SELECT plan, count(*) FROM {kept} GROUP BY plan ORDER BY plan")
    return {
        "delivery": call.delivery,
        "layout": layout.name,
        "layout_confidence": layout.confidence,
        "rows": rows,
        "problems": {
            severity: sum(n for _, its, n in problems if its == severity) for severity in ("error", "warning")
        },
        "codes": {code: n for code, _, n in problems},
        "unknown_columns": list(headings.extras.values()),
        "plans": dict(plans),
    }


def _as_of(engine: DuckEngine, layout: Layout, header: Sequence[str], file: str) -> date | None:
    """The day the file speaks for: the newest production date in its rows, or the date in its name."""
    if layout.as_of_column:
        at = {plain(name): number for number, name in enumerate(header)}
        number = at.get(plain(layout.as_of_column))
        if number is None:
            return None
        formats = "[" + ", ".join(literal(one) for one in layout.dates) + "]"
        ((newest,),) = engine.fetch(
            f"SELECT CAST(max(try_strptime(trim(c{number}), {formats})) AS DATE) FROM raw"
        )
        return newest if isinstance(newest, date) else None
    if layout.as_of_name and (found := re.search(layout.as_of_name, file)):
        for pattern in ("%Y%m%d", "%Y-%m-%d", "%m%d%Y"):
            try:
                return datetime.strptime(found.group(1), pattern).date()  # noqa: DTZ007 (a day has no zone)
            except ValueError:
                continue
    return None
