"""The rule as prose that reads aloud: “All of these: … One of these: …”."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from crosswalk.core.rules.tree import Clause, Group, Leaf, Rule, Scalar, Source, Test

_COUNTS = ("None", "One", "Two", "Three", "Four", "Five", "Six")

#: Puts a sentence of the policy into the reader's language; `str` leaves it in English.
Words = Callable[[str], str]

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


def prose(
    rule: Rule, *, indent: str = "", pages: bool = False, above: Above | None = None, words: Words = str
) -> str:
    """The rule in lines of text, one bullet a part. With `pages`, a part from another page says which.

    `above` is what the reader knows already: a confidence or page that is the same is not repeated. `words` puts
    each sentence into another language.
    """
    return "\n".join(_Told(pages, words).lines(rule, indent, above or Above()))


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


def mark(rule: Rule, above: Above, pages: bool = False, words: Words = str) -> str:
    """What follows a sentence in brackets: how sure it is and which page it is from, where that is news."""
    sure = ""
    if rule.confidence and rule.confidence != above.confidence:
        sure = MARKS[rule.confidence] or ("verified" if MARKS.get(above.confidence) else "")
    page = ""
    if pages and rule.source and rule.source != above.source:
        known = above.source is not None and rule.source.document == above.source.document
        page = (rule.source.where or str(rule.source)) if known else str(rule.source)
    said = "; ".join(part for part in (sure and words(sure), page) if part)
    return f" ({said})" if said else ""


@dataclass(frozen=True, slots=True)
class _Told:
    """Writes the lines of a rule, with or without pages, in the language of `words`."""

    pages: bool
    words: Words

    def lines(self, rule: Rule, indent: str, above: Above) -> list[str]:
        """The rule and all below it."""
        marked = mark(rule, above, self.pages, self.words)
        above = Above(rule.confidence or above.confidence, rule.source or above.source)
        said = f"{indent}{self.words(sentence(rule))}{marked}"
        if isinstance(rule, Leaf):
            return [said]
        if isinstance(rule, Clause):
            return self._clause(rule, indent, above, said)
        assert isinstance(rule, Group)
        if len(rule.of) == 1 and not rule.say:
            first, *rest = self.lines(rule.of[0], indent, above)
            inner = first.strip()
            return [f"{indent}{self.words('Not so')}: {inner}" if rule.word == "none_of" else first, *rest]
        return [f"{said}. {self.words(heading(rule))}:" if rule.say else f"{said}:",
                *self._bullets(rule.of, indent, above)]  # fmt: skip

    def _clause(self, clause: Clause, indent: str, above: Above, said: str) -> list[str]:
        """A clause by its own sentence, then what it asks; one that says the same as its only part says it once."""
        rule = clause.rule
        if rule is None or (isinstance(rule, Leaf) and sentence(rule) == sentence(clause)):
            return [said]
        if isinstance(rule, Group) and not rule.say and len(rule.of) > 1:
            title = f"{said}. {self.words(heading(rule))}{mark(rule, above, self.pages, self.words)}:"
            return [title, *self._bullets(rule.of, indent, Above(rule.confidence, rule.source))]
        return [f"{said}. {self.words('That is')}:", *self._bullets((rule,), indent, above)]

    def _bullets(self, parts: tuple[Rule, ...], indent: str, above: Above) -> list[str]:
        lines = []
        for part in parts:
            first, *rest = self.lines(part, f"{indent}  ", above)
            lines.append(f"{indent}- {first.strip()}")
            lines.extend(rest)
        return lines
