"""The same people give the same answers: in any order, in one piece or day by day, from either side."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from crosswalk.core.linkage.cluster import Edge, Record, cluster
from linkage_people import answers, crowd, linked


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_records_does_not_matter(tmp_path: Path, seed: int) -> None:
    lefts, rights = crowd(250, seed)
    before = answers(linked(tmp_path / "a", lefts, rights))
    assert {one for one, _ in before.values()} >= {"same", "ask"}
    random.Random(seed).shuffle(lefts)
    random.Random(seed).shuffle(rights)
    assert answers(linked(tmp_path / "b", lefts, rights)) == before


@pytest.mark.parametrize("days", [2, 4])
def test_day_by_day_gives_the_same_answers_as_all_at_once(tmp_path: Path, days: int) -> None:
    lefts, rights = crowd(250, seed=7)
    whole = answers(linked(tmp_path / "whole", lefts, rights))
    for day in range(1, days + 1):
        some = lefts[: len(lefts) * day // days]
        links = linked(tmp_path / "daily", some, rights, memory=tmp_path / "memory")
    assert answers(links) == whole


def test_a_changed_record_is_weighed_anew_and_a_removed_one_is_forgotten(tmp_path: Path) -> None:
    lefts, rights = crowd(200, seed=8)
    memory = tmp_path / "memory"
    linked(tmp_path, lefts, rights, memory=memory)
    changed = [row | {"ssn": None} if number % 9 == 0 else row for number, row in enumerate(lefts)][:-5]
    daily = answers(linked(tmp_path, changed, rights, memory=memory))
    assert daily == answers(linked(tmp_path / "fresh", changed, rights))


def test_new_and_changed_members_are_weighed_against_every_client(tmp_path: Path) -> None:
    lefts, rights = crowd(200, seed=9)
    memory = tmp_path / "memory"
    linked(tmp_path, lefts, rights[:-10], memory=memory)
    daily = linked(tmp_path, lefts, rights, memory=memory)
    fresh = linked(tmp_path / "fresh", lefts, rights)
    # Frequencies and prior stay those of the first day, so weights differ a little; nobody is lost.
    assert {pair for pair, one in answers(daily).items() if one[0] == "same"} >= {
        pair for pair, one in answers(fresh).items() if one[1] > 0.9999 and one[0] == "same"
    }


RECORDS: list[Record] = [("hmis:1", str(one)) for one in range(5)] + [
    ("plan:a", str(one)) for one in range(3)
]
EDGES = st.lists(
    st.builds(
        Edge,
        st.sampled_from(RECORDS),
        st.sampled_from(RECORDS),
        st.sampled_from([5.0, 9.0, 20.0]),
        st.booleans(),
    ).filter(lambda edge: edge.left != edge.right),
    max_size=10,
)
BEFORE = st.dictionaries(st.sampled_from(RECORDS), st.sampled_from(["P1", "P2", "P3"]))
APART = st.lists(st.tuples(st.sampled_from(RECORDS), st.sampled_from(RECORDS)), max_size=2)


@how(max_examples=200, deadline=None)
@given(EDGES, BEFORE, APART, st.randoms(use_true_random=False))
def test_clusters_do_not_depend_on_order_and_keep_their_promises(
    edges: list[Edge], before: dict[Record, str], apart: list[tuple[Record, Record]], chance: random.Random
) -> None:
    apart = [(one, other) for one, other in apart if one != other]
    found = cluster(RECORDS, edges, apart=apart, before=before)
    mixed, records = list(edges), list(RECORDS)
    chance.shuffle(mixed)
    chance.shuffle(records)
    assert cluster(records, mixed, apart=apart, before=before).person == found.person
    assert set(found.person) == set(RECORDS)
    aliases = {(one.old, one.new) for one in found.aliases}
    for one, other in apart:
        joined_before = before.get(one) is not None and before.get(one) == before.get(other)
        assert found.person[one] != found.person[other] or joined_before is False
    for record, person in before.items():
        assert found.person[record] == person or (person, found.person[record]) in aliases
