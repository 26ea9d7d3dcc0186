"""Plans' files that cannot be used, commands that were stopped, files that come twice or out of order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import xlsxwriter

from crosswalk.cli.store import Store
from plan_files_builder import events_csv, members_csv

Run = Callable[..., Any]
HEADER = "plan,cin,last_name,first_name,dob,coverage_from"
ROW = "north,91000001A,Reyes,Marisol,1980-02-03,2025-01-01"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty (0 bytes)"),
        (f"{HEADER}\n".encode(), "a header and no rows"),
        (f"{HEADER}\n{ROW}\n".replace(",", ";").encode(), "not separated by commas"),
        (f"{HEADER}\n{ROW}\n".replace(",", "\t").encode(), "not separated by commas"),
        (b"plan,cin,dob\nnorth,91000001A,1980-02-03\n", "“last_name”, “first_name”, “coverage_from”"),
        (f"{HEADER},CIN\n{ROW},91000001A\n".encode(), "columns twice: cin"),
        (f"{HEADER}\n{ROW}\0\n".encode(), "NUL"),
        (f"{HEADER}\n{ROW.replace('Reyes', 'Núñez')}\n".encode("latin-1"), "not in UTF-8"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "NUL"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old .xls workbook"),
        (b"PK\x03\x04" + b"\0" * 600, "damaged"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words_and_leaves_nothing(
    crosswalk: Run, tmp_path: Path, content: bytes, said: str
) -> None:
    path, data = tmp_path / "members.csv", tmp_path / "data"
    path.write_bytes(content)
    answer = crosswalk("stage", "members", path, "--data", data, "--json")
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert "members.csv" in answer.err
    assert [one for one in data.rglob("*") if one.is_file() and one.name != ".lock"] == []


def test_an_unknown_layout_and_a_missing_file_are_refused(crosswalk: Run, tmp_path: Path) -> None:
    path = members_csv(tmp_path / "m.csv", [{}])
    unknown = crosswalk("stage", "members", path, "--layout", "acme", "--data", tmp_path / "data")
    assert unknown.code == 2
    assert "no layout “acme”" in unknown.err
    assert "canonical, mif, roster" in unknown.err
    missing = crosswalk("stage", "members", tmp_path / "none.csv", "--data", tmp_path / "data")
    assert missing.code == 2
    assert "no such file" in missing.err
    assert not (tmp_path / "data").exists()


def test_a_lost_quote_costs_one_row(crosswalk: Run, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    rows = [ROW.replace("00001A", f"0000{n}A") for n in range(1, 6)]
    rows[2] = rows[2].replace("Reyes", '"Reyes "the tall" Luna"')
    path.write_text("\n".join([HEADER, *rows]) + "\n")
    summary = crosswalk("stage", "members", path, "--data", tmp_path / "data", "--json").summary
    assert summary["rows"] == {"in": 5, "accepted": 4, "rejected": 1, "duplicate": 0}
    assert summary["codes"] == {"quotes": 1}


def test_cins_that_a_spreadsheet_turned_into_numbers_are_named_row_by_row(
    crosswalk: Run, tmp_path: Path
) -> None:
    path = tmp_path / "roster_20261001.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Roster")
        sheet.write_row(3, 0, ["Plan", "CIN", "Last", "First", "Birth Date", "Eff Date"])
        day = book.add_format({"num_format": "m/d/yy"})
        for row, cin in enumerate([9.1000001e7, "91000002B", 1000003, "91000004D"], start=4):
            sheet.write_row(row, 0, ["north", cin, "Reyes", "Marisol"])
            sheet.write_datetime(row, 4, datetime(1980, 2, 3), day)  # noqa: DTZ001
            sheet.write_datetime(row, 5, datetime(2025, 1, 1), day)  # noqa: DTZ001
    data = tmp_path / "data"
    summary = crosswalk("stage", "members", path, "--layout", "roster", "--data", data, "--json").summary
    assert summary["rows"] == {"in": 4, "accepted": 2, "rejected": 2, "duplicate": 0}
    problems = pq.read_table(data / "latest" / "problems.parquet").to_pylist()
    assert [(p["row"], p["column"], p["code"]) for p in problems] == [
        (1, "CIN", "cin.number"),
        (3, "CIN", "cin.number"),
    ]
    assert "as text" in problems[0]["fix"] or "to text" in problems[0]["fix"]
    assert Store(data).deliveries("members")[0].facts["order"] == "2026-10-01"


def test_a_delivery_whose_merge_was_stopped_is_merged_by_the_next_command(
    crosswalk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    first, second = (members_csv(tmp_path / f"{n}.csv", [{"cin": f"9100000{n}A"}]) for n in (1, 2))
    crosswalk("stage", "members", first, "--data", data)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(Store, "swap_current", killed)
        assert crosswalk("stage", "members", second, "--data", data).code == 130
    held = pq.read_table(data / "current" / "members.parquet")["cin"].to_pylist()
    assert held == ["91000001A"]
    assert crosswalk("stage", "members", second, "--data", data, "--json").summary["repeated"]
    assert pq.read_table(data / "current" / "members.parquet")["cin"].to_pylist() == [
        "91000001A",
        "91000002A",
    ]
    assert not any((data / "building").glob("*"))


def test_a_command_stopped_while_staging_leaves_nothing_and_can_be_run_again(
    crosswalk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, path = tmp_path / "data", events_csv(tmp_path / "e.csv", [{}])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as stopped:
        stopped.setattr(Store, "add_delivery", full)
        assert crosswalk("stage", "events", path, "--data", data).code != 0
    assert not (data / "current").exists()
    assert not list(data.glob("deliveries/*"))
    assert crosswalk("stage", "events", path, "--data", data, "--json").summary["rows"]["accepted"] == 1


def test_another_day_for_a_file_that_was_staged_is_refused(crosswalk: Run, tmp_path: Path) -> None:
    path, data = members_csv(tmp_path / "m.csv", [{}]), tmp_path / "data"
    assert crosswalk("stage", "members", path, "--data", data, "--as-of", "2026-10-01").code == 0
    assert crosswalk("stage", "members", path, "--data", data, "--as-of", "2026-10-01").code == 0
    answer = crosswalk("stage", "members", path, "--data", data, "--as-of", "2026-11-01")
    assert answer.code == 2
    assert "staged before, as of 2026-10-01" in answer.err


@pytest.mark.parametrize("exists", [True, False])
def test_a_local_policy_that_names_nothing_is_refused(crosswalk: Run, tmp_path: Path, exists: bool) -> None:
    own = tmp_path / "policy"
    if exists:
        own.mkdir()
    path = members_csv(tmp_path / "m.csv", [{}])
    answer = crosswalk("stage", "members", path, "--data", tmp_path / "data", "--local-policy", own)
    assert answer.code == 2
    assert "holds no file" in answer.err
    assert not (tmp_path / "data").exists()
