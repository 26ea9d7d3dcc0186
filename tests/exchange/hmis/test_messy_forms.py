"""The messy forms in which one export really arrives give the same tables as its clean form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from crosswalk.core.basics import Refused
from crosswalk.core.formats.hmis import stage
from hmis_export import POLICY, files, packed

GIVEN: dict[str, Any] = {
    "clients": [
        {
            "FirstName": "Ana",
            "LastName": "García Peña",
            "SSN": "xxxxx1234",
            "SSNDataQuality": "2",
            "DOB": "1979-12-03",
        },
        {"FirstName": "Null", "LastName": "O'Neill, Jr.", "DOB": "2001-04-23"},
    ],
    "enrollments": [
        {"EntryDate": "2026-03-09", "LivingSituation": "116", "DateToStreetESSH": "2025-12-25"},
        {"EntryDate": "2026-04-20", "PersonalID": "C2"},
    ],
    "exits": [{"ExitDate": "2026-05-30", "Destination": "435", "DestinationSubsidyType": "419"}],
    "Disabilities": [{"DisabilityType": "9", "DisabilityResponse": "1", "IndefiniteAndImpairs": "1"}],
    "IncomeBenefits": [{"TotalMonthlyIncome": "1083.20", "IncomeFromAnySource": "1", "Medicaid": "1"}],
    "Services": [{"RecordType": "200", "TypeProvided": "200", "DateProvided": "2026-03-10"}],
}


def tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Every staged table without its delivery; of Export.csv not the row's number, which many rows cannot share."""
    found = {
        path.stem: pq.read_table(path).to_pylist()
        for path in sorted(folder.glob("*.parquet"))
        if path.stem not in ("problems", "rejected")
    }
    for rows in found.values():
        for row in rows:
            row.pop("delivery", None)
    for row in found["Export"]:
        del row["row"]
    return found


def staged(
    tmp_path: Path, contents: dict[str, bytes], name: str, **packing: str
) -> tuple[Any, Counter[str], Any]:
    """Stage an export: its tables, its problem codes and the result."""
    path = packed(contents, tmp_path / f"{name}.zip", **packing)
    folder = tmp_path / name
    folder.mkdir()
    result = stage(path, folder, policy=POLICY, delivery=f"hmis-{name}", processes=1)
    codes = Counter(one["code"] for one in pq.read_table(folder / "problems.parquet").to_pylist())
    return tables(folder), codes, result


def excel(contents: dict[str, bytes]) -> dict[str, bytes]:
    """What Excel makes of every date when the files are opened and saved."""
    import re

    def slashed(found: re.Match[bytes]) -> bytes:
        year, month, day = (int(part) for part in found.groups())
        return b"%d/%d/%d" % (month, day, year)

    return {
        name: re.sub(rb"(\d{4})-(\d\d)-(\d\d)", slashed, text) if name != "Export.csv" else text
        for name, text in contents.items()
    }


def with_more_exports(contents: dict[str, bytes]) -> dict[str, bytes]:
    """Export.csv with rows of other exports, as HUD's own sample has."""
    header, row, *_ = contents["Export.csv"].split(b"\n")
    others = [
        row.replace(b"X1", b"X%d" % n, 1).replace(b"2026-06-30 08", b"2026-07-2%d 08" % n) for n in (2, 3)
    ]
    return {**contents, "Export.csv": b"\n".join([header, others[0], row, others[1], b""])}


def reordered(contents: dict[str, bytes]) -> dict[str, bytes]:
    """Two columns change places and one is spelled as a vendor spells it."""
    lines = [line.split(b",") for line in contents["Disabilities.csv"].rstrip(b"\n").split(b"\n")]
    moved = [[*line[:3], *line[4:], line[3]] for line in lines]
    text = b"\n".join(b",".join(line) for line in moved) + b"\n"
    return {**contents, "Disabilities.csv": text.replace(b"TCellCount,", b"tcellcount,")}


MESSY: dict[str, tuple[Callable[[dict[str, bytes]], dict[str, bytes]], set[str]]] = {
    "mark": (lambda clean: {name: b"\xef\xbb\xbf" + text for name, text in clean.items()}, set()),
    "crlf": (lambda clean: {name: text.replace(b"\n", b"\r\n") for name, text in clean.items()}, set()),
    "windows": (
        lambda clean: {name: text.decode().encode("cp1252") for name, text in clean.items()},
        {"cp1252"},
    ),
    "utf16": (lambda clean: {name: text.decode().encode("utf-16") for name, text in clean.items()}, set()),
    "many_exports": (with_more_exports, {"export_rows"}),
    "upper_case": (lambda clean: {name.upper(): text for name, text in clean.items()}, set()),
    "reordered": (reordered, {"column_order", "column_spelling"}),
    "excel": (excel, {"odd_date"}),
    "no_last_line_end": (
        lambda clean: {name: text.rstrip(b"\n") for name, text in clean.items()},
        {"no_line_end"},
    ),
    "blank_lines": (lambda clean: {name: text + b"\n\n" for name, text in clean.items()}, {"blank_lines"}),
    "side_file": (lambda clean: {**clean, "CustomGender.csv": b"a\n1\n"}, {"file_unknown"}),
}


@pytest.mark.parametrize("form", MESSY)
def test_each_messy_form_gives_the_clean_tables_and_says_what_it_was(tmp_path: Path, form: str) -> None:
    clean = files(**GIVEN)
    expected, before, _ = staged(tmp_path, clean, "clean")
    assert before == {}
    messy, says = MESSY[form]
    found, codes, result = staged(tmp_path, messy(clean), form)
    assert found == expected
    assert set(codes) == says
    assert result.tables["Client"].accepted == 2


def test_a_folder_inside_the_zip_with_crlf_and_marks_at_once(tmp_path: Path) -> None:
    clean = files(**GIVEN)
    expected, _, _ = staged(tmp_path, clean, "clean")
    mess = with_more_exports(clean)
    mess = {name: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n") for name, text in mess.items()}
    found, codes, _ = staged(tmp_path, mess, "messy", inside="Export 2026/HMIS")
    assert found == expected
    assert codes == {"folder": 1, "export_rows": 1}


def test_an_fy2024_export_is_read_into_the_fy2026_tables(tmp_path: Path) -> None:
    hispanic = {"FirstName": "Ana", "HispanicLatinaeo": "1", "Woman": "1", "CulturallySpecific": "0"}
    found, codes, result = staged(tmp_path, files(version=2024, clients=[hispanic]), "old")
    assert (result.export.version, codes) == (2024, {})
    client = found["Client"][0]
    assert (client["HispanicLatinao"], client["Sex"]) == (1, None)
    assert "Woman" not in client
    kept = {row["column"]: row["value"] for row in found["Kept2024_Client"]}
    assert kept["Woman"] == "1"
    assert {row["key"] for row in found["Kept2024_Client"]} == {"C1"}


@pytest.mark.parametrize(
    ("said", "version"),
    [("2026 v1.0", 2026), ("FY2024", 2024), ("HMIS CSV 2024 v1.4", 2024), ("v2026", 2026)],
)
def test_the_version_is_the_year_that_csvversion_names(tmp_path: Path, said: str, version: int) -> None:
    contents = files(version=version, about={"CSVVersion": said})
    assert staged(tmp_path, contents, "it")[2].export.version == version


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({"CSVVersion": ""}, "not guessed"),
        ({"CSVVersion": "v1.4"}, "not guessed"),
        ({"CSVVersion": "FY2022"}, "version 2022, which cannot be read"),
        ({"ImplementationID": "", "SourceID": "", "SourceName": ""}, "which HMIS"),
        ({"ExportDate": "", "ExportEndDate": ""}, "put in order"),
    ],
)
def test_an_export_that_does_not_say_what_it_is_is_refused(
    tmp_path: Path, about: dict[str, str], says: str
) -> None:
    with pytest.raises(Refused, match=says):
        staged(tmp_path, files(about=about), "it")


def test_several_export_rows_of_different_sources_that_nobody_names_are_refused(tmp_path: Path) -> None:
    contents = files(clients=[], enrollments=[], projects=[], Organization=[], User=[])
    header, row, *_ = contents["Export.csv"].split(b"\n")
    contents["Export.csv"] = b"\n".join(
        [header, row, row.replace(b"X1", b"X2").replace(b"riverbend", b"hilltop"), b""]
    )
    with pytest.raises(Refused, match="do not say which one is theirs"):
        staged(tmp_path, contents, "it")
