"""What a file is, found out from the file itself: an HMIS export, or a plan's file and the layout that reads it."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from crosswalk.core.basics import Refused
from crosswalk.core.formats.hmis.archive import foreign
from crosswalk.core.formats.plan_files import Layout, layout_names, open_grid, read_layout
from crosswalk.core.formats.plan_files.headings import match, plain

FAMILIES = ("members", "events")

#: Bytes from the beginning in which a header row stands.
_HEAD = 1 << 18
_OFFICE = b"\xd0\xcf\x11\xe0"
_FIX = "Send the ZIP of an HMIS export, or a member or event file with a header row."


@dataclass(frozen=True)
class Recognised:
    """`kind` is hmis, members or events; `layout` is empty for hmis."""

    kind: str
    layout: str = ""


def recognise(path: Path, name: str, folders: Sequence[Path], kind: str = "", layout: str = "") -> Recognised:
    """Say what a file is; `kind` and `layout` narrow it down. `folders` are the policy folders with layouts, the
    site's own last.

    Of several layouts that fit, the one that knows most of the file's columns is taken. Raises Refused where none
    fits, with the layout that comes nearest and what the file lacks for it.
    """
    with path.open("rb") as handle:
        start = handle.read(_HEAD)
    if not start:
        raise Refused("The file is empty (0 bytes).", fix="Export it again.", place=name, code="file.empty")
    if kind == "hmis" or (not kind and (name.lower().endswith(".zip") or _is_export(path))):
        return Recognised("hmis")
    if (what := foreign(start)) and not zipfile.is_zipfile(path) and not start.startswith(_OFFICE):
        raise Refused(f"The file is {what}.", fix=_FIX, place=name, code="unknown_layout")
    with TemporaryDirectory() as aside:
        head = path
        if not start.startswith((b"PK", _OFFICE)):
            # A layout is known by the header; what is wrong further down is for the reading to say.
            head = Path(aside) / "head"
            head.write_bytes(start[: start.rfind(b"\n") + 1] or start)
        return _nearest(head, name, _layouts(folders, kind, layout))


def _layouts(folders: Sequence[Path], kind: str, layout: str) -> list[Layout]:
    return [
        read_layout(one, family, folders)
        for family in ((kind,) if kind else FAMILIES)
        for one in ((layout,) if layout else layout_names(family, folders))
    ]


def _nearest(path: Path, name: str, layouts: Sequence[Layout]) -> Recognised:
    fitting: list[tuple[int, Recognised]] = []
    lacking: list[tuple[int, Refused]] = []
    for layout in layouts:
        try:
            header = open_grid(path, layout).header
        except Refused as refused:
            lacking.append((-1, refused))
            continue
        try:
            known = len(match(header, layout, name).places)
        except Refused as refused:
            lacking.append((_known(header, layout), refused))
            continue
        fitting.append((known, Recognised(layout.family, layout.name)))
    if fitting:
        return max(fitting, key=lambda one: one[0])[1]
    raise _unknown(lacking, name)


def _is_export(path: Path) -> bool:
    """A ZIP that is no workbook: what is wrong inside is for the reader of exports to say."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        names = {PurePosixPath(one).name.lower() for one in archive.namelist()}
    return "export.csv" in names or "workbook.xml" not in names


def _known(header: Sequence[str], layout: Layout) -> int:
    """How many columns of a header a layout knows."""
    return sum(
        any(
            plain(one) == plain(spelling)
            for column in layout.columns
            for spelling in (column.header, *column.also)
        )
        for one in header
    )


def _unknown(lacking: Sequence[tuple[int, Refused]], name: str) -> Refused:
    """The refusal of the layout that comes nearest; of a file that nobody could open, why it could not."""
    nearest = max(lacking, key=lambda one: one[0])
    if nearest[0] > 0:
        refused = nearest[1]
        return Refused(refused.sentence, fix=refused.fix, place=name, code=refused.code)
    if nearest[0] < 0:
        return Refused(nearest[1].sentence, fix=nearest[1].fix, place=name, code=nearest[1].code)
    return Refused(
        "The file is neither an HMIS export nor a plan's file: no layout knows any of its columns.",
        fix=_FIX,
        place=name,
        code="unknown_layout",
    )
