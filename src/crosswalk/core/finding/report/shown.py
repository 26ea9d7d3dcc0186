"""What the page shows: the list, its people, their programs and reasons, as values ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crosswalk.core.finding.ranking import Ranking
from crosswalk.core.finding.report.people import Who

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class ReasonShown:
    """One sentence with its answer, the value behind it, and the rows it stands on."""

    say: str
    answer: str
    value: str
    proofs: tuple[str, ...]
    confidence: str
    source: str


@dataclass(frozen=True)
class ProgramShown:
    """One program of one person."""

    code: str
    name: str
    short: str
    words: str
    answer: str
    held: str
    held_by: str
    source: str
    confidence: str
    reasons: tuple[ReasonShown, ...]
    notices: tuple[ReasonShown, ...]
    questions: tuple[str, ...]
    points: int

    @property
    def other_sources(self) -> list[str]:
        """Where sentences stand that are not in the program's own source, each once."""
        shown = (one.source for one in self.reasons if one.source and one.source != self.source)
        return list(dict.fromkeys(shown))

    def letter_of(self, one: ReasonShown) -> str:
        """The letter of a sentence's source; empty when it is the program's own."""
        sources = self.other_sources
        return _LETTERS[sources.index(one.source)] if one.source in sources[: len(_LETTERS)] else ""


@dataclass(frozen=True)
class PersonShown:
    """One person on the list."""

    place: int
    who: Who
    age: int | None
    county: str
    last_seen: tuple[str, str]
    """The day, and the place with who saw the person there."""
    points: int
    first_because: tuple[tuple[str, int, tuple[str, ...]], ...]
    programs: tuple[ProgramShown, ...]
    tags: frozenset[str]

    def with_answer(self, answer: str) -> list[ProgramShown]:
        """The person's programs with this answer, the one to act on first in front."""
        return [program for program in self.programs if program.answer == answer]

    @property
    def next_step(self) -> str:
        """The one thing to do next."""
        met = self.with_answer("met")
        for program in met:
            if program.held == "approved":
                return f"Start {program.words}: approved, not started"
        for program in met:
            if not program.held:
                return f"Refer for {program.words}"
        for program in met:
            if program.held == "requested":
                return f"Ask {program.held_by} about the open request"
        waiting = [program for program in self.with_answer("unknown") if program.questions]
        if waiting:
            return f"Ask: {waiting[0].questions[0]}"
        return "In hand already"


@dataclass(frozen=True)
class ProgramCount:
    """One program over the whole county."""

    code: str
    name: str
    kind: str
    met: int
    unknown: int
    not_met: int
    held: int
    source: str
    confidence: str


@dataclass(frozen=True)
class Contents:
    """Everything the report shows. `eligible` and `to_ask`: how many people the whole list has, by whether
    something is likely or only open; `people`: the first of them.
    """

    on: date
    run: str
    made_at: str
    release: str
    digest: str
    persons: int
    eligible: int
    to_ask: int
    people: tuple[PersonShown, ...]
    programs: tuple[ProgramCount, ...]
    funnel: Mapping[str, Any]
    reach: Sequence[Mapping[str, Any]]
    weights: Ranking
    deliveries: Sequence[Mapping[str, str]]
    linked: bool
    counties: tuple[str, ...] = field(default=())
