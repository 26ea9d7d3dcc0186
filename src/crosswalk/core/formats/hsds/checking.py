"""What must hold for a row of HSDS, and whether the rows that it names are there."""

from __future__ import annotations

import uuid
from typing import Any

from crosswalk.core.formats.hsds.directory import Directory, Row
from crosswalk.core.formats.hsds.grammar import ANY, Field, Grammar, Table


def checked(found: Directory, table: Table, row: Any, place: tuple[str, int], tabular: bool) -> Row | None:
    """The cells of a row that can be used; None where it must be rejected. What is wrong is told."""
    if not isinstance(row, dict):
        found.tell(place, "", "no_object", "error", f"A {table.name} is not an object.", "Write {…}.")
        return None
    good: Row = {}
    for field in table.cells:
        value = row.get(field.name)
        if value is None or value == "":
            continue
        usable, sentence = _usable(field, value)
        if sentence:
            found.tell(
                place, field.name, "value", "error" if field.required == "always" else "warning", sentence,
                "Mend it at the source.",
            )  # fmt: skip
        if usable is not None:
            good[field.name] = usable
    missing = [one.name for one in table.cells if _is_missing(one, good, row, tabular)]
    for name in missing:
        found.tell(
            place, name, "missing", "error", f"A {table.name} must have “{name}”.", "Fill it at the source."
        )
    strange = sorted(str(key) for key in row.keys() - table.fields.keys())
    if strange:
        found.tell(
            place, strange[0][:60], "not_read", "warning",
            f"{len(strange)} fields are no part of HSDS 3 and were not read.", "Nothing is to be done.",
        )  # fmt: skip
    return None if missing else good


def _is_missing(field: Field, good: Row, row: Row, tabular: bool) -> bool:
    if field.name in good:
        return False
    # Where the thing itself is nested, its id need not be said again.
    return field.required == "always" or (
        tabular and field.required == "tables" and field.name.removesuffix("_id") not in row
    )


def _usable(field: Field, value: Any) -> tuple[Any, str]:
    """The value as it is kept, and what is wrong with it; None where it cannot be kept."""
    if field.type == "number":
        number = _number(value)
        return number, "" if number is not None else f"“{field.name}” is no number."
    if isinstance(value, (dict, list, bool)):
        return None, f"“{field.name}” is no text."
    text = str(value)
    if field.choices and text not in field.choices:
        return None, f"“{field.name}” is none of: {', '.join(field.choices)}."
    if field.format == "uuid" and not _is_uuid(text):
        return text, f"“{field.name}” is no UUID; it is kept as it is."
    return text, ""


def _number(value: Any) -> int | float | None:
    if isinstance(value, (bool, dict, list)):
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    if number != number or number in (float("inf"), float("-inf")):
        return None
    return int(number) if number == int(number) else number


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def check_links(found: Directory, world: Grammar) -> None:
    """Tell every id that names a row which is not there, with its place; the link is taken out, the row stays."""
    for name, rows in list(found.rows.items()):
        table = world.tables[name]
        links = [one for one in table.cells if one.points_to]
        for id, row in rows.items():
            for link in links:
                named = row.get(link.name)
                if named is None or _is_there(found, link, named):
                    continue
                found.tell(
                    found.places[name, id], link.name, "dangling", "warning",
                    f"“{link.name}” names a {_target(link)} that is not in the directory; the link is dropped.",
                    "Send that row too, or take the link out.",
                )  # fmt: skip
                del row[link.name]


def _target(link: Field) -> str:
    return "row" if link.points_to == ANY else link.points_to


def _is_there(found: Directory, link: Field, named: str) -> bool:
    if link.points_to != ANY:
        return named in found.rows[link.points_to]
    return any(named in rows for rows in found.rows.values())
