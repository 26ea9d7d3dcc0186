"""Archives that cannot be trusted are refused in words that name the place and the fix, and nothing is written."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hmis_export import export, files, packed

GOOD = files()


def zipped(contents: dict[str, bytes], **info: Any) -> bytes:
    """A ZIP as bytes; `info` are attributes set on its last member."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(contents.items()):
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            if number == len(contents) - 1:
                for key, value in info.items():
                    setattr(member, key, value)
            archive.writestr(member, content)
    return out.getvalue()


def encrypted() -> bytes:
    content = bytearray(zipped(GOOD))
    at = 0
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        content[at + 8] |= 1
        at += 4
    return bytes(content)


def lying_about_size() -> bytes:
    """The directory says that Client.csv has 10 bytes."""
    content = bytearray(zipped(GOOD))
    at = content.rfind(b"Client.csv") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", content, at + 24, 10)
    return bytes(content)


def overlapping() -> bytes:
    """Two names for the same packed bytes, as bombs are built."""
    content = bytearray(zipped({**GOOD, "Note.txt": b"x" * 5000}))
    last = content.rfind(b"PK\x01\x02")
    big = content.find(b"PK\x01\x02")
    size = max(struct.unpack_from("<I", content, at + 20)[0] for at in (big, last))
    struct.pack_into("<I", content, last + 20, size + len(content))
    return bytes(content)


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty (0 bytes)"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a PNG picture, not a ZIP"),
    "csv": (lambda: GOOD["Client.csv"], "a text or CSV file, not a ZIP"),
    "noise": (lambda: bytes(range(256)), "not a ZIP"),
    "cut_off": (lambda: zipped(GOOD)[:-200], "damaged or was cut off"),
    "only_its_start": (lambda: b"PK\x03\x04", "damaged or was cut off"),
    "no_export": (lambda: zipped({"notes.txt": b"hello"}), "no Export.csv"),
    "nothing_inside": (lambda: zipped({}), "no Export.csv"),
    "climbing": (lambda: zipped({**GOOD, "../../etc/cron.d/x": b"x"}), "outside its folder"),
    "absolute": (lambda: zipped({**GOOD, "/etc/passwd": b"x"}), "outside its folder"),
    "backslashes": (lambda: zipped({**GOOD, "..\\..\\x": b"x"}), "outside its folder"),
    "drive": (lambda: zipped({**GOOD, "C:\\x": b"x"}), "outside its folder"),
    "link": (lambda: zipped({**GOOD, "link": b"/etc/passwd"}, external_attr=0o120777 << 16), "a link"),
    "encrypted": (encrypted, "protected with a password"),
    "twice_by_case": (lambda: zipped({**GOOD, "CLIENT.CSV": GOOD["Client.csv"]}), "in the ZIP twice"),
    "twice_by_folder": (lambda: zipped({**GOOD, "old/Client.csv": GOOD["Client.csv"]}), "in the ZIP twice"),
    "two_folders": (
        lambda: zipped({("a/" if name < "F" else "b/") + name: text for name, text in GOOD.items()}),
        "several folders",
    ),
    "bomb": (lambda: zipped({**GOOD, "Services.csv": b"0" * 30_000_000}), "no HMIS file packs that well"),
    "many": (lambda: zipped({**GOOD, **{f"{n}.txt": b"" for n in range(200)}}), "an HMIS export has 24"),
    "lying": (lying_about_size, "cannot be unpacked"),
    "overlapping": (overlapping, "overlap"),
    "nul": (lambda: zipped({**GOOD, "Exit.csv": GOOD["Exit.csv"] + b"\0"}), "Exit.csv: There is a NUL"),
    "header_twice": (
        lambda: zipped({**GOOD, "Client.csv": GOOD["Client.csv"].replace(b"LastName", b"FirstName", 1)}),
        "Client.csv: The header names these columns twice: firstname",
    ),
    "no_key": (
        lambda: zipped({**GOOD, "Client.csv": GOOD["Client.csv"].replace(b"PersonalID", b"Number", 1)}),
        "Client.csv: The column PersonalID is missing",
    ),
    "semicolons": (
        lambda: zipped({**GOOD, "User.csv": GOOD["User.csv"].replace(b",", b";")}),
        "User.csv: The columns are not separated by commas",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_an_archive_that_cannot_be_trusted_is_refused_in_words(
    crosswalk: Callable[..., Any], tmp_path: Path, kind: str
) -> None:
    make, says = BAD[kind]
    path = tmp_path / "export.zip"
    path.write_bytes(make())
    said = crosswalk("stage", "hmis", path, "--data", tmp_path / "data", "--json")
    assert said.code == 2
    assert said.out == ""
    assert says in said.err
    assert said.err.count(".") >= 2, "a reason and what to do"
    left = [one for one in (tmp_path / "data").rglob("*") if one.is_file() and one.name != ".lock"]
    assert left == []


def test_a_file_that_is_not_there_is_refused(crosswalk: Callable[..., Any], tmp_path: Path) -> None:
    said = crosswalk("stage", "hmis", tmp_path / "none.zip", "--data", tmp_path / "data")
    assert said.code == 2
    assert "no such file" in said.err


def test_an_export_that_the_disk_has_no_room_for_is_refused_before_it_is_unpacked(
    crosswalk: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9 - 1000, 1000))  # type: ignore[attr-defined]
    said = crosswalk("stage", "hmis", export(tmp_path), "--data", tmp_path / "data")
    assert said.code == 2
    assert "the disk does not have" in said.err


def test_an_export_without_any_row_is_taken_in(crosswalk: Callable[..., Any], tmp_path: Path) -> None:
    path = packed(
        files(clients=[], enrollments=[], projects=[], Organization=[], User=[]), tmp_path / "none.zip"
    )
    said = crosswalk("stage", "hmis", path, "--data", tmp_path / "data", "--json")
    assert said.code == 0, said.err
    assert {name for name, one in said.summary["tables"].items() if one["in"]} == {"Export"}
    assert said.summary["problems"] == {"error": 0, "warning": 0}


def test_clutter_of_a_mac_is_passed_over(crosswalk: Callable[..., Any], tmp_path: Path) -> None:
    contents = {**GOOD, "__MACOSX/._Client.csv": b"\0", ".DS_Store": b"\0"}
    said = crosswalk(
        "stage", "hmis", packed(contents, tmp_path / "mac.zip"), "--data", tmp_path / "data", "--json"
    )
    assert said.code == 0, said.err
    assert said.summary["codes"] == {}
