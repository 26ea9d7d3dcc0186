"""Exactly one outcome for each referral, however people, files and clocks come in each other's way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from crosswalk.core.basics import Refused
from crosswalk.core.journeys.referral import GIVING, Act, Edge, Standing, owed_by, turn, whose_turn
from crosswalk.core.journeys.table import CLOSED, NEW, Table
from crosswalk.core.journeys.table import table as table_of
from crosswalk.core.policy import load, shipped_folder


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


PROVIDERS = ("p1", "p2", "p3")
BEGIN = moment(2026, 3, 2, 9)


@cache
def table() -> Table:
    return table_of(load(shipped_folder()).as_of(date(2026, 11, 22)))


@cache
def verbs() -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.verb for one in table().turns))


@cache
def codes() -> tuple[str, ...]:
    return ("", "nonsense", *dict.fromkeys(one.code for one in table().reasons))


class Loop(RuleBasedStateMachine):
    """Several referrals of one person; at each step somebody, a file or the clock does something to one of them."""

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.standing = [
            Standing("ecm"), Standing("cs.htns"), Standing("ecm", expedited=True), Standing("shelter"),
        ]  # fmt: skip
        self.edges: list[list[Edge]] = [[] for _ in self.standing]
        self.notices: list[list[tuple[str, str]]] = [[] for _ in self.standing]
        self.refused = 0

    def attempt(self, which: int, act: Act, at: datetime) -> None:
        """One act; refused or made, nothing in between."""
        before = self.standing[which]
        try:
            made = turn(table(), before, act, at)
        except Refused:
            self.refused += 1
            return
        assert before.state != CLOSED, "nothing follows the end"
        self.standing[which] = made.standing
        self.edges[which].append(made.edge)
        self.notices[which].extend(made.notices)

    @rule(hours=st.integers(0, 200))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(which=st.integers(0, 3), verb=st.sampled_from(("submit", "streamline", "send", "log")),
          receiver=st.sampled_from(("", *PROVIDERS)))  # fmt: skip
    def somebody_refers(self, which: int, verb: str, receiver: str) -> None:
        self.attempt(which, Act(verb, "desk", receiver=receiver), self.now)

    @rule(which=st.integers(0, 3), verb=st.sampled_from(verbs()), party=st.sampled_from(("desk", "referrer", "plan")),
          reason=st.sampled_from(codes()), receiver=st.sampled_from(("", *PROVIDERS)))  # fmt: skip
    def a_person_acts(self, which: int, verb: str, party: str, reason: str, receiver: str) -> None:
        self.attempt(which, Act(verb, party, reason=reason, receiver=receiver), self.now)

    @rule(which=st.integers(0, 3), verb=st.sampled_from(("accept", "decline", "start", "close", "hold", "resume")),
          provider=st.sampled_from(PROVIDERS), reason=st.sampled_from(codes()), late=st.integers(0, 3),
          source=st.sampled_from(("screen", "link")))  # fmt: skip
    def a_provider_answers(
        self, which: int, verb: str, provider: str, reason: str, late: int, source: str
    ) -> None:
        """A provider who looked at an older standing, or never had it, answers too."""
        saw = self.standing[which].mark - late
        held = self.standing[which].receiver
        mark = self.standing[which].mark
        self.attempt(which, Act(verb, "provider", source, reason, provider, saw), self.now)
        if self.standing[which].mark != mark:
            assert (late, provider) == (0, held)

    @rule(
        which=st.integers(0, 3), verb=st.sampled_from(("accept", "decline")), reason=st.sampled_from(codes())
    )
    def two_answer_at_once(self, which: int, verb: str, reason: str) -> None:
        """Of two who saw the same standing one wins."""
        one = self.standing[which]
        made = len(self.edges[which])
        for _ in range(2):
            self.attempt(which, Act(verb, "provider", "link", reason, one.receiver, saw=one.mark), self.now)
        assert len(self.edges[which]) <= made + 1

    @rule(which=st.integers(0, 3), verb=st.sampled_from(("authorize", "refuse", "accept", "start", "close")),
          reason=st.sampled_from(codes()), days=st.integers(-30, 0))  # fmt: skip
    def a_file_tells(self, which: int, verb: str, reason: str, days: int) -> None:
        """Files come late and twice."""
        act = Act(verb, "file", "file", reason, self.standing[which].receiver)
        at = self.now + timedelta(days=days)
        for _ in range(2):
            self.attempt(which, act, at)

    @precondition(lambda self: any(one.state not in (NEW, CLOSED) for one in self.standing))
    @rule()
    def the_clock_looks(self) -> None:
        """What is open always has somebody's turn and a moment by which it is owed; looking changes nothing."""
        for one in self.standing:
            if one.state in (NEW, CLOSED):
                continue
            assert whose_turn(table(), one) in ("plan", "provider", "desk")
            key, by = owed_by(table(), one)
            assert key
            assert by is not None
            assert one.since is not None
            assert by > one.since

    @invariant()
    def there_is_one_outcome_exactly_when_it_is_closed(self) -> None:
        for one, edges in zip(self.standing, self.edges, strict=True):
            assert (one.state == CLOSED) == bool(one.outcome)
            assert sum(edge.after == CLOSED for edge in edges) == (one.state == CLOSED)

    @invariant()
    def the_edges_are_one_chain_and_tell_where_it_stands(self) -> None:
        for one, edges in zip(self.standing, self.edges, strict=True):
            assert one.mark == len(edges)
            states = [NEW, *(edge.after for edge in edges)]
            assert [edge.before for edge in edges] == states[:-1]
            assert states[-1] == one.state
            times = [edge.at for edge in edges]
            assert times == sorted(times)

    @invariant()
    def whoever_has_the_turn_is_there(self) -> None:
        for one, edges in zip(self.standing, self.edges, strict=True):
            if one.state in ("offered", "accepted", "outreach", "on_hold"):
                assert one.receiver in PROVIDERS
            assert one.receiver == next(
                (edge.receiver for edge in reversed(edges) if edge.verb in GIVING), ""
            )

    @invariant()
    def whoever_referred_learns_how_it_ended(self) -> None:
        for one, told in zip(self.standing, self.notices, strict=True):
            if one.outcome and one.outcome != "withdrawn":
                assert (
                    ("referrer", "closed") in told
                    or ("referrer", "not_authorized") in told
                    or (one.receiver == "" and one.authorization == "none")
                )


class TestLoop(Loop.TestCase):  # type: ignore[name-defined,misc]
    """At least 5,000 steps: 120 runs of 60."""

    settings = settings(max_examples=120, stateful_step_count=60, deadline=None, derandomize=True)


def test_the_machine_makes_at_least_five_thousand_steps() -> None:
    chosen: Any = TestLoop.settings
    assert chosen.max_examples * chosen.stateful_step_count >= 5000
