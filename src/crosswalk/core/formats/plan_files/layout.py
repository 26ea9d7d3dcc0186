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
_COLUMN_WORDS = {"file", "to", "also"}


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
    said = _read(text, place)
    file = _mapping(said, "file", place, _FILE_WORDS)
    as_of = _mapping(said, "as_of", place, {"column", "file_name"})
    if said.get("family") != family or said.get("layout") != name:
        raise Refused(
            f"The text calls itself {said.get('family')}/{said.get('layout')}.",
            fix=f"Write “layout: {name}” and “family: {family}”.",
            place=place,
        )
    layout = Layout(
        name=name,
        family=family,
        title=said.get("title", name),
        confidence=said.get("confidence", "unverified"),
        digest=hashlib.sha256(text.encode()).hexdigest(),
        encoding=file.get("encoding", "utf-8"),
        delimiter=file.get("delimiter", ","),
        header_row=_row(file.get("header_row", "1"), place),
        sheet=file.get("sheet") or None,
        as_of_column=as_of.get("column"),
        as_of_name=as_of.get("file_name"),
        dates=tuple(_list(said, "dates", place)) or ("%Y-%m-%d",),
        open_ended=tuple(_day(one, place) for one in _list(said, "open_ended", place)),
        empty_words=tuple(one.casefold() for one in _list(said, "empty_words", place)),
        defaults=_mapping(said, "defaults", place),
        columns=_columns(said.get("columns"), FAMILIES[family], place),
        translate={
            column: {
                word.casefold(): code for word, code in _mapping(words, column, f"{place}, translate").items()
            }
            for words in [_mapping(said, "translate", place)]
            for column in words
        },
    )
    _check(layout, place)
    return layout


def _read(text: str, place: str) -> dict[str, Any]:
    try:
        # Every scalar stays the text that was written: a header “No” is not a falsehood, and 01 is not 1.
        said = yaml.load(text, yaml.BaseLoader)
    except yaml.YAMLError as broken:
        line = getattr(getattr(broken, "problem_mark", None), "line", 0) + 1
        raise Refused(f"Line {line} is not YAML.", fix="Mend the text.", place=place) from None
    if not isinstance(said, dict):
        raise Refused(
            "The text holds no layout.", fix="Start from layouts/members/canonical.yaml.", place=place
        )
    _only(said, _WORDS, place)
    return said


def _only(said: Mapping[str, Any], known: set[str], place: str) -> None:
    unknown = sorted(set(said) - known)
    if unknown:
        raise Refused(
            f"“{unknown[0]}” is not a word of layouts.",
            fix=f"Known: {', '.join(sorted(known))}.",
            place=place,
        )


def _mapping(said: Mapping[str, Any], name: str, place: str, known: set[str] | None = None) -> dict[str, Any]:
    value = said.get(name) or {}
    if not isinstance(value, dict):
        raise Refused(
            f"“{name}” must be pairs of a word and its value.", fix=f"Write {name}: {{…: …}}.", place=place
        )
    if known:
        _only(value, known, f"{place}, {name}")
    return value


def _list(said: Mapping[str, Any], name: str, place: str) -> list[str]:
    value = said.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Refused(f"“{name}” must be a list of words.", fix=f"Write {name}: [… , …].", place=place)
    return value


def _row(said: str, place: str) -> int:
    if said.isdecimal() and int(said) > 0:
        return int(said)
    raise Refused(f"“{said}” is not the number of a row.", fix="Count from 1.", place=place)


def _day(said: str, place: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Refused(f"“{said}” is not a day.", fix="Write YYYY-MM-DD.", place=place) from None


def _columns(said: Any, canonical: tuple[Column, ...], place: str) -> tuple[LayoutColumn, ...]:
    if said == "canonical":
        return tuple(LayoutColumn(column.name, column.name) for column in canonical)
    if not isinstance(said, list):
        raise Refused("There are no columns.", fix="Write “columns: canonical”, or list them.", place=place)
    columns = []
    for number, one in enumerate(said, start=1):
        where = f"{place}, column {number}"
        if not isinstance(one, dict) or not {"file", "to"} <= one.keys():
            raise Refused(
                "A column needs “file” (its header) and “to” (what it fills).",
                fix="Write {file: …, to: …}.",
                place=where,
            )
        _only(one, _COLUMN_WORDS, where)
        columns.append(LayoutColumn(one["file"], one["to"], tuple(_list(one, "also", where))))
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
    if len(layout.delimiter) != 1 or layout.encoding not in ("utf-8", "cp1252"):
        raise Refused(
            "The file's delimiter must be one character and its encoding utf-8 or cp1252.",
            fix="Mend “file”; UTF-16 is recognised without being named.",
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
    _check_days(layout, place)


def _check_days(layout: Layout, place: str) -> None:
    """Refuse two readings of one date, and a pattern for the file's day that has not one group."""
    try:
        groups = re.compile(layout.as_of_name or "()").groups
    except re.error:
        groups = 0
    if groups != 1:
        raise Refused(
            "The pattern of as_of, file_name needs exactly one pair of parentheses, around the date.",
            fix='For example: "_(20[0-9]{6})".',
            place=place,
        )
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
