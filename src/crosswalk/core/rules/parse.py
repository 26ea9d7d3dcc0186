"""From the YAML of a policy text to a rule; whatever cannot be read is told with its place and the fix."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from crosswalk.core.basics import Refused
from crosswalk.core.rules.tree import (
    CONFIDENCE,
    TEST_WORDS,
    Clause,
    FactUse,
    Group,
    Leaf,
    Operand,
    Rule,
    Source,
    Test,
)

_ENDLESS = (float("inf"), float("-inf"))
_NOTES = ("say", "confidence", "source", "note")
_LEAF = ("fact", "months", "days", "ask", *TEST_WORDS, *_NOTES)
_KEYS = {
    "all_of": ("all_of", *_NOTES),
    "any_of": ("any_of", *_NOTES),
    "none_of": ("none_of", *_NOTES),
    "of": ("at_least", "of", *_NOTES),
    "use": ("use", *_NOTES),
    "fact": _LEAF,
}


def parse(node: object, place: str = "rule") -> Rule:
    """Read one rule. `place` is where it stands (“populations/ecm.2.yaml: versions[0].enters_when”).

    Raises Refused, naming the place inside the rule, when a word is unknown, missing or of the wrong kind.
    """
    if not isinstance(node, Mapping):
        raise Refused(
            "A rule must be a mapping such as {fact: age, at_least: 21}.",
            fix=f"Begin it with one of {', '.join(_KEYS)}.",
            place=place_of(node, place),
        )
    place = place_of(node, place)
    kinds = [kind for kind in _KEYS if kind in node]
    if len(kinds) != 1:
        raise Refused(
            "A rule must hold exactly one of all_of, any_of, none_of, at_least with of, use, fact; "
            f"this one holds {' and '.join(kinds) or 'none of them'}.",
            fix="Split it, or put the parts under all_of.",
            place=place,
        )
    kind = kinds[0]
    refuse_unknown(node, _KEYS[kind], place)
    notes = _notes(node, place)
    if kind == "fact":
        return _leaf(node, place, notes)
    if kind == "use":
        return Clause(name=_text(node, "use", place), place=place, **notes)
    return _group(node, kind, place, notes)


def place_of(node: object, place: str) -> str:
    """The place with the line of the file before it, when the reader of the file kept the line."""
    line = getattr(node, "line", None)
    if line is None or ": " not in place:
        return place
    file, _, path = place.partition(": ")
    return f"{file.partition(':')[0]}:{line}: {path}"


def refuse_unknown(node: Mapping[Any, Any], known: tuple[str, ...], place: str) -> None:
    """Refuse a key that has no meaning here, and name the one that was probably meant."""
    for key in node:
        if key not in known:
            near = get_close_matches(str(key), known, n=1)
            raise Refused(
                f"The word “{key}” is not known here.",
                fix=f"Did you mean “{near[0]}”?" if near else f"Known words: {', '.join(known)}.",
                place=place,
            )


def parse_source(value: object, place: str) -> Source | None:
    """A source written as {document, edition, page, note}; a bare text is a page of the enclosing document."""
    if value is None:
        return None
    if isinstance(value, str):
        return Source(document="", page=value)
    if not isinstance(value, Mapping):
        raise Refused(
            "A source must name a document.",
            fix='Write {document: …, edition: …, page: "19-21"}.',
            place=place,
        )
    refuse_unknown(value, ("document", "edition", "page", "note"), f"{place}.source")
    return Source(**{str(key): str(text) for key, text in value.items() if text is not None})


def parse_confidence(value: object, place: str) -> str:
    """One of the four words for how sure a sentence is; empty inherits."""
    if value is None:
        return ""
    if value not in CONFIDENCE:
        raise Refused(
            f"“{value}” does not say how sure this is.",
            fix=f"Write one of {', '.join(CONFIDENCE)}.",
            place=place,
        )
    return str(value)


def _notes(node: Mapping[Any, Any], place: str) -> dict[str, Any]:
    return {
        "say": _text(node, "say", place) if "say" in node else "",
        "note": _text(node, "note", place) if "note" in node else "",
        "confidence": parse_confidence(node.get("confidence"), place),
        "source": parse_source(node.get("source"), place),
    }


def _text(node: Mapping[Any, Any], key: str, place: str) -> str:
    value = node.get(key)
    if not isinstance(value, str) or not value.strip():
        raise Refused(
            f"“{key}” must be a text.",
            fix="Write words; put them in quotes if they hold a colon.",
            place=place,
        )
    return value.strip()


def _whole(node: Mapping[Any, Any], key: str, place: str) -> int:
    value = node.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise Refused(
            f"“{key}” must be a whole number of 1 or more.", fix=f"For example {key}: 6.", place=place
        )
    return value


def _group(node: Mapping[Any, Any], kind: str, place: str, notes: dict[str, Any]) -> Group:
    word = "at_least" if kind == "of" else kind
    parts = node[kind]
    if not isinstance(parts, list) or not parts:
        raise Refused(
            f"“{kind}” must be a list of one or more rules.", fix="Write one rule a line.", place=place
        )
    count = 0
    if word == "at_least":
        if "at_least" not in node:
            raise Refused("“of” needs “at_least: n”.", fix="Write {at_least: 2, of: […]}.", place=place)
        count = _whole(node, "at_least", place)
        if count > len(parts):
            raise Refused(
                f"At least {count} of {len(parts)} can never be met.", fix="Lower the count.", place=place
            )
    rules = tuple(parse(part, f"{place}.{kind}[{at}]") for at, part in enumerate(parts))
    return Group(word=word, of=rules, count=count, place=place, **notes)


def _leaf(node: Mapping[Any, Any], place: str, notes: dict[str, Any]) -> Leaf:
    words = [word for word in TEST_WORDS if word in node]
    if len(words) != 1:
        raise Refused(
            f"A fact needs exactly one of {', '.join(TEST_WORDS)}; found {' and '.join(words) or 'none'}.",
            fix="For example {fact: ed_visits, months: 6, at_least: 5}.",
            place=place,
        )
    if "months" in node and "days" in node:
        raise Refused("A window is given in months or in days, not both.", fix="Remove one.", place=place)
    use = FactUse(
        _text(node, "fact", place),
        months=_whole(node, "months", place) if "months" in node else None,
        days=_whole(node, "days", place) if "days" in node else None,
    )
    word = words[0]
    operand = _operand(word, node[word], place)
    return Leaf(
        test=Test(use, word, operand),
        ask=_text(node, "ask", place) if "ask" in node else "",
        list_name=str(operand) if word == "in_list" else "",
        place=place,
        **notes,
    )


def _operand(word: str, value: object, place: str) -> Operand:
    if word in ("in", "has_any"):
        codes = value if isinstance(value, list) else []
        if not codes or not all(isinstance(code, str) and code for code in codes):
            raise Refused(
                f"“{word}” must be a list of codes in quotes.",
                fix='Write ["03", "116"]: without quotes YAML turns codes into numbers or yes/no.',
                place=place,
            )
        return tuple(dict.fromkeys(codes))
    if word == "in_list":
        if not isinstance(value, str) or not value:
            raise Refused(
                "“in_list” must name a code list.", fix="Name a file of policy/codes/.", place=place
            )
        return value
    if word == "is":
        if isinstance(value, bool | int | float | date) or (isinstance(value, str) and value):
            return value
        raise Refused("“is” must be yes, no, a number, a date or a code.", fix="Give one value.", place=place)
    if isinstance(value, bool) or not isinstance(value, int | float | date) or value in _ENDLESS:
        raise Refused(f"“{word}” must be a number or a date.", fix=f"For example {word}: 5.", place=place)
    return value
