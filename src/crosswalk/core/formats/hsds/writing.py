"""Writing HSDS: each service or organization whole, as the interface gives it, or all tables as CSV in a ZIP."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

from crosswalk.core.formats.hsds.directory import Directory, Row
from crosswalk.core.formats.hsds.grammar import Table, grammar

#: A ZIP of the same rows has the same bytes: the time in it says nothing.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def nested(directory: Directory, table: str, id: str, above: tuple[str, ...] = ()) -> Row:
    """One row with everything that belongs to it nested, as a schema of HSDS wants it.

    `above`: the tables on the way down to it, which are not told again.
    """
    world = grammar()
    kind, row = world.tables[table], directory.rows[table][id]
    made: Row = dict(row)
    down = (*above, table)
    for field in kind.fields.values():
        if field.is_plain or field.points_to in down:
            continue
        inside: Any
        if field.type == "many":
            inside = [
                nested(directory, field.points_to, one["id"], down)
                for one in _children(directory, kind, world.tables[field.points_to], id)
            ]
        else:
            link = next((one.name for one in kind.cells if one.points_to == field.points_to), "")
            named = row.get(link)
            inside = nested(directory, field.points_to, named, down) if named else None
        if inside:
            made[field.name] = inside
    return made


def _children(directory: Directory, kind: Table, child: Table, id: str) -> list[Row]:
    if "link_id" in child.fields:
        return [row for row in directory.of(child.name, "link_id", id) if row.get("link_entity") == kind.name]
    if "resource_id" in child.fields:
        return directory.of(child.name, "resource_id", id)
    link = child.link_to(kind.name)
    return directory.of(child.name, link, id) if link else []


def as_json(directory: Directory, table: str = "service") -> bytes:
    """Every service (or organization) whole, in one page of the form that the interface's lists have."""
    rows = [nested(directory, table, id) for id in directory.rows[table]]
    page = {
        "total_items": len(rows),
        "total_pages": 1,
        "page_number": 1,
        "size": len(rows),
        "first_page": True,
        "last_page": True,
        "empty": not rows,
        "contents": rows,
    }
    return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()


def as_tables(directory: Directory) -> bytes:
    """All tables as CSV in a ZIP, with `datapackage.json` that names them and their columns.

    A row that belongs to nothing, where its table says it must, is left out: no reader could use it.
    """
    out, resources = io.BytesIO(), []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for table in grammar().tables.values():
            must = [one.name for one in table.cells if one.required]
            rows = [
                row
                for row in directory.rows.get(table.name, {}).values()
                if all(name in row for name in must)
            ]
            if not rows:
                continue
            names = [one.name for one in table.cells]
            text = io.StringIO()
            lines = csv.writer(text, lineterminator="\n")
            lines.writerow(names)
            lines.writerows([row.get(name, "") for name in names] for row in rows)
            packed.writestr(zipfile.ZipInfo(table.file, _NO_TIME), text.getvalue().encode())
            resources.append(
                {
                    "name": table.name,
                    "path": table.file,
                    "profile": "tabular-data-resource",
                    "schema": {
                        "primaryKey": "id",
                        "fields": [
                            {"name": one.name, "type": one.type, "constraints": _must(one.required)}
                            for one in table.cells
                        ],
                    },
                }
            )
        package = {"name": "directory", "profile": "tabular-data-package", "resources": resources}
        packed.writestr(zipfile.ZipInfo("datapackage.json", _NO_TIME), json.dumps(package, indent=1).encode())
    return out.getvalue()


def _must(required: str) -> dict[str, bool]:
    return {"required": True} if required else {}
