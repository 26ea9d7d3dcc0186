"""The manual's page about a program, written from the same texts that decide."""

from __future__ import annotations

from collections.abc import Iterable

from crosswalk.core.policy.edition import Edition
from crosswalk.core.policy.examples import Example, read_examples
from crosswalk.core.policy.words import KIND_WORDS, program_sections, sure


def program_page(edition: Edition, code: str, examples: Iterable[Example] | None = None) -> str:
    """One program as Markdown. `examples` saves reading them again for page after page.

    Raises Refused when there is no such program on the edition's day.
    """
    if examples is None:
        examples, _ = read_examples(edition.policy)
    parts = [f"# {edition.program(code).name}"]
    for section in program_sections(edition, code, examples):
        parts.append(f"## {section.title}")
        parts.append(_spaced(section.lines))
    return "\n\n".join(parts) + "\n"


def programs_page(edition: Edition) -> str:
    """All programs of a day as one Markdown page, with a table of contents."""
    examples, _ = read_examples(edition.policy)
    parts = [
        f"# Programs\n\nAs in force on {edition.day}, policy release {edition.release}.",
        _contents(edition),
    ]
    for program in edition.programs:
        page = program_page(edition, program.code, examples)
        parts.append(page.replace("\n## ", "\n### ").replace("# ", "## ", 1).rstrip())
    return "\n\n".join(parts) + "\n"


def _contents(edition: Edition) -> str:
    rows = [
        f"| `{program.code}` | {program.name} | {KIND_WORDS[program.kind]} | {sure(program.confidence)} |"
        for program in edition.programs
    ]
    return "\n".join(["| Code | Program | Kind | How sure |", "|---|---|---|---|", *rows])


def _spaced(lines: tuple[str, ...]) -> str:
    """A sentence before bullets is its own paragraph; Markdown wants an empty line between."""
    if len(lines) > 1 and not lines[0].startswith("- ") and lines[1].startswith("- "):
        return "\n".join((lines[0], "", *lines[1:]))
    return "\n".join(lines)
