"""What a worker answered counts like an attestation of a file: the newest day holds, and of one day the later."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crosswalk.core.engine import DuckEngine
from crosswalk.core.facts import answer_rows, evidence, prepare
from crosswalk.core.policy import load, shipped_folder
from crosswalk.core.rules import FactUse

ON = date(2026, 11, 18)


def answer(row: int, fact: str, value: str, day: date) -> dict[str, Any]:
    return {
        "source": "hmis:two_rivers", "source_id": "A1", "fact": fact, "value": value, "day": day,
        "by": "Tomás Rivera", "delivery": "answer-7", "file": "answer", "row": row,
    }  # fmt: skip


def told(rows: list[dict[str, Any]], fact: str, tmp_path: Path) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    persons = tmp_path / "persons.parquet"
    pq.write_table(
        pa.table({"person_id": ["P1"], "source": ["hmis:two_rivers"], "source_id": ["A1"]}), persons
    )
    with DuckEngine(threads=1) as engine:
        edition = load(shipped_folder()).as_of(ON)
        prepare(engine, tmp_path, persons, ON, codes=edition.code_map, only=["P1"], answers=answer_rows(rows))
        found = evidence(engine, FactUse(fact), ON, [1])
        return found[0] if found else None


@pytest.mark.parametrize("value", ["yes", "no"])
def test_an_answer_is_the_value_with_who_said_so(value: str, tmp_path: Path) -> None:
    found = told([answer(1, "cannot_self_manage", value, ON)], "cannot_self_manage", tmp_path)
    assert found.value is (value == "yes")
    assert found.evidence[0]["says"] == f"answer {value} by Tomás Rivera"
    assert found.evidence[0]["delivery"] == "answer-7"


def test_of_one_day_the_later_answer_holds_and_of_two_days_the_newer(tmp_path: Path) -> None:
    rows = [answer(1, "food_insecure", "yes", ON), answer(2, "food_insecure", "no", ON)]
    assert told(rows, "food_insecure", tmp_path).value is False
    rows[1]["day"] = date(2026, 11, 1)
    assert told(rows, "food_insecure", tmp_path).value is True


def test_an_answer_of_a_later_day_is_not_known_yet(tmp_path: Path) -> None:
    assert (
        told([answer(1, "cannot_self_manage", "yes", date(2026, 11, 19))], "cannot_self_manage", tmp_path)
        is None
    )
