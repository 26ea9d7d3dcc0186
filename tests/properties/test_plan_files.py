"""Whatever a plan sends: rows add up, a good row is never lost to a bad one, and order of arrival does not matter."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crosswalk.core.basics import Refused
from crosswalk.core.basics.identifiers import read_cin, read_ssn
from crosswalk.core.engine import DuckEngine
from crosswalk.core.formats.plan_files import Call, merge, open_grid, read_codes, read_layout, stage
from crosswalk.core.policy import shipped_folder
from crosswalk.core.records import CURRENT_MEMBERS

HEADER = [
    "plan",
    "cin",
    "last_name",
    "first_name",
    "dob",
    "coverage_from",
    "coverage_until",
    "ssn",
    "county",
    "more",
]
EVENTS = ["plan", "cin", "event_id", "kind", "code", "from", "until", "value", "by", "note"]
GOOD = ["south", "99999999Z", "Good", "Row", "1980-02-03", "2025-01-01", "", "", "", ""]
LAYOUTS = {family: read_layout("canonical", family, [shipped_folder()]) for family in ("members", "events")}
CODES = read_codes([shipped_folder()])

DIRT = (
    *(
        "",
        "north",
        "91000001A",
        "91000002B",
        "9.1E7",
        "91000001A12345",
        "1980-02-03",
        "2/3/1980",
        "2/3/80",
        "29255",
    ),
    *(
        "2025-01-01",
        "2024-01-01",
        "9999-12-31",
        "ed_visit",
        "diagnosis",
        "F1120",
        "program",
        "fsp",
        "yes",
        "Yolo",
    ),
    *(
        "123-45-6789",
        "xxxxx6789",
        '"',
        "'",
        "a\nb",
        " 1980-02-03 ",
        "0000-00-00",
        "99999",
        "2025-13-01T10:00",
    ),
)
words = st.one_of(
    st.sampled_from(DIRT),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12),
)
slow = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def staged(text: str, family: str) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    """The summary, the rows kept and the problems of one file."""
    with (
        tempfile.TemporaryDirectory(prefix="plan_files_") as folder,
        DuckEngine(memory="500MB", threads=1) as engine,
    ):
        path = Path(folder) / "file.csv"
        path.write_text(text, encoding="utf-8", newline="")
        layout = LAYOUTS[family]
        call = Call("d", "file.csv", Path(folder), date(2026, 11, 1))
        summary = stage(open_grid(path, layout), layout, call, codes=CODES, engine=engine).summary
        kept = pq.read_table(Path(folder) / f"{family}.parquet").to_pylist()
        return summary, kept, pq.read_table(Path(folder) / "problems.parquet").to_pylist()


def written(rows: Iterable[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


@slow
@given(rows=st.lists(st.lists(words, min_size=10, max_size=10), max_size=8), place=st.integers(0, 8))
def test_rows_of_a_dirty_member_file_add_up_and_the_good_row_stays(rows: list[list[str]], place: int) -> None:
    rows.insert(place, GOOD)
    summary, kept, problems = staged(written([HEADER, *rows]), "members")
    counted = summary["rows"]
    assert counted["in"] == len(rows) == counted["accepted"] + counted["rejected"] + counted["duplicate"]
    assert len(kept) == counted["accepted"] == sum(summary["plans"].values())
    assert any(row["cin"] == "99999999Z" and row["plan"] == "south" for row in kept)
    rejected = {problem["row"] for problem in problems if problem["severity"] == "error"}
    assert len(rejected) == counted["rejected"]
    assert not rejected & {row["row"] for row in kept}


@slow
@given(rows=st.lists(st.lists(words, min_size=10, max_size=10), min_size=1, max_size=8))
def test_rows_of_a_dirty_event_file_add_up(rows: list[list[str]]) -> None:
    summary, kept, _ = staged(written([EVENTS, *rows]), "events")
    counted = summary["rows"]
    assert counted["in"] == len(rows) == counted["accepted"] + counted["rejected"] + counted["duplicate"]
    assert len({(row["plan"], row["event_id"]) for row in kept}) == len(kept) == counted["accepted"]
    assert all(row["end_day"] is None or row["end_day"] > row["from_day"] for row in kept)


@slow
@given(body=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_below_a_header_is_staged_or_refused_and_never_breaks(body: str) -> None:
    try:
        summary, *_ = staged(",".join(HEADER) + "\n" + body + "\n" + ",".join(GOOD) + "\n", "members")
    except Refused:
        return
    counted = summary["rows"]
    assert counted["in"] == counted["accepted"] + counted["rejected"] + counted["duplicate"]


cins = st.one_of(
    st.from_regex(r"[0-9O]{7,9}[A-Za-z]?[0-9]{0,5}", fullmatch=True),
    st.from_regex(r"[1-9][A-Z][A-Z0-9][0-9][A-Z][A-Z0-9][0-9][A-Z]{2}[0-9]{2}", fullmatch=True),
    st.from_regex(r"[0-9](\.[0-9]{1,8})?E\+?[0-9]{1,2}", fullmatch=True),
    st.from_regex(r"[0-9]{4}[ -][0-9]{4}[a-z]", fullmatch=True),
)
ssns = st.one_of(
    st.from_regex(r"[0-9]{3}-?[0-9]{2}-?[0-9]{4}", fullmatch=True),
    st.from_regex(r"[x*#]{0,6}[0-9]{3,9}", fullmatch=True),
)


@slow
@given(pairs=st.lists(st.tuples(cins, ssns), min_size=1, max_size=30))
def test_cins_and_ssns_are_read_alike_over_millions_and_one_by_one(pairs: list[tuple[str, str]]) -> None:
    days = [f"2025-01-{number:02d}" for number in range(1, 31)]
    # A plan of its own for each row, so that no two rows are about the same member.
    rows = [
        [f"p{n}", cin, "A", "B", "1980-02-03", day, "", ssn, "", ""]
        for n, ((cin, ssn), day) in enumerate(zip(pairs, days, strict=False))
    ]
    _, kept, problems = staged(written([HEADER, *rows]), "members")
    by_row = {row["row"]: row for row in kept}
    remarks = {problem["row"]: problem["code"] for problem in problems if problem["column"] == "cin"}
    for number, (cin, ssn) in enumerate(pairs, start=1):
        value, remark = read_cin(cin)
        assert (by_row[number]["cin"] if number in by_row else None) == value, cin
        assert remarks.get(number) == (f"cin.{remark}" if remark else None), cin
        if number in by_row:
            assert by_row[number]["ssn"] == read_ssn(ssn).value, ssn


def member(plan: str, cin: str, from_day: int, delivery: str, name: str) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(column for column, _ in CURRENT_MEMBERS)
    row |= {"plan": plan, "cin": cin, "coverage_from": date(2025, 1, from_day), "last_name": name}
    return row | {"source": f"plan:{plan}", "in_newest": True, "delivery": delivery, "file": "f", "row": 1}


TYPES = {"DATE": pa.date32(), "VARCHAR": pa.string(), "BOOLEAN": pa.bool_(), "INTEGER": pa.int32()}
SCHEMA = pa.schema([(name, TYPES[sql_type]) for name, sql_type in CURRENT_MEMBERS])
keys = st.sets(
    st.tuples(st.sampled_from("pq"), st.sampled_from("xyz"), st.integers(1, 2)), min_size=1, max_size=6
)


@settings(max_examples=8, deadline=None)
@given(deliveries=st.lists(keys, min_size=3, max_size=3))
def test_the_current_state_does_not_depend_on_the_order_of_arrival(
    deliveries: list[set[tuple[str, str, int]]],
) -> None:
    ages = {f"d{number}": number for number in range(1, 4)}
    expected: dict[tuple[str, str, int], str] = {}
    newest: dict[str, str] = {}
    for name, held in zip(ages, deliveries, strict=True):
        expected |= dict.fromkeys(held, name)
        newest |= {plan: name for plan, _, _ in held}
    for order in permutations(ages):
        with tempfile.TemporaryDirectory(prefix="plan_files_") as folder, DuckEngine(threads=1) as engine:
            current: Path | None = None
            for name in order:
                rows = [member(*key, name, f"of {name}") for key in sorted(deliveries[ages[name] - 1])]
                path, state = Path(folder) / f"{name}.parquet", Path(folder) / f"state-{name}.parquet"
                pq.write_table(pa.Table.from_pylist(rows, SCHEMA), path)
                merge(engine, "members", path, current, ages, state)
                current = state
            held_now = pq.read_table(current).to_pylist()
        found = {(row["plan"], row["cin"], row["coverage_from"].day): row["delivery"] for row in held_now}
        assert found == expected
        assert len(held_now) == len(expected)
        assert all(row["in_newest"] == (row["delivery"] == newest[row["plan"]]) for row in held_now)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(ends: str) -> None:
    text = written([HEADER, GOOD, [*GOOD[:1], "91000001A", *GOOD[2:]]]).replace("\r\n", ends)
    assert staged(text, "members")[0]["rows"] == {"in": 2, "accepted": 2, "rejected": 0, "duplicate": 0}
