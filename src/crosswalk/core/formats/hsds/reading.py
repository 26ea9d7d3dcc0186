"""Reading HSDS: JSON of one thing, a page of things or whole tables; CSV tables; or a ZIP of these."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from crosswalk.core.basics import Refused
from crosswalk.core.formats.hsds.checking import check_links, checked
from crosswalk.core.formats.hsds.directory import Directory, Row
from crosswalk.core.formats.hsds.grammar import ANY, Grammar, Table, grammar

#: The most that a file, or all files of a ZIP together, may hold.
MOST_BYTES = 400_000_000
#: What a link to any row says beside the id; one attribute may hang on several rows, the first is kept.
_OF_A_LINK = ("link_entity", "resource_type")
_FIX = "Ask the sender for an HSDS 3 file: JSON, or CSV tables named as the standard names them."


def read(files: Iterable[tuple[str, bytes]], *, delivery: str = "directory") -> Directory:
    """Read all files of one directory. Bad rows never stop good ones; links are checked over everything together.

    Raises Refused where a file is neither JSON nor a table of HSDS, cannot be decoded, or is too large.
    """
    world, found = grammar(), Directory(delivery)
    for name, content in _opened(files):
        if name.lower().endswith(".csv"):
            _tables(found, world, name, content)
        elif not name.lower().endswith("datapackage.json"):
            _documents(found, world, name, content)
    if not found.counts.given and not found.about:
        raise Refused("No row of a directory is in it.", fix=_FIX, place=delivery)
    check_links(found, world)
    return found


def _opened(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Every file, those of a ZIP one by one."""
    for name, content in files:
        if content[:2] != b"PK":
            _not_too_large(name, len(content))
            yield name, content
            continue
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                _not_too_large(name, sum(one.file_size for one in packed.infolist()))
                for one in packed.infolist():
                    if one.filename.lower().endswith((".csv", ".json")):
                        yield one.filename.rpartition("/")[2], packed.read(one)
        except (zipfile.BadZipFile, RuntimeError, EOFError) as wrong:
            raise Refused(
                "The ZIP cannot be opened.", fix="Pack it again, without a password.", place=name
            ) from wrong


def _not_too_large(name: str, size: int) -> None:
    if size > MOST_BYTES:
        raise Refused("The file is too large.", fix="Send the directory in parts.", place=name)


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("The file is not UTF-8.", fix="Save it as UTF-8.", place=name) from None


def _documents(found: Directory, world: Grammar, name: str, content: bytes) -> None:
    """A JSON file: one thing, a page of things, whole tables, or what an interface says of itself."""
    try:
        said = json.loads(_text(name, content))
    except (json.JSONDecodeError, RecursionError):
        raise Refused("The file is no JSON.", fix=_FIX, place=name) from None
    if isinstance(said, dict) and "openapi_url" in said:
        found.about = said
        return
    if isinstance(said, dict) and "contents" in said:
        said = said["contents"]
    if isinstance(said, dict) and (tables := _by_table(world, said)):
        for table, rows in tables:
            for number, row in enumerate(rows, 1):
                _take(found, world, table, row, (name, number), {}, tabular=True)
        return
    for number, row in enumerate(said if isinstance(said, list) else [said], 1):
        kind = world.kind_of(row) if isinstance(row, dict) else None
        if kind is None:
            found.counts.given += 1
            found.counts.rejected += 1
            found.tell((name, number), "", "unknown_kind", "error", "Nothing of HSDS looks like this.", _FIX)
            continue
        _take(found, world, kind, row, (name, number), {})


def _by_table(world: Grammar, said: Row) -> list[tuple[Table, list[Any]]]:
    """Whole tables in one object: `services.csv` or `service` → rows; empty where it is none."""
    found = []
    for key, rows in said.items():
        table = world.of_file(key)
        if table is None or not isinstance(rows, list) or "id" in said:
            return []
        found.append((table, rows))
    return found


def _tables(found: Directory, world: Grammar, name: str, content: bytes) -> None:
    """A CSV table."""
    table = world.of_file(name)
    if table is None:
        raise Refused("HSDS knows no table of this name.", fix=_FIX, place=name)
    lines = csv.reader(io.StringIO(_text(name, content), newline=""), strict=True)
    try:
        header = next(lines, [])
        for number, cells in enumerate(lines, 1):
            if not cells:
                continue
            if len(cells) != len(header):
                found.counts.given += 1
                found.counts.rejected += 1
                found.tell(
                    (name, number), "", "ragged", "error",
                    f"The row has {len(cells)} cells; the header has {len(header)}.",
                    "Put quotes around cells that hold a comma.",
                )  # fmt: skip
                continue
            row = {key: cell for key, cell in zip(header, cells, strict=True) if cell != ""}
            _take(found, world, table, row, (name, number), {}, tabular=True)
    except csv.Error:
        raise Refused("The table cannot be read as CSV.", fix="Save it as CSV, UTF-8.", place=name) from None


def _take(
    found: Directory, world: Grammar, table: Table, row: Any, place: tuple[str, int], links: Row,
    tabular: bool = False,
) -> str:  # fmt: skip
    """Take one row in, and the rows nested in it; its id, or nothing where it was rejected.

    The same id again is the same thing told twice: what is new in it is added, and it counts as a duplicate.
    """
    found.counts.given += 1
    good = checked(found, table, row, place, tabular)
    if good is None:
        found.counts.rejected += 1
        return ""
    id = str(good["id"])
    there = found.rows[table.name].get(id)
    if there is None:
        found.counts.accepted += 1
        found.rows[table.name][id] = there = good
        found.places[table.name, id] = place
    else:
        found.counts.duplicate += 1
        _add(found, table, there, good, place)
    _add(found, table, there, links, place)
    for field in table.fields.values():
        inside = row.get(field.name)
        if field.is_plain or not inside:
            continue
        child = world.tables[field.points_to]
        for one in inside if isinstance(inside, list) else [inside]:
            named = _take(
                found, world, child, one, place, _links(table, child, id) if field.type == "many" else {}
            )
            if field.type == "one" and named:
                there.setdefault(_own_link(table, child), named)
    return id


def _links(table: Table, child: Table, id: str) -> Row:
    """How a nested row names the row that it stands in."""
    if "link_id" in child.fields:
        return {"link_id": id, "link_entity": table.name}
    if "resource_id" in child.fields:
        return {"resource_id": id, "resource_type": table.name}
    link = child.link_to(table.name)
    return {link: id} if link else {}


def _own_link(table: Table, child: Table) -> str:
    """The field in which a row names the one row nested in it."""
    return next(
        (one.name for one in table.cells if one.points_to not in ("", ANY) and one.points_to == child.name),
        f"{child.name}_id",
    )


def _add(found: Directory, table: Table, there: Row, new: Row, place: tuple[str, int]) -> None:
    """Add what a second telling of the same row says beyond the first; where they differ, the first holds."""
    for key, value in new.items():
        if key not in there:
            there[key] = value
        elif there[key] != value and not table.fields[key].points_to and key not in _OF_A_LINK:
            found.tell(
                place, key, "told_differently", "warning",
                f"The same id stands twice and “{key}” differs; the first holds.", "Tell each thing once.",
            )  # fmt: skip
