"""The header of a plan's file matched to its layout: which column fills what, which are extra, which are missing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from crosswalk.core.basics import Refused
from crosswalk.core.formats.plan_files.layout import Layout


class Headings(NamedTuple):
    """`places`: canonical column → raw column (c0, c1, …); `headers`: canonical column → header in this file.

    `extras`: raw column → header, for columns the layout does not know (kept and reported).
    """

    places: Mapping[str, str]
    headers: Mapping[str, str]
    extras: Mapping[str, str]


def match(header: Sequence[str], layout: Layout, place: str) -> Headings:
    """Match tolerantly: case, blanks and punctuation do not count. Raises Refused for a missing required column."""
    at = {plain(name): number for number, name in enumerate(header)}
    places: dict[str, str] = {}
    headers: dict[str, str] = {}
    for column in layout.columns:
        for spelling in (column.header, *column.also):
            if (number := at.get(plain(spelling))) is not None:
                places[column.to], headers[column.to] = f"c{number}", header[number]
                break
    expected = {column.to: column.header for column in layout.columns}
    missing = [
        expected[column.name]
        for column in layout.canonical
        if column.required and column.name not in places and column.name not in layout.defaults
    ]
    if missing:
        raise Refused(
            f"The file lacks the required column{'s' if len(missing) > 1 else ''} "
            + ", ".join(f"“{name}”" for name in missing)
            + f" of layout “{layout.name}”.",
            fix=_hint(header, layout),
            place=place,
            code="header.missing",
        )
    used = set(places.values())
    extras = {f"c{number}": name for number, name in enumerate(header) if f"c{number}" not in used}
    return Headings(places, headers, extras)


def plain(name: str) -> str:
    """A header without what files vary in: case, blanks, punctuation."""
    return re.sub(r"[\W_]+", "", name.casefold())


def _hint(header: Sequence[str], layout: Layout) -> str:
    if len(header) == 1:
        for delimiter, word in ((";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")):
            if delimiter in header[0]:
                return (
                    f"Its header is separated by {word}, and the layout says “{layout.delimiter}”: save the file "
                    "with commas, or write the delimiter into the layout."
                )
    return (
        f"It is there under another name? Write that name into the layout. The header has {len(header)} columns, "
        f"in row {layout.header_row}."
    )
