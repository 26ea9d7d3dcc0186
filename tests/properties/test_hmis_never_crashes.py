"""Whatever happens to an export on its way, staging either refuses it in words or accounts for every row."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crosswalk.core.basics import Refused
from crosswalk.core.formats.gate import CsvFile
from crosswalk.core.formats.hmis import Staged, stage
from hmis_export import POLICY, files, packed

CONTENTS = files(
    clients=[
        {"FirstName": "José", "LastName": "O'Neill, Jr.", "SSN": "xxxxx1234"},
        {"FirstName": 'the "Kid"'},
    ],
    enrollments=[{}, {}],
    exits=[{}],
    Disabilities=[{}, {"DisabilitiesID": "D2"}],
    Services=[{}],
)
FILLED = [name for name, text in CONTENTS.items() if text.count(b"\n") > 1]
SEVERAL = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def staged(write: bytes | None = None, contents: dict[str, bytes] | None = None) -> Staged | None:
    """Stage a ZIP given as bytes or as files; None when it was refused (in words, with a fix)."""
    folder = Path(tempfile.mkdtemp(prefix="hmis-"))
    try:
        path = folder / "export.zip"
        if contents is not None:
            packed(contents, path)
        else:
            path.write_bytes(write or b"")
        (folder / "built").mkdir()
        try:
            done = stage(path, folder / "built", policy=POLICY, delivery="hmis-x", processes=1)
        except Refused as refused:
            if not (refused.sentence and refused.fix and refused.place):
                raise AssertionError("a refusal must say what, where and how to mend it") from refused
            return None
        for counts in done.tables.values():
            assert counts.given == counts.accepted + counts.rejected + counts.duplicate
        return done
    finally:
        shutil.rmtree(folder)


def whole() -> bytes:
    """The ZIP of the contents."""
    with tempfile.TemporaryDirectory() as folder:
        return packed(CONTENTS, Path(folder) / "x.zip").read_bytes()


ZIP = whole()


@SEVERAL
@given(st.integers(0, len(ZIP) - 1))
def test_a_zip_cut_anywhere_is_refused(length: int) -> None:
    assert staged(ZIP[:length]) is None


@SEVERAL
@given(st.lists(st.tuples(st.integers(0, len(ZIP) - 1), st.integers(1, 255)), min_size=1, max_size=3))
def test_a_zip_with_flipped_bits_is_refused_or_whole(flips: list[tuple[int, int]]) -> None:
    damaged = bytearray(ZIP)
    for at, mask in flips:
        damaged[at] ^= mask
    staged(bytes(damaged))


@SEVERAL
@given(st.sampled_from(FILLED), st.data())
def test_a_file_cut_anywhere_never_gains_a_row(name: str, data: st.DataObject) -> None:
    text = CONTENTS[name]
    length = data.draw(st.integers(0, len(text) - 1))
    done = staged(contents={**CONTENTS, name: text[:length]})
    if done is not None and name != "Export.csv":
        assert done.tables[name.removesuffix(".csv")].given <= text.count(b"\n") - 1


@SEVERAL
@given(
    st.sampled_from(FILLED),
    st.lists(
        st.tuples(st.floats(0, 0.999), st.sampled_from(list(b'",\n\r\x00;x9\xff\xc3 '))),
        min_size=1,
        max_size=4,
    ),
)
def test_a_file_with_stray_characters_is_refused_or_accounted_for(
    name: str, strays: list[tuple[float, int]]
) -> None:
    text = bytearray(CONTENTS[name])
    for share, byte in strays:
        text.insert(int(share * len(text)), byte)
    staged(contents={**CONTENTS, name: bytes(text)})


@MANY
@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8),
            min_size=2,
            max_size=2,
        ),
        max_size=6,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(1, 40),
)
def test_what_csv_writes_the_gate_reads_back_whatever_the_chunks(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], end: str, size: int
) -> None:
    import csv
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow(["first", "second"])
    writer.writerows(rows)
    path = tmp_path_factory.mktemp("gate") / "x.csv"
    path.write_bytes(out.getvalue().encode())
    file = CsvFile(path, "x.csv")
    read = [row for chunk in file.chunks(size) for row in chunk.rows]
    assert read == rows
    assert file.rows_read == len(rows)
