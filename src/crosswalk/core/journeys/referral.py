"""One referral and its turns: what happened, edge by edge, whose turn it is, by when, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from crosswalk.core.basics import Refused
from crosswalk.core.journeys.clocks import due
from crosswalk.core.journeys.table import CLOSED, NEW, NOT_AUTHORIZED, WITHDRAWN, Table

#: Verbs that give the referral to a receiver.
GIVING = frozenset({"send", "streamline", "offer"})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a referral stands: its state, the plan's answer, who has it, since when, and its outcome when closed.

    `mark` tells apart two standings of the same state: it grows by one with each turn. Whoever answers says which
    one they saw, so that two answers at once cannot both count.
    """

    service: str
    expedited: bool = False
    state: str = NEW
    authorization: str = "none"
    receiver: str = ""
    outcome: str = ""
    since: datetime | None = None
    mark: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does: the verb, as which party, from which source (screen, link, file), and why.

    `receiver` names who gets it (verbs of `GIVING`), or who answers (party provider). `saw`: the mark of the standing
    that was looked at; None where it does not matter.
    """

    verb: str
    party: str
    source: str = "screen"
    reason: str = ""
    receiver: str = ""
    saw: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """One turn that was made, kept for ever."""

    verb: str
    before: str
    after: str
    authorization: str
    party: str
    source: str
    reason: str
    receiver: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Turned:
    """A turn made: where the referral stands now, the edge, and the notices it owes as (to whom, about what)."""

    standing: Standing
    edge: Edge
    notices: tuple[tuple[str, str], ...]


def turn(table: Table, now: Standing, act: Act, at: datetime) -> Turned:
    """Make one turn. Raises Refused, and changes nothing, where the table has no such turn for this party here."""
    if act.saw is not None and act.saw != now.mark:
        raise Refused(
            f"Somebody was here before: it is “{title(table, now.state)}” now.",
            fix="Look at it as it is now.",
            code="referral.moved_on",
        )
    row = table.find(act.verb, now.state, now.authorization)
    if row is None:
        closed = now.state == CLOSED
        raise Refused(
            "This referral is closed." if closed
            else f"This cannot be done with a referral that is “{title(table, now.state)}”.",
            fix="Look at how it ended." if closed else "Look at whose turn it is.",
            code="referral.closed" if closed else "referral.not_here",
        )  # fmt: skip
    if act.party not in row.who:
        raise Refused("This is another party’s turn.", fix="Ask whose turn it is.", code="referral.not_yours")
    if act.party == "provider" and act.receiver != now.receiver:
        raise Refused(
            "Another provider has this referral now.", fix="Nothing is left to do.", code="referral.not_yours"
        )
    if now.since is not None and at < now.since:
        raise Refused(
            "This tells of a time before the last step.", fix="Keep it as a remark.", code="referral.older"
        )
    _check_reason(table, now, row.reason, act.reason)
    if act.verb in GIVING and not act.receiver:
        raise Refused("Nobody is named to send it to.", fix="Choose a receiver.", code="referral.receiver")
    return _made(now, act, at, row.becomes, row.sets, row.notices)


def _made(
    now: Standing, act: Act, at: datetime, becomes: str, sets: str, notices: tuple[tuple[str, str], ...]
) -> Turned:
    after = replace(
        now,
        state=becomes,
        authorization=sets or now.authorization,
        receiver=act.receiver if act.verb in GIVING else now.receiver,
        outcome=_outcome(act) if becomes == CLOSED else "",
        # The plan’s yes to what has begun moves nothing: whoever had the turn has had it since.
        since=now.since if becomes == now.state and act.verb == "authorize" else at,
        mark=now.mark + 1,
    )
    edge = Edge(
        act.verb, now.state, after.state, after.authorization, act.party, act.source, act.reason,
        after.receiver, at,
    )  # fmt: skip
    return Turned(after, edge, notices)


def _outcome(act: Act) -> str:
    return {"refuse": NOT_AUTHORIZED, "withdraw": WITHDRAWN}.get(act.verb, act.reason)


def _check_reason(table: Table, now: Standing, kind: str, code: str) -> None:
    if not kind:
        return
    given = {one.code for one in table.reasons_for(kind, now.state)}
    if code not in given:
        raise Refused(
            "The reason is missing, or cannot be given here.",
            fix="Choose one of the reasons.",
            code="referral.reason",
        )


def whose_turn(table: Table, now: Standing) -> str:
    """Plan, provider, desk or nobody."""
    return table.states[now.state].turn


def owed_by(table: Table, now: Standing) -> tuple[str, datetime | None]:
    """The clock that runs where a referral stands, and the moment by which the next turn is owed."""
    state = table.states[now.state]
    key = state.clock(now.service, expedited=now.expedited)
    return (key, due(table.clocks[key], now.since)) if key and now.since else ("", None)


def title(table: Table, state: str) -> str:
    """A state as people call it."""
    return table.states[state].title if state in table.states else state
