"""The folder behind --data: swapped whole, numbered, and never half-written."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crosswalk.cli.store import Store, sha256
from crosswalk.core.basics import Refused

FACTS = {"kind": "members", "source": "plan:oak", "sha256": "0", "file": "m.csv", "order": "1", "summary": {}}


def put(folder: Path, name: str, value: int) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table({"v": [value]}), folder / name)


def read(path: Path) -> int:
    return int(pq.read_table(path).to_pylist()[0]["v"])


def test_the_current_state_is_swapped_whole_and_keeps_what_was_not_rebuilt(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number, name in enumerate(("members.parquet", "hmis/Client.parquet", "members.parquet"), 1):
        with store.aside() as built:
            put(built, name, number)
            store.swap_current(built)
    assert read(store.current / "members.parquet") == 3
    assert read(store.current / "hmis" / "Client.parquet") == 2
    assert len(list(tmp_path.glob("states/*"))) == 2, (
        "the newest, and the one before for those still reading it"
    )
    assert not list(tmp_path.glob("building/*"))


def test_a_stop_in_the_middle_leaves_what_was_there(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.aside() as built:
        put(built, "members.parquet", 1)
        store.swap_current(built)

    def stopped() -> None:
        with store.aside() as built:
            put(built, "members.parquet", 2)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert read(store.current / "members.parquet") == 1
    assert not list(tmp_path.glob("building/*"))


def test_deliveries_are_listed_in_the_order_they_came(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for name in ("members-b", "members-a"):
        with store.aside() as built:
            store.add_delivery(built, {**FACTS, "delivery": name})
    assert [one.id for one in store.deliveries("members")] == ["members-b", "members-a"]
    assert store.deliveries("hmis") == []
    found = store.delivery("members-a")
    assert found is not None
    assert found.sequence == 2
    assert store.delivery("members-c") is None


def test_runs_are_numbered_and_the_newest_is_shown(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for value in (1, 2):
        with store.aside() as built:
            put(built, "facts/age.parquet", value)
            run, home = store.publish_run(built, "facts", {"inputs": []})
    assert run == "facts-2"
    assert read(home / "facts" / "age.parquet") == 2
    assert read(store.newest("facts/age", otherwise="")) == 2
    assert read(store.run("facts-1") / "facts" / "age.parquet") == 1


def test_what_is_not_there_is_refused_with_the_way_to_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(Refused, match="Run `crosswalk link`"):
        store.newest("persons", otherwise="Run `crosswalk link`.")
    with pytest.raises(Refused, match="none yet"):
        store.run("find-9")


def test_the_raw_file_is_kept_once_by_its_content(tmp_path: Path) -> None:
    store = Store(tmp_path / "data")
    for name in ("one.csv", "two.csv"):
        (tmp_path / name).write_text("same")
        digest = store.keep_raw(tmp_path / name)
    assert digest == sha256(tmp_path / "one.csv")
    assert [path.name for path in (tmp_path / "data" / "raw").iterdir()] == [digest]


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    store, order = Store(tmp_path), []
    first_in = threading.Event()

    def first() -> None:
        with store.locked():
            first_in.set()
            time.sleep(0.2)
            order.append("first")

    writer = threading.Thread(target=first)
    writer.start()
    first_in.wait()
    with Store(tmp_path).locked():
        order.append("second")
    writer.join()
    assert order == ["first", "second"]


def test_a_refused_command_leaves_a_new_place_as_it_was(tmp_path: Path) -> None:
    store = Store(tmp_path / "new")

    def refused() -> None:
        with store.locked(), store.aside():
            store.scratch.mkdir()
            raise Refused("no")

    with pytest.raises(Refused):
        refused()
    assert not (tmp_path / "new").exists()
