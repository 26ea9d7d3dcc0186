"""What changed between two policies, or between two days of one, told in sentences and sorted by program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from crosswalk.core.policy.diff_rules import changed
from crosswalk.core.policy.edition import Edition
from crosswalk.core.policy.folder import Policy
from crosswalk.core.policy.texts import (
    ClauseText,
    ClauseVersion,
    ProgramText,
    ProgramVersion,
    Said,
    Version,
    in_force,
)
from crosswalk.core.policy.words import sure
from crosswalk.core.rules import Clause, Group, Rule

#: Rows of one table that are told one by one; the rest is counted.
_ROWS_TOLD = 8


def diff(a: Policy, b: Policy, on: date) -> list[str]:
    """What differs on one day between two policies: one sentence a change, sorted by program."""
    return diff_editions(a.as_of(on), b.as_of(on))


def diff_editions(a: Edition, b: Edition) -> list[str]:
    """What differs between two editions: programs first, then clauses and gates, then tables and clocks."""
    found = [*_programs(a, b), *_shared(a, b), *_tables(a, b), *_entries(a, b)]
    if a.release != b.release:
        found.insert(0, f"The release was {a.release} and is {b.release}.")
    return found


def _programs(a: Edition, b: Edition) -> Iterator[str]:
    old, new = a.policy.programs, b.policy.programs
    for code in sorted({*old, *new}, key=lambda code: list(new).index(code) if code in new else -1):
        held = _dated(a.policy, old, code, a.day), _dated(b.policy, new, code, b.day)
        yield from _text(code, *held, _program_changes)


def _shared(a: Edition, b: Edition) -> Iterator[str]:
    for what, old, new in (
        ("The gate", a.policy.gates, b.policy.gates),
        ("The clause", a.policy.clauses, b.policy.clauses),
    ):
        for name in sorted({*old, *new}):
            read = _readers(b, name) if what == "The clause" else ""
            held = _dated(a.policy, old, name, a.day), _dated(b.policy, new, name, b.day)
            yield from _text(f"{what} “{name}”{read}", *held, _clause_changes)


Held = tuple[Any, Any] | None
"""A text with its version in force; None when there is none on the day."""


def _dated(
    policy: Policy, texts: Mapping[str, ProgramText] | Mapping[str, ClauseText], name: str, day: date
) -> Held:
    text = texts.get(name)
    version = None if text is None else in_force(text.versions, day)
    return None if version is None else (text, _worded_version(version, policy))


def _worded_version(version: Version, policy: Policy) -> Version:
    """The version with every clause in its rules called by its sentence, so that changes read aloud."""
    if isinstance(version, ClauseVersion):
        return replace(version, rule=_worded(version.rule, policy))
    assert isinstance(version, ProgramVersion)
    return replace(
        version,
        applies_to=version.applies_to and _worded(version.applies_to, policy),
        enters_when=_worded(version.enters_when, policy),
        continues_when=version.continues_when and _worded(version.continues_when, policy),
        discretion=tuple(replace(one, when=_worded(one.when, policy)) for one in version.discretion),
        fits=tuple(replace(one, when=_worded(one.when, policy)) for one in version.fits),
    )


def _worded(rule: Rule, policy: Policy) -> Rule:
    if isinstance(rule, Clause):
        return replace(rule, say=rule.say or policy.clauses[rule.name].say)
    if isinstance(rule, Group):
        return replace(rule, of=tuple(_worded(part, policy) for part in rule.of))
    return rule


def _text(
    about: str, old: Held, new: Held, changes: Callable[[Any, Any, Any, Any], Iterable[str]]
) -> Iterator[str]:
    if old is None and new is None:
        return
    if old is None:
        assert new is not None
        yield f"{about} is new: {_title(new[0])}, {new[1].period}."
    elif new is None:
        yield f"{about} is no longer in force: {_title(old[0])}."
    else:
        for change in (*changes(old[0], new[0], old[1], new[1]), *_version_changes(old[1], new[1])):
            yield f"{about}: {change}"


def _title(text: ProgramText | ClauseText) -> str:
    return text.name if isinstance(text, ProgramText) else text.say


def _version_changes(old: Version, new: Version) -> Iterator[str]:
    if str(old.source) != str(new.source):
        yield f"the source was {old.source}, and is {new.source}."
    if old.confidence != new.confidence:
        yield f"was {sure(old.confidence)}, and is {sure(new.confidence)}."
    if old.note != new.note:
        yield f"note: {new.note or 'none any more'}"


def _clause_changes(
    old: ClauseText, new: ClauseText, before: ClauseVersion, after: ClauseVersion
) -> Iterator[str]:
    if old.say != new.say:
        yield f"was said “{old.say}”, and is said “{new.say}”."
    yield from changed(before.rule, after.rule)


def _program_changes(
    old: ProgramText, new: ProgramText, before: ProgramVersion, after: ProgramVersion
) -> Iterator[str]:
    for word in ("name", "kind", "benefit", "gate"):
        if getattr(old, word) != getattr(new, word):
            yield f"the {word} was “{getattr(old, word)}”, and is “{getattr(new, word)}”."
    yield from _listed("goes together with", old.needs, new.needs)
    for said, first, second in (
        ("whom it is about", before.applies_to, after.applies_to),
        ("who may enter", before.enters_when, after.enters_when),
        ("who may stay", before.continues_when, after.continues_when),
    ):
        yield from (f"{said}: {change}" for change in _rule_changes(first, second))
    for said, earlier, later in (
        ("the plan may also", before.discretion, after.discretion),
        ("a provider that fits", before.fits, after.fits),
    ):
        yield from _remark_changes(said, earlier, later)
    yield from _listed(
        "reasons to end", [one.say for one in before.ends_when], [one.say for one in after.ends_when]
    )
    yield from _listed("limits", before.limits, after.limits)
    yield from _listed("contents", before.includes, after.includes)
    yield from _listed("papers asked for", before.documents, after.documents)
    for fact in sorted({*before.ask, *after.ask}):
        if before.ask.get(fact) != after.ask.get(fact):
            yield f"the question about {fact} is now “{after.ask.get(fact, 'the usual one')}”."


def _rule_changes(old: Rule | None, new: Rule | None) -> Iterator[str]:
    if old is None or new is None:
        if old is not new:
            yield "there is now a rule." if old is None else "there is no rule any more."
        return
    yield from changed(old, new)


def _remark_changes(said: str, old: tuple[Said, ...], new: tuple[Said, ...]) -> Iterator[str]:
    earlier, later = {one.say: one for one in old}, {one.say: one for one in new}
    yield from _listed(said, earlier, later)
    for say in earlier.keys() & later.keys():
        yield from (f"“{say}”: {change}" for change in changed(earlier[say].when, later[say].when))


def _listed(what: str, old: Iterable[str], new: Iterable[str]) -> Iterator[str]:
    old, new = list(old), list(new)
    added, gone = [one for one in new if one not in old], [one for one in old if one not in new]
    if added:
        yield f"{what}, added: {'; '.join(added)}."
    if gone:
        yield f"{what}, no longer: {'; '.join(gone)}."


def _readers(edition: Edition, name: str) -> str:
    """Which programs read a clause, straight or through another clause."""
    found = []
    for program in edition.programs:
        rules = (program.rule, *(() if program.continues_when is None else (program.continues_when,)))
        if any(isinstance(node, Clause) and node.name == name for rule in rules for node in rule.walk()):
            found.append(program.code)
    return f" (read by {', '.join(found)})" if found else ""


def _tables(a: Edition, b: Edition) -> Iterator[str]:
    names = sorted(
        relative.removesuffix(".csv")
        for relative in {*a.policy.files, *b.policy.files}
        if relative.endswith(".csv") and not relative.startswith(("examples/", "layouts/", "linkage/"))
    )
    for name in names:
        old, new = _rows(a, name), _rows(b, name)
        told = [
            *(f"added {_said(new[key])}" for key in new if key not in old),
            *(f"removed {_said(old[key])}" for key in old if key not in new),
            *(
                f"{' '.join(key)}: {cells}"
                for key in old
                if key in new and (cells := _cells(old[key], new[key]))
            ),
        ]
        for change in told[:_ROWS_TOLD]:
            yield f"Table {name}: {change}."
        if len(told) > _ROWS_TOLD:
            yield f"Table {name}: and {len(told) - _ROWS_TOLD} more rows."


def _rows(edition: Edition, name: str) -> dict[tuple[str, ...], Mapping[str, str]]:
    if f"{name}.csv" not in edition.policy.files:
        return {}
    rows = (row for row in edition.policy.table(name).rows if edition.day in row.period)
    return {row.key or tuple(row.cells.values()): row.cells for row in rows}


def _said(row: Mapping[str, str]) -> str:
    return ", ".join(
        value for column, value in row.items() if value and column not in ("source", "confidence")
    )


def _cells(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    return "; ".join(
        f"{column} was “{old.get(column, '')}”, and is “{value}”"
        for column, value in new.items()
        if value != old.get(column, "") and column not in ("from", "until", "source")
    )


def _entries(a: Edition, b: Edition) -> Iterator[str]:
    """Dated lists such as the clocks."""
    for name in sorted({*_dated_lists(a.policy), *_dated_lists(b.policy)}):
        old = a.entries(name) if name in _dated_lists(a.policy) else {}
        new = b.entries(name) if name in _dated_lists(b.policy) else {}
        for key in sorted({*old, *new}):
            before, after = old.get(key), new.get(key)
            if before is None or after is None:
                entry = before or after
                assert entry is not None
                yield f"{name}: {key} is {'new' if before is None else 'no longer in force'} ({entry.get('say', key)})."
            else:
                words = [word for word in after if before.get(word) != after[word]]
                for word in words:
                    yield f"{name}: {key}: {word} was {before.get(word)}, and is {after[word]}."


def _dated_lists(policy: Policy) -> list[str]:
    return ["clocks"] if "clocks.yaml" in policy.files else []
