"""Policy texts as frozen objects: programs and shared clauses, each with the versions that were ever in force."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar

from crosswalk.core.basics import Period
from crosswalk.core.rules import Rule, Source

#: What kinds of program there are, and how each is called on the list.
KINDS = ("population", "community_support", "benefit")


@dataclass(frozen=True)
class FormerName:
    """A name that a program bore until a day (excluded)."""

    name: str
    until: date


@dataclass(frozen=True)
class Said:
    """A remark that holds when its rule does: the plan's discretion, or (with `feature`) a provider that fits."""

    when: Rule
    say: str
    feature: str
    source: Source | None
    confidence: str


@dataclass(frozen=True)
class EndReason:
    """Why a program may end for somebody."""

    code: str
    say: str


@dataclass(frozen=True)
class Version(ABC):
    """What every dated text has: its days, where it stands, how sure it is, and the raw text for the digest."""

    period: Period
    source: Source
    confidence: str
    note: str
    gap_after: bool
    place: str = field(compare=False)
    raw: Mapping[str, Any] = field(repr=False)

    @abstractmethod
    def entry_rules(self) -> tuple[Rule, ...]:
        """The rules that decide who is in."""

    def rules(self) -> tuple[Rule, ...]:
        """Every rule that is written in this version."""
        return self.entry_rules()


@dataclass(frozen=True)
class ClauseVersion(Version):
    """One dated rule of a shared clause or a gate."""

    rule: Rule

    def entry_rules(self) -> tuple[Rule, ...]:
        """The one rule."""
        return (self.rule,)


@dataclass(frozen=True)
class ProgramVersion(Version):
    """One dated text of a program: whom it is about, who may enter, stay, and how it ends."""

    enters_when: Rule
    applies_to: Rule | None
    continues_when: Rule | None
    ends_when: tuple[EndReason, ...]
    ask: Mapping[str, str]
    discretion: tuple[Said, ...]
    fits: tuple[Said, ...]
    limits: tuple[str, ...]
    includes: tuple[str, ...]
    documents: tuple[str, ...]

    def entry_rules(self) -> tuple[Rule, ...]:
        """Whom it is about, and who may enter."""
        return (self.enters_when,) if self.applies_to is None else (self.applies_to, self.enters_when)

    def rules(self) -> tuple[Rule, ...]:
        """Also who stays, and the rules of the remarks."""
        stays = () if self.continues_when is None else (self.continues_when,)
        return (*self.entry_rules(), *stays, *(remark.when for remark in (*self.discretion, *self.fits)))


@dataclass(frozen=True)
class ClauseText:
    """A shared clause, or a gate, with its versions in order of days."""

    name: str
    say: str
    versions: tuple[ClauseVersion, ...]
    file: str = field(compare=False)


@dataclass(frozen=True)
class ProgramText:
    """A population, service or benefit with its versions in order of days."""

    code: str
    kind: str
    benefit: str
    gate: str
    name: str
    short: str
    summary: str
    elective: bool
    former_names: tuple[FormerName, ...]
    needs: tuple[str, ...]
    versions: tuple[ProgramVersion, ...]
    file: str = field(compare=False)

    def name_on(self, day: date) -> str:
        """The name that was used on a day: the former name that ended next after it, else today's."""
        later = [former for former in self.former_names if day < former.until]
        return min(later, key=lambda former: former.until).name if later else self.name


class _Dated(Protocol):
    @property
    def period(self) -> Period: ...


D = TypeVar("D", bound=_Dated)


def in_force(versions: Iterable[D], day: date) -> D | None:
    """The version of a day, if there is one."""
    return next((version for version in versions if day in version.period), None)
