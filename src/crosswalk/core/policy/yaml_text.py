"""YAML read strictly and with its lines, so that a mistake can be told by file and line.

Two of YAML's habits are switched off because they harm policy texts silently: `on` and `off` are words here and
not yes and no, and `03` is a text and not the octal number 3. A key written twice is refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, ClassVar

import yaml

from crosswalk.core.basics import Refused

#: The C parser reads ten times faster; the pure one gives the same answers where C is missing.
FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Mapped(dict[Any, Any]):
    """A mapping that knows the line it began on, and the line of each of its keys."""

    line: int
    lines: dict[Any, int]


class _Strict(FAST):  # type: ignore[misc]
    """Mappings with lines; booleans and numbers only where nobody could mean anything else."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


def _resolver(tag: str, pattern: str, first: str) -> None:
    _Strict.add_implicit_resolver(tag, re.compile(pattern), list(first))


_resolver("tag:yaml.org,2002:bool", r"^(?:yes|Yes|no|No|true|True|false|False)$", "yYnNtTfF")
_resolver("tag:yaml.org,2002:int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789")
_resolver("tag:yaml.org,2002:float", r"^[-+]?[0-9]+\.[0-9]+$", "-+0123456789")
_resolver("tag:yaml.org,2002:null", r"^(?:~|null|)$", "~n\0")
_resolver("tag:yaml.org,2002:timestamp", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "0123456789")
_Strict.yaml_implicit_resolvers.setdefault("", []).append(("tag:yaml.org,2002:null", re.compile(r"^$")))


def _mapping(loader: Any, node: Any) -> Mapped:
    found = Mapped()
    found.line = node.start_mark.line + 1
    found.lines = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if key in found:
            raise yaml.constructor.ConstructorError(
                None, None, f"“{key}” stands twice here", key_node.start_mark
            )
        found.lines[key] = line
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_Strict.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_yaml(path: Path, shown: str) -> Any:
    """The content of one YAML file. `shown` is how the file is named in messages.

    Raises Refused with the line where the text stops being YAML, or a key stands twice.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _Strict)
    except UnicodeDecodeError:
        raise Refused("The file is not UTF-8 text.", fix="Save it as UTF-8.", place=f"{shown}:1") from None
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        said = (wrong.problem or "it cannot be read").rstrip(".")
        raise Refused(
            f"The file is not the YAML we read: {said}.",
            fix="Check indentation, quotes and colons on this line.",
            place=f"{shown}:{line}",
        ) from None
    except (yaml.YAMLError, ValueError) as wrong:
        raise Refused(
            f"The file is not the YAML we read: {wrong}.",
            fix="Check dates and special signs.",
            place=f"{shown}:1",
        ) from None
