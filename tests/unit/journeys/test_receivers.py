"""Who comes first at the desk, and why the second does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from crosswalk.core.journeys.receivers import PARTS, Need, Receiver, Weights, lost_by, ranked
from crosswalk.core.policy import load, shipped_folder

ON = date(2026, 11, 22)


@cache
def weights() -> Weights:
    return Weights.of(load(shipped_folder()).as_of(ON))


GOOD = Receiver(
    1, 1, "Crossroads", "ecm", contract="in_force", counties=frozenset({"54"}), zips=frozenset({"93274"}),
    populations=frozenset({"ecm.1a"}), languages=frozenset({"es", "en"}), modes=frozenset({"street"}), places=3,
    told_on=date(2026, 11, 10), accept_days=1.0, answers=5,
)  # fmt: skip
NEED = Need(ON, county="54", zip="93274", population="ecm.1a", language="es", mode="street")


def order(*receivers: Receiver, need: Need = NEED) -> list[int]:
    return [one.receiver.service_id for one in ranked(receivers, need, weights())]


def test_a_contract_in_force_goes_before_none() -> None:
    assert order(replace(GOOD, service_id=2, contract="none"), GOOD) == [1, 2]


def test_places_told_long_ago_count_less_than_places_told_lately() -> None:
    edge = replace(GOOD, service_id=2, organization="A", told_on=date(2026, 10, 23))
    old = replace(GOOD, service_id=3, organization="A", told_on=date(2026, 10, 22))
    levels = {
        one.receiver.service_id: {r.part: r.level for r in one.reasons}["places"]
        for one in ranked([edge, old], NEED, weights())
    }
    assert levels == {2: "free", 3: "free_old"}


def test_the_person_s_wish_goes_before_all_else() -> None:
    wished = replace(GOOD, service_id=2, organization_id=2, places=0, languages=frozenset({"en"}))
    assert order(GOOD, wished, need=replace(NEED, wanted=frozenset({2}))) == [2, 1]
    assert order(GOOD, wished, need=replace(NEED, unwanted=frozenset({1}))) == [2, 1]


def test_no_choice_is_hidden_and_the_order_is_the_same_each_time() -> None:
    bad = [Receiver(n, n, f"Z{n}", "ecm", contract="none") for n in range(2, 9)]
    assert sorted(order(GOOD, *bad)) == [1, *range(2, 9)]
    assert order(GOOD, *bad) == order(*reversed(bad), GOOD)


def test_why_the_second_lost_names_each_part_in_which_the_first_is_better() -> None:
    second = replace(GOOD, service_id=2, places=0, languages=frozenset({"en"}))
    first, other = ranked([GOOD, second], NEED, weights())
    assert [(theirs.part, theirs.level, best.level) for theirs, best in lost_by(first, other)] == [
        ("places", "full", "free"),
        ("language", "not_spoken", "spoken"),
    ]


def test_what_nobody_told_is_unknown_and_never_a_no() -> None:
    (bare,) = ranked([Receiver(1, 1, "Bare", "ecm")], NEED, weights())
    found = {reason.part: reason.level for reason in bare.reasons}
    assert tuple(found) == PARTS
    assert {
        found[part] for part in ("contract", "area", "places", "language", "mode", "answers", "distance")
    } == {"unknown"}
    assert bare.points == weights().points["people", "all"]


def test_every_level_that_can_come_out_has_points_and_a_sentence() -> None:
    receivers = [
        replace(GOOD, contract=contract, places=places, waitlist=waitlist, accept_days=days, distance_km=far)
        for contract in ("in_force", "credential_open", "none", "unknown", "not_needed")
        for places in (None, 0, 2)
        for waitlist in (None, 4)
        for days in (1.0, 9.0, None)
        for far in (None, 2.0, 80.0)
    ]
    for one in ranked(receivers, NEED, weights()):
        assert all(not reason.level or weights().says[reason.part, reason.level] for reason in one.reasons)
