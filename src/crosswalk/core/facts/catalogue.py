"""The list of facts: each is one SQL text whose header is its public definition.

A header is a block of `-- key: value` lines; a line indented by two more spaces continues the one above.
Keys: name, value, unit, window, measures, unknown_when, source, question, attestable, confidence, extra (any number).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from crosswalk.core.basics import Refused

#: What a fact's value can be, and the SQL type that carries it.
VALUE_TYPES = {
    "flag": "BOOLEAN",
    "number": "INTEGER",
    "date": "DATE",
    "code": "VARCHAR",
    "codes": "VARCHAR[]",
    "text": "VARCHAR",
}
_REQUIRED = (
    "name",
    "value",
    "unit",
    "window",
    "measures",
    "unknown_when",
    "source",
    "question",
    "confidence",
)


@dataclass(frozen=True)
class Window:
    """How far a fact looks back (and, for what is still to come, ahead) when a rule names no other length."""

    months: int | None = None
    days: int | None = None

    def __str__(self) -> str:
        if self.months:
            return f"{self.months} months"
        return f"{self.days} days" if self.days else "none"


@dataclass(frozen=True)
class Fact:
    """One named measurement: what it means, where that comes from, and the query that measures it."""

    name: str
    value: str
    unit: str
    window: Window
    measures: str
    unknown_when: str
    source: str
    question: str
    attestable: bool
    confidence: str
    extra: tuple[tuple[str, str, str], ...]
    """Further columns: name, kind of value, meaning."""
    text: str
    """The query: `person_id, value, day, evidence` and the extra columns."""

    def as_dict(self) -> dict[str, object]:
        """The public definition, without the query."""
        return {
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "window": str(self.window),
            "measures": self.measures,
            "unknown_when": self.unknown_when,
            "source": self.source,
            "question": self.question,
            "attestable": self.attestable,
            "confidence": self.confidence,
            "extra": [{"name": n, "value": v, "measures": m} for n, v, m in self.extra],
        }


@cache
def catalogue() -> dict[str, Fact]:
    """Every fact by name, in alphabetical order."""
    folder = resources.files("crosswalk.core.facts").joinpath("texts")
    facts = [read(one.read_text(encoding="utf-8")) for one in folder.iterdir() if one.name.endswith(".sql")]
    return {one.name: one for one in sorted(facts, key=lambda one: one.name)}


def named(name: str) -> Fact:
    """One fact; refuses an unknown name with the nearest ones."""
    facts = catalogue()
    if name in facts:
        return facts[name]
    near = [one for one in facts if name[:4] and name[:4] in one][:5]
    hint = f"Near it: {', '.join(near)}." if near else "See `crosswalk facts --list`."
    raise Refused(f"There is no fact “{name}”.", fix=hint)


def read(text: str) -> Fact:
    """Read one SQL text with its header. Raises ValueError naming what the header lacks."""
    keys, query = _header(text)
    missing = [key for key in _REQUIRED if key not in keys]
    if missing:
        raise ValueError(f"the header of {keys.get('name', ['a fact'])[0]} lacks {', '.join(missing)}")
    one = {key: values[0] for key, values in keys.items()}
    if one["value"] not in VALUE_TYPES:
        raise ValueError(f"{one['name']}: a value is one of {', '.join(VALUE_TYPES)}")
    return Fact(
        name=one["name"],
        value=one["value"],
        unit=one["unit"],
        window=_window(one["window"]),
        measures=one["measures"],
        unknown_when=one["unknown_when"],
        source=one["source"],
        question=one["question"],
        attestable=one.get("attestable") == "yes",
        confidence=one["confidence"],
        extra=tuple(_column(line) for line in keys.get("extra", [])),
        text=query,
    )


def _header(text: str) -> tuple[dict[str, list[str]], str]:
    """The header's keys (each with all its values) and the query below it."""
    keys: dict[str, list[str]] = {}
    last = ""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if not line.startswith("--"):
            return keys, "\n".join(lines[number:]).strip()
        if line.startswith("--   ") and last:
            keys[last][-1] += " " + line[5:].strip()
            continue
        last, _, value = line[3:].partition(":")
        keys.setdefault(last.strip(), []).append(value.strip())
    return keys, ""


def _window(words: str) -> Window:
    unit, _, length = words.partition(" ")
    if unit == "none":
        return Window()
    return Window(months=int(length)) if unit == "months" else Window(days=int(length))


def _column(line: str) -> tuple[str, str, str]:
    """`since (date): first day` as name, kind and meaning."""
    head, _, meaning = line.partition(":")
    name, _, kind = head.partition("(")
    return name.strip(), kind.strip(" )"), meaning.strip()
