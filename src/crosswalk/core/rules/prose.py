"""The rule as prose that reads aloud: “All of these: … One of these: …”."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crosswalk.core.rules.tree import Clause, Group, Leaf, Rule, Scalar, Source, Test

_COUNTS = ("None", "One", "Two", "Three", "Four", "Five", "Six")

#: How a mark of confidence is said; verified needs no mark.
MARKS = {
    "": "",
    "verified": "",
    "plan": "one plan's document",
    "secondary": "secondary source",
    "unverified": "unverified",
}


@dataclass(frozen=True, slots=True)
class Above:
    """What was already said further up, so that it is not said again: how sure, and from which page."""

    confidence: str = ""
    source: Source | None = None


def prose(rule: Rule, *, indent: str = "", pages: bool = False, above: Above | None = None) -> str:
    """The rule in lines of text, one bullet a part. With `pages`, a part from another page says which.

    `above` is what the reader knows already: a confidence or page that is the same is not repeated.
    """
    return "\n".join(_lines(rule, indent, pages, above or Above()))


def sentence(rule: Rule) -> str:
    """One part in one sentence: what was written with `say`, else what the words amount to."""
    if rule.say:
        return rule.say
    if isinstance(rule, Leaf):
        return words_of(rule.test, rule.list_name)
    if isinstance(rule, Clause):
        return rule.rule.say if rule.rule and rule.rule.say else rule.name.replace("_", " ")
    assert isinstance(rule, Group)
    return heading(rule)


def heading(group: Group) -> str:
    """How a group begins: “All of these”, “One of these”, “None of these”, “Two or more of these”."""
    if group.word == "at_least":
        count = _COUNTS[group.count] if group.count < len(_COUNTS) else str(group.count)
        return f"{count} or more of these"
    return {"all_of": "All of these", "any_of": "One of these", "none_of": "None of these"}[group.word]


def words_of(test: Test, list_name: str = "") -> str:
    """A test in plain words: “ed visits in the last 6 months: 5 or more”."""
    name, operand = test.use.words, test.operand
    if isinstance(operand, bool):
        return f"{name}: {'yes' if operand else 'no'}"
    if test.word == "in_list" or list_name:
        return f"{name}: a code of the list “{(list_name or str(operand)).replace('_', ' ')}”"
    if isinstance(operand, tuple):
        return f"{name}: {'includes ' if test.word == 'has_any' else ''}{either(operand)}"
    if isinstance(operand, date):
        when = {"is": "{}", "at_least": "{} or later", "at_most": "{} or earlier", "less_than": "before {}"}
        return f"{name}: {when[test.word].format(operand)}"
    size = {"is": "{}", "at_least": "{} or more", "at_most": "up to {}", "less_than": "under {}"}
    return f"{name}: {size[test.word].format(number(operand))}"


def either(codes: tuple[str, ...]) -> str:
    """Codes as “a, b or c”."""
    return codes[0] if len(codes) == 1 else f"{', '.join(codes[:-1])} or {codes[-1]}"


def number(value: Scalar) -> str:
    """A number without a needless fraction."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def mark(rule: Rule, above: Above, pages: bool = False) -> str:
    """What follows a sentence in brackets: how sure it is and which page it is from, where that is news."""
    sure = ""
    if rule.confidence and rule.confidence != above.confidence:
        sure = MARKS[rule.confidence] or ("verified" if MARKS.get(above.confidence) else "")
    page = ""
    if pages and rule.source and rule.source != above.source:
        known = above.source is not None and rule.source.document == above.source.document
        page = (rule.source.where or str(rule.source)) if known else str(rule.source)
    said = "; ".join(part for part in (sure, page) if part)
    return f" ({said})" if said else ""


def _lines(rule: Rule, indent: str, pages: bool, above: Above) -> list[str]:
    marked = mark(rule, above, pages)
    above = Above(rule.confidence or above.confidence, rule.source or above.source)
    if isinstance(rule, Leaf):
        return [f"{indent}{sentence(rule)}{marked}"]
    if isinstance(rule, Clause):
        return _clause_lines(rule, indent, pages, above, marked)
    assert isinstance(rule, Group)
    if len(rule.of) == 1 and not rule.say:
        first, *rest = _lines(rule.of[0], indent, pages, above)
        return [f"{indent}Not so: {first.strip()}" if rule.word == "none_of" else first, *rest]
    title = f"{rule.say}{marked}. {heading(rule)}:" if rule.say else f"{heading(rule)}{marked}:"
    return [f"{indent}{title}", *_bullets(rule.of, indent, pages, above)]


def _clause_lines(clause: Clause, indent: str, pages: bool, above: Above, marked: str) -> list[str]:
    """A clause by its own sentence, then what it asks; a clause that says the same as its only part says it once."""
    said = f"{indent}{sentence(clause)}{marked}"
    rule = clause.rule
    if rule is None or (isinstance(rule, Leaf) and sentence(rule) == sentence(clause)):
        return [said]
    if isinstance(rule, Group) and not rule.say and len(rule.of) > 1:
        title = f"{said}. {heading(rule)}{mark(rule, above, pages)}:"
        return [title, *_bullets(rule.of, indent, pages, Above(rule.confidence, rule.source))]
    return [f"{said}. That is:", *_bullets((rule,), indent, pages, above)]


def _bullets(parts: tuple[Rule, ...], indent: str, pages: bool, above: Above) -> list[str]:
    lines = []
    for part in parts:
        first, *rest = _lines(part, f"{indent}  ", pages, above)
        lines.append(f"{indent}- {first.strip()}")
        lines.extend(rest)
    return lines
