"""The machine fails in the middle: the disk is full or read-only, or the command is killed at any of its steps."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import COMMAND, ON, ask, contents, listing, quickly
from plan_files_builder import members_csv


def mounted(options: str, script: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a shell script with `home/disk` as a small disk of its own; skips where the system does not allow that."""
    (home / "disk").mkdir(exist_ok=True)
    mount = f"mount -t tmpfs -o {options} none {home}/disk"
    if subprocess.run(["unshare", "-m", "sh", "-c", mount], capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk (root with CAP_SYS_ADMIN)")
    return subprocess.run(
        ["unshare", "-m", "sh", "-c", f"{mount} && {script}"], capture_output=True, text=True, check=False
    )


def shell(*words: object) -> str:
    return " ".join(f"'{word}'" for word in (*COMMAND, *words))


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare(1) to mount a small disk")
def test_a_disk_that_fills_up_leaves_what_was_held(tmp_path: Path) -> None:
    small = members_csv(tmp_path / "small.csv", [{}])
    many = [{"cin": f"{90000000 + n}A", "address": f"{n * 7919} Zebracorn Road"} for n in range(20_000)]
    large = members_csv(tmp_path / "large.csv", many)
    data, before, after = tmp_path / "disk" / "data", tmp_path / "before", tmp_path / "after"
    done = mounted(
        "size=1000k",
        f"{shell('stage', 'members', small, '--data', data)} > /dev/null && cp -r {data} {before} && "
        f"({shell('stage', 'members', large, '--data', data, '--json')}; echo code $?) && cp -r {data} {after}",
        tmp_path,
    )
    assert "code 2" in done.stdout, done.stdout + done.stderr
    assert "{" not in done.stdout
    assert "Zebracorn" not in done.stderr
    assert "Traceback" not in done.stderr
    assert "The disk is full" in done.stderr
    assert contents(after) == contents(before)
    assert set(listing(after)) == set(listing(before))


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare(1) to mount a read-only disk")
def test_a_folder_that_cannot_be_written_is_refused_in_words(tmp_path: Path) -> None:
    path = members_csv(tmp_path / "m.csv", [{}])
    done = mounted("ro", shell("stage", "members", path, "--data", tmp_path / "disk" / "data"), tmp_path)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "cannot be written" in done.stderr


#: In a process of its own: die by SIGKILL at the nth time that a file or folder is moved, linked or made.
KILLER = """
import os, signal, sys
steps, data = int(sys.argv.pop(1)), os.path.realpath(sys.argv.pop(1))
def hook(event, args):
    global steps
    if event in ("os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir"):
        if any(isinstance(one, (str, os.PathLike)) and os.path.realpath(one).startswith(data) for one in args):
            steps -= 1
            if steps == 0:
                os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
from crosswalk.cli import main
main()
"""


def killed(step: int, data: Path, *words: object) -> int:
    """Run a command that is killed at its nth change of the folder; 0 when it had finished before."""
    command = [sys.executable, "-c", KILLER, str(step), str(data), *map(str, words), "--data", str(data)]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": ""})
    return done.returncode


@pytest.mark.parametrize("step", [1, 6, 8])
def test_a_staging_that_is_killed_at_any_step_is_completed_by_the_next(tmp_path: Path, step: int) -> None:
    first = members_csv(tmp_path / "a.csv", [{}])
    second = members_csv(tmp_path / "b.csv", [{"cin": "91000002B"}, {"cin": "", "last_name": "Zebracorn"}])
    data, calm = tmp_path / "data", tmp_path / "calm"
    for folder in (data, calm):
        quickly("stage", "members", first, "--data", folder)
    quickly("stage", "members", second, "--data", calm)
    held = contents(data / "current")
    assert killed(step, data, "stage", "members", second) == -9
    after = contents(data / "current")
    assert after in (held, contents(calm / "current"))
    assert quickly("stage", "members", second, "--data", data, "--json").code == 0
    assert contents(data / "current") == contents(calm / "current")
    assert contents(data / "latest") == contents(calm / "latest")
    assert not list(data.rglob("*.part"))
    assert not list((data / "building").glob("*"))


@pytest.mark.parametrize("step", [2, 9, 11, 13])
def test_a_link_that_is_killed_at_any_step_leaves_one_whole_answer_and_is_completed_by_the_next(
    tmp_path: Path, one_member: Path, step: int
) -> None:
    data = shutil.copytree(one_member, tmp_path / "data", symlinks=True)
    more = members_csv(
        tmp_path / "m.csv", [{}, {"cin": "91000002B", "last_name": "Solis", "dob": "1955-12-01"}]
    )
    quickly("stage", "members", more, "--data", data)
    before = ask("FROM p ORDER BY ALL", p=data / "latest" / "persons.parquet")
    assert killed(step, data, "link", "--on", ON) in (-9, 0)
    seen = ask("FROM p ORDER BY ALL", p=data / "latest" / "persons.parquet")
    assert len(seen) in (1, 2)
    assert seen[:1] == before or before[0] in seen
    assert quickly("link", "--on", ON, "--data", data, "--json").summary["persons"] == 2
    after = ask("FROM p", p=data / "latest" / "persons.parquet")
    assert before[0] in after
    assert len(after) == 2
    runs = sorted(one.name for one in (data / "runs").iterdir())
    assert all((data / "runs" / one / "run.json").exists() for one in runs)


def test_a_find_that_is_killed_leaves_the_list_of_before(tmp_path: Path, one_member: Path) -> None:
    data = shutil.copytree(one_member, tmp_path / "data", symlinks=True)
    assert quickly("find", "--on", "2026-10-01", "--data", data).code == 0
    before = contents(data / "latest")
    page = tmp_path / "list.html"
    assert killed(2, data, "find", "--on", ON, "--html", page) == -9
    assert contents(data / "latest") == before
    assert not page.exists()
    assert quickly("find", "--on", ON, "--data", data, "--html", page).code == 0
    assert page.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert ask('SELECT DISTINCT "on" FROM f', f=data / "latest" / "findings.parquet")[0][0].isoformat() == ON


def test_whoever_comes_next_finishes_and_clears_what_a_killed_command_left(
    tmp_path: Path, one_member: Path
) -> None:
    data = shutil.copytree(one_member, tmp_path / "data", symlinks=True)
    shown, run = data / "latest" / "persons.parquet", data / "runs" / "link-1" / "persons.parquet"
    shown.unlink()
    shutil.copyfile(data / "latest" / "aliases.parquet", shown)
    left = [
        data / "building" / "abc" / "members.parquet",
        data / "raw" / "0.part",
        data / "latest" / "l.part",
    ]
    for path in left:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    assert quickly("facts", "age", "--on", ON, "--data", data).code == 0
    assert shown.samefile(run)
    assert [path for path in left if path.exists()] == []
