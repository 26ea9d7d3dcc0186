"""The words a rule is built from: facts with their windows, tests on them, groups of rules, shared clauses.

Nothing here evaluates. A rule is a frozen tree; two readings interpret it (`sql.py`, `reasons.py`) and a
property test keeps them equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

#: How sure a sentence of the policy is, from read in the primary source to remembered only.
CONFIDENCE = ("verified", "plan", "secondary", "unverified")

#: The words of a leaf: what is asked about the fact's value.
TEST_WORDS = ("is", "at_least", "at_most", "less_than", "in", "in_list", "has_any")

#: The words of a group: how its parts make one answer.
GROUP_WORDS = ("all_of", "any_of", "none_of", "at_least")

Scalar = bool | int | float | str | date
Operand = Scalar | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence of the policy stands: document, edition, page."""

    document: str
    edition: str = ""
    page: str = ""
    note: str = ""

    @property
    def where(self) -> str:
        """The page as it is cited: “p. 19-21”; other places as they are written."""
        return f"p. {self.page}" if self.page[:1].isdigit() else self.page

    def __str__(self) -> str:
        return ", ".join(part for part in (self.document, self.edition, self.where) if part)


@dataclass(frozen=True, slots=True)
class FactUse:
    """A named fact with the window a rule looks back over; no window means the fact's own default."""

    name: str
    months: int | None = None
    days: int | None = None

    def __lt__(self, other: FactUse) -> bool:
        return self.column < other.column

    @property
    def column(self) -> str:
        """The column of the wide fact table: `ed_visits__6m`, `released_from_custody__30d`, `age`."""
        if self.months is not None:
            return f"{self.name}__{self.months}m"
        return self.name if self.days is None else f"{self.name}__{self.days}d"

    @property
    def words(self) -> str:
        """The fact as a person would say it: “ed visits in the last 6 months”."""
        name = self.name.replace("_", " ")
        for count, unit in ((self.months, "month"), (self.days, "day")):
            if count is not None:
                return f"{name} in the last {count} {unit}{'' if count == 1 else 's'}"
        return name


@dataclass(frozen=True, slots=True)
class Test:
    """One question about one fact; `word` is one of TEST_WORDS. An unknown value makes the answer unknown."""

    __test__ = False  # the word is ours, not pytest's

    use: FactUse
    word: str
    operand: Operand


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Any node of a rule: what it says in positive form, how sure, where it stands, where it was written."""

    say: str = ""
    confidence: str = ""
    source: Source | None = None
    note: str = ""
    place: str = field(default="", compare=False)

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The rules right below this one."""
        return ()

    def walk(self) -> Iterator[Rule]:
        """This node and all below it, from the top, left to right."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def uses(self) -> frozenset[FactUse]:
        """Every fact, with its window, that this rule needs."""
        return frozenset(node.test.use for node in self.walk() if isinstance(node, Leaf))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf(Rule):
    """One test; `list_name` names the code list that an `in_list` test was written with."""

    test: Test
    ask: str = ""
    list_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Rule):
    """Several rules together. `count` belongs to `at_least` only."""

    word: str
    of: tuple[Rule, ...]
    count: int = 0

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The rules of the group, in the order written."""
        return self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause(Rule):
    """A shared clause by name; `rule` is its text in force, filled in when an edition is made."""

    name: str
    rule: Rule | None = None

    @property
    def parts(self) -> tuple[Rule, ...]:
        """The clause's own rule, once it is known."""
        return () if self.rule is None else (self.rule,)


def leaves(rule: Rule) -> tuple[Leaf, ...]:
    """The leaves of a rule that ask different things, in the order written: one for each distinct test."""
    seen: dict[Test, Leaf] = {}
    for node in rule.walk():
        if isinstance(node, Leaf):
            seen.setdefault(node.test, node)
    return tuple(seen.values())
