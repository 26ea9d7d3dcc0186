"""Linkage measured: our SQL beside Splink's own predict, with the same model, on the same records, in one run.

    .venv/bin/python bench/linkage.py --data FOLDER [--data …] [--delta] [--train] [--write PAGE]

Each `--data` is a folder that ../shared/bench/make_linkage_data.py wrote. Every measurement is a fresh process, so
that its peak memory is its own. Truth is read for scoring only.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage import run, sources
from crosswalk.core.linkage.memory import Memory
from crosswalk.core.linkage.model import splink_settings
from crosswalk.core.linkage.score import DERIVED, columns_of
from crosswalk.core.linkage.settings import LinkageSettings
from crosswalk.core.linkage.standardise import StandardFile
from crosswalk.core.linkage.train import TRAINED_ON
from crosswalk.core.policy import shipped_folder

ON = date(2026, 11, 1)
#: DuckDB's own limit for each size of member file; what the process takes in all is measured.
LIMITS = ((2_000_000, "300MB"), (8_000_000, "1100MB"), (10**12, "4GB"))


def main() -> None:
    """Run one measurement in this process (`--one`), or all of them each in its own."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    asked.add_argument("--data", action="append", type=Path, default=[])
    asked.add_argument("--one", help="used by this script itself")
    asked.add_argument("--left", default="left")
    asked.add_argument("--train", action="store_true")
    asked.add_argument("--delta", action="store_true")
    asked.add_argument("--no-splink", action="store_true")
    asked.add_argument("--standardise", action="store_true", help="standardise again even when it is there")
    asked.add_argument("--write", type=Path)
    given = asked.parse_args()
    if given.one:
        done = PARTS[given.one](given.data[0], given.left)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
        print(json.dumps({**done, "peak_gb": round(peak, 2)}))
        return
    text = "\n\n".join(_table(folder, given) for folder in given.data)
    print(text)
    if given.write:
        given.write.write_text(text + "\n")


def _measure(part: str, folder: Path, left: str = "left") -> dict[str, Any]:
    words = [sys.executable, __file__, "--one", part, "--data", str(folder), "--left", left]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1][:200]}
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def _table(folder: Path, given: argparse.Namespace) -> str:
    made: dict[str, dict[str, Any]] = {}
    if given.standardise or not (folder / "std_right" / "keys.parquet").exists():
        made["standardise HMIS"] = _measure("standardise_left", folder)
        made["standardise members"] = _measure("standardise_right", folder)
    if given.train:
        made["train (our recipe, Splink)"] = _measure("train", folder)
        made["train (Splink's documented recipe)"] = _measure("train_documented", folder)
    made["ours: block + weigh"] = _measure("ours", folder)
    if not given.no_splink:
        made["Splink predict, same model"] = _measure("splink", folder)
    made["ours: block + weigh, again"] = _measure("ours", folder)
    made["ours: … + decide + write links"] = _measure("whole", folder)
    if given.delta:
        made["a day's new records"] = _measure("day", folder)
    keys = sorted({key for one in made.values() for key in one} - {"seconds", "peak_gb", "cpu"})
    lines = [
        f"### {folder.name}",
        "",
        "| What | Seconds | CPU s | Peak GB | More |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, one in made.items():
        more = "; ".join(f"{key} {one[key]}" for key in keys if key in one)
        lines.append(
            f"| {name} | {one.get('seconds', '')} | {one.get('cpu', '')} | {one.get('peak_gb', '')} | {more} |"
        )
    if "seconds" in made.get("Splink predict, same model", {}):
        best = min(made["ours: block + weigh"]["seconds"], made["ours: block + weigh, again"]["seconds"])
        lines += ["", f"Ours ÷ Splink: {best / made['Splink predict, same model']['seconds']:.2f}"]
    return "\n".join(lines)


def _settings() -> LinkageSettings:
    return LinkageSettings.load(shipped_folder() / "linkage")


def _files(folder: Path, left: str) -> tuple[StandardFile, StandardFile]:
    with DuckEngine() as engine:
        made = []
        for side in (left, "right"):
            home = folder / f"std_{side}"
            rows = engine.fetch(f"SELECT count(*) FROM read_parquet('{home}/records.parquet')")[0][0]
            made.append(StandardFile(home, int(rows), 0))
    return made[0], made[1]


def _engine(folder: Path, rows: int) -> DuckEngine:
    limit = next(limit for most, limit in LIMITS if rows <= most)
    return DuckEngine(memory=limit, scratch=folder / "spill")


class _Clock:
    """Wall and processor seconds since it was made."""

    def __init__(self) -> None:
        self.wall, self.processor = time.perf_counter(), time.process_time()

    def read(self) -> dict[str, float]:
        return {
            "seconds": round(time.perf_counter() - self.wall, 2),
            "cpu": round(time.process_time() - self.processor, 2),
        }


def standardise(folder: Path, name: str, side: str, file: str) -> dict[str, Any]:
    """Clean one file."""
    with DuckEngine(memory="1500MB", scratch=folder / "spill") as engine:
        clock = _Clock()
        sources.register_file(engine, folder / f"{file}.parquet", side, "raw")
        done = run.standard_file(engine, "raw", folder / f"std_{name}", _settings(), ON)
        return {**clock.read(), "rows": done.rows}


def ours(folder: Path, left: str) -> dict[str, Any]:
    """Blocking and weighing with the saved model, from standardised files."""
    lefts, rights = _files(folder, left)
    settings = _settings()
    job = run.across(settings, lefts, rights)
    with _engine(folder, rights.rows) as engine:
        clock = _Clock()
        run.look(engine, job, settings, None)
        run.weigh(engine, job, settings)
        done = clock.read()
        pairs = engine.fetch("SELECT count(*) FROM pairs")[0][0]
        return {**done, "pairs": pairs}


def whole(folder: Path, left: str) -> dict[str, Any]:
    """As `ours`, and the decisions, and links written; then scored against the truth."""
    lefts, rights = _files(folder, left)
    settings = _settings()
    links = folder / f"links_{left}.parquet"
    with _engine(folder, rights.rows) as engine:
        clock = _Clock()
        run.prepare_links(engine)
        run.run_job(engine, run.across(settings, lefts, rights), settings)
        run.save_links(engine, links)
        done: dict[str, Any] = dict(clock.read())
    if left == "left":
        done |= accuracy(
            folder, f"SELECT left_id, right_id, probability, decision FROM read_parquet('{links}')"
        )
    return done


def day(folder: Path, left: str) -> dict[str, Any]:
    """Yesterday's whole run, then the day's records added to the HMIS file: only they are weighed. Timed: the second.

    Standardising is in both; the member file is recognised by its content. Then the same day without memory: the
    decisions must be equal.
    """
    settings, home = _settings(), folder / f"memory_{left}"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    with _engine(folder, 10**9) as engine:
        engine.write_parquet(
            f"""SELECT * FROM read_parquet('{folder}/hmis.parquet') AS h
            ANTI JOIN read_parquet('{folder}/hmis_delta.parquet') AS d USING (personal_id)
            UNION ALL BY NAME SELECT * FROM read_parquet('{folder}/hmis_delta.parquet')""",
            home / "tomorrow.parquet",
        )
    steps: dict[str, Any] = {}
    for name, file, memory in (
        ("today, member file standardised first", folder / "hmis.parquet", home / "memory"),
        ("tomorrow", home / "tomorrow.parquet", home / "memory"),
        ("tomorrow in full", home / "tomorrow.parquet", home / "fresh"),
    ):
        (home / name).mkdir()
        (memory / "standard").mkdir(parents=True, exist_ok=True)
        if memory.name == "fresh":
            for known in (home / "memory" / "standard").glob("*"):
                (memory / "standard" / known.name).symlink_to(known)
        with _engine(folder, 6_000_000) as engine:
            clock = _Clock()
            done = run.link_files(
                engine,
                left=file,
                right=folder / "members.parquet",
                memory=Memory(memory, settings),
                out=home / name,
                run=name.split()[0],
                on=ON,
            )
            steps[name] = f"{clock.read()} {done['pairs']} pairs"
            steps["seconds"] = clock.read()["seconds"] if name == "tomorrow" else steps.get("seconds")
    with DuckEngine() as engine:
        both = [
            f"SELECT * FROM read_parquet('{home}/{name}/links.parquet')"
            for name in ("tomorrow", "tomorrow in full")
        ]
        differ = engine.fetch(
            f"SELECT count(*) FROM (({both[0]} EXCEPT {both[1]}) UNION ALL ({both[1]} EXCEPT {both[0]}))"
        )[0][0]
    return {**steps, "links that differ": differ}


def accuracy(folder: Path, links: str) -> dict[str, Any]:
    """Best-per-client F1 at its best threshold, and what the three answers did, from links with truth."""
    with DuckEngine() as engine:
        engine.sql(
            f"""CREATE TEMP TABLE judged AS
            SELECT k.*, h.person_id = m.person_id AS ok FROM ({links}) AS k
            JOIN read_parquet('{folder}/truth_hmis.parquet') AS h ON h.personal_id = left_id
            JOIN read_parquet('{folder}/truth_members.parquet') AS m ON m.member_id = right_id::BIGINT"""
        )
        engine.sql(
            f"""CREATE TEMP TABLE client AS
            SELECT h.personal_id, h.in_file, any_value(e.ethnicity) AS ethnicity,
                   coalesce(bool_or(j.ok AND decision = 'same'), false) AS same_right,
                   coalesce(bool_or(j.ok AND decision <> 'different'), false) AS found,
                   coalesce(bool_or(j.ok AND probability >= 1 / (1 + pow(2, 1))), false) AS reachable,
                   coalesce(bool_or(decision = 'ask') AND NOT bool_or(decision = 'same'), false) AS asked
            FROM read_parquet('{folder}/truth_hmis.parquet') AS h LEFT JOIN judged AS j ON j.left_id = h.personal_id
            LEFT JOIN (SELECT person_id, any_value(ethnicity) AS ethnicity
                       FROM read_parquet('{folder}/truth_members.parquet')
                       JOIN read_parquet('{folder}/members.parquet') USING (member_id) GROUP BY person_id) AS e
              ON e.person_id = h.person_id GROUP BY ALL"""
        )
        best = engine.fetch(
            """WITH top AS (SELECT probability, ok, row_number() OVER (PARTITION BY left_id
                            ORDER BY probability DESC, right_id) AS place FROM judged),
            run AS (SELECT sum(ok::INT) OVER w AS right_ones, count(*) OVER w AS made FROM top WHERE place = 1
                    WINDOW w AS (ORDER BY probability DESC ROWS UNBOUNDED PRECEDING))
            SELECT max(2.0 * right_ones / (made + (SELECT count(*) FROM client WHERE in_file))) FROM run"""
        )[0][0]
        same, wrong = engine.fetch(
            "SELECT count(*), count(*) FILTER (NOT ok) FROM judged WHERE decision = 'same'"
        )[0]
        asked = engine.fetch("SELECT 100 * avg(asked::INT) FROM client")[0][0]
        recall = engine.fetch("SELECT avg(same_right::INT), avg(found::INT) FROM client WHERE in_file")[0]
        groups = engine.fetch(
            "SELECT ethnicity, round(avg(reachable::INT), 4) FROM client WHERE in_file GROUP BY 1 ORDER BY 1"
        )
    return {
        "best-per-client F1": round(float(best), 4),
        "false among same %": round(100 * wrong / max(same, 1), 4),
        "ask % of records": round(float(asked), 2),
        "recall same": round(float(recall[0]), 4),
        "recall same + ask": round(float(recall[1]), 4),
        "reachable": dict(groups),
    }


def splink(folder: Path, left: str) -> dict[str, Any]:
    """Splink's own predict with the same saved model on the same columns; its term frequencies are made before."""
    lefts, rights = _files(folder, left)
    settings = _settings()
    with DuckEngine(memory="18GB", scratch=folder / "spill") as engine:
        model = run.model_for(settings, run.across(settings, lefts, rights))
        columns = sorted(set(columns_of(model, "l")) | set(columns_of(model, "r")))
        columns = [one for one in columns if not one.startswith(("hashed", "sound", "tf_"))]
        linker = _linker(engine, settings.model, columns, lefts, rights)
        clock = _Clock()
        predicted = linker.inference.predict(threshold_match_weight=float(settings.decisions["write_from"]))
        done: dict[str, Any] = dict(clock.read())
        engine.sql(
            f"""CREATE TEMP TABLE guessed AS
            SELECT a.source_id AS left_id, b.source_id AS right_id, p.match_probability AS probability,
                   'different' AS decision
            FROM {predicted.physical_name} AS p JOIN read_parquet('{lefts.records}') AS a ON a.rid = p.rid_l
            JOIN read_parquet('{rights.records}') AS b ON b.rid = p.rid_r"""
        )
        engine.write_parquet("SELECT * FROM guessed", folder / "links_splink.parquet")
    truth = accuracy(folder, f"SELECT * FROM read_parquet('{folder}/links_splink.parquet')")
    return {**done, "best-per-client F1": truth["best-per-client F1"]}


def _linker(
    engine: DuckEngine, model: dict[str, Any], columns: list[str], lefts: StandardFile, rights: StandardFile
) -> Any:
    from splink import Linker, SettingsCreator

    linker = Linker(_tables(engine, columns, lefts, rights), SettingsCreator.from_path_or_dict(model))
    for one in ("first", "last_c", "zip", "zip3"):
        linker.table_management.compute_tf_table(one)
    return linker


def _tables(engine: DuckEngine, columns: list[str], lefts: StandardFile, rights: StandardFile) -> list[Any]:
    """The two files as tables of exactly the columns that the model reads, known to Splink."""
    from splink.backends.duckdb import DuckDBAPI

    texts = ", ".join(f"{DERIVED.get(one, one)} AS {one}" for one in dict.fromkeys(columns))
    database = DuckDBAPI(connection=engine.connection)
    tables = []
    for name, file in (("a_hmis", lefts), ("b_members", rights)):
        engine.sql(f"CREATE TABLE {name}_records AS SELECT rid, {texts} FROM read_parquet('{file.records}')")
        records = engine.connection.table(f"{name}_records")
        tables.append(database.register(records, dataset_display_name=f"{name}_side"))
    return tables


def train(folder: Path, left: str) -> dict[str, Any]:
    """Our training."""
    from crosswalk.core.linkage.train import train as trained

    with DuckEngine(memory="8GB", scratch=folder / "spill") as engine:
        clock = _Clock()
        home = folder / "std_right"
        trained(
            engine,
            _settings(),
            left=folder / f"std_{left}" / "records.parquet",
            right=home / "records.parquet",
        )
        return dict(clock.read())


def train_documented(folder: Path, left: str) -> dict[str, Any]:
    """Splink's documented recipe with the same comparisons: prior, u from random pairs, EM in two blocks."""
    from splink import Linker, SettingsCreator, block_on

    with DuckEngine(memory="8GB", scratch=folder / "spill") as engine:
        lefts, rights = _files(folder, left)
        tables = _tables(engine, [*TRAINED_ON, *DERIVED], lefts, rights)
        clock = _Clock()
        linker = Linker(tables, SettingsCreator.from_path_or_dict(splink_settings(_settings())))
        training = linker.training
        training.estimate_probability_two_random_records_match(
            [block_on("ssn", "dob"), block_on("first", "last_c", "dob")], recall=0.75
        )
        training.estimate_u_using_random_sampling(max_pairs=3e6, seed=1)
        training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
        training.estimate_parameters_using_expectation_maximisation(block_on("first", "last_c"))
        return dict(clock.read())


PARTS = {
    "standardise_left": lambda folder, _: standardise(folder, "left", "left", "hmis"),
    "standardise_right": lambda folder, _: standardise(folder, "right", "right", "members"),
    "day": day,
    "ours": ours,
    "whole": whole,
    "splink": splink,
    "train": train,
    "train_documented": train_documented,
}

if __name__ == "__main__":
    main()
