"""One program told in sections of plain lines, for the screen and for the page of the manual alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from crosswalk.core.policy.edition import Edition
from crosswalk.core.policy.examples import Example
from crosswalk.core.policy.program import Program
from crosswalk.core.policy.texts import Said
from crosswalk.core.rules import Above, Group, Leaf, Rule, prose, sentence, words_of

KIND_WORDS = {
    "population": "Population of Focus of Enhanced Care Management",
    "community_support": "Community Support",
    "benefit": "Medi-Cal benefit",
}


@dataclass(frozen=True)
class Section:
    """A heading and its lines; bullets begin with “- ”, deeper ones with two more spaces."""

    title: str
    lines: tuple[str, ...]


def program_sections(edition: Edition, code: str, examples: Iterable[Example] = ()) -> tuple[Section, ...]:
    """Everything the policy says about one program on the edition's day.

    Raises Refused when there is no such program then.
    """
    program = edition.program(code)
    known = Above(program.confidence, program.source)
    found = [
        Section("In short", tuple(_summary(edition, program))),
        Section(
            f"First of all: {program.gate.say}",
            tuple(_rule(program.gate.rule, Above(program.gate.confidence, program.gate.source))),
        ),
    ]
    if program.applies_to is not None:
        found.append(Section("Whom it is about", tuple(_rule(program.applies_to, known))))
    found.append(Section("Who may enter", tuple(_rule(program.enters_when, known))))
    if program.continues_when is not None:
        found.append(Section("Who may stay", tuple(_rule(program.continues_when, known))))
    found.append(Section("When it ends", tuple(f"- {ending.say}" for ending in program.ends_when)))
    found.append(Section("What the plan may also do", tuple(_remarks(program.discretion, known))))
    found.append(Section("Providers that fit", tuple(_remarks(program.fits, known))))
    found.append(Section("Limits", tuple(_limits(edition, program))))
    found.append(Section("What it contains", tuple(f"- {line}" for line in program.includes)))
    found.append(Section("Papers that plans ask for", tuple(f"- {line}" for line in program.documents)))
    found.append(Section("Facts it reads", tuple(_facts(program))))
    found.append(Section("Worked examples", tuple(_examples(program, examples))))
    return tuple(section for section in found if section.lines)


def sure(confidence: str) -> str:
    """How sure, in words that stand alone."""
    return {
        "verified": "verified in the primary source",
        "plan": "known from one plan's document",
        "secondary": "known from a secondary source",
        "unverified": "unverified",
    }[confidence]


def _summary(edition: Edition, program: Program) -> Iterator[str]:
    kind = KIND_WORDS[program.kind]
    yield f"{program.summary} ({kind}, `{program.code}`)" if program.summary else f"{kind}, `{program.code}`"
    if program.also_known_as:
        yield f"- Also known as: {'; '.join(program.also_known_as)}"
    yield f"- In force: {program.period}; release {edition.release}"
    yield f"- Source: {program.source}"
    yield f"- How sure: {sure(program.confidence)}"
    if program.note:
        yield f"- Note: {program.note}"
    if program.source.note:
        yield f"- On the source: {program.source.note}"
    if program.elective:
        yield "- Each plan chooses in which counties to offer it"
    if program.needs:
        yield f"- Goes together with: {', '.join(_named(edition, code) for code in program.needs)}"


def _named(edition: Edition, code: str) -> str:
    found = [program.name for program in edition.programs if program.code == code]
    return f"{found[0]} (`{code}`)" if found else f"`{code}`"


def _rule(rule: Rule, known: Above) -> Iterator[str]:
    lines = prose(rule, pages=True, above=known).splitlines()
    yield lines[0] if len(lines) > 1 else f"- {lines[0]}"
    yield from lines[1:]


def _remarks(remarks: tuple[Said, ...], known: Above) -> Iterator[str]:
    for remark in remarks:
        marked = "" if remark.confidence == known.confidence else f" ({sure(remark.confidence)})"
        feature = f" (`{remark.feature}`)" if remark.feature else ""
        said = f"- {remark.say}{feature}{marked}, when: "
        if isinstance(remark.when, Group) and not remark.when.say:
            first, *rest = prose(remark.when, indent="  ", pages=True, above=known).splitlines()
            yield said + first.strip()
            yield from rest
        else:
            yield said + sentence(remark.when)


def _limits(edition: Edition, program: Program) -> Iterator[str]:
    if not program.limits:
        return
    rows = {row["rule_id"]: row for row in edition.table("services/limits")}
    for rule_id in program.limits:
        row = rows.get(rule_id)
        if row is not None:
            exception = row.get("exception", "").removeprefix("None").lstrip("; ")
            more = f". {exception}" if exception else ""
            yield f"- {row['say']}{more} ({sure(row['confidence'] or 'verified')}: {row['source']})"


def _facts(program: Program) -> Iterator[str]:
    asked: dict[str, dict[str, None]] = {}
    for node in program.rule.walk():
        if isinstance(node, Leaf):
            use = node.test.use
            said = words_of(node.test, node.list_name).removeprefix(f"{use.words}: ")
            asked.setdefault(use.column, {}).setdefault(said)
    for column, words in asked.items():
        yield f"- `{column}`: {'; '.join(words)}"


def _examples(program: Program, examples: Iterable[Example]) -> Iterator[str]:
    for example in examples:
        if program.code in example.expect and example.on in program.period:
            answer = example.expect[program.code].answer.replace("_", " ")
            asked = f"; asks about {', '.join(example.asks)}" if example.asks else ""
            yield f"- {example.name}: **{answer}**{asked}"
