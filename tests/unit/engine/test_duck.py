"""The seam to the column engine: what is bound, registered and written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crosswalk.core.engine import DuckEngine, bind, literal


def test_parameters_are_filled_and_casts_quotes_and_comments_are_left() -> None:
    text = "SELECT x::date, '12:30 :on', :on -- :not_this\nFROM t WHERE n >= :months"
    assert bind(text, {"on": date(2026, 11, 1), "months": 6}) == (
        "SELECT x::date, '12:30 :on', DATE '2026-11-01' -- :not_this\nFROM t WHERE n >= 6"
    )


def test_a_parameter_without_a_value_is_our_fault_and_is_said() -> None:
    with pytest.raises(KeyError):
        bind("SELECT :since", {"on": date(2026, 11, 1)})


def test_quotes_in_a_value_stay_inside_it() -> None:
    assert literal("O'Brien'; DROP TABLE x") == "'O''Brien''; DROP TABLE x'"
    assert [literal(one) for one in (None, True, 3, 2.5)] == ["NULL", "TRUE", "3", "2.5"]


def test_rows_go_in_by_arrow_and_parquet_and_come_out_by_parquet(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [1, 2]}), tmp_path / "one.parquet")
    pq.write_table(pa.table({"a": [3], "b": ["x"]}), tmp_path / "two.parquet")
    with DuckEngine(memory="512MB", threads=1, scratch=tmp_path / "scratch") as engine:
        engine.register("files", [tmp_path / "one.parquet", tmp_path / "two.parquet"])
        engine.register("small", pa.table({"a": [3], "word": ["three"]}))
        written = engine.write_parquet(
            "SELECT a, word FROM files JOIN small USING (a) WHERE a >= :least ORDER BY a",
            tmp_path / "out" / "joined.parquet",
            {"least": 2},
        )
        assert written == 1
        assert engine.fetch("SELECT count(*), count(b) FROM files") == [(3, 1)]
        assert engine.arrow("SELECT max(a) AS m FROM files").to_pylist() == [{"m": 3}]
    assert pq.read_table(tmp_path / "out" / "joined.parquet").to_pylist() == [{"a": 3, "word": "three"}]


def test_small_tables_are_made_from_rows_and_asked_side_by_side() -> None:
    with DuckEngine(memory="512MB", threads=1) as engine:
        engine.table("day", {"name": "VARCHAR", "on": "DATE"}, [["first", date(2026, 11, 1)], ["none", None]])
        engine.table("nothing", {"name": "VARCHAR", "number": "INTEGER"}, [])
        assert engine.fetch("DESCRIBE nothing")[1][:2] == ("number", "INTEGER")
        asked = [f"SELECT {number}, count(*) FROM day" for number in range(5)]
        assert engine.fetch_each(asked, plan=False) == [[(number, 2)] for number in range(5)]
        engine.fetch_each(["CREATE TABLE a AS SELECT 1 AS x", "CREATE VIEW b AS SELECT name FROM day"])
        assert engine.fetch("SELECT count(*) FROM a, b") == [(2,)]
        with pytest.raises(Exception, match="missing"):
            engine.fetch_each(["SELECT 1", "SELECT * FROM missing"])


def test_what_will_be_looked_up_has_a_bloom_filter_in_every_part_of_every_column(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    many = (
        "SELECT 'P' || md5(n::VARCHAR) AS person_id, uuid()::VARCHAR AS source_id FROM range(100000) AS t(n)"
    )
    with DuckEngine() as engine:
        engine.write_parquet(f"{many} ORDER BY person_id", path, looked_up=True)
        filters = engine.fetch(
            f"SELECT path_in_schema, count(*), count(bloom_filter_offset) FROM parquet_metadata('{path}') GROUP BY 1"
        )
        assert {column: (parts, with_filter) for column, parts, with_filter in filters} == {
            "person_id": (3, 3),
            "source_id": (3, 3),
        }


def test_a_file_that_was_written_anew_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    with DuckEngine() as engine:
        engine.write_parquet("SELECT 1 AS n", path)
        engine.register("people", path)
        assert engine.fetch("SELECT n FROM people") == [(1,)]
        with DuckEngine() as other:
            other.write_parquet("SELECT 2 AS n UNION ALL SELECT 3", tmp_path / "new.parquet")
        (tmp_path / "new.parquet").replace(path)
        assert sorted(engine.fetch("SELECT n FROM people")) == [(2,), (3,)]
