"""What installs and runs the hub as a service says nothing that the tree or the command line does not hold."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PROGRAM = "/opt/crosswalk/.venv/bin/crosswalk"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])


def steps() -> list[tuple[str, str]]:
    """The instructions of the Containerfile, continued lines joined."""
    text = re.sub(r"\\\n\s*", "", (DEPLOY / "Containerfile").read_text())
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def run_lines() -> list[list[str]]:
    """Every command line of ours that the image or a unit runs."""
    entry = [json.loads(rest) for word, rest in steps() if word == "ENTRYPOINT"]
    units = [
        shlex.split(line.partition("=")[2])
        for path in UNITS
        for line in path.read_text().splitlines()
        if line.startswith("ExecStart=")
    ]
    return [*entry, *units]


def test_the_image_gets_what_setup_needs_and_nothing_else() -> None:
    copied = [name for word, rest in steps() if word == "COPY" for name in rest.split()[:-1]]
    assert all((ROOT / name).exists() for name in copied)
    assert set(copied) == {
        "Makefile", "pyproject.toml", "requirements.lock", "README.md", "LICENSE", "tools", "policy", "src",
    }  # fmt: skip


def test_the_image_is_made_in_the_order_that_setup_needs() -> None:
    words = [f"{word} {rest}" for word, rest in steps()]
    setup = words.index("RUN make setup")
    assert all(words.index(one) < setup for one in words if one.startswith(("WORKDIR", "COPY")))
    assert words.index("USER crosswalk") > setup
    assert "python3-venv make postgresql" in next(one for one in words if "apt-get install" in one)


@pytest.mark.parametrize("line", run_lines(), ids=" ".join)
def test_every_command_that_a_service_runs_is_there_with_its_options(line: list[str]) -> None:
    from crosswalk.cli.app import application

    assert line[0] == PROGRAM
    command = typer.main.get_command(application()).commands[line[1]]  # type: ignore[attr-defined]
    known = {text for one in command.params for text in (*one.opts, *one.secondary_opts)}
    assert {word for word in line[2:] if word.startswith("--")} <= known


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_every_setting_of_a_unit_is_one_of_the_hub(path: Path) -> None:
    from crosswalk.hub.site.config import Site

    known = {f"CROSSWALK_{name.upper()}" for name in Site.model_fields}
    assert set(re.findall(r"^Environment=(\w+)=", path.read_text(), re.M)) <= known


def test_systemd_finds_nothing_wrong_in_the_units(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not on this machine: apt-get install systemd")
    for path in UNITS:
        (tmp_path / path.name).write_text(path.read_text().replace(PROGRAM, sys.executable))
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / path.name) for path in UNITS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
