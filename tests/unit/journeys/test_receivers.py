"""Who comes first at the desk, and why the second does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from crosswalk.core.journeys.receivers import PARTS, Need, Weights, lost_by, ranked
from crosswalk.core.policy import load, shipped_folder
from crosswalk.core.records.network import Receiver, Room, Term

ON = date(2026, 11, 22)


@cache
def weights() -> Weights:
    return Weights.of(load(shipped_folder()).as_of(ON))


def told(free: int, on: date, waiting: int | None = None) -> Room:
    return Room(
        free, None, waiting, datetime(on.year, on.month, on.day, tzinfo=UTC), "Intake", "Crossroads", "page"
    )


GOOD = Receiver(
    service_id=1, organization_id=1, organization="Crossroads", kind="ecm_provider", privacy="covered",
    provider_types=(), referral_email="", program="ecm", name="ECM", modes=("street",), populations=("ecm.1a",),
    languages=("es", "en"), expertise=(), minimum_age=18, maximum_age=None, hours=(), hours_note="",
    how_to_apply="", starts=date(2022, 1, 1), ends=None, reach={"54": ("93274",)}, spots=(), lines=(),
    terms=(Term("north", "ecm", "54", date(2022, 1, 1), None, "credentialed", None),),
    room=told(3, date(2026, 11, 10)), served=None,
)  # fmt: skip
NEED = Need(
    ON, plan="north", county="54", zip="93274", population="ecm.1a", age=44, language="es", mode="street",
    answers={1: (1.0, 5)},
)  # fmt: skip


def order(*receivers: Receiver, need: Need = NEED) -> list[int]:
    return [one.receiver.service_id for one in ranked(receivers, need, weights())]


def test_a_contract_in_force_goes_before_none() -> None:
    assert order(replace(GOOD, service_id=2, terms=()), GOOD) == [1, 2]


def test_places_told_long_ago_count_less_than_places_told_lately() -> None:
    edge = replace(GOOD, service_id=2, organization="A", room=told(3, date(2026, 10, 23)))
    old = replace(GOOD, service_id=3, organization="A", room=told(3, date(2026, 10, 22)))
    levels = {
        one.receiver.service_id: {r.part: r.level for r in one.reasons}["places"]
        for one in ranked([edge, old], NEED, weights())
    }
    assert levels == {2: "free", 3: "free_old"}


def test_the_person_s_wish_goes_before_all_else() -> None:
    wished = replace(GOOD, service_id=2, organization_id=2, room=told(0, ON), languages=("en",))
    assert order(GOOD, wished, need=replace(NEED, wanted=frozenset({2}))) == [2, 1]
    assert order(GOOD, wished, need=replace(NEED, unwanted=frozenset({1}))) == [2, 1]


def test_no_choice_is_hidden_and_the_order_is_the_same_each_time() -> None:
    bad = [
        replace(GOOD, service_id=n, organization_id=n, organization=f"Z{n}", terms=()) for n in range(2, 9)
    ]
    assert sorted(order(GOOD, *bad)) == [1, *range(2, 9)]
    assert order(GOOD, *bad) == order(*reversed(bad), GOOD)


def test_why_the_second_lost_names_each_part_in_which_the_first_is_better() -> None:
    second = replace(GOOD, service_id=2, room=told(0, ON), languages=("en",))
    first, other = ranked([GOOD, second], NEED, weights())
    assert [(theirs.part, theirs.level, best.level) for theirs, best in lost_by(first, other)] == [
        ("places", "full", "free"),
        ("language", "not_spoken", "spoken"),
    ]


def test_what_nobody_told_is_unknown_and_never_a_no() -> None:
    unknown = replace(GOOD, modes=(), populations=(), languages=(), reach={}, terms=(), room=None)
    (bare,) = ranked([unknown], replace(NEED, plan="", answers={}), weights())
    found = {reason.part: reason.level for reason in bare.reasons}
    assert tuple(found) == PARTS
    silent = ("contract", "area", "places", "language", "mode", "answers", "distance")
    assert {found[part] for part in silent} == {"unknown"}
    assert bare.points == weights().points["people", "all"]


def test_every_level_that_can_come_out_has_points_and_a_sentence() -> None:
    (term,) = GOOD.terms
    rows = load(shipped_folder()).as_of(ON).table("journeys/receiver_weights")
    known = {(row["part"], row["level"]) for row in rows if row["say"]}
    receivers = [
        replace(GOOD, terms=terms, room=room, maximum_age=oldest, reach=reach)
        for terms in ((), (replace(term, credential="in_progress"),), (term,))
        for room in (None, told(0, ON), told(0, ON, 4), told(2, ON), told(2, date(2026, 1, 1)))
        for oldest in (None, 21)
        for reach in ({}, {"54": ()}, {"54": ("1",)}, {"10": ()}, {"54": ("93274",)})
    ]
    for need in (NEED, replace(NEED, answers={1: (9.0, 5)}), replace(NEED, pays=False, population="ecm.9")):
        for one in ranked(receivers, need, weights()):
            assert all(not each.level or (each.part, each.level) in known for each in one.reasons)
