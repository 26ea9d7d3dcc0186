"""What changed between two texts of a rule: thresholds, words, parts added and parts gone, each in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from crosswalk.core.policy.words import sure
from crosswalk.core.rules import Clause, Group, Leaf, Rule, sentence, words_of
from crosswalk.core.rules.prose import heading

#: What it means when the whole old text has become one part of a group, or one part has become the whole.
_JOINED = {
    "any_of": "there is now another way",
    "all_of": "now also asked",
    "none_of": "the opposite is now asked, and also none of",
    "at_least": "now only one part among others",
}
_PARTED = {
    "any_of": "no longer a way",
    "all_of": "no longer asked",
    "none_of": "the opposite is now asked, and no longer",
    "at_least": "now the only part, no longer",
}


def changed(old: Rule, new: Rule) -> Iterator[str]:
    """The changes from `old` to `new`, outermost first; nothing when they ask and say the same."""
    if old == new:
        return
    if isinstance(new, Group) and (inside := _part_like(old, new)) is not None:
        others = "; ".join(sentence(part) for part in new.of if part is not inside)
        yield f"{_JOINED[new.word]}: {others}."
    elif isinstance(old, Group) and (inside := _part_like(new, old)) is not None:
        others = "; ".join(sentence(part) for part in old.of if part is not inside)
        yield f"{_PARTED[old.word]}: {others}."
    elif isinstance(old, Leaf) and isinstance(new, Leaf) and old.test.use.name == new.test.use.name:
        yield from _leaf(old, new)
    elif isinstance(old, Clause) and isinstance(new, Clause) and old.name == new.name:
        yield from _notes(old, new)
    elif isinstance(old, Group) and isinstance(new, Group):
        yield from _group(old, new)
    else:
        yield f"“{sentence(old)}” is replaced by “{sentence(new)}”."


def _leaf(old: Leaf, new: Leaf) -> Iterator[str]:
    before, after = words_of(old.test, old.list_name), words_of(new.test, new.list_name)
    if before != after:
        yield f"“{sentence(new)}”: was {before}; is {after}."
    elif old.say != new.say:
        yield f"was said “{sentence(old)}”, and is said “{sentence(new)}”."
    if old.ask != new.ask:
        yield f"“{sentence(new)}”: the question is now “{new.ask or 'the usual one'}”."
    yield from _notes(old, new)


def _notes(old: Rule, new: Rule) -> Iterator[str]:
    if old.confidence != new.confidence and old.confidence and new.confidence:
        yield f"“{sentence(new)}” was {sure(old.confidence)}, and is {sure(new.confidence)}."
    if str(old.source or "") != str(new.source or "") and new.source:
        yield f"“{sentence(new)}” is now cited from {new.source}."


def _group(old: Group, new: Group) -> Iterator[str]:
    if heading(old) != heading(new):
        yield f"“{heading(old)}” became “{heading(new)}”: {'; '.join(sentence(part) for part in new.of)}."
    if old.say != new.say:
        yield f"was said “{sentence(old)}”, and is said “{sentence(new)}”."
    gone = [part for part in old.of if part not in new.of]
    added = [part for part in new.of if part not in old.of]
    for part in list(gone):
        match = _counterpart(part, added)
        if match is not None:
            gone.remove(part)
            added.remove(match)
            yield from changed(part, match)
    said = new.say or heading(new)
    yield from (f"no longer asked (under “{said}”): {sentence(part)}." for part in gone)
    yield from (f"now also asked (under “{said}”): {sentence(part)}." for part in added)
    yield from _notes(old, new)


def _counterpart(part: Rule, others: list[Rule]) -> Rule | None:
    """The part that took this one's place: about the same fact, the same clause, or with most facts in common."""
    for other in others:
        if isinstance(part, Leaf) and isinstance(other, Leaf) and part.test.use.name == other.test.use.name:
            return other
        if isinstance(part, Clause) and isinstance(other, Clause) and part.name == other.name:
            return other
    groups = [other for other in others if isinstance(part, Group) and isinstance(other, Group)]
    same = [other for other in groups if part.say and other.say == part.say]
    alike = [other for other in groups if _named(part) & _named(other)]
    best = same or sorted(alike, key=lambda other: -len(_named(part) & _named(other)))
    return best[0] if best else None


def _part_like(rule: Rule, group: Group) -> Rule | None:
    """The part of a group that asks exactly what `rule` asks, whatever words it says it with."""
    asked = _asked(rule)
    if asked == _asked(group):
        return None
    return next((part for part in group.of if _asked(part) == asked), None)


def _asked(rule: Rule) -> object:
    """What a rule asks, without its words."""
    if isinstance(rule, Leaf):
        return rule.test
    if isinstance(rule, Clause):
        return rule.name
    assert isinstance(rule, Group)
    return (rule.word, rule.count, tuple(_asked(part) for part in rule.of))


def _named(rule: Rule) -> frozenset[str]:
    """The facts and clauses that a rule names."""
    return frozenset(
        node.test.use.name if isinstance(node, Leaf) else f"use {node.name}"
        for node in rule.walk()
        if isinstance(node, Leaf | Clause)
    )
