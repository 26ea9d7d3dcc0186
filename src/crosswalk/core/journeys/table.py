"""The state table of a referral, read from the policy: states, turns, and the reasons that a turn may give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from crosswalk.core.basics import Refused
from crosswalk.core.journeys.clocks import Clock
from crosswalk.core.policy import Edition

#: Where a referral is before it is sent, and where it ends.
NEW, CLOSED = "new", "closed"
#: Who can make a turn; `file`: a plan's or provider's file, taken in by the hub.
PARTIES = ("referrer", "desk", "plan", "provider", "file")
#: What can be said of the plan's yes: no plan decides, asked for, yes, no.
AUTHORIZATIONS = ("none", "pending", "authorized", "refused")
#: Outcomes besides the State's closure reasons.
NOT_AUTHORIZED, WITHDRAWN = "not_authorized", "withdrawn"


@dataclass(frozen=True, slots=True)
class State:
    """One state: whose turn it is, which clocks run (by service, urgent first), and the State's word for it."""

    name: str
    title: str
    turn: str
    clocks: tuple[tuple[str, str], ...]
    clr_status: str
    say: str
    source: str
    confidence: str

    def clock(self, service: str, *, expedited: bool) -> str:
        """The key of the clock that runs here for a service; empty where none does."""
        for key, when in self.clocks:
            if when in ("", service.partition(".")[0]) or (when == "expedited" and expedited):
                return key
        return ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One row of the table: what may be done where, by whom, what it needs, and where it leads."""

    verb: str
    state: str
    authorizations: frozenset[str]
    becomes: str
    sets: str
    who: frozenset[str]
    reason: str
    notices: tuple[tuple[str, str], ...]
    say: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Given:
    """A reason that a turn may give, and in which states."""

    kind: str
    code: str
    title: str
    states: frozenset[str]
    source: str
    confidence: str


@dataclass(frozen=True)
class Table:
    """The whole state table as it is in force on a day."""

    states: Mapping[str, State]
    turns: tuple[Turn, ...]
    reasons: tuple[Given, ...]
    clocks: Mapping[str, Clock]

    def find(self, verb: str, state: str, authorization: str) -> Turn | None:
        """The row for a verb in a state; None where the table has none."""
        for one in self.turns:
            if one.verb == verb and one.state == state and authorization in one.authorizations:
                return one
        return None

    def open_to(self, state: str, authorization: str, party: str) -> tuple[Turn, ...]:
        """What somebody may do now."""
        return tuple(
            one
            for one in self.turns
            if one.state == state and authorization in one.authorizations and party in one.who
        )

    def reasons_for(self, kind: str, state: str) -> tuple[Given, ...]:
        """The reasons of a kind that may be given in a state, in the order of the policy."""
        return tuple(one for one in self.reasons if one.kind == kind and state in one.states)


@lru_cache(maxsize=8)
def table(edition: Edition) -> Table:
    """The table of an edition, checked. Raises Refused where a row names what does not exist."""
    clocks = {key: Clock.of(entry) for key, entry in edition.entries("clocks").items()}
    states = {row["state"]: _state(row) for row in edition.table("journeys/referral_states")}
    made = Table(
        states=states,
        turns=tuple(_turn(row) for row in edition.table("journeys/referral_turns")),
        reasons=tuple(_reason(row) for row in edition.table("journeys/referral_reasons")),
        clocks=clocks,
    )
    _check(made)
    return made


def _state(row: Mapping[str, str]) -> State:
    clocks = (word.partition("@") for word in row["clock"].split())
    return State(
        row["state"], row["title"], row["turn"], tuple((key, when) for key, _, when in clocks),
        row["clr_status"], row["say"], row["source"], row["confidence"],
    )  # fmt: skip


def _turn(row: Mapping[str, str]) -> Turn:
    notices = (word.partition(":") for word in row["notices"].split())
    return Turn(
        row["verb"], row["state"], frozenset(row["authorization"].split()), row["becomes"], row["sets"],
        frozenset(row["who"].split()), row["reason"], tuple((to, what) for to, _, what in notices),
        row["say"], row["source"], row["confidence"],
    )  # fmt: skip


def _reason(row: Mapping[str, str]) -> Given:
    return Given(
        row["kind"],
        row["code"],
        row["title"],
        frozenset(row["states"].split()),
        row["source"],
        row["confidence"],
    )


def _check(made: Table) -> None:
    """Every state is there, is reached, and can be left; every clock and reason that is named exists."""
    wrong = [
        f"clock {key}" for state in made.states.values() for key, _ in state.clocks if key not in made.clocks
    ]
    kinds = {one.kind for one in made.reasons}
    for one in made.turns:
        wrong += [f"state {name}" for name in (one.state, one.becomes) if name not in (NEW, *made.states)]
        wrong += [f"party {who}" for who in one.who - set(PARTIES)]
        wrong += [f"reason {one.reason}"] if one.reason and one.reason not in kinds else []
        wrong += [f"authorization {word}" for word in one.authorizations - set(AUTHORIZATIONS)]
    left, reached = {one.state for one in made.turns}, {one.becomes for one in made.turns}
    wrong += [f"no way out of {name}" for name in made.states if name != CLOSED and name not in left]
    wrong += [f"no way into {name}" for name in made.states if name not in reached]
    if CLOSED in left:
        wrong.append("a way out of closed")
    if wrong:
        raise Refused(
            f"The state table of referrals cannot be used: {', '.join(sorted(set(wrong)))}.",
            fix="See policy/journeys/.",
            place="journeys/referral_turns.csv",
        )
