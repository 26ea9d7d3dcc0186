"""A plan's file layout is data: which file column is which, how dates are written, what codes mean.

A layout is a YAML text under policy/layouts/<members|events>/<name>.yaml, or of the same name in a site's own
policy folder, which then wins. A new plan is a new text, never new code.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from crosswalk.core.basics import Refused
from crosswalk.core.records import EVENT_COLUMNS, MEMBER_COLUMNS, Column

FAMILIES: dict[str, tuple[Column, ...]] = {"members": MEMBER_COLUMNS, "events": EVENT_COLUMNS}

_WORDS = {
    "layout",
    "family",
    "title",
    "source",
    "confidence",
    "unverified",
    "file",
    "as_of",
    "dates",
    "open_ended",
    "empty_words",
    "defaults",
    "columns",
    "translate",
}
_FILE_WORDS = {"encoding", "delimiter", "header_row", "sheet"}
_COLUMN_WORDS = {"file", "to", "also", "confidence"}


@dataclass(frozen=True)
class LayoutColumn:
    """One file column: its header (and other spellings), and the canonical column it fills."""

    header: str
    to: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """How one plan writes its member or event file.

    `sheet` is used for a workbook (None: the first that is not hidden), `encoding` and `delimiter` for CSV;
    `header_row` counts from 1. `dates` are strptime formats, tried in order. `open_ended` are last days that only
    say “no end is known”. `empty_words` (lower case) stand for an empty cell. `defaults` fill a canonical column
    where the file has no value. `translate` maps lower-case file words to canonical ones, by canonical column.
    `as_of_column` or `as_of_name` (a pattern with one group over the file's name) tell the day the file speaks for.
    """

    name: str
    family: str
    title: str
    confidence: str
    digest: str
    encoding: str = "utf-8"
    delimiter: str = ","
    header_row: int = 1
    sheet: str | None = None
    as_of_column: str | None = None
    as_of_name: str | None = None
    dates: tuple[str, ...] = ("%Y-%m-%d",)
    open_ended: tuple[date, ...] = ()
    empty_words: tuple[str, ...] = ()
    defaults: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[LayoutColumn, ...] = ()
    translate: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def canonical(self) -> tuple[Column, ...]:
        """The canonical columns of this family, in order."""
        return FAMILIES[self.family]


def layout_names(family: str, folders: Sequence[Path]) -> list[str]:
    """The layouts there are for a family, in any of the policy folders."""
    return sorted({path.stem for folder in folders for path in (folder / "layouts" / family).glob("*.yaml")})


def read_layout(name: str, family: str, folders: Sequence[Path]) -> Layout:
    """The layout of that name; the last policy folder that has it wins.

    Raises Refused for a name that is not there (naming those that are) and for a text that cannot be used.
    """
    there = layout_names(family, folders)
    if name not in there:
        raise Refused(
            f"There is no layout “{name}” for {family} files.",
            fix=f"Layouts there are: {', '.join(there) or 'none'}. A new one is a text "
            f"layouts/{family}/{name}.yaml in your own policy folder (--local-policy).",
            code="layout.unknown",
        )
    paths = [folder / "layouts" / family / f"{name}.yaml" for folder in folders]
    path = [one for one in paths if one.exists()][-1]
    return parse_layout(path.read_text(encoding="utf-8"), name, family)


def parse_layout(text: str, name: str, family: str) -> Layout:
    """Read one layout text. Raises Refused with the place and the way to mend it."""
    place = f"layout {family}/{name}"
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError as broken:
        line = getattr(getattr(broken, "problem_mark", None), "line", 0) + 1
        raise Refused(f"Line {line} is not YAML.", fix="Mend the text.", place=place) from None
    if not isinstance(said, dict):
        raise Refused(
            "The text holds no layout.", fix="Start from layouts/members/canonical.yaml.", place=place
        )
    _only(said, _WORDS, place)
    file = said.get("file") or {}
    _only(file, _FILE_WORDS, f"{place}, file")
    as_of = said.get("as_of") or {}
    _only(as_of, {"column", "file_name"}, f"{place}, as_of")
    if said.get("family") != family or said.get("layout") != name:
        raise Refused(
            f"The text calls itself {said.get('family')}/{said.get('layout')}.",
            fix=f"Write “layout: {name}” and “family: {family}”.",
            place=place,
        )
    columns = _columns(said.get("columns"), FAMILIES[family], place)
    layout = Layout(
        name=name,
        family=family,
        title=str(said.get("title", name)),
        confidence=str(said.get("confidence", "unverified")),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        encoding=str(file.get("encoding", "utf-8")),
        delimiter=str(file.get("delimiter", ",")),
        header_row=int(file.get("header_row", 1)),
        sheet=file.get("sheet"),
        as_of_column=as_of.get("column"),
        as_of_name=as_of.get("file_name"),
        dates=tuple(map(str, said.get("dates") or ("%Y-%m-%d",))),
        open_ended=tuple(_day(one, place) for one in said.get("open_ended") or ()),
        empty_words=tuple(str(one).casefold() for one in said.get("empty_words") or ()),
        defaults={str(key): str(value) for key, value in (said.get("defaults") or {}).items()},
        columns=columns,
        translate={
            str(column): {str(word).casefold(): str(code) for word, code in words.items()}
            for column, words in (said.get("translate") or {}).items()
        },
    )
    _check(layout, place)
    return layout


def _only(said: Mapping[str, Any], known: set[str], place: str) -> None:
    unknown = sorted(set(map(str, said)) - known)
    if unknown:
        raise Refused(
            f"“{unknown[0]}” is not a word of layouts.",
            fix=f"Known: {', '.join(sorted(known))}.",
            place=place,
        )


def _day(said: object, place: str) -> date:
    if isinstance(said, date):
        return said
    raise Refused(f"“{said}” is not a day.", fix="Write YYYY-MM-DD without quotes.", place=place)


def _columns(said: Any, canonical: tuple[Column, ...], place: str) -> tuple[LayoutColumn, ...]:
    if said == "canonical":
        return tuple(LayoutColumn(column.name, column.name) for column in canonical)
    columns = []
    for one in said or ():
        _only(one, _COLUMN_WORDS, f"{place}, columns")
        also = one.get("also") or ()
        columns.append(LayoutColumn(str(one["file"]), str(one["to"]), tuple(map(str, also))))
    return tuple(columns)


def _check(layout: Layout, place: str) -> None:
    """Refuse a layout that names what is not there, or that could read one date in two ways."""
    known = {column.name for column in layout.canonical}
    filled = [column.to for column in layout.columns]
    for name in [*filled, *layout.defaults, *layout.translate]:
        if name not in known:
            raise Refused(
                f"“{name}” is not a column of the canonical {layout.family} file.",
                fix=f"Known: {', '.join(sorted(known))}.",
                place=place,
            )
    twice = sorted({name for name in filled if filled.count(name) > 1})
    if twice:
        raise Refused(f"Two file columns fill “{twice[0]}”.", fix="Keep one of them.", place=place)
    empty = [c.name for c in layout.canonical if c.required and c.name not in {*filled, *layout.defaults}]
    if empty:
        raise Refused(
            f"Nothing fills the required column “{empty[0]}”.",
            fix="Name the file column that holds it, or a default.",
            place=place,
        )
    for column in layout.canonical:
        strange = set(layout.translate.get(column.name, {}).values()) - {*column.choices, ""}
        if column.choices and strange:
            raise Refused(
                f"“{min(strange)}” is not a word of {column.name}.",
                fix=f"Translate into one of {', '.join(column.choices)}, or “” for unknown.",
                place=place,
            )
    _check_dates(layout, place)


def _check_dates(layout: Layout, place: str) -> None:
    alike: dict[str, str] = {}
    for pattern in layout.dates:
        other = alike.setdefault(re.sub("%[dm]", "#", pattern), pattern)
        if other != pattern:
            raise Refused(
                f"The date formats {other} and {pattern} differ only in the order of day and month, so 03/04 could be "
                "either.",
                fix="Keep the one that the plan writes.",
                place=place,
            )
