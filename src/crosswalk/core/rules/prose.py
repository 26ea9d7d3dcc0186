"""The rule as prose that reads aloud: “All of these: … One of these: …”."""

from __future__ import annotations

from datetime import date

from crosswalk.core.rules.tree import Clause, Group, Leaf, Rule, Scalar, Test

_COUNTS = ("None", "One", "Two", "Three", "Four", "Five", "Six")

#: How a mark of confidence is said; verified needs no mark.
MARKS = {
    "": "",
    "verified": "",
    "plan": "one plan's document",
    "secondary": "secondary source",
    "unverified": "unverified",
}


def prose(rule: Rule, *, indent: str = "", pages: bool = False) -> str:
    """The rule in lines of text, one bullet a part. With `pages`, each part that cites a page says so."""
    return "\n".join(_lines(rule, indent, pages, ""))


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
    size = {"is": "{}", "at_least": "{} or more", "at_most": "{} or fewer", "less_than": "fewer than {}"}
    return f"{name}: {size[test.word].format(number(operand))}"


def either(codes: tuple[str, ...]) -> str:
    """Codes as “a, b or c”."""
    return codes[0] if len(codes) == 1 else f"{', '.join(codes[:-1])} or {codes[-1]}"


def number(value: Scalar) -> str:
    """A number without a needless fraction."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def mark(rule: Rule, inherited: str = "", pages: bool = False) -> str:
    """What follows a sentence in brackets: how sure it is (when that differs from what is above), and the page."""
    sure = MARKS[rule.confidence] if rule.confidence != inherited else ""
    if rule.confidence == "verified" and MARKS[inherited]:
        sure = "verified"
    page = str(rule.source) if pages and rule.source else ""
    said = "; ".join(part for part in (sure, page) if part)
    return f" ({said})" if said else ""


def _lines(rule: Rule, indent: str, pages: bool, sure: str) -> list[str]:
    marked = mark(rule, sure, pages)
    sure = rule.confidence or sure
    if isinstance(rule, Leaf):
        return [f"{indent}{sentence(rule)}{marked}"]
    if isinstance(rule, Clause):
        return _clause_lines(rule, indent, pages, sure, marked)
    assert isinstance(rule, Group)
    if len(rule.of) == 1 and not rule.say:
        first, *rest = _lines(rule.of[0], indent, pages, sure)
        return [f"{indent}Not so: {first.strip()}" if rule.word == "none_of" else first, *rest]
    title = f"{rule.say}{marked}. {heading(rule)}:" if rule.say else f"{heading(rule)}{marked}:"
    return [f"{indent}{title}", *_bullets(rule.of, indent, pages, sure)]


def _clause_lines(clause: Clause, indent: str, pages: bool, sure: str, marked: str) -> list[str]:
    """A clause by its own sentence, then what it asks; a clause that says the same as its only part says it once."""
    said = f"{indent}{sentence(clause)}{marked}"
    rule = clause.rule
    if rule is None or (isinstance(rule, Leaf) and sentence(rule) == sentence(clause)):
        return [said]
    if isinstance(rule, Group) and not rule.say and len(rule.of) > 1:
        own = mark(rule, sure, pages) if rule.source != clause.source else ""
        return [f"{said}. {heading(rule)}{own}:", *_bullets(rule.of, indent, pages, rule.confidence or sure)]
    return [f"{said}. That is:", *_bullets((rule,), indent, pages, sure)]


def _bullets(parts: tuple[Rule, ...], indent: str, pages: bool, sure: str) -> list[str]:
    lines = []
    for part in parts:
        first, *rest = _lines(part, f"{indent}  ", pages, sure)
        lines.append(f"{indent}- {first.strip()}")
        lines.extend(rest)
    return lines
