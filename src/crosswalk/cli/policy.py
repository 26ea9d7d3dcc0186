"""`crosswalk policy`: the rules checked, listed, shown as prose, and compared."""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crosswalk.cli.shared import AsJson, LocalPolicy, OnDay, facts_known, say, the_day
from crosswalk.core.basics import Problem, Refused

if TYPE_CHECKING:
    from crosswalk.core.policy import Edition, Policy
    from crosswalk.core.policy.words import Section

policy = typer.Typer(help="The rules: check, list, show, compare.", no_args_is_help=True)

Folder = Annotated[
    Path | None, typer.Option("--policy", help="A policy folder other than the one that ships.")
]


#: Lines of prose are broken here.
_WIDTH = 100


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.add_typer(policy, name="policy")


@policy.command("check")
def check_command(folder: Folder = None, local_policy: LocalPolicy = None, as_json: AsJson = False) -> None:
    """Check every text, table and worked example of the policy; exit 2 when something is wrong."""
    from crosswalk.core.policy import shipped_folder
    from crosswalk.core.policy.check import check_folder
    from crosswalk.core.policy.examples import read_examples

    found, problems = check_folder(folder or shipped_folder(), local_policy, facts_known())
    errors = [problem for problem in problems if problem.severity != "warning"]
    examples, _ = read_examples(found)
    summary = {
        "release": found.release,
        "programs": len(found.programs),
        "clauses": len(found.clauses),
        "examples": len(examples),
        "errors": len(errors),
        "warnings": len(problems) - len(errors),
        "problems": [problem.as_dict() for problem in problems],
    }

    def in_words() -> str:
        told = [_told(problem) for problem in problems]
        verdict = f"{len(errors)} errors" if errors else f"Nothing is wrong, {summary['warnings']} warnings"
        return "\n".join(
            [
                *told,
                f"Policy {found.release}: {summary['programs']} programs, {summary['clauses']} shared clauses, "
                f"{summary['examples']} worked examples. {verdict}.",
            ]
        )

    say(summary, as_json, in_words)
    if errors:
        raise typer.Exit(2)


@policy.command("list")
def list_command(
    on: OnDay = None, folder: Folder = None, local_policy: LocalPolicy = None, as_json: AsJson = False
) -> None:
    """List the programs in force on a day."""
    edition = _policy(folder, local_policy).as_of(the_day(on))
    rows = [
        {
            "code": program.code,
            "kind": program.kind,
            "name": program.name,
            "from": program.period.start,
            "until": program.period.end,
            "source": str(program.source),
            "confidence": program.confidence,
        }
        for program in edition.programs
    ]

    def in_words() -> str:
        marks = {"verified": "", "plan": "one plan", "secondary": "secondary", "unverified": "unverified"}
        lines = [f"Policy {edition.release}, as in force on {edition.day}"]
        lines += [
            f"  {row['code']:<10} {row['name']:<78} {marks[str(row['confidence'])]}".rstrip() for row in rows
        ]
        return "\n".join(lines)

    say({"release": edition.release, "on": edition.day, "programs": rows}, as_json, in_words)


@policy.command("show")
def show_command(
    code: Annotated[str, typer.Argument(help="A program's code, such as ecm.2 or cs.htns.")],
    on: OnDay = None,
    folder: Folder = None,
    local_policy: LocalPolicy = None,
    as_json: AsJson = False,
) -> None:
    """Show one program as prose: who may enter, from which page, how sure, its limits, names and examples."""
    from crosswalk.core.policy.examples import read_examples
    from crosswalk.core.policy.words import program_sections

    edition = _policy(folder, local_policy).as_of(the_day(on))
    examples, _ = read_examples(edition.policy)
    sections = program_sections(edition, code, examples)
    name = edition.program(code).name
    summary = {
        "code": code,
        "name": name,
        "release": edition.release,
        "on": edition.day,
        "digest": edition.digest,
        "sections": {section.title: list(section.lines) for section in sections},
    }
    say(summary, as_json, lambda: _page(name, sections))


@policy.command("diff")
def diff_command(
    a: Annotated[str, typer.Argument(help="A policy folder, the shipped release's label, or a day.")],
    b: Annotated[str, typer.Argument(help="What to compare it with: a folder, a label, or a day.")],
    on: OnDay = None,
    as_json: AsJson = False,
) -> None:
    """Tell in prose what changed from A to B. A day stands for the shipped policy on that day."""
    from crosswalk.core.policy.diff import diff_editions

    first, second = _edition(a, on), _edition(b, on)
    changes = diff_editions(first, second)
    summary = {
        "a": {"release": first.release, "on": first.day, "digest": first.digest},
        "b": {"release": second.release, "on": second.day, "digest": second.digest},
        "changes": changes,
    }
    title = f"From {first.release} on {first.day} to {second.release} on {second.day}"
    said = changes or ["Nothing differs."]
    say(summary, as_json, lambda: "\n".join([f"{title}:", *(_wrapped(f"- {change}") for change in said)]))


def _policy(folder: Path | None, local: Path | None) -> Policy:
    from crosswalk.core.policy import load, shipped_folder

    return load(folder or shipped_folder(), local)


def _edition(words: str, on: str | None) -> Edition:
    """An edition by folder, by the label of the release that ships, or by day."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
        return _policy(None, None).as_of(the_day(words))
    if Path(words).is_dir():
        return _policy(Path(words), None).as_of(the_day(on))
    shipped = _policy(None, None)
    if words == shipped.release:
        return shipped.as_of(the_day(on))
    raise Refused(
        f"“{words}” is neither a policy folder, nor a day, nor the release that ships ({shipped.release}).",
        fix="Give the path of the other policy folder.",
    )


def _told(problem: Problem) -> str:
    line = f":{problem.row}" if problem.row else ""
    return f"{problem.severity}: {problem.file}{line} ({problem.column}): {problem.sentence} {problem.fix}"


def _page(name: str, sections: tuple[Section, ...]) -> str:
    """The sections for a terminal: headings in bold where that is shown, Markdown signs taken out."""
    bold = sys.stdout.isatty()
    parts = [typer.style(name, bold=True) if bold else name]
    for section in sections:
        title = typer.style(section.title, bold=True) if bold else section.title
        lines = (_wrapped(line.replace("**", "").replace("`", ""), "  ") for line in section.lines)
        parts.append("\n".join([title, *lines]))
    return "\n\n".join(parts)


def _wrapped(line: str, indent: str = "") -> str:
    """One line or bullet, broken so that it can be read; what follows the break stands under its words."""
    words = line.lstrip(" ")
    start = indent + " " * (len(line) - len(words))
    hang = start + ("  " if words.startswith("- ") else "")
    return textwrap.fill(
        words,
        width=_WIDTH,
        initial_indent=start,
        subsequent_indent=hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
