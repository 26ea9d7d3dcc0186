"""The implementation guides as data (`policy/layouts/x12/`): loops, segments, what each element needs."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from crosswalk.core.basics import Refused
from crosswalk.core.policy.folder import shipped_folder

NO_LIMIT = 0
#: The safe loader written in C where it is there: ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Size:
    """What an element may hold: kind AN, ID, N0, R, DT, TM or C (components), lengths, its reference number."""

    kind: str
    least: int
    most: int
    reference: str
    composite: str = ""
    required: bool = False


@dataclass(frozen=True)
class Need:
    """What a guide asks of one element (or of one component of it)."""

    element: int
    component: int = 0
    codes: tuple[str, ...] = ()
    closed: bool = True
    required: bool = False


@dataclass(eq=False)
class Node:
    """One segment at one place of a guide."""

    name: str
    required: bool
    most: int
    needs: tuple[Need, ...]
    selects: tuple[int, tuple[str, ...]] | None
    loop: str = ""

    def fits(self, told: str) -> bool:
        """Whether this is the segment, among its namesakes, whose qualifier is `told`."""
        return self.selects is None or told in self.selects[1]


@dataclass(eq=False)
class Loop:
    """A group of segments that repeats as one: its first segment announces it."""

    name: str
    required: bool
    most: int
    items: list[Node | Loop] = field(default_factory=list)
    ranks: list[int] = field(default_factory=list)

    @property
    def first(self) -> Node:
        """The segment that announces the loop."""
        first = self.items[0]
        return first if isinstance(first, Node) else first.first


@dataclass(eq=False)
class Guide:
    """One implementation guide for one version."""

    name: str
    code: str
    group: str
    root: Loop
    #: Segment to the element that tells namesakes apart (0 where there are none).
    qualifiers: Mapping[str, int]
    versions: tuple[str, ...] = ()


def layouts() -> Path:
    """Where the guides lie."""
    return shipped_folder() / "layouts" / "x12"


@cache
def sizes() -> Mapping[str, tuple[Size, ...]]:
    """Segment (or composite) to the sizes of its elements."""
    found = {}
    with (layouts() / "segments.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["segment"]] = tuple(_size(text) for text in row["elements"].split())
    return found


def _size(text: str) -> Size:
    told = re.fullmatch(r"(AN|ID|N0|R|DT|TM|C)([0-9]+)?(?:-([0-9]+))?/([A-Z0-9]+)(!)?", text)
    if told is None:
        raise Refused(f"The size {text} is not understood.", place="layouts/x12/segments.csv", code="guide")
    kind, least, most, reference, required = told.groups()
    composite = reference if kind == "C" and reference.startswith("C") else ""
    return Size(kind, int(least or 0), int(most or least or 0), reference, composite, bool(required))


@cache
def _texts() -> Mapping[str, Mapping[str, Any]]:
    texts = {}
    for path in sorted(layouts().glob("*.yaml")):
        told = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # both are safe loaders
        texts[str(told["guide"])] = told
    return texts


def guide_for(code: str, version: str) -> tuple[Guide | None, bool]:
    """The guide of a transaction in a version, and whether that version is one we know by name.

    An unknown version falls back to the guide of its first ten characters (`005010X222…`), then to the only or
    usual guide of the transaction.
    """
    ours = [told for told in _texts().values() if str(told["code"]) == code]
    for told in ours:
        if version in map(str, told["versions"]):
            return _guide(str(told["guide"]), version[:6]), True
    for told in ours:
        if version and any(str(known).startswith(version[:10]) for known in told["versions"]):
            return _guide(str(told["guide"]), version[:6]), False
    usual = {"837": "837P", "277": "277"}.get(code, code)
    return (_guide(usual, version[:6] or "005010"), False) if ours else (None, False)


@cache
def _guide(name: str, edition: str) -> Guide:
    text = _texts()[name]
    loops: dict[str, list[Loop]] = {}
    root: Loop | None = None
    for key, told in text["loops"].items():
        title = str(key)
        parents = told.get("in", [])
        parents = [str(p) for p in (parents if isinstance(parents, list) else [parents])]
        usage, most = str(told.get("usage", "R 1")).split()
        for parent in [None] if not parents else [one for name_ in parents for one in loops[name_]]:
            loop = Loop(title, usage == "R", NO_LIMIT if most == "n" else int(most))
            loop.items.extend(node for line in told["segments"] if (node := _node(str(line), edition, title)))
            loops.setdefault(title, []).append(loop)
            if parent is None:
                root = loop
            else:
                _place(parent, loop, str(told.get("before", "")))
    if root is None:
        raise Refused("A guide has no loop that holds the others.", place=f"layouts/x12/{name}", code="guide")
    for same in loops.values():
        for loop in same:
            loop.ranks = _ranks(loop)
    return Guide(
        name,
        str(text["code"]),
        str(text["group"]),
        root,
        _qualifiers(loops),
        tuple(map(str, text["versions"])),
    )


def _place(parent: Loop, loop: Loop, before: str) -> None:
    """Put a loop after what its parent has, or before a part of it."""
    at = next((i for i, item in enumerate(parent.items) if before and item.name == before), len(parent.items))
    parent.items.insert(at, loop)


def _ranks(loop: Loop) -> list[int]:
    """The order of a loop's parts; neighbours that begin with the same segment may come in any order."""
    ranks: list[int] = []
    names: list[str] = []
    for item in loop.items:
        name = item.name if isinstance(item, Node) else item.first.name
        same = bool(names) and names[-1] == name and name != "HL" and len(names) > 1
        ranks.append(ranks[-1] if same else len(ranks))
        names.append(name)
    return ranks


def _qualifiers(loops: Mapping[str, list[Loop]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for same in loops.values():
        for loop in same:
            for item in loop.items:
                if isinstance(item, Node):
                    found.setdefault(item.name, 0)
                    if item.selects is not None:
                        found[item.name] = item.selects[0]
    return found


def _node(line: str, edition: str, loop: str) -> Node | None:
    """One line of a guide; None when it is of another version."""
    name, usage, most, *asked = line.split()
    if asked and asked[-1].startswith("[") and not edition.startswith("00" + asked.pop()[1:-1]):
        return None
    needs: list[Need] = []
    selects: tuple[int, tuple[str, ...]] | None = None
    for text in asked:
        told = re.fullmatch(r"([0-9]+)(?:-([0-9]+))?(!|:|=|\?=|~)?(.*)", text)
        if told is None:
            raise Refused(
                f"The line {line} is not understood.", place=f"layouts/x12, loop {loop}", code="guide"
            )
        element, component, sign, codes = told.groups()
        listed = tuple(codes.split("|")) if codes else ()
        required = sign in ("!", ":", "=")
        if sign == ":":
            selects = (int(element), listed)
        needs.append(Need(int(element), int(component or 0), listed, sign != "~", required))
    return Node(name, usage == "R", NO_LIMIT if most == "n" else int(most), tuple(needs), selects, loop)
