"""Open Referral's own examples: every one of them loads, and what we write holds by the standard's own schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from crosswalk.core.formats.hsds import Directory, as_json, as_tables, grammar, nested, read

pytestmark = pytest.mark.shared
VERSIONS = ("hsds-3.0", "hsds-3.1-dev")


def validator(folder: Path, name: str) -> Draft202012Validator:
    """One schema of a version with all that it refers to."""
    there = {
        path.name: Resource.from_contents(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **json.loads(path.read_text())}
        )
        for path in (folder / "schema").glob("*.json")
        if not path.name.startswith(("compiled", "openapi"))
    }
    registry: Registry[Any] = Registry().with_resources(there.items())
    return Draft202012Validator(there[f"{name}.json"].contents, registry=registry)


def holds(found: Directory) -> None:
    """Nothing is lost in the counting, and every problem names its place."""
    counts = found.counts
    assert counts.given == counts.accepted + counts.rejected + counts.duplicate
    assert counts.accepted == sum(map(len, found.rows.values()))
    assert all(one.file and one.row for one in found.problems)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_json_example_loads(shared: Path, version: str) -> None:
    examples = sorted((shared / "hsds" / version / "examples").glob("*.json"))
    assert len(examples) == 13
    for path in examples:
        found = read([(path.name, path.read_bytes())])
        holds(found)
        assert {one.code for one in found.problems} <= {"hsds.dangling"}, path.name
        assert found.about if path.name == "base.json" else found.counts.accepted, path.name


@pytest.mark.parametrize("version", VERSIONS)
def test_the_tables_load_together_and_dangling_ids_name_their_place(shared: Path, version: str) -> None:
    files = sorted((shared / "hsds" / version / "examples" / "csv").glob("*.csv"))
    found = read([(path.name, path.read_bytes()) for path in files])
    holds(found)
    assert found.counts.accepted == len(files), "one row a table"
    dangling = {(one.file, one.row, one.column) for one in found.problems if one.code == "hsds.dangling"}
    assert ("organizations.csv", 1, "parent_organization_id") in dangling
    assert {one.code for one in found.problems} == {"hsds.dangling"}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["service", "organization"])
def test_what_we_write_is_valid_by_the_schemas(shared: Path, version: str, name: str) -> None:
    folder = shared / "hsds" / version
    given = (folder / "examples" / f"{name}_full.json").read_bytes()
    found = read([(f"{name}_full.json", given)])
    page = json.loads(as_json(found, name))
    assert page["total_items"] == len(page["contents"]) >= 1
    schema = validator(folder, name)
    for one in page["contents"]:
        assert not list(schema.iter_errors(one))


@pytest.mark.parametrize("version", VERSIONS)
def test_the_schemas_catch_what_is_wrong(shared: Path, version: str) -> None:
    assert list(validator(shared / "hsds" / version, "service").iter_errors({"id": 7, "status": "open"}))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["service_full.json", "organization_full.json", "tabular.json"])
def test_rows_survive_the_way_through_tables_and_json(shared: Path, version: str, name: str) -> None:
    first = read([(name, (shared / "hsds" / version / "examples" / name).read_bytes())])
    again = read([("directory.zip", as_tables(first))])
    assert {key: rows for key, rows in again.rows.items() if rows} == attached(first)
    kind = "service" if first.rows["service"] else "organization"
    id = next(iter(first.rows[kind]))
    whole = read([("one.json", json.dumps(nested(first, kind, id)).encode())])
    assert whole.rows[kind][id] == first.rows[kind][id]


def attached(found: Directory) -> dict[str, Any]:
    """The rows that name all that their table says they must."""
    must = {
        name: [one.name for one in table.cells if one.required] for name, table in grammar().tables.items()
    }
    whole = {
        name: {id: row for id, row in rows.items() if all(one in row for one in must[name])}
        for name, rows in found.rows.items()
    }
    return {name: rows for name, rows in whole.items() if rows}


@pytest.mark.parametrize("version", VERSIONS)
def test_our_layout_knows_every_field_of_the_schemas(shared: Path, version: str) -> None:
    for path in (shared / "hsds" / version / "schema").glob("*.json"):
        if path.name.startswith(("compiled", "openapi")):
            continue
        fields = set(json.loads(path.read_text())["properties"])
        assert fields <= set(grammar().tables[path.stem].fields), path.stem
