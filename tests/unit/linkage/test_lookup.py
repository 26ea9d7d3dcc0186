"""One policy, two executors: what the batch decides about a record, the look-up of that one record decides too."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crosswalk.core.basics import Refused
from crosswalk.core.engine import DuckEngine
from crosswalk.core.linkage import run, sources
from crosswalk.core.linkage.clean import Cleaner
from crosswalk.core.linkage.lookup import COLUMNS, GROUPS, Lookup, card_keys_sql, card_shares_sql
from crosswalk.core.linkage.reading import read
from crosswalk.core.linkage.settings import RULE_GROUPS
from linkage_people import LEFT, ON, RIGHT, crowd, settings, write


def batch(
    engine: DuckEngine, left: Path, right: Path, home: Path
) -> tuple[run.StandardFile, run.StandardFile]:
    """Link two files as a run does; the links are in the table `links`, the raw rows in raw_left and raw_right."""
    sources.register_file(engine, left, "left", "raw_left")
    sources.register_file(engine, right, "right", "raw_right")
    lefts, rights = (
        run.standard_file(engine, f"raw_{one}", home / one, settings(), ON) for one in ("left", "right")
    )
    run.prepare_links(engine)
    run.run_job(engine, run.across(settings(), lefts, rights), settings())
    return lefts, rights


def cards_of(engine: DuckEngine, rights: run.StandardFile) -> list[dict[str, Any]]:
    """The index card of each member, as the hub keeps it."""
    shares, joins = card_shares_sql(f"read_parquet('{rights.frequencies}')")
    columns = ", ".join(f"r.{one}" for one in ("source_id", *COLUMNS))
    keys = card_keys_sql(settings(), GROUPS, "r")
    return engine.arrow(
        f"SELECT {columns}, {shares}, {keys} AS keys FROM read_parquet('{rights.records}') AS r {joins}"
    ).to_pylist()


def both(tmp_path: Path, left: Path, right: Path) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Pair → decision and evidence, by the batch; and by looking each left record up among the cards."""
    with DuckEngine(memory="500MB", threads=1) as engine:
        lefts, rights = batch(engine, left, right, tmp_path)
        rows = engine.fetch("SELECT left_id, right_id, decision, evidence FROM links")
        raws = engine.arrow("SELECT * FROM raw_left").to_pylist()
        cards = cards_of(engine, rights)
    by_key: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for card in cards:
        for key in card["keys"]:
            by_key[key].append(card)
    lookup, cleaner, mine = Lookup(settings(), rights.rows), Cleaner(settings()), {}
    for raw in raws:
        asked = cleaner.clean(raw, on=ON)
        found = {card["source_id"]: card for key in lookup.keys(asked, "rules") for card in by_key[key]}
        for one in lookup.weigh(asked, found.values()):
            mine[raw["source_id"], one.card["source_id"]] = one
    assert lefts.rows == len(raws)
    return {(left_id, right_id): (said, told) for left_id, right_id, said, told in rows}, mine


def agree(theirs: dict[Any, Any], mine: dict[Any, Any]) -> int:
    """The same pairs, the same evidence, the same decisions; how many. Only `claimed` needs to know other records."""
    assert theirs.keys() == mine.keys()
    for pair, (decision, evidence) in theirs.items():
        told = [
            (one["field"], one["level"])
            for one in evidence
            if one["field"] not in ("prior", "veto", "person")
        ]
        assert [(one["field"], one["level"]) for one in mine[pair].evidence] == told
        weights = [one["weight"] for one in evidence if one["field"] not in ("prior", "veto", "person")]
        assert [one["weight"] for one in mine[pair].evidence] == pytest.approx(weights, abs=0.011)
        vetoes = [one["level"] for one in evidence if one["field"] == "veto"]
        if vetoes != ["claimed"]:
            assert (mine[pair].decision, mine[pair].veto) == (decision, vetoes[0] if vetoes else None)
    return len(theirs)


def test_look_up_and_batch_agree_on_a_crowd(tmp_path: Path) -> None:
    lefts, rights = crowd(300, seed=9)
    left = write(tmp_path / "left.parquet", lefts, LEFT)
    right = write(tmp_path / "right.parquet", rights, RIGHT)
    assert agree(*both(tmp_path, left, right)) > 60


@pytest.mark.shared
def test_look_up_and_batch_agree_on_generated_files(shared: Path, tmp_path: Path) -> None:
    words = ["--members", "20000", "--hmis", "1500", "--seed", "31", "--queries", "20", "--delta", "20"]
    subprocess.run(
        [sys.executable, str(shared / "bench" / "make_linkage_data.py"), *words, "--out", str(tmp_path)],
        check=True,
        capture_output=True,
    )
    theirs, mine = both(tmp_path, tmp_path / "hmis.parquet", tmp_path / "members.parquet")
    assert agree(theirs, mine) > 1000
    assert {one for one, _ in theirs.values()} == {"same", "ask", "different"}


@pytest.mark.shared
def test_one_record_is_cleaned_as_a_file_is(shared: Path, tmp_path: Path) -> None:
    words = ["--members", "5000", "--hmis", "2000", "--seed", "32", "--queries", "20", "--delta", "20"]
    subprocess.run(
        [sys.executable, str(shared / "bench" / "make_linkage_data.py"), *words, "--out", str(tmp_path)],
        check=True,
        capture_output=True,
    )
    cleaner = Cleaner(settings())
    with DuckEngine(memory="500MB", threads=1) as engine:
        for side, name in (("left", "hmis"), ("right", "members")):
            sources.register_file(engine, tmp_path / f"{name}.parquet", side, f"raw_{side}")
            file = run.standard_file(engine, f"raw_{side}", tmp_path / side, settings(), ON)
            raws = {one["source_id"]: one for one in engine.arrow(f"SELECT * FROM raw_{side}").to_pylist()}
            for whole in engine.arrow(f"SELECT * FROM read_parquet('{file.records}')").to_pylist():
                one = cleaner.clean(raws[whole["source_id"]], on=ON)
                for column in COLUMNS:
                    if column == "phone" and one[column] and whole[column] is None:
                        continue  # a number that many hold is an office's: only the whole file can tell
                    here, there = one[column], whole[column]
                    if column in ("given", "nick"):
                        here, there = sorted(here or []), sorted(there or [])
                    assert here == there, column


@pytest.mark.parametrize(
    ("last", "compact", "surnames"),
    [
        ("O’Neil-Smith Jr.", "ONEILSMITH", ("ONEIL", "SMITH")),
        ("de la Cruz", "DELACRUZ", ("CRUZ", None)),
        ("García Peña", "GARCIAPENA", ("GARCIA", "PENA")),
        ("Unknown", None, (None, None)),
    ],
)
def test_surnames_as_they_are_written(
    last: str, compact: str | None, surnames: tuple[str | None, str | None]
) -> None:
    one = Cleaner(settings()).clean({"first": "Ana", "last": last, "dob": date(1980, 5, 6)}, on=ON)
    assert (one["last_c"], (one["tok1"], one["tok2"])) == (compact, surnames)


def test_every_condition_of_the_policy_can_be_read_for_one_pair() -> None:
    levels = [level.sql for one in Lookup(settings(), 1000).model.comparisons for level in one.levels]
    for text in (*levels, *(settings().part(name) for name in settings().blocking["parts"])):
        if text != "ELSE":
            assert callable(read(text))


def test_a_word_that_the_look_up_does_not_know_is_refused() -> None:
    with pytest.raises(Refused, match="does not know"):
        read("levenshtein(first_l, first_r) <= 1")


def test_what_is_missing_is_neither_yes_nor_no() -> None:
    row = {"a": None, "b": "X"}
    assert read("a = b")(row) is None
    assert read("a = b OR b = 'X'")(row) is True
    assert read("a = b AND b = 'Y'")(row) is False
    assert read("NOT (a = b)")(row) is None
    assert read("a IS NULL")(row) is True
    assert read("a IN ('X', 'Y')")(row) is None


def test_cards_are_kept_under_the_keys_that_are_asked_for(tmp_path: Path) -> None:
    lefts, rights = crowd(40, seed=3)
    with DuckEngine(threads=1) as engine:
        _, file = batch(
            engine,
            write(tmp_path / "left.parquet", lefts, LEFT),
            write(tmp_path / "right.parquet", rights, RIGHT),
            tmp_path,
        )
        cards = cards_of(engine, file)
    lookup = Lookup(settings(), len(cards))
    for card in cards:
        asked = [key for key in lookup.keys(card, *GROUPS) if key in card["keys"]]
        assert len(asked) >= 8
    assert set(GROUPS) < set(RULE_GROUPS)
