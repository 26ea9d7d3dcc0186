"""Wrong input and wrong calls: a sentence that says what, where and how to mend it, and nothing half-written.

Every bad value below is planted beside invented personal details that no message may repeat.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from command_line import ON, ROOT, Said, ask, listing, quickly
from hmis_export import export, files, packed
from plan_files_builder import events_csv, members_csv

HEADER = "plan,cin,last_name,first_name,dob,ssn,zip,coverage_from"
#: Details of nobody; none of them may appear in a message.
SECRETS = ("Zebracorn", "Quintessa", "1977-07-17", "987654321", "94765432Z")
ROW = "north,94765432Z,Zebracorn,Quintessa,1977-07-17,987654321,00501,2025-01-01"
GOOD = "north,91000001A,Reyes,Marisol,1980-02-03,,00501,2025-01-01"


def csv_bytes(*lines: str, end: str = "\n") -> bytes:
    return "".join(line + end for line in (HEADER, *lines)).encode()


def problems(data: Path) -> list[dict[str, Any]]:
    names = ("delivery", "file", "row", "column", "code", "severity", "sentence", "fix")
    path = data / "latest" / "problems.parquet"
    return [dict(zip(names, row, strict=True)) for row in ask("FROM p", p=path)] if path.exists() else []


def assert_no_secret(said: Said, data: Path) -> None:
    told = said.err + said.out + repr(problems(data))
    assert [secret for secret in SECRETS if secret in told] == []


def assert_refused(said: Said, data: Path, before: dict[str, Any], *words: str) -> None:
    """Exit 2, nothing on standard output, a reason and what to do, and not one file more or less."""
    assert said.code == 2, said.err
    assert said.out == ""
    for word in words:
        assert word in said.err, said.err
    assert "Traceback" not in said.err
    assert len([one for one in said.err.strip().split(". ") if one]) >= 2, "a reason and how to mend it"
    assert listing(data) == before
    assert_no_secret(said, data)


# --- one broken CSV after the other ------------------------------------------------------------------

#: What is wrong: the bytes, and the words of the refusal; or None with the rows accepted and the codes told.
BROKEN: dict[str, tuple[bytes, str | tuple[int, set[str]]]] = {
    "byte order mark": (b"\xef\xbb\xbf" + csv_bytes(GOOD, ROW), (2, set())),
    "CP1252 bytes": (
        csv_bytes(GOOD, ROW.replace("Zebracorn", "Zebracorné")).decode().encode("cp1252"),
        "UTF-8",
    ),
    "UTF-16": (csv_bytes(GOOD, ROW).decode().encode("utf-16"), (2, set())),
    "a NUL": (csv_bytes(GOOD, ROW.replace("Zebra", "Zebra\0")), "NUL"),
    "a short row": (csv_bytes(GOOD, ROW.rsplit(",", 2)[0]), (1, {"columns"})),
    "a long row": (csv_bytes(GOOD, ROW + ",more,and more"), (1, {"columns"})),
    "a column twice": (csv_bytes(GOOD, ROW).replace(b"ssn", b"dob", 1), "twice"),
    "an open quote": (csv_bytes(GOOD, ROW.replace("Zebracorn", '"Zebracorn')), (1, {"quotes"})),
    "mixed line ends": (csv_bytes(GOOD) + (ROW + "\r\n").encode(), (2, set())),
    "only carriage returns": (csv_bytes(GOOD, ROW, end="\r"), (2, set())),
    "cut off in its last field": (csv_bytes(GOOD, ROW)[:-8], (1, {"no_line_end"})),
    "cut off in a letter": (
        csv_bytes(GOOD, ROW.replace("Quintessa", "ñ")).split(b"\xb1")[0],
        (1, {"no_line_end"}),
    ),
    "semicolons": (csv_bytes(GOOD, ROW).replace(b",", b";"), "comma"),
    "a ZIP by another name": (b"PK\x03\x04" + b"\0" * 400, "damaged"),
    "0 bytes": (b"", "0 bytes"),
    "only a header": (csv_bytes(), "no rows"),
    "missing columns": (csv_bytes(GOOD, ROW).replace(b"cin,", b"number,", 1), "cin"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "NUL"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_member_file_is_refused_or_costs_only_the_broken_rows(tmp_path: Path, what: str) -> None:
    content, outcome = BROKEN[what]
    path, data = tmp_path / "members.csv", tmp_path / "data"
    path.write_bytes(content)
    said = quickly("stage", "members", path, "--data", data, "--json")
    if isinstance(outcome, str):
        assert_refused(said, data, {}, "members.csv", outcome)
        return
    accepted, codes = outcome
    counts = said.summary["rows"]
    assert counts["accepted"] == accepted
    assert counts["in"] == counts["accepted"] + counts["rejected"] + counts["duplicate"]
    assert codes <= set(said.summary["codes"])
    assert bool(counts["rejected"]) == any(one["severity"] == "error" for one in problems(data))
    assert all(one["row"] in (0, 2) and one["fix"] for one in problems(data))
    kept = ask("SELECT cin, zip FROM m", m=data / "current" / "members.parquet")
    assert ("91000001A", "00501") in kept
    assert_no_secret(said, data)


def test_a_field_of_a_million_letters_does_not_stop_the_others(tmp_path: Path) -> None:
    path, data = tmp_path / "members.csv", tmp_path / "data"
    path.write_bytes(csv_bytes(GOOD, ROW.replace("Zebracorn", "Z" * 1_200_000)))
    said = quickly("stage", "members", path, "--data", data, "--json")
    assert said.code in (0, 2), said.err
    if said.code == 0:
        counts = said.summary["rows"]
        assert counts["in"] == counts["accepted"] + counts["rejected"] + counts["duplicate"] == 2
    else:
        assert_refused(said, data, {}, "members.csv")


def test_people_called_null_none_and_true_keep_their_names(tmp_path: Path) -> None:
    names = ["Null", "NA", "None", "True", "N", "O'Brien", "de la Cruz", "Ñ"]
    rows = [{"cin": f"9100000{n}A", "last_name": name} for n, name in enumerate(names)]
    data = tmp_path / "data"
    said = quickly("stage", "members", members_csv(tmp_path / "m.csv", rows), "--data", data, "--json")
    assert said.summary["rows"]["accepted"] == len(names)
    assert ask("SELECT last_name FROM m ORDER BY cin", m=data / "current" / "members.parquet") == [
        (name,) for name in names
    ]


#: A cell of Client.csv or Enrollment.csv, and what becomes of it.
CELLS = {
    "birth in the future": ("Client.csv", "1980-05-17", "2031-07-17"),
    "no date": ("Client.csv", "1980-05-17", "1977-17-17x"),
    "a code nobody knows": ("Enrollment.csv", ",1,", ",777,"),
    "an entry in the future": ("Enrollment.csv", "2026-01-15", "2031-01-15"),
    "somebody who is not there": ("Enrollment.csv", ",C1,", ",94765432Z,"),
}


@pytest.mark.parametrize("what", CELLS)
def test_a_wrong_cell_of_an_export_is_told_with_its_place_and_without_its_value(
    tmp_path: Path, what: str
) -> None:
    name, good, bad = CELLS[what]
    made = files(clients=[{"FirstName": "Quintessa", "LastName": "Zebracorn", "SSN": "987654321"}])
    head, _, body = made[name].partition(b"\n")
    assert good.encode() in body
    made[name] = head + b"\n" + body.replace(good.encode(), bad.encode(), 1)
    data = tmp_path / "data"
    said = quickly("stage", "hmis", packed(made, tmp_path / "export.zip"), "--data", data, "--json")
    for told in said.summary["tables"].values():
        assert told["in"] == told["accepted"] + told["rejected"] + told["duplicate"]
    found = [one for one in problems(data) if one["file"].endswith(name)]
    assert found, what
    assert {one["row"] for one in found} == {1}
    assert all(one["column"] and one["sentence"] and one["fix"] for one in found)
    assert_no_secret(said, data)


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("2022 v1.2", ("2022", "FY2024 or FY2026")),
        ("", ("CSVVersion", "not guessed")),
        ("2028 v1", ("2028", "cannot be read")),
    ],
)
def test_an_export_of_another_or_no_version_is_refused(
    tmp_path: Path, version: str, words: tuple[str, ...]
) -> None:
    path, data = export(tmp_path, about={"CSVVersion": version}), tmp_path / "data"
    assert_refused(quickly("stage", "hmis", path, "--data", data, "--json"), data, {}, "Export.csv", *words)


def test_a_picture_named_zip_and_a_zip_that_climbs_out_are_refused_beside_what_was_held(
    tmp_path: Path,
) -> None:
    data, bad = tmp_path / "data", tmp_path / "bad.zip"
    assert quickly("stage", "hmis", export(tmp_path), "--data", data, "--json").code == 0
    before = listing(data)
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    assert_refused(quickly("stage", "hmis", bad, "--data", data), data, before, "bad.zip", "picture")
    packed({**files(), "../../../tmp/climbed.txt": b"x"}, bad)
    assert_refused(quickly("stage", "hmis", bad, "--data", data), data, before, "bad.zip", "outside")
    assert not Path("/tmp/climbed.txt").exists()
    packed({**files(), "Services.csv": b"0" * 30_000_000}, bad)
    assert_refused(quickly("stage", "hmis", bad, "--data", data), data, before, "bad.zip")


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(tmp_path: Path) -> None:
    path, data = tmp_path / "bomb.xlsx", tmp_path / "data"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Roster")
        for column, name in enumerate(HEADER.split(",")):
            sheet.write_string(0, column, name)
    packed_again = tmp_path / "bomb2.xlsx"
    import zipfile

    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed_again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(
                    b"</sheetData>", b"<row>" + b" " * 60_000_000 + b"</row></sheetData>"
                )
            new.writestr(name, content)
    said = quickly("stage", "members", packed_again, "--data", data, "--json")
    assert_refused(said, data, {}, "bomb2.xlsx")


# --- values that cannot be right ---------------------------------------------------------------------


def test_numbers_that_excel_made_of_cins_are_rejected_row_by_row(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"cin": "91000001A"}]
    rows += [{"cin": cin} for cin in ("9.4765432E+07", "94765432", "9.4765432E7", "94765432.0")]
    data = tmp_path / "data"
    said = quickly("stage", "members", members_csv(tmp_path / "m.csv", rows), "--data", data, "--json")
    assert said.summary["rows"] == {"in": 5, "accepted": 1, "rejected": 4, "duplicate": 0}
    found = problems(data)
    assert [(one["row"], one["column"], one["severity"]) for one in found] == [
        (row, "cin", "error") for row in (2, 3, 4, 5)
    ]
    assert all("spreadsheet" in one["sentence"] and "text" in one["fix"] for one in found)
    assert "94765432" not in repr(found)


def test_one_member_with_two_birth_dates_is_told_and_has_none(tmp_path: Path) -> None:
    data = tmp_path / "data"
    rows = [
        {"cin": "94765432Z", "dob": "1977-07-17"},
        {"cin": "94765432Z", "dob": "1988-08-18", "coverage_from": "2026-01-01"},
    ]
    said = quickly("stage", "members", members_csv(tmp_path / "m.csv", rows), "--data", data, "--json")
    assert "member.two_birth_dates" in said.summary["codes"]
    assert ask("SELECT DISTINCT dob FROM m", m=data / "current" / "members.parquet") == [(None,)]
    assert_no_secret(said, data)


def test_wrong_events_are_told_by_place_and_never_counted(tmp_path: Path) -> None:
    data = tmp_path / "data"
    quickly("stage", "members", members_csv(tmp_path / "m.csv", [{}]), "--data", data)
    attested = {"kind": "attestation", "code": "food_insecure", "from": "2026-10-01"}
    rows = [
        {"cin": "94765432Z"},
        {"from": "2031-01-01"},
        {"kind": "ed_visits"},
        {"kind": "diagnosis", "code": "not a code"},
        {"kind": "authorization", "code": "cs.nothing", "value": "approved"},
        {"kind": "inpatient_stay", "from": "2026-03-09", "until": "2026-03-01"},
        {**attested, "value": "perhaps Zebracorn"},
        {"kind": "custody_release", "code": "jail", "from": "2031-01-01"},
    ]
    said = quickly("stage", "events", events_csv(tmp_path / "e.csv", rows), "--data", data, "--json")
    found = problems(data)
    assert [one["row"] for one in sorted(found, key=lambda one: one["row"])] == [1, 2, 3, 4, 5, 6, 7]
    assert said.summary["rows"]["rejected"] == 1
    assert_no_secret(said, data)
    quickly("facts", "food_insecure", "--on", ON, "--data", data)
    assert (
        ask("SELECT value FROM f WHERE value IS NOT NULL", f=data / "latest/facts/food_insecure.parquet")
        == []
    )


# --- wrong calls -------------------------------------------------------------------------------------

CALLS: dict[str, tuple[tuple[object, ...], tuple[str, ...]]] = {
    "find before anything": (("find",), ("Nothing is staged", "crosswalk stage")),
    "link before anything": (("link",), ("Nothing is staged", "crosswalk stage")),
    "facts before anything": (("facts",), ("Nothing is staged", "crosswalk stage")),
    "why before anything": (("why", "94765432A"), ("Nothing is staged", "crosswalk stage")),
    "compare before anything": (("compare", "find-1", "find-2"), ("find-1",)),
    "an unknown fact": (("facts", "ed_visit"), ("ed_visit", "ed_visits")),
    "an unknown fact in the list": (("facts", "--list", "livingsituation"), ("living_situation",)),
    "a day that is none": (("find", "--on", "2026-02-30"), ("not a day", "YYYY-MM-DD")),
    "a day the American way": (("why", "94765432A", "--on", "11/01/2026"), ("not a day", "YYYY-MM-DD")),
    "a layout that is none": (("stage", "members", __file__, "--layout", "acme"), ("acme", "canonical")),
    "a file that is not there": (("stage", "events", "nowhere.csv"), ("nowhere.csv", "no such file")),
    "an export that is not there": (("stage", "hmis", "nowhere.zip"), ("nowhere.zip", "no such file")),
    "a folder for a member file": (("stage", "members", Path(__file__).parent), ("folder",)),
    "a folder for an export": (("stage", "hmis", Path(__file__).parent), ("folder",)),
    "one of two files to link": (("link", "--left", __file__), ("--right",)),
    "text for Parquet": (("link", "--left", __file__, "--right", __file__), ("Parquet",)),
    "a decision about nobody": (
        ("decide", "A1", "B2", "same", "--by", "Ana", "--because", "I know"),
        ("crosswalk stage",),
    ),
    "a decision without a reason": (("decide", "A1", "B2", "same"), ("--by", "--because")),
}


@pytest.mark.parametrize("what", CALLS)
def test_a_wrong_call_is_refused_and_writes_nothing(tmp_path: Path, what: str) -> None:
    words, says = CALLS[what]
    data = tmp_path / "data"
    said = quickly(*words, *(() if "--list" in words else ("--data", data)), "--json")
    assert_refused(said, data, {}, *says)


def test_a_refused_call_leaves_an_empty_folder_of_the_user_where_it_was(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    words = ("decide", "A1", "B2", "same", "--by", "Ana", "--because", "I know", "--data", data)
    assert quickly(*words).code == 2
    assert list(data.iterdir()) == []


@pytest.mark.parametrize(
    "words", [("stage",), ("stage", "hmis"), ("nothing",), ("find", "--wrong"), ("link", "x")]
)
def test_a_call_that_is_no_command_ends_with_two(words: tuple[str, ...]) -> None:
    said = quickly(*words)
    assert (said.code, said.out) == (2, "")
    assert "Usage" in said.err


def test_nobody_and_no_program_are_refused_beside_what_is_there(one_member: Path) -> None:
    before = listing(one_member)
    data = ("--data", one_member, "--on", ON, "--json")
    assert_refused(quickly("why", "99999999Z", *data), one_member, before, "Nobody", "CIN")
    assert_refused(
        quickly("why", "91000001A", "--program", "ecm.11", *data), one_member, before, "ecm.11", "ecm.1a"
    )
    words = ("--by", "Ana", "--because", "I know", "--data", one_member, "--json")
    assert_refused(quickly("decide", "91000001A", "NOBODY", "same", *words), one_member, before)
    assert_refused(
        quickly("decide", "91000001A", "91000001A", "same", *words), one_member, before, "same record"
    )
    assert_refused(quickly("compare", "find-7", "find-8", "--data", one_member), one_member, before, "find-7")


def test_one_kind_of_file_is_enough_to_ask_why_before_anything_is_linked(tmp_path: Path) -> None:
    for name, who, words in (
        ("members", "91000001A", ("members", members_csv(tmp_path / "m.csv", [{}]))),
        ("hmis", "C1", ("hmis", export(tmp_path))),
    ):
        data = tmp_path / name
        quickly("stage", *words, "--data", data)
        told = quickly("why", who, "--program", "chw", "--on", ON, "--data", data, "--json")
        assert [one["program"] for one in told.summary["programs"]] == ["chw"]
        assert "crosswalk link" in told.err


def test_an_export_of_nobody_goes_all_the_way_and_teaches_what_to_do(tmp_path: Path) -> None:
    data, page = tmp_path / "data", tmp_path / "list.html"
    nobody = files(clients=[], enrollments=[], projects=[], Organization=[], User=[])
    for words in (
        ("stage", "hmis", packed(nobody, tmp_path / "none.zip")),
        ("link", "--on", ON),
        ("find", "--on", ON, "--html", page),
        ("facts", "age", "chronic_history", "--on", ON),
    ):
        said = quickly(*words, "--data", data)
        assert said.code == 0, said.err
        if words[0] in ("link", "find"):
            assert "crosswalk stage" in said.out
    assert "crosswalk stage" in page.read_text(encoding="utf-8")
    assert ask("SELECT count(*) FROM f", f=data / "latest" / "findings.parquet") == [(0,)]


# --- a policy that cannot be used --------------------------------------------------------------------


def overlay(folder: Path, **texts: str) -> Path:
    for name, content in texts.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".yaml").write_text(content)
    return folder


def shipped(old: str, new: str, name: str = "populations/ecm.2.yaml") -> str:
    """A shipped text with one thing changed."""
    text = (ROOT / "policy" / name).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda at: overlay(
                at, populations__ecm_2=shipped("  - from: 2023-07-01", "  - from: 2023-01-01")
            ),
            ("in force on the same days", "ecm_2.yaml"),
        ),
        (
            lambda at: overlay(at, clauses__adult=shipped("fact: age", "fact: aged", "clauses/adult.yaml")),
            ("aged", "adult.yaml"),
        ),
        (lambda at: overlay(at, population__ecm_2="code: ecm.2\n"), ("replaces nothing",)),
        (lambda at: at / "nowhere", ("no such policy folder",)),
    ],
    ids=["two versions at once", "a fact nobody measures", "a folder that replaces nothing", "not there"],
)
def test_a_local_policy_that_cannot_be_used_is_refused_with_its_place(
    one_member: Path, tmp_path: Path, make: Callable[[Path], Path], words: tuple[str, ...]
) -> None:
    local, before = make(tmp_path / "local"), listing(one_member)
    checked = quickly("policy", "check", "--local-policy", local)
    assert checked.code == 2
    found = quickly("find", "--on", ON, "--data", one_member, "--local-policy", local, "--json")
    assert (found.code, found.out) == (2, ""), found.err
    assert listing(one_member) == before
    for word in words:
        assert word in checked.out + checked.err
        assert word in found.err
