"""Cells of a file as its sender wrote them: what a problem is about, found again by file, row and column."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from crosswalk.core.formats.gate import CsvFile
from crosswalk.core.formats.plan_files import Grid
from crosswalk.core.formats.plan_files.headings import plain

#: (file, row, column): row 1 is the first row of data, column empty where the row as a whole is meant.
Place = tuple[str, int, str]
#: Opens one file of a delivery by its name; None where it is not there.
Opening = Callable[[str], Grid | None]


@dataclass(frozen=True)
class AsSent:
    """`record` is the number by which the sender knows the row; `value` the cell itself."""

    record: str
    value: str


def cells(opening: Opening, places: Collection[Place], named_by: Collection[str] = ()) -> dict[Place, AsSent]:
    """The cells at these places. A row that could not be read as a row is left out.

    `named_by` are headers of the column with the record's number; without one of them it is the first column.
    """
    names = {plain(name) for name in named_by}
    found: dict[Place, AsSent] = {}
    for file in sorted({file for file, _, _ in places}):
        wanted: dict[int, list[str]] = {}
        for its, row, column in places:
            if its == file and row > 0:
                wanted.setdefault(row, []).append(column)
        grid = opening(file) if wanted else None
        if grid is not None:
            found.update(_of_file(file, grid, wanted, names))
    return found


def _of_file(
    file: str, grid: Grid, wanted: Mapping[int, list[str]], names: Collection[str]
) -> Iterator[tuple[Place, AsSent]]:
    at = {plain(name): number for number, name in enumerate(grid.header)}
    key = next((at[name] for name in at if name in names), 0)
    last = max(wanted)
    for chunk in grid.chunks():
        for number, row in zip(chunk.numbers, chunk.rows, strict=True):
            for column in wanted.get(number, ()):
                place = at.get(plain(column))
                yield (
                    (file, number, column),
                    AsSent(row[key], "" if place is None else _shown(column, row[place])),
                )
        if chunk.numbers and chunk.numbers[-1] >= last:
            return


def _shown(column: str, value: str) -> str:
    """The cell; of a Social Security number only its shape."""
    return re.sub(r"\d", "#", value) if "ssn" in plain(column) else value


@contextmanager
def of_export(path: Path) -> Iterator[Opening]:
    """Files of an HMIS export that was staged before, unpacked one after the other as they are asked for."""
    with zipfile.ZipFile(path) as archive, TemporaryDirectory() as aside:
        members = {PurePosixPath(one).name.lower(): one for one in archive.namelist()}

        def opening(name: str) -> Grid | None:
            member = members.get(name.lower())
            if member is None:
                return None
            unpacked = Path(archive.extract(member, aside))
            return CsvFile(unpacked, name, cp1252=True) if unpacked.stat().st_size else None

        yield opening
