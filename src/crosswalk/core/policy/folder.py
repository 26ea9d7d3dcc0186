"""The policy folder read into memory: what ships, a site's own entries laid over it by key, and every day in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import crosswalk
from crosswalk.core.basics import Problem, Refused
from crosswalk.core.policy.edition import Edition
from crosswalk.core.policy.schema import Told, read_clause, read_program
from crosswalk.core.policy.tables import Table, read_table
from crosswalk.core.policy.texts import KINDS, ClauseText, ProgramText
from crosswalk.core.policy.yaml_text import read_yaml

#: Folders whose YAML files are programs; the rest of the tree is clauses, tables, examples and free documents.
PROGRAM_FOLDERS = ("populations", "services")

#: Where a site may put files that do not ship.
OPEN_FOLDERS = (*PROGRAM_FOLDERS, "clauses", "codes", "layouts", "examples", "plans")


def shipped_folder() -> Path:
    """The policy that ships: inside the installed package, or beside `src` in a working copy."""
    package = Path(crosswalk.__file__).resolve().parent
    inside = package / "_policy"
    return inside if inside.is_dir() else package.parents[1] / "policy"


@dataclass(frozen=True)
class Policy:
    """Every version of every text. `as_of(day)` gives what is in force on a day.

    `files` are all files by their path inside the folder; a local file of the same path has taken its place,
    except that programs, clauses, gates, dated entries and dated tables are replaced key by key.
    """

    release: str
    programs: Mapping[str, ProgramText]
    clauses: Mapping[str, ClauseText]
    gates: Mapping[str, ClauseText]
    files: Mapping[str, Path]
    local_files: Mapping[str, Path] = field(default_factory=dict)
    shipped_files: Mapping[str, Path] = field(default_factory=dict)

    def as_of(self, day: date) -> Edition:
        """What is in force on a day."""
        return Edition(self, day)

    @property
    def texts(self) -> tuple[ProgramText | ClauseText, ...]:
        """Every dated text: programs, clauses, gates."""
        return (*self.programs.values(), *self.clauses.values(), *self.gates.values())

    def path(self, relative: str) -> Path:
        """A file by its path inside the policy folder; a local one wins. Raises Refused when there is none."""
        if relative not in self.files:
            raise Refused(f"The policy has no file {relative}.", fix="See the policy folder.", place=relative)
        return self.files[relative]

    def table(self, name: str) -> Table:
        """All rows of a table, whatever the day. Raises Refused when there is no such table."""
        relative = f"{name}.csv"
        local, shipped = self.local_files.get(relative), self.shipped_files.get(relative)
        if shipped is None:
            return read_table(self.path(relative), name)
        table = read_table(shipped, name)
        return table.overlaid(read_table(local, name)) if local else table

    def document(self, name: str) -> Any:
        """The content of a free YAML file, such as `finding/ranking`; a local file of the same path wins."""
        return read_yaml(self.path(f"{name}.yaml"), f"{name}.yaml")

    def entries(self, name: str) -> list[Mapping[str, Any]]:
        """The dated entries of a YAML file, such as `clocks`; local entries replace those of the same key."""
        relative = f"{name}.yaml"
        local, shipped = self.local_files.get(relative), self.shipped_files.get(relative)
        found = read_yaml(shipped, relative)["entries"] if shipped else []
        own = read_yaml(local, relative)["entries"] if local else []
        replaced = {entry["key"] for entry in own}
        return [entry for entry in found if entry["key"] not in replaced] + own


def load(shipped: Path, local: Path | None = None) -> Policy:
    """Read a policy folder, and a site's own over it.

    Raises Refused when anything in it cannot be used, and names every such place.
    """
    policy, problems = read(shipped, local)
    if problems:
        raise unusable(problems, local or shipped)
    return policy


def unusable(problems: Iterable[Problem], folder: Path) -> Refused:
    """The refusal of a policy folder that names every problem."""
    said = "".join(f"\n- {problem.file}:{problem.row} {problem.column}: {problem.sentence} {problem.fix}"
                   for problem in problems)  # fmt: skip
    return Refused(f"The policy cannot be used:{said}", fix="", place=str(folder))


def read(shipped: Path, local: Path | None = None) -> tuple[Policy, list[Problem]]:
    """Read a policy folder; what can be used, and the problems of what cannot.

    Raises Refused when there is no such folder, or the local one holds nothing.
    """
    told = Told()
    files = _listed(shipped)
    own = _listed(local) if local else {}
    release = _release(files, told)
    texts = _texts(files, told)
    if local:
        _refuse_strangers(own, files, told)
        site = _texts(own, told, at=f"{local.name}/")
        for kind in ("programs", "clauses", "gates"):
            _lay_over(getattr(texts, kind), getattr(site, kind), site.new, told)
        release = f"{release}+{_release(own, told) if 'RELEASE' in own else local.name}"
    policy = Policy(
        release=release,
        programs=dict(sorted(texts.programs.items(), key=lambda item: _order(item[1]))),
        clauses=dict(sorted(texts.clauses.items())),
        gates=texts.gates,
        files={**files, **own},
        local_files=own,
        shipped_files=files,
    )
    return policy, told.problems


@dataclass
class _Texts:
    """What one folder holds; `new` names the entries that say they add something."""

    programs: dict[str, ProgramText] = field(default_factory=dict)
    clauses: dict[str, ClauseText] = field(default_factory=dict)
    gates: dict[str, ClauseText] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)


def _texts(files: Mapping[str, Path], told: Told, at: str = "") -> _Texts:
    found = _Texts()
    for relative, path in files.items():
        folder, suffix = relative.split("/")[0], relative.rpartition(".")[2]
        shown = f"{at}{relative}"
        if suffix != "yaml" or (folder not in (*PROGRAM_FOLDERS, "clauses") and relative != "gate.yaml"):
            continue
        node = told.attempt(read_yaml, path, shown)
        if node is None:
            continue
        if relative == "gate.yaml":
            _gates(node, shown, found, told)
        elif folder == "clauses":
            _keep(
                found.clauses, read_clause(node, None, shown, "clause", told), "name", node, found.new, told
            )
        else:
            _keep(found.programs, read_program(node, shown, told), "code", node, found.new, told)
    return found


def _gates(node: Any, shown: str, found: _Texts, told: Told) -> None:
    gates = node.get("gates") if isinstance(node, dict) else None
    if not isinstance(gates, dict):
        told.add(f"{shown}:1: gates", "There are no gates.", "Write gates: {ecm: {say: …, versions: […]}}.")
        return
    for name, gate in gates.items():
        _keep(
            found.gates, read_clause(gate, name, shown, f"gates.{name}", told), "name", gate, found.new, told
        )


T = TypeVar("T", ProgramText, ClauseText)


def _keep(kept: dict[str, T], text: T | None, key: str, node: Any, new: set[str], told: Told) -> None:
    """Keep one entry under its key; the same key in two files is told."""
    if text is None:
        return
    name: str = getattr(text, key)
    if name in kept:
        told.add(
            f"{text.file}:1: {key}",
            f"“{name}” stands already in {kept[name].file}.",
            "Keep one of the two files.",
            code="policy.twice",
        )
        return
    kept[name] = text
    if node.get("new") is True:
        new.add(name)


def _lay_over(kept: dict[str, T], site: dict[str, T], new: set[str], told: Told) -> None:
    """Replace entries by a site's own of the same key; one that names nothing that ships must say that it adds."""
    for name, text in site.items():
        if name not in kept and name not in new:
            near = get_close_matches(name, kept, n=1)
            told.add(
                f"{text.file}:1: {name}",
                f"Nothing called “{name}” ships, so this replaces nothing.",
                (f"Did you mean “{near[0]}”? " if near else "") + "To add something, write “new: yes” in it.",
                code="policy.overlay",
            )
            continue
        kept[name] = text


def _refuse_strangers(own: Mapping[str, Path], shipped: Mapping[str, Path], told: Told) -> None:
    """A local file must replace a shipped one, or lie where new files have a meaning."""
    for relative in own:
        folder = relative.split("/")[0]
        if relative in shipped or relative == "RELEASE" or (folder in OPEN_FOLDERS and "/" in relative):
            continue
        near = get_close_matches(relative, shipped, n=1)
        told.add(
            f"{relative}:1: file",
            "No shipped file has this path, so this local file replaces nothing.",
            f"Did you mean “{near[0]}”?" if near else f"New files may lie in {', '.join(OPEN_FOLDERS)}.",
            code="policy.overlay",
        )


def _order(program: ProgramText) -> tuple[int, str]:
    return (KINDS.index(program.kind), program.code)


def _listed(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        raise Refused("There is no such policy folder.", fix="Check the path.", place=str(folder))
    found = {}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and not any(part.startswith((".", "~")) for part in relative.parts):
            found[relative.as_posix()] = path
    if not found:
        raise Refused(
            "The policy folder holds no file, so it says nothing.",
            fix="Put entries into the same tree as policy/, or leave the folder out.",
            place=str(folder),
        )
    return found


def _release(files: Mapping[str, Path], told: Told) -> str:
    label = files["RELEASE"].read_text(encoding="utf-8").strip() if "RELEASE" in files else ""
    if len(label.split()) != 1:
        told.add(
            "RELEASE:1: label",
            "There is no release label of one word.",
            "Write one such as 2026.11.1 into the file RELEASE of the policy folder.",
            code="policy.release",
        )
    return label or "unnamed"
