"""A backup can be brought back: everything is as it was, and a file that is not whole is told from one that is."""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Any

import pytest

from command_line import crosswalk

pytestmark = pytest.mark.hub


@pytest.fixture(scope="module")
def backup(hub_site: Any, tmp_path_factory: Any) -> Path:
    """One backup of the hub under test, in a folder of its own."""
    folder = tmp_path_factory.mktemp("backups")
    made = crosswalk("backup", "--data", hub_site.data, "--json", CROSSWALK_BACKUPS=str(folder)).summary
    assert made["rows"] > 1000
    assert made["journal_entries"] > 0
    assert Path(made["backup"]).stat().st_mode & 0o077 == 0, "others on the machine cannot read it"
    return Path(made["backup"])


def test_it_holds_no_secret_and_no_running_database(backup: Path) -> None:
    with tarfile.open(backup) as tar:
        names = tar.getnames()
    assert names[0] == "database.dump"
    assert names[-1] == "backup.json"
    assert not [
        name for name in names if "password" in name or "secret" in name or name.startswith("store/hub")
    ]
    assert "store/current" in names


def test_the_drill_brings_everything_back_and_leaves_no_trace(hub_site: Any, backup: Path) -> None:
    before = sorted(one.name for one in (hub_site.data / "hub").iterdir())
    said = crosswalk("restore", backup, "--drill", "--data", hub_site.data, "--json").summary
    assert said["holds"], said
    assert len(said["found"]) == 5
    assert sorted(one.name for one in (hub_site.data / "hub").iterdir()) == before


def test_a_file_that_is_cut_off_or_altered_is_found_out(hub_site: Any, backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[: len(whole) // 2])
    cut = crosswalk("restore", tmp_path / "cut.tar", "--drill", "--data", hub_site.data)
    assert cut.code == 2
    assert "not a whole backup" in cut.err
    with tarfile.open(backup) as tar:
        place = tar.getmember("store/demo.json").offset_data
    (tmp_path / "altered.tar").write_bytes(whole[:place] + b" " + whole[place + 1 :])
    altered = crosswalk("restore", tmp_path / "altered.tar", "--drill", "--data", hub_site.data)
    assert altered.code == 1
    assert "1 of" in altered.out
    assert "not what was copied" in altered.out
    assert not list((hub_site.data / "hub").glob("drill-*"))


def test_it_comes_back_into_an_empty_folder_and_into_no_other(
    hub_site: Any, backup: Path, tmp_path: Path
) -> None:
    from crosswalk.hub.site import postgres
    from crosswalk.hub.site.config import Site

    full = crosswalk("restore", backup, "--data", hub_site.data)
    assert full.code == 2
    assert "not empty" in full.err
    tmp_path.chmod(0o755)
    data = tmp_path / "again"
    assert crosswalk("restore", backup, "--data", data).code == 0
    try:
        there = crosswalk("journal", "verify", "--data", data, "--json")
        assert there.code != 0, "the database was stopped after the restore, as it was found"
        assert (data / "current").is_symlink()
        assert (data / "latest" / "findings.parquet").is_file()
    finally:
        server = postgres.server_of(Site(data=data))
        assert server is not None
        postgres.stop(server, how="immediate")


def test_a_backup_that_nobody_made_is_asked_for_in_words(tmp_path: Path) -> None:
    said = crosswalk("restore", "--drill", "--data", tmp_path / "data")
    assert said.code == 2
    assert "crosswalk backup" in said.err
