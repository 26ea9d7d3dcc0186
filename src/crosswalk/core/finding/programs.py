"""A program with everything worth saying beside its answer: choices, discretion, who may stay, who fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from crosswalk.core.basics import Truth
from crosswalk.core.policy import Edition, Program
from crosswalk.core.rules import FactUse, Group, Leaf, Rule, Source, Test, sentence

#: What a notice can be; the word stands as `answer` in the reasons.
NOTICES = ("choice", "discretion", "stays", "fit", "companion")


@dataclass(frozen=True)
class Notice:
    """Something a coordinator should know beside the answer, shown where its rule is met.

    `choice`: two programs exclude each other and the member chooses. `discretion`: the plan may authorize
    although the rule is not met. `stays`: the person has it already and keeps it under a rule of its own.
    `fit`: a feature of provider that suits this person.
    """

    kind: str
    when: Rule
    say: str
    confidence: str
    source: str
    feature: str = ""

    def counts_beside(self, truth: Truth) -> bool:
        """Whether it is worth telling beside this answer."""
        if self.kind in ("discretion", "stays"):
            return truth is not Truth.YES
        return truth is not Truth.NO

    def counts_sql(self, answer: str) -> str:
        """The same over a column that holds the answer."""
        return f"{answer} IS NOT TRUE" if self.kind in ("discretion", "stays") else f"{answer} IS NOT FALSE"


@dataclass(frozen=True)
class Decision:
    """One program in force on a day, ready to be decided, with its notices."""

    program: Program
    notices: tuple[Notice, ...]

    @property
    def code(self) -> str:
        """The program's code: ecm.1a, cs.htns, chw."""
        return self.program.code

    @property
    def benefit(self) -> str:
        """What an authorization or enrollment of it is called: ecm, cs.htns, chw."""
        return self.program.benefit

    @cached_property
    def rule(self) -> Group:
        """Gate, of those it is about, and may enter; one rule."""
        whole = self.program.rule
        assert isinstance(whole, Group)
        return whole

    @property
    def gate(self) -> Rule:
        """Who can have the benefit at all."""
        return self.rule.of[0]

    @property
    def about(self) -> Rule | None:
        """Whom the program is about; None when everybody."""
        return self.program.applies_to

    @property
    def enters(self) -> Rule:
        """What lets a person enter."""
        return self.rule.of[-1]

    def rules(self) -> Iterator[Rule]:
        """The rule and those of the notices."""
        yield self.rule
        yield from (notice.when for notice in self.notices)

    def uses(self) -> frozenset[FactUse]:
        """Every fact that takes part."""
        return frozenset(use for rule in self.rules() for use in rule.uses())


def decisions(edition: Edition) -> tuple[Decision, ...]:
    """Every program of an edition, ready to be decided."""
    choices = [row for row in edition.table("overlaps") if row["rule"] == "choose"]
    return tuple(decision(program, choices) for program in edition.programs)


def decision(program: Program, choices: list[Mapping[str, str]]) -> Decision:
    """One program with its notices; `choices` are the rows of overlaps.csv whose rule is `choose`."""
    notices = [_choice(row) for row in choices if row["benefit"] == program.benefit]
    for one in program.discretion:
        notices.append(Notice("discretion", one.when, one.say, one.confidence, str(one.source or "")))
    if program.continues_when is not None:
        stays = program.continues_when
        notices.append(Notice("stays", stays, sentence(stays), stays.confidence, str(stays.source or "")))
    for one in program.fits:
        notices.append(Notice("fit", one.when, one.say, one.confidence, str(one.source or ""), one.feature))
    return Decision(program, tuple(notices))


def _choice(row: Mapping[str, str]) -> Notice:
    when = Leaf(
        test=Test(FactUse("programs_held"), "has_any", (row["program"],)),
        confidence=row["confidence"],
        source=Source(row["source"]),
    )
    return Notice("choice", when, row["say"], row["confidence"], row["source"])
