"""From a turn that was made to the rows that keep it: where the referral stands, the edge, the notices it owes."""

from __future__ import annotations

from typing import Any

from crosswalk.core.journeys.referral import Turned, owed_by, whose_turn
from crosswalk.core.journeys.table import CLOSED, Table
from crosswalk.hub.journal.actions import By
from crosswalk.hub.referrals.models import Edge, Notice, Referral


def stand(one: Referral, table: Table, made: Turned) -> None:
    """Let a referral stand where a turn left it; nothing is saved yet, and its parties are not told here."""
    now = made.standing
    one.state, one.authorization, one.outcome = now.state, now.authorization, now.outcome
    one.since, one.mark = now.since, now.mark
    one.receiver_id = int(now.receiver) if now.receiver else None
    one.turn = whose_turn(table, now)
    one.clock, one.due = owed_by(table, now)
    one.chased, one.chase_at = 0, one.due if now.state != CLOSED else None


def edge_of(one: Referral, made: Turned, by: By, words: str) -> Edge:
    """The edge of a turn, not saved yet."""
    edge = made.edge
    return Edge(
        referral=one, verb=edge.verb, before=edge.before, after=edge.after, authorization=edge.authorization,
        party=edge.party, source=edge.source, reason=edge.reason, words=words,
        receiver_id=int(edge.receiver) if edge.receiver else None, worker_id=by.worker_id, by=by.name,
        organization_id=by.organization_id, at=edge.at, **_shared(one),
    )  # fmt: skip


def notices_of(one: Referral, made: Turned) -> list[Notice]:
    """The notices that a turn owes, not saved yet."""
    return [
        Notice(
            referral=one, to=to, about=about, owed_at=made.edge.at, **_shared(one),
            # Whoever referred sees it in the hub the moment it happens.
            given_at=made.edge.at if to == "referrer" else None, given_by="Crosswalk" if to == "referrer" else "",
        )
        for to, about in made.notices
    ]  # fmt: skip


def _shared(one: Referral) -> dict[str, Any]:
    return {"person_id": one.person_id, "known_to": one.known_to, "named": one.named, "parties": one.parties}
