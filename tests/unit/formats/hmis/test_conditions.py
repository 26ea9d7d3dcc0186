"""Conditions of a layout become SQL, and anything that is not a condition is refused when it is read."""

from __future__ import annotations

import pytest

from crosswalk.core.engine import DuckEngine
from crosswalk.core.formats.hmis.conditions import Condition
from crosswalk.core.formats.hmis.layout import read_layout, versions
from hmis_export import POLICY


def value(text: str, **columns: object) -> bool | None:
    """The condition's truth for one row."""

    def place(name: str) -> str:
        given = columns[name.replace(".", "_")]
        return "NULL::INTEGER" if given is None else (f"DATE '{given}'" if "-" in str(given) else str(given))

    with DuckEngine() as engine:
        return engine.fetch(f"SELECT {Condition(text).sql(place)}")[0][0]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("text", "columns", "truth"),
    [
        ("A == 1", {"A": 1}, True),
        ("A == 1", {"A": 2}, False),
        ("A == 1", {"A": None}, None),
        ("A != 1", {"A": 2}, True),
        ("A in (3, 4)", {"A": 4}, True),
        ("A in (0)", {"A": 4}, False),
        ("A not null", {"A": None}, False),
        ("A null", {"A": None}, True),
        ("A == 1 or A == 2 and B == 3", {"A": 1, "B": 0}, True),
        ("(A == 1 or A == 2) and B == 3", {"A": 1, "B": 0}, False),
        ("Project.ProjectType == 14", {"Project_ProjectType": 14}, True),
        ("A >= B and A <= B + 180 days", {"A": "2026-06-30", "B": "2026-01-01"}, True),
        ("A >= B and A <= B + 180 days", {"A": "2026-07-01", "B": "2026-01-01"}, False),
    ],
)
def test_a_condition_means_what_it_says(text: str, columns: dict[str, object], truth: bool | None) -> None:
    assert value(text, **columns) is truth


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A",
        "A ==",
        "A == 'x'",
        "A == 1; DROP TABLE t",
        "A == 1)",
        "f(A)",
        "A in ()",
        "A in (1",
        "1 == A",
        "A + 2",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        Condition(text)


def test_every_condition_and_list_of_the_shipped_layouts_can_be_read() -> None:
    for version in versions(POLICY):
        layout = read_layout(POLICY, version)
        assert len(layout.tables) == 24
        for table in layout.tables.values():
            for column in table.columns:
                for text in filter(None, (column.only_if, column.required_if)):
                    for name in Condition(text).columns:
                        owner, _, inner = name.rpartition(".")
                        assert inner.lower() in layout.tables[owner or table.name].by_name, (table.name, text)
                for name in [column.list, *(one for by, one in column.list_by.items() if by)]:
                    assert not name or layout.lists[name], (table.name, column.name, name)
