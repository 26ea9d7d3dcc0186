"""A program as it is on one day: its complete rules, its gate, and everything else that is said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from crosswalk.core.basics import Period, Truth
from crosswalk.core.policy.texts import EndReason, Said
from crosswalk.core.rules import Clause, Group, Reason, Rule, Source


@dataclass(frozen=True)
class Gate:
    """Who can have a benefit at all, on the day."""

    name: str
    say: str
    rule: Rule
    period: Period
    source: Source
    confidence: str


@dataclass(frozen=True)
class Program:
    """One program as it is on the day; every rule in it is complete and says its source and confidence."""

    code: str
    kind: str
    benefit: str
    gate: Gate
    name: str
    short: str
    summary: str
    elective: bool
    also_known_as: tuple[str, ...]
    needs: tuple[str, ...]
    period: Period
    source: Source
    confidence: str
    note: str
    applies_to: Rule | None
    enters_when: Rule
    continues_when: Rule | None
    ends_when: tuple[EndReason, ...]
    ask: Mapping[str, str]
    discretion: tuple[Said, ...]
    fits: tuple[Said, ...]
    limits: tuple[str, ...]
    includes: tuple[str, ...]
    documents: tuple[str, ...]

    @property
    def words(self) -> str:
        """The program in a few words, with ECM said where it is a population of ECM."""
        return f"ECM: {self.short}" if self.kind == "population" else self.short

    @property
    def gate_name(self) -> str:
        """The gate's name: ecm, cs, chw."""
        return self.gate.name

    @cached_property
    def rule(self) -> Rule:
        """The whole question: through the gate, of those it is about, and may enter."""
        gate = Clause(
            name=f"gate {self.gate.name}",
            rule=self.gate.rule,
            say=self.gate.say,
            source=self.gate.source,
            confidence=self.gate.confidence,
        )
        about = () if self.applies_to is None else (self.applies_to,)
        return Group(
            word="all_of",
            of=(gate, *about, self.enters_when),
            say=f"Qualifies for {self.name}",
            source=self.source,
            confidence=self.confidence,
        )

    def does_not_apply(self, reason: Reason) -> bool:
        """Whether the answer is no because the program is about other people; `reason` is of `rule`."""
        return self.applies_to is not None and reason.children[1].truth is Truth.NO
