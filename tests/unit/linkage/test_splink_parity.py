"""One model, two executors: Splink itself loads the shipped model and gives the same weights as our SQL."""

from __future__ import annotations

import logging
from pathlib import Path

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage import run, sources
from crosswalk.core.linkage.score import DERIVED, columns_of
from linkage_people import LEFT, ON, RIGHT, crowd, settings, write


def test_splink_gives_the_same_weight_to_the_same_pair(tmp_path: Path) -> None:
    from splink import Linker, SettingsCreator
    from splink.backends.duckdb import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)
    lefts, rights = crowd(300, seed=4)
    policy = settings()
    with DuckEngine() as engine:
        files = []
        for side, rows, schema in (("left", lefts, LEFT), ("right", rights, RIGHT)):
            sources.register_file(engine, write(tmp_path / f"{side}.parquet", rows, schema), side, "raw")
            files.append(run.standard_file(engine, "raw", tmp_path / side, policy, ON))
        job = run.across(policy, *files)
        run.look(engine, job, policy, None)
        model = run.weigh(engine, job, policy)
        columns = sorted({*columns_of(model, "l"), *columns_of(model, "r")})
        texts = ", ".join(f"{DERIVED.get(one, one)} AS {one}" for one in columns)
        database, tables = DuckDBAPI(connection=engine.connection), []
        for name, file in zip(("a_left", "b_right"), files, strict=True):
            engine.sql(f"CREATE TABLE {name}_rows AS SELECT rid, {texts} FROM read_parquet('{file.records}')")
            tables.append(
                database.register(
                    engine.connection.table(f"{name}_rows"), dataset_display_name=f"{name}_side"
                )
            )
        saved = {
            **policy.model,
            "probability_two_random_records_match": 2**model.prior / (1 + 2**model.prior),
        }
        linker = Linker(tables, SettingsCreator.from_path_or_dict(saved))
        for column in ("first", "last_c", "zip", "zip3"):
            engine.sql(
                f"""CREATE TABLE tf_of_{column} AS SELECT value AS {column}, share AS tf_{column}
                FROM read_parquet('{files[1].frequencies}') WHERE column_name = '{column}'"""
            )
            shares = database.register(
                engine.connection.table(f"tf_of_{column}"), table_name=f"shares_{column}"
            )
            linker.table_management.register_term_frequency_lookup(shares, column)
        predicted = linker.inference.predict(threshold_match_weight=-5)
        rows = engine.fetch(
            f"""SELECT count(*), count(*) FILTER (abs(p.match_weight - s.weight) < 0.01)
            FROM {predicted.physical_name} AS p JOIN scored AS s ON s.l = p.rid_l AND s.r = p.rid_r
            WHERE s.g_last NOT IN ({", ".join(map(str, model.grade("last", "surname", "other_surname")))})"""
        )
    both, equal = rows[0]
    assert both > 60
    assert equal == both
