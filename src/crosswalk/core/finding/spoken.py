"""One person's reasons as words: read aloud they make sense; as data they lose nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from crosswalk.core.basics import Truth
from crosswalk.core.finding.sentences import Because
from crosswalk.core.finding.why import Explained, FactTold, ProgramWhy
from crosswalk.core.rules import Change, Clause, Group, Leaf, Reason
from crosswalk.core.rules.prose import heading

TITLES = {"met": "Likely eligible", "unknown": "Cannot tell yet", "not_met": "Not eligible by what is known"}
SHAPES = {"met": "●", "unknown": "◇", "not_met": "○"}
_MARKS = {"plan": "one plan's text", "secondary": "second-hand source", "unverified": "unverified"}
_SAID = {"yes": "Yes", "no": "No", "unknown": "Not known"}
_NOTICES = {
    "choice": "Either or",
    "discretion": "The plan may decide",
    "stays": "Keeps it",
    "fit": "Fits",
    "companion": "Goes with it",
}
_HELD = {"served": "Served", "approved": "Approved, not started", "requested": "Asked for"}
_MOST = 6

InWords = Callable[[Mapping[str, Any]], str]
"""Says one link's evidence as a sum in words."""


def as_text(one: Explained, link_words: InWords, *, whole: bool) -> str:
    """Everything in words. `whole` tells every part of each rule, else what carries the answer."""
    lines = [f"Person {one.person_id} on {day(one.on)}, policy {one.release}", ""]
    lines += [*_who(one, link_words), ""]
    for answer, title in TITLES.items():
        programs = [program for program in one.programs if program.reason.answer == answer]
        if not programs:
            continue
        lines += [title.upper(), ""]
        for program in programs:
            brief = answer == "not_met" and not whole
            lines += [*(_brief(program) if brief else _full(program, one.facts, whole)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _who(one: Explained, link_words: InWords) -> Iterator[str]:
    records = ", ".join(f"{id} ({source})" for source, id in one.records)
    yield f"Who this is: {records}."
    for link in one.links:
        pair = f"{link['left_id']} and {link['right_id']}"
        said = {"same": "are the same person", "ask": "may be the same person", "different": "are different"}
        by = " by a person's decision" if link["decided_by"] == "person" else ""
        yield f"  {pair} {said[link['decision']]}{by}: {link_words(link)}."


def _brief(program: ProgramWhy) -> Iterator[str]:
    """One program that is not met, in two lines."""
    first = next(iter(program.answered.because), None)
    yield f"{SHAPES['not_met']} {_title(program)}"
    if first is not None:
        yield f"    {_SAID[first.answer]}: {first.say}."
    yield from (f"    {_NOTICES[notice.answer]}: {notice.say}." for notice in program.notices)


def _full(program: ProgramWhy, facts: Mapping[str, FactTold], whole: bool) -> Iterator[str]:
    text = program.decision.program
    yield f"{SHAPES[program.reason.answer]} {_title(program)}"
    yield f"    Rule: {text.source}{_mark(text.confidence)}, in force {text.period}."
    if program.held:
        since = f" since {day(program.held_since)}" if program.held_since else ""
        yield f"    In hand: {_HELD[program.held]} by {program.held_by}{since}."
    if whole:
        yield from _tree(program.reason, facts, "    ", str(text.source))
    else:
        for because in program.answered.because:
            if not (program.questions and because.answer == "unknown"):
                yield from _because(because, facts, str(text.source))
    if program.questions:
        yield "    Still to ask, the most decisive first:"
        shown = program.questions if whole else program.questions[:_MOST]
        yield from (f"      {number}. {question}" for number, question in enumerate(shown, start=1))
        if len(shown) < len(program.questions):
            yield f"      and {len(program.questions) - len(shown)} more that could also decide."
    yield from _told_changes("One answer decides:", program.decides, whole)
    yield from _told_changes("What would change it:", program.would_change, whole)
    yield from (
        f"    {_NOTICES[notice.answer]}: {notice.say}{_mark(notice.confidence)}."
        for notice in program.notices
    )


def _title(program: ProgramWhy) -> str:
    text = program.decision.program
    return f"{text.name} ({text.code})"


def _because(because: Because, facts: Mapping[str, FactTold], rule_source: str) -> Iterator[str]:
    told = facts.get(because.use.column) if because.use else None
    source = f" ({because.source})" if because.source and because.source != rule_source else ""
    yield f"    {_SAID[because.answer]}: {because.say}{_value(told)}{_mark(because.confidence)}{source}."
    yield from (f"        {row}" for row in _rows(told))


def _value(told: FactTold | None) -> str:
    """The value behind a sentence, where the sentence's own yes or no does not say it."""
    if told is None or isinstance(told.value, bool | None) or told.value == []:
        return ""
    return f": {value_words(told.value)}"


def _rows(told: FactTold | None) -> list[str]:
    return list(dict.fromkeys(map(row_words, told.rows)))[:3] if told else []


def _tree(reason: Reason, facts: Mapping[str, FactTold], indent: str, above: str) -> Iterator[str]:
    """Every part of a rule with its answer, the parts below it further in. `above`: the source already said."""
    rule, source = reason.rule, str(reason.source or "")
    page = f" ({source})" if source and source != above else ""
    if isinstance(rule, Leaf):
        told = facts.get(reason.use.column) if reason.use else None
        yield f"{indent}{_SAID[reason.truth.value]}: {reason.say}{_value(told)}{_mark(reason.confidence)}{page}."
        yield from (f"{indent}    {row}" for row in _rows(told))
        return
    children, group = reason.children, rule if isinstance(rule, Group) else None
    if isinstance(rule, Clause) and isinstance(children[0].rule, Group) and not children[0].rule.say:
        group, children = children[0].rule, children[0].children
    parts = f" {heading(group)}:" if group else ""
    if isinstance(rule, Clause) or rule.say:
        yield f"{indent}{_SAID[reason.truth.value]}: {reason.say}{page}.{parts}"
    else:
        source, parts = above, parts.strip()
        yield f"{indent}{_SAID[reason.truth.value]}. {parts}"
    for child in children:
        yield from _tree(child, facts, indent + "  ", source or above)


def _told_changes(title: str, found: tuple[Change, ...], whole: bool) -> Iterator[str]:
    if not found:
        return
    becomes = {Truth.YES: "likely eligible", Truth.NO: "not eligible", Truth.UNKNOWN: "cannot tell"}
    yield f"    {title}"
    shown = found if whole else found[:_MOST]
    yield from (f"      {change.words} → {becomes[change.becomes]}" for change in shown)
    if len(shown) < len(found):
        yield f"      and {len(found) - len(shown)} more."


def _mark(confidence: str) -> str:
    return f" [{_MARKS[confidence]}]" if confidence in _MARKS else ""


def day(one: date) -> str:
    """“1 November 2026”."""
    return f"{one.day} {one:%B %Y}"


def value_words(value: Any) -> str:
    """A fact's value in words."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple | set):
        return ", ".join(sorted(map(str, value))) or "none"
    return day(value) if isinstance(value, date) else str(value)


def row_words(row: Mapping[str, Any]) -> str:
    """One row that shows a value: “entered a shelter, 1 Sep 2026 (Enrollment.csv row 1025 of hmis-4dc0…)”."""
    when = f", {row['day'].day} {row['day']:%b %Y}" if row.get("day") else ""
    where = f"{row.get('file') or 'file'} row {row.get('row')} of {row.get('delivery')}"
    return f"{row.get('says') or 'recorded'}{when} ({where})"


def as_data(one: Explained, link_words: InWords) -> dict[str, Any]:
    """Everything as data, for `--json`."""
    return {
        "person_id": one.person_id,
        "on": one.on.isoformat(),
        "policy_release": one.release,
        "records": [{"source": source, "source_id": id} for source, id in one.records],
        "links": [
            {**{key: link[key] for key in link if key != "evidence"}, "evidence": link_words(link)}
            for link in one.links
        ],
        "programs": [_program_data(program) for program in one.programs],
        "facts": {
            column: {"value": _plain(told.value), "evidence": [dict(row) for row in told.rows]}
            for column, told in sorted(one.facts.items())
        },
    }


def _program_data(program: ProgramWhy) -> dict[str, Any]:
    text = program.decision.program
    return {
        "program": text.code,
        "name": text.name,
        "answer": program.reason.answer,
        "source": str(text.source),
        "confidence": text.confidence,
        "in_force": str(text.period),
        "held": program.held or None,
        "held_by": program.held_by or None,
        "reasons": [json.loads(one.as_json) for one in (*program.answered.because, *program.notices)],
        "questions": list(program.questions),
        "deciding": [_change_data(change) for change in program.decides],
        "would_change": [_change_data(change) for change in program.would_change],
        "rule": _tree_data(program.reason),
    }


def _change_data(change: Change) -> dict[str, Any]:
    return {
        "if": [{"fact": one.use.column, "is": one.words} for one in change.suppositions],
        "becomes": change.becomes.answer,
    }


def _tree_data(reason: Reason) -> dict[str, Any]:
    word = "fact"
    if isinstance(reason.rule, Group):
        word = reason.rule.word
    elif isinstance(reason.rule, Clause):
        word = "clause"
    found: dict[str, Any] = {"say": reason.say, "answer": reason.truth.value, "kind": word}
    if reason.use is not None:
        found["fact"] = reason.use.column
    found["confidence"] = reason.confidence
    found["source"] = str(reason.source) if reason.source else ""
    if reason.children:
        found["of"] = [_tree_data(child) for child in reason.children]
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, set | frozenset) else value
