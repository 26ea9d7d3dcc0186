"""The gate lets whole rows through, names each broken one by its number, and refuses files it cannot be sure of."""

from __future__ import annotations

from pathlib import Path

import pytest

from crosswalk.core.basics import Refused
from crosswalk.core.formats.gate import CsvFile


def opened(tmp_path: Path, content: bytes, *, cp1252: bool = False) -> CsvFile:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    return CsvFile(path, "people.csv", cp1252=cp1252)


def read(file: CsvFile, characters: int = 3_000_000) -> tuple[dict[int, list[str]], dict[int, str]]:
    """Rows by number, and codes of rejected rows by number."""
    rows: dict[int, list[str]] = {}
    lost: dict[int, str] = {}
    for chunk in file.chunks(characters):
        rows.update(zip(chunk.numbers, chunk.rows, strict=True))
        lost.update({fault.row: fault.code for fault in chunk.faults})
    return rows, lost


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")],
)
def test_utf8_with_and_without_mark_and_utf16_with_its_mark_are_read(
    tmp_path: Path, encoding: str, bom: bytes
) -> None:
    file = opened(tmp_path, bom + "name,city\nÑoño,Río\n".encode(encoding))
    assert file.header == ["name", "city"]
    assert read(file)[0] == {1: ["Ñoño", "Río"]}
    assert file.faults == []


def test_windows_letters_are_refused_unless_the_format_is_known_to_have_them(tmp_path: Path) -> None:
    content = "name\nMu\xf1oz ’s\n".encode("cp1252")
    with pytest.raises(Refused, match="not in UTF-8"):
        opened(tmp_path, content)
    file = opened(tmp_path, content, cp1252=True)
    assert read(file)[0] == {1: ["Muñoz ’s"]}
    assert [fault.code for fault in file.faults] == ["cp1252"]


def test_utf8_letters_inside_a_windows_file_are_pointed_out(tmp_path: Path) -> None:
    file = opened(tmp_path, b"name\nGarc\xc3\xada\nMu\xf1oz\n", cp1252=True)
    assert {fault.code for fault in file.faults} == {"cp1252", "mixed_encoding"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no header"),
        (b"\n\n", "no header"),
        (b"a,b\n1,\x002\n", "NUL"),
        ("a,b\n1,\0\n".encode("utf-16"), "NUL"),
        (b"\xff\xfea\0\0\xd8b\0\n\0", "UTF-16"),
        (b"a,A\n1,2\n", "twice: a"),
        (b"a;b\n1;2\n", "not separated by commas"),
        (b'"a\n', "header row cannot be read"),
        (b"a\n\x81\x8d\n", "not in UTF-8"),
    ],
)
def test_files_that_cannot_be_read_with_certainty_are_refused(
    tmp_path: Path, content: bytes, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        opened(tmp_path, content, cp1252=True)


@pytest.mark.parametrize("size", [3_000_000, 1, 7, 20])
def test_broken_rows_are_named_and_whole_ones_stay_whatever_the_chunks(tmp_path: Path, size: int) -> None:
    content = b'a,b\n1,"x\ny, z"\n2\n\n3,"un"x\n4,"say ""hi"""\n5,6,7\n8,9\n'
    rows, lost = read(opened(tmp_path, content), size)
    assert rows == {1: ["1", "x\ny, z"], 5: ["4", 'say "hi"'], 7: ["8", "9"]}
    assert lost == {2: "columns", 4: "quotes", 6: "columns"}


@pytest.mark.parametrize("size", [3_000_000, 10])
def test_a_lost_quote_costs_its_row_and_not_the_rest_of_the_file(tmp_path: Path, size: int) -> None:
    content = b'a,b\n1,"lost\n' + b"".join(b"%d,ok\n" % n for n in range(2, 40))
    rows, lost = read(opened(tmp_path, content), size)
    assert lost == {1: "quotes"}
    assert sorted(rows) == list(range(2, 40))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end_is_read(tmp_path: Path, end: bytes) -> None:
    assert read(opened(tmp_path, end.join([b"a,b", b"1,2", b"3,4", b""])))[0] == {
        1: ["1", "2"],
        2: ["3", "4"],
    }


def test_a_field_longer_than_a_million_characters_costs_its_row(tmp_path: Path) -> None:
    rows, lost = read(opened(tmp_path, b"a,b\n1," + b"x" * 1_000_001 + b"\n2,y\n"))
    assert lost == {1: "field_too_long"}
    assert rows == {2: ["2", "y"]}


def test_a_file_without_a_last_line_end_says_so_and_a_half_letter_does_not_break_it(tmp_path: Path) -> None:
    file = opened(tmp_path, "a,b\n1,2\n3,Muñ".encode()[:-1])
    chunks = list(file.chunks())
    assert file.is_cut_off
    assert chunks[-1].ends_file
    assert [fault.code for fault in file.faults] == ["no_line_end"]


@pytest.mark.parametrize("tail", [b"\xc3", b"\xe2\x80"])
def test_half_a_letter_alone_on_the_last_line_costs_only_that_line(tmp_path: Path, tail: bytes) -> None:
    rows, lost = read(opened(tmp_path, b"a,b\n1,2\n" + tail))
    assert rows == {1: ["1", "2"]}
    assert lost == {2: "columns"}


def test_names_that_look_like_nothing_are_kept(tmp_path: Path) -> None:
    content = b"name\nNull\nNA\nNone\nTrue\n00501\n"
    assert list(read(opened(tmp_path, content))[0].values()) == [
        ["Null"],
        ["NA"],
        ["None"],
        ["True"],
        ["00501"],
    ]
