"""Everything about a policy folder that can be wrong, each told in a sentence with file, line and fix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

from crosswalk.core.basics import Problem, Refused
from crosswalk.core.policy.check_consent import check_consent
from crosswalk.core.policy.check_leaves import (
    FactShape,
    check_leaves,
    check_name,
    check_use,
    every_rule,
    value_fits,
)
from crosswalk.core.policy.check_tables import OTHERS, check_entries, check_tables
from crosswalk.core.policy.coverage import check_coverage
from crosswalk.core.policy.edition import Edition
from crosswalk.core.policy.examples import Example, cases, complaints, read_examples
from crosswalk.core.policy.folder import Policy, read
from crosswalk.core.policy.schema import Told
from crosswalk.core.policy.tables import Row
from crosswalk.core.policy.texts import ProgramText, Version
from crosswalk.core.policy.translations import FOLDER, translations
from crosswalk.core.rules import Clause, FactUse


def check_folder(
    shipped: Path, local: Path | None = None, facts_known: Mapping[str, FactShape] | None = None
) -> tuple[Policy, list[Problem]]:
    """Read and check a policy folder. Raises Refused only when there is no folder to read."""
    policy, problems = read(shipped, local)
    return policy, [*problems, *check(policy, facts_known)]


def check(policy: Policy, facts_known: Mapping[str, FactShape] | None = None) -> list[Problem]:
    """Every problem of a policy that was read. Without `facts_known`, names of facts are not checked."""
    told = Told()
    _check_versions(policy, told)
    _check_names(policy, told)
    for rule in every_rule(policy, told):
        check_leaves(rule, facts_known, told)
    if facts_known is not None:
        _check_questions(policy, facts_known, told)
    check_tables(policy, told)
    check_consent(policy, told)
    _check_translations(policy, told)
    check_entries(policy, told)
    _check_every_day(policy, told)
    examples, problems = read_examples(policy)
    told.problems.extend(problems)
    _check_examples(policy, examples, facts_known, told)
    check_coverage(policy, examples, told)
    return list(dict.fromkeys(told.problems))


def check_use_of(policy: Policy, facts_known: Mapping[str, FactShape]) -> list[Problem]:
    """The errors that would make answers wrong: overlaps, and facts, lists and names that are not there.

    Worked examples and their coverage are left to `check`: a site may change a rule before it rewrites its examples.
    """
    told = Told()
    _check_versions(policy, told)
    _check_names(policy, told)
    for rule in every_rule(policy, told):
        check_leaves(rule, facts_known, told)
    _check_questions(policy, facts_known, told)
    check_tables(policy, told)
    check_entries(policy, told)
    return [problem for problem in dict.fromkeys(told.problems) if problem.severity != "warning"]


def _check_translations(policy: Policy, told: Told) -> None:
    """A pair that lacks a side, or whose numbers differ, is told."""
    for relative in policy.files:
        if relative.startswith(FOLDER):
            told.attempt(translations, policy, relative.removeprefix(FOLDER).removesuffix(".yaml"))


def _check_versions(policy: Policy, told: Told) -> None:
    """Versions of one text must follow each other without overlap, and without a gap that nobody meant."""
    for text in policy.texts:
        for earlier, later in pairwise(text.versions):
            _check_pair(earlier, later, told)


def _check_questions(policy: Policy, facts_known: Mapping[str, FactShape], told: Told) -> None:
    """A question that a program words itself must be about a fact."""
    for program in policy.programs.values():
        for version in program.versions:
            for fact in version.ask:
                check_name(fact, facts_known, f"{version.place}.ask", "fact", told)


def _check_pair(earlier: Version, later: Version, told: Told) -> None:
    if earlier.period.overlaps(later.period):
        told.add(
            later.place,
            f"Two versions are in force on the same days ({earlier.period}, and {later.period}).",
            "Let the earlier one end (until) on the day the later begins.",
            code="policy.overlap",
        )
    elif earlier.period.end != later.period.start and not earlier.gap_after:
        told.add(
            later.place,
            f"No version is in force from {earlier.period.end} until {later.period.start}.",
            "Join the days, or write “gap_after: yes” in the earlier version if that is so.",
            code="policy.gap",
        )


def _check_names(policy: Policy, told: Told) -> None:
    """Gates, companion programs and limits that a program names must exist."""
    limits = _column(policy, "services/limits", "rule_id")
    for program in policy.programs.values():
        check_name(program.gate, policy.gates, f"{program.file}:1: gate", "gate", told)
        for code in program.needs:
            check_name(code, policy.programs, f"{program.file}:1: needs", "program", told)
        for version in program.versions:
            for limit in version.limits:
                check_name(limit, limits, f"{version.place}.limits", "limit of services/limits.csv", told)
    for relative in policy.files:
        if relative.endswith(".csv") and not relative.startswith(OTHERS):
            for row, code in _program_cells(policy, relative):
                check_name(code, policy.programs, row.place, "program", told)


def _program_cells(policy: Policy, relative: str) -> Iterator[tuple[Row, str]]:
    """Codes of our own programs that stand in a table's column `program`, `service` or `services`."""
    try:
        table = policy.table(relative.removesuffix(".csv"))
    except Refused:
        return  # told by _check_tables
    for row in table.rows:
        for column in ("program", "service", "services"):
            for code in row.cells.get(column, "").split():
                if code.startswith(("ecm.", "cs.")):
                    yield row, code


def _column(policy: Policy, name: str, column: str) -> set[str]:
    if f"{name}.csv" not in policy.files:
        return set()
    try:
        return {row.cells.get(column, "") for row in policy.table(name).rows}
    except Refused:
        return set()  # told by _check_tables


def _check_every_day(policy: Policy, told: Told) -> None:
    """On each day on which anything begins or ends, every text in force must find the clauses and lists it uses."""
    turning: set[date] = set()
    for text in policy.texts:
        for version in text.versions:
            turning.update(day for day in (version.period.start, version.period.end) if day)
    for day in sorted(turning):
        edition = policy.as_of(day)
        for code in policy.programs:
            _check_program(edition, policy.programs[code], told)
        for name in policy.clauses:
            if any(day in version.period for version in policy.clauses[name].versions):
                told.attempt(edition.clause, name)
    used = {
        node.name for rule in every_rule(policy, Told()) for node in rule.walk() if isinstance(node, Clause)
    }
    for name, clause in policy.clauses.items():
        if name not in used:
            told.add(
                f"{clause.file}:1: name",
                f"No rule uses the clause “{name}”.",
                "Use it, or remove the file.",
                code="policy.unused",
                severity="warning",
            )


def _check_program(edition: Edition, program: ProgramText, told: Told) -> None:
    for version in program.versions:
        if edition.day in version.period:
            told.attempt(edition.program, program.code)


def _check_examples(
    policy: Policy,
    examples: Iterable[Example],
    facts_known: Mapping[str, FactShape] | None,
    told: Told,
) -> None:
    editions: dict[date, Edition] = {}
    read_anywhere = frozenset(use for rule in every_rule(policy, Told()) for use in rule.uses())
    for example in examples:
        _check_windows(example, read_anywhere, told)
        if facts_known is not None:
            _check_example_facts(example, facts_known, told)
        edition = editions.setdefault(example.on, policy.as_of(example.on))
        try:
            wrong = [complaint for case in cases(edition, example) for complaint in complaints(case)]
        except Refused as refused:
            told.add(example.place, refused.sentence, refused.fix, code="policy.example")
            continue
        except TypeError:
            wrong = ["a rule cannot compare one of its values, which is of another kind than the rule's."]
        for complaint in wrong:
            told.add(
                example.place,
                f"The example “{example.name}” does not hold: {complaint}",
                "Correct the rule or the example.",
                code="policy.example",
            )


def _check_example_facts(example: Example, facts_known: Mapping[str, FactShape], told: Told) -> None:
    for use, value in example.facts.items():
        check_use(use, facts_known, example.place, told)
        shape = facts_known.get(use.name)
        if shape is not None and value is not None and not value_fits(value, shape.value):
            told.add(
                example.place,
                f"“{use.name}” is a {shape.value}; the example gives it another kind of value.",
                "Write yes or no for a flag, quotes around codes, a list for codes.",
                code="policy.example",
            )


def _check_windows(example: Example, read: frozenset[FactUse], told: Told) -> None:
    """A fact given for a window that no rule looks back over is a slip."""
    for use in example.facts:
        windows = sorted(other.column for other in read if other.name == use.name)
        if windows and use not in read:
            told.add(
                example.place,
                f"The rules read {', '.join(windows)}, not {use.column}.",
                "Give the fact with the window of a rule.",
                code="policy.example",
            )
